// node_modules/svelte/src/internal/shared/utils.js
var is_array = Array.isArray;
var index_of = Array.prototype.indexOf;
var includes = Array.prototype.includes;
var array_from = Array.from;
var define_property = Object.defineProperty;
var get_descriptor = Object.getOwnPropertyDescriptor;
var get_descriptors = Object.getOwnPropertyDescriptors;
var object_prototype = Object.prototype;
var array_prototype = Array.prototype;
var get_prototype_of = Object.getPrototypeOf;
var is_extensible = Object.isExtensible;
var noop = () => {};
/**
* @template [T=any]
* @param {any} value
* @returns {value is PromiseLike<T>}
*/
function is_promise(value) {
	return typeof value?.then === "function";
}
/** @param {Array<() => void>} arr */
function run_all(arr) {
	for (var i = 0; i < arr.length; i++) arr[i]();
}
/**
* TODO replace with Promise.withResolvers once supported widely enough
* @template [T=void]
*/
function deferred() {
	/** @type {(value: T) => void} */
	var resolve;
	/** @type {(reason: any) => void} */
	var reject;
	return {
		promise: new Promise((res, rej) => {
			resolve = res;
			reject = rej;
		}),
		resolve,
		reject
	};
}
/**
* When encountering a situation like `let [a, b, c] = $derived(blah())`,
* we need to stash an intermediate value that `a`, `b`, and `c` derive
* from, in case it's an iterable
* @template T
* @param {ArrayLike<T> | Iterable<T>} value
* @param {number} [n]
* @returns {Array<T>}
*/
function to_array(value, n) {
	if (Array.isArray(value)) return value;
	if (n === void 0 || !(Symbol.iterator in value)) return Array.from(value);
	/** @type {T[]} */
	const array = [];
	for (const element of value) {
		array.push(element);
		if (array.length === n) break;
	}
	return array;
}
// node_modules/svelte/src/internal/client/constants.js
/**
* An effect that does not destroy its child effects when it reruns.
* Runs as part of render effects, i.e. not eagerly as part of tree traversal or effect flushing.
*/
var MANAGED_EFFECT = 1 << 24;
var CLEAN = 1024;
var DIRTY = 2048;
var MAYBE_DIRTY = 4096;
var INERT = 8192;
var DESTROYED = 16384;
/** Set once a reaction has run for the first time */
var REACTION_RAN = 32768;
/** Effect is in the process of getting destroyed. Can be observed in child teardown functions */
var DESTROYING = 1 << 25;
/**
* 'Transparent' effects do not create a transition boundary.
* This is on a block effect 99% of the time but may also be on a branch effect if its parent block effect was pruned
*/
var EFFECT_TRANSPARENT = 65536;
var HEAD_EFFECT = 1 << 18;
var EFFECT_PRESERVED = 1 << 19;
var USER_EFFECT = 1 << 20;
var EFFECT_OFFSCREEN = 1 << 25;
var REACTION_IS_UPDATING = 1 << 21;
var ASYNC = 1 << 22;
var ERROR_VALUE = 1 << 23;
var STATE_SYMBOL = Symbol("$state");
/** Marks component export objects, so that `proxy(...)` leaves them untouched */
var COMPONENT_SYMBOL = Symbol("component");
var LEGACY_PROPS = Symbol("legacy props");
var LOADING_ATTR_SYMBOL = Symbol("");
var ATTRIBUTES_CACHE = Symbol("attributes");
var CLASS_CACHE = Symbol("class");
var STYLE_CACHE = Symbol("style");
var TEXT_CACHE = Symbol("text");
var FORM_RESET_HANDLER = Symbol("form reset");
/** allow users to ignore aborted signal errors if `reason.name === 'StaleReactionError` */
var STALE_REACTION = new class StaleReactionError extends Error {
	name = "StaleReactionError";
	message = "The reaction that called `getAbortSignal()` was re-run or destroyed";
}();
var IS_XHTML = !!globalThis.document?.contentType && /* @__PURE__ */ globalThis.document.contentType.includes("xml");
// node_modules/svelte/src/constants.js
var HYDRATION_ERROR = {};
var UNINITIALIZED = Symbol("uninitialized");
var NAMESPACE_HTML = "http://www.w3.org/1999/xhtml";
/**
* Reading a derived belonging to a now-destroyed effect may result in stale values
*/
function derived_inert() {
	console.warn(`https://svelte.dev/e/derived_inert`);
}
/**
* Hydration failed because the initial UI does not match what was rendered on the server. The error occurred near %location%
* @param {string | undefined | null} [location]
*/
function hydration_mismatch(location) {
	console.warn(`https://svelte.dev/e/hydration_mismatch`);
}
/**
* The `value` property of a `<select multiple>` element should be an array, but it received a non-array value. The selection will be kept as is.
*/
function select_multiple_invalid_value() {
	console.warn(`https://svelte.dev/e/select_multiple_invalid_value`);
}
/**
* A `<svelte:boundary>` `reset` function only resets the boundary the first time it is called
*/
function svelte_boundary_reset_noop() {
	console.warn(`https://svelte.dev/e/svelte_boundary_reset_noop`);
}
// node_modules/svelte/src/internal/client/dom/hydration.js
/** @import { TemplateNode } from '#client' */
/**
* Use this variable to guard everything related to hydration code so it can be treeshaken out
* if the user doesn't use the `hydrate` method and these code paths are therefore not needed.
*/
var hydrating = false;
/** @param {boolean} value */
function set_hydrating(value) {
	hydrating = value;
}
/**
* The node that is currently being hydrated. This starts out as the first node inside the opening
* <!--[--> comment, and updates each time a component calls `$.child(...)` or `$.sibling(...)`.
* When entering a block (e.g. `{#if ...}`), `hydrate_node` is the block opening comment; by the
* time we leave the block it is the closing comment, which serves as the block's anchor.
* @type {TemplateNode}
*/
var hydrate_node;
/** @param {TemplateNode | null} node */
function set_hydrate_node(node) {
	if (node === null) {
		hydration_mismatch();
		throw HYDRATION_ERROR;
	}
	return hydrate_node = node;
}
function hydrate_next() {
	return set_hydrate_node(/* @__PURE__ */ get_next_sibling(hydrate_node));
}
/** @param {TemplateNode} node */
function reset(node) {
	if (!hydrating) return;
	if (/* @__PURE__ */ get_next_sibling(hydrate_node) !== null) {
		hydration_mismatch();
		throw HYDRATION_ERROR;
	}
	hydrate_node = node;
}
function next(count = 1) {
	if (hydrating) {
		var i = count;
		var node = hydrate_node;
		while (i--) node = /* @__PURE__ */ get_next_sibling(node);
		hydrate_node = node;
	}
}
/**
* Skips or removes (depending on {@link remove}) all nodes starting at `hydrate_node` up until the next hydration end comment
* @param {boolean} remove
*/
function skip_nodes(remove = true) {
	var depth = 0;
	var node = hydrate_node;
	while (true) {
		if (node.nodeType === 8) {
			var data = node.data;
			if (data === "]") {
				if (depth === 0) return node;
				depth -= 1;
			} else if (data === "[" || data === "[!" || data[0] === "[" && !isNaN(Number(data.slice(1)))) depth += 1;
		}
		var next = /* @__PURE__ */ get_next_sibling(node);
		if (remove) node.remove();
		node = next;
	}
}
/**
*
* @param {TemplateNode} node
*/
function read_hydration_instruction(node) {
	if (!node || node.nodeType !== 8) {
		hydration_mismatch();
		throw HYDRATION_ERROR;
	}
	return node.data;
}
// node_modules/svelte/src/internal/client/reactivity/equality.js
/** @import { Equals } from '#client' */
/** @type {Equals} */
function equals(value) {
	return value === this.v;
}
/**
* @param {unknown} a
* @param {unknown} b
* @returns {boolean}
*/
function safe_not_equal(a, b) {
	return a != a ? b == b : a !== b || a !== null && typeof a === "object" || typeof a === "function";
}
/** @type {Equals} */
function safe_equals(value) {
	return !safe_not_equal(value, this.v);
}
/**
* `%name%(...)` can only be used during component initialisation
* @param {string} name
* @returns {never}
*/
function lifecycle_outside_component(name) {
	throw new Error(`https://svelte.dev/e/lifecycle_outside_component`);
}
// node_modules/svelte/src/internal/client/errors.js
/**
* Cannot create a `$derived(...)` with an `await` expression outside of an effect tree
* @returns {never}
*/
function async_derived_orphan() {
	throw new Error(`https://svelte.dev/e/async_derived_orphan`);
}
/**
* Keyed each block has duplicate key `%value%` at indexes %a% and %b%
* @param {string} a
* @param {string} b
* @param {string | undefined | null} [value]
* @returns {never}
*/
function each_key_duplicate(a, b, value) {
	throw new Error(`https://svelte.dev/e/each_key_duplicate`);
}
/**
* `%rune%` cannot be used inside an effect cleanup function
* @param {string} rune
* @returns {never}
*/
function effect_in_teardown(rune) {
	throw new Error(`https://svelte.dev/e/effect_in_teardown`);
}
/**
* Effect cannot be created inside a `$derived` value that was not itself created inside an effect
* @returns {never}
*/
function effect_in_unowned_derived() {
	throw new Error(`https://svelte.dev/e/effect_in_unowned_derived`);
}
/**
* `%rune%` can only be used inside an effect (e.g. during component initialisation)
* @param {string} rune
* @returns {never}
*/
function effect_orphan(rune) {
	throw new Error(`https://svelte.dev/e/effect_orphan`);
}
/**
* Maximum update depth exceeded. This typically indicates that an effect reads and writes the same piece of state
* @returns {never}
*/
function effect_update_depth_exceeded() {
	throw new Error(`https://svelte.dev/e/effect_update_depth_exceeded`);
}
/**
* Cannot do `bind:%key%={undefined}` when `%key%` has a fallback value
* @param {string} key
* @returns {never}
*/
function props_invalid_value(key) {
	throw new Error(`https://svelte.dev/e/props_invalid_value`);
}
/**
* Property descriptors defined on `$state` objects must contain `value` and always be `enumerable`, `configurable` and `writable`.
* @returns {never}
*/
function state_descriptors_fixed() {
	throw new Error(`https://svelte.dev/e/state_descriptors_fixed`);
}
/**
* Cannot set prototype of `$state` object
* @returns {never}
*/
function state_prototype_fixed() {
	throw new Error(`https://svelte.dev/e/state_prototype_fixed`);
}
/**
* Updating state inside `$derived(...)`, `$inspect(...)` or a template expression is forbidden. If the value should not be reactive, declare it without `$state`
* @returns {never}
*/
function state_unsafe_mutation() {
	throw new Error(`https://svelte.dev/e/state_unsafe_mutation`);
}
/**
* A `<svelte:boundary>` `reset` function cannot be called while an error is still being handled
* @returns {never}
*/
function svelte_boundary_reset_onerror() {
	throw new Error(`https://svelte.dev/e/svelte_boundary_reset_onerror`);
}
// node_modules/svelte/src/internal/flags/index.js
/** True if experimental.async=true */
var async_mode_flag = false;
/** True if we're not certain that we only have Svelte 5 code in the compilation */
var legacy_mode_flag = false;
// node_modules/svelte/src/internal/client/context.js
/** @import { ComponentContext, DevStackEntry, Effect } from '#client' */
/** @type {ComponentContext | null} */
var component_context = null;
/** @param {ComponentContext | null} context */
function set_component_context(context) {
	component_context = context;
}
/**
* @param {Record<string, unknown>} props
* @param {any} runes
* @param {Function} [fn]
* @returns {void}
*/
function push(props, runes = false, fn) {
	component_context = {
		p: component_context,
		i: false,
		c: null,
		e: null,
		s: props,
		x: null,
		r: active_effect,
		l: legacy_mode_flag && !runes ? {
			s: null,
			u: null,
			$: []
		} : null
	};
}
/**
* @template {Record<string, any>} T
* @param {T} [component]
* @returns {T}
*/
function pop(component) {
	var context = component_context;
	var effects = context.e;
	if (effects !== null) {
		context.e = null;
		for (var fn of effects) create_user_effect(fn);
	}
	if (component !== void 0) context.x = component;
	context.i = true;
	component_context = context.p;
	return mark_as_component(component);
}
/**
* Add a symbol to the object (or create one if undefined) to mark it as a component so it isn't proxified.
* @param {any} component
*/
function mark_as_component(component = {}) {
	define_property(component, COMPONENT_SYMBOL, { value: true });
	return component;
}
/** @returns {boolean} */
function is_runes() {
	return !legacy_mode_flag || component_context !== null && component_context.l === null;
}
// node_modules/svelte/src/internal/client/dom/task.js
/** @type {Array<() => void>} */
var micro_tasks = [];
function run_micro_tasks() {
	var tasks = micro_tasks;
	micro_tasks = [];
	run_all(tasks);
}
/**
* @param {() => void} fn
*/
function queue_micro_task(fn) {
	if (micro_tasks.length === 0 && !is_flushing_sync) {
		var tasks = micro_tasks;
		queueMicrotask(() => {
			if (tasks === micro_tasks) run_micro_tasks();
		});
	}
	micro_tasks.push(fn);
}
/**
* Synchronously run any queued tasks.
*/
function flush_tasks() {
	while (micro_tasks.length > 0) run_micro_tasks();
}
// node_modules/svelte/src/internal/client/reactivity/status.js
/** @import { Derived, Signal } from '#client' */
var STATUS_MASK = ~(DIRTY | MAYBE_DIRTY | CLEAN);
/**
* @param {Signal} signal
* @param {number} status
*/
function set_signal_status(signal, status) {
	signal.f = signal.f & STATUS_MASK | status;
}
/**
* Set a derived's status to CLEAN or MAYBE_DIRTY based on its connection state.
* @param {Derived} derived
*/
function update_derived_status(derived) {
	if ((derived.f & 512) !== 0 || derived.deps === null) set_signal_status(derived, CLEAN);
	else set_signal_status(derived, MAYBE_DIRTY);
}
// node_modules/svelte/src/internal/client/reactivity/utils.js
/** @import { Effect } from '#client' */
/**
* @param {Effect} effect
* @param {Map<Effect, number>} dirty_reactions
*/
function defer_effect(effect, dirty_reactions) {
	if ((effect.f & 2048) !== 0) dirty_reactions.set(effect, DIRTY);
	else if ((effect.f & 4096) !== 0 && dirty_reactions.get(effect) !== 2048) dirty_reactions.set(effect, MAYBE_DIRTY);
	set_signal_status(effect, CLEAN);
}
// node_modules/svelte/src/internal/client/dom/elements/misc.js
/**
* The child of a textarea actually corresponds to the defaultValue property, so we need
* to remove it upon hydration to avoid a bug when someone resets the form value.
* @param {HTMLTextAreaElement} dom
* @returns {void}
*/
function remove_textarea_child(dom) {
	if (hydrating && /* @__PURE__ */ get_first_child(dom) !== null) clear_text_content(dom);
}
var listening_to_form_reset = false;
function add_form_reset_listener() {
	if (!listening_to_form_reset) {
		listening_to_form_reset = true;
		document.addEventListener("reset", (evt) => {
			Promise.resolve().then(() => {
				if (!evt.defaultPrevented) for (const e of evt.target.elements)
 /** @type {any} */ e[FORM_RESET_HANDLER]?.();
			});
		}, { capture: true });
	}
}
// node_modules/svelte/src/internal/client/dom/elements/bindings/shared.js
/**
* @template T
* @param {() => T} fn
*/
function without_reactive_context(fn) {
	var previous_reaction = active_reaction;
	var previous_effect = active_effect;
	set_active_reaction(null);
	set_active_effect(null);
	try {
		return fn();
	} finally {
		set_active_reaction(previous_reaction);
		set_active_effect(previous_effect);
	}
}
/**
* Listen to the given event, and then instantiate a global form reset listener if not already done,
* to notify all bindings when the form is reset
* @param {HTMLElement} element
* @param {string} event
* @param {(is_reset?: true) => void} handler
* @param {(is_reset?: true) => void} [on_reset]
*/
function listen_to_event_and_reset_event(element, event, handler, on_reset = handler) {
	element.addEventListener(event, () => without_reactive_context(handler));
	const prev = element[FORM_RESET_HANDLER];
	if (prev)
 /** @type {any} */ element[FORM_RESET_HANDLER] = () => {
		prev();
		on_reset(true);
	};
	else
 /** @type {any} */ element[FORM_RESET_HANDLER] = () => on_reset(true);
	add_form_reset_listener();
}
// node_modules/svelte/src/internal/client/reactivity/async.js
/** @import { Blocker, Effect, Source, Value } from '#client' */
/**
* @param {Blocker[]} blockers
* @param {Array<() => any>} sync
* @param {Array<() => Promise<any>>} async
* @param {(values: Value[]) => any} fn
*/
function flatten(blockers, sync, async, fn) {
	const d = is_runes() ? derived : derived_safe_equal;
	var pending = blockers.filter((b) => !b.settled);
	var deriveds = sync.map(d);
	if (async.length === 0 && pending.length === 0) {
		fn(deriveds);
		return;
	}
	var parent = active_effect;
	var restore = capture();
	var blocker_promise = pending.length === 1 ? pending[0].promise : pending.length > 1 ? Promise.all(pending.map((b) => b.promise)) : null;
	/**
	* @param {Source[]} async
	*/
	function finish(async) {
		if ((parent.f & 16384) !== 0) return;
		restore();
		try {
			fn([...deriveds, ...async]);
		} catch (error) {
			invoke_error_boundary(error, parent);
		}
		unset_context();
	}
	var decrement_pending = increment_pending();
	if (async.length === 0) {
		/** @type {Promise<any>} */ blocker_promise.then(() => finish([])).finally(decrement_pending);
		return;
	}
	function run() {
		Promise.all(async.map((expression) => /* @__PURE__ */ async_derived(expression))).then(finish).catch((error) => invoke_error_boundary(error, parent)).finally(decrement_pending);
	}
	if (blocker_promise) blocker_promise.then(() => {
		if ((parent.f & 16384) !== 0) {
			decrement_pending();
			return;
		}
		restore();
		run();
		unset_context();
	});
	else run();
}
/**
* Captures the current effect context so that we can restore it after
* some asynchronous work has happened (so that e.g. `await a + b`
* causes `b` to be registered as a dependency).
*/
function capture() {
	var previous_effect = active_effect;
	var previous_reaction = active_reaction;
	var previous_component_context = component_context;
	var previous_batch = current_batch;
	return function restore(activate_batch = true) {
		set_active_effect(previous_effect);
		set_active_reaction(previous_reaction);
		set_component_context(previous_component_context);
		if (activate_batch && (previous_effect.f & 16384) === 0) {
			previous_batch?.activate();
			previous_batch?.apply();
		}
	};
}
function unset_context(deactivate_batch = true) {
	set_active_effect(null);
	set_active_reaction(null);
	set_component_context(null);
	if (deactivate_batch) current_batch?.deactivate();
}
/**
* @returns {(skip?: boolean) => void}
*/
function increment_pending() {
	var effect = active_effect;
	var boundary = effect.b;
	var batch = current_batch;
	var blocking = !!boundary?.is_rendered();
	boundary?.update_pending_count(1, batch);
	batch.increment(blocking, effect);
	return () => {
		boundary?.update_pending_count(-1, batch);
		batch.decrement(blocking, effect);
	};
}
/**
* @template V
* @param {() => V} fn
* @returns {Derived<V>}
*/
/*#__NO_SIDE_EFFECTS__*/
function derived(fn) {
	var flags = 2 | DIRTY;
	if (active_effect !== null) active_effect.f |= EFFECT_PRESERVED;
	return {
		ctx: component_context,
		deps: null,
		effects: null,
		equals,
		f: flags,
		fn,
		reactions: null,
		rv: 0,
		v: UNINITIALIZED,
		wv: 0,
		parent: active_effect,
		ac: null
	};
}
var OBSOLETE = Symbol("obsolete");
/**
* @template V
* @param {() => V | Promise<V>} fn
* @param {string} [label]
* @param {string} [location] If provided, print a warning if the value is not read immediately after update
* @returns {Promise<Source<V>>}
*/
/*#__NO_SIDE_EFFECTS__*/
function async_derived(fn, label, location) {
	let parent = active_effect;
	if (parent === null) async_derived_orphan();
	var promise = void 0;
	var signal = source(UNINITIALIZED);
	var should_suspend = !active_reaction;
	/** @type {Set<ReturnType<typeof deferred<V>>>} */
	var deferreds = /* @__PURE__ */ new Set();
	async_effect(() => {
		var effect = active_effect;
		/** @type {ReturnType<typeof deferred<V>>} */
		var d = deferred();
		promise = d.promise;
		try {
			Promise.resolve(fn()).then(d.resolve, (e) => {
				if (e !== STALE_REACTION) d.reject(e);
			}).finally(unset_context);
		} catch (error) {
			d.reject(error);
			unset_context();
		}
		var batch = current_batch;
		if (should_suspend) {
			if ((effect.f & 32768) !== 0) var decrement_pending = increment_pending();
			if (parent.b?.is_rendered()) batch.async_deriveds.get(effect)?.reject(OBSOLETE);
			else for (const d of deferreds.values()) d.reject(OBSOLETE);
			deferreds.add(d);
			batch.async_deriveds.set(effect, d);
		}
		/**
		* @param {any} value
		* @param {unknown} error
		*/
		const handler = (value, error = void 0) => {
			decrement_pending?.();
			deferreds.delete(d);
			if (error === OBSOLETE) return;
			batch.activate();
			if (error) {
				signal.f |= ERROR_VALUE;
				internal_set(signal, error);
			} else {
				if ((signal.f & 8388608) !== 0) signal.f ^= ERROR_VALUE;
				internal_set(signal, value);
			}
			batch.deactivate();
		};
		d.promise.then(handler, (e) => handler(null, e || "unknown"));
	});
	teardown(() => {
		for (const d of deferreds) d.reject(OBSOLETE);
	});
	return new Promise((fulfil) => {
		/** @param {Promise<V>} p */
		function next(p) {
			function go() {
				if (p === promise) fulfil(signal);
				else next(promise);
			}
			p.then(go, go);
		}
		next(promise);
	});
}
/**
* @template V
* @param {() => V} fn
* @returns {Derived<V>}
*/
/*#__NO_SIDE_EFFECTS__*/
function user_derived(fn) {
	const d = /* @__PURE__ */ derived(fn);
	if (!async_mode_flag) push_reaction_value(d);
	return d;
}
/**
* @template V
* @param {() => V} fn
* @returns {Derived<V>}
*/
/*#__NO_SIDE_EFFECTS__*/
function derived_safe_equal(fn) {
	const signal = /* @__PURE__ */ derived(fn);
	signal.equals = safe_equals;
	return signal;
}
/**
* @param {Derived} derived
* @returns {void}
*/
function destroy_derived_effects(derived) {
	var effects = derived.effects;
	if (effects !== null) {
		derived.effects = null;
		for (var i = 0; i < effects.length; i += 1) destroy_effect(effects[i]);
	}
}
/**
* @template T
* @param {Derived} derived
* @returns {T}
*/
function execute_derived(derived) {
	var value;
	var prev_active_effect = active_effect;
	var parent = derived.parent;
	if (!is_destroying_effect && parent !== null && derived.v !== UNINITIALIZED && (parent.f & 24576) !== 0) {
		derived_inert();
		return derived.v;
	}
	set_active_effect(parent);
	try {
		destroy_derived_effects(derived);
		value = update_reaction(derived);
	} finally {
		set_active_effect(prev_active_effect);
	}
	return value;
}
/**
* @param {Derived} derived
* @returns {void}
*/
function update_derived(derived) {
	var value = execute_derived(derived);
	if (!derived.equals(value)) {
		derived.wv = increment_write_version();
		if (!current_batch?.is_fork || derived.deps === null) {
			if (current_batch !== null) {
				current_batch.capture(derived, value, true);
				previous_batch?.capture(derived, value, true);
			} else derived.v = value;
			if (derived.deps === null) {
				set_signal_status(derived, CLEAN);
				return;
			}
		}
	}
	if (is_destroying_effect) return;
	if (batch_values !== null) {
		if (effect_tracking() || current_batch?.is_fork) batch_values.set(derived, value);
	} else update_derived_status(derived);
}
/**
* @param {Derived} derived
*/
function freeze_derived_effects(derived) {
	if (derived.effects === null) return;
	for (const e of derived.effects) if (e.teardown || e.ac) {
		e.teardown?.();
		if (e.ac !== null) without_reactive_context(() => {
			/** @type {AbortController} */ e.ac.abort(STALE_REACTION);
			e.ac = null;
		});
		if (e.fn !== null) e.teardown = noop;
		remove_reactions(e, 0);
		destroy_effect_children(e);
	}
}
/**
* @param {Derived} derived
*/
function unfreeze_derived_effects(derived) {
	if (derived.effects === null) return;
	for (const e of derived.effects) if (e.teardown && e.fn !== null) update_effect(e);
}
// node_modules/svelte/src/internal/client/reactivity/batch.js
/** @import { Fork } from 'svelte' */
/** @import { Derived, Effect, Reaction, Source, Value } from '#client' */
/** @type {Batch | null} */
var first_batch = null;
/** @type {Batch | null} */
var last_batch = null;
/** @type {Batch | null} */
var current_batch = null;
/**
* This is needed to avoid overwriting inputs
* @type {Batch | null}
*/
var previous_batch = null;
/**
* When time travelling (i.e. working in one batch, while other batches
* still have ongoing work), we ignore the real values of affected
* signals in favour of their values within the batch
* @type {Map<Value, any> | null}
*/
var batch_values = null;
/** @type {Effect | null} */
var last_scheduled_effect = null;
var is_flushing_sync = false;
var is_processing = false;
/**
* During traversal, this is an array. Newly created effects are (if not immediately
* executed) pushed to this array, rather than going through the scheduling
* rigamarole that would cause another turn of the flush loop.
* @type {Effect[] | null}
*/
var collected_effects = null;
/**
* An array of effects that are marked during traversal as a result of a `set`
* (not `internal_set`) call. These will be added to the next batch and
* trigger another `batch.process()`
* @type {Effect[] | null}
* @deprecated when we get rid of legacy mode and stores, we can get rid of this
*/
var legacy_updates = null;
var flush_count = 0;
var uid = 1;
var Batch = class Batch {
	id = uid++;
	/** True as soon as `#process` was called */
	started = false;
	linked = true;
	/** @type {Batch | null} */
	prev = null;
	/** @type {Batch | null} */
	next = null;
	/** @type {Map<Effect, ReturnType<typeof deferred<any>>>} */
	async_deriveds = /* @__PURE__ */ new Map();
	/**
	* The current values of any signals that are updated in this batch.
	* Tuple format: [value, is_derived] (note: is_derived is false for deriveds, too, if they were overridden via assignment)
	* The keys of this map are identical to `this.previous`
	* @type {Map<Value, [any, boolean]>}
	*/
	current = /* @__PURE__ */ new Map();
	/**
	* The values of any signals (sources and deriveds) that are updated in this batch _before_ those updates took place.
	* The keys of this map are identical to `this.current`
	* @type {Map<Value, any>}
	*/
	previous = /* @__PURE__ */ new Map();
	/**
	* When the batch is committed (and the DOM is updated), we need to remove old branches
	* and append new ones by calling the functions added inside (if/each/key/etc) blocks
	* @type {Set<(batch: Batch) => void>}
	*/
	#commit_callbacks = /* @__PURE__ */ new Set();
	/**
	* If a fork is discarded, we need to destroy any effects that are no longer needed
	* @type {Set<(batch: Batch) => void>}
	*/
	#discard_callbacks = /* @__PURE__ */ new Set();
	/**
	* The number of async effects that are currently in flight
	*/
	#pending = 0;
	/**
	* Async effects that are currently in flight, _not_ inside a pending boundary
	* @type {Map<Effect, number>}
	*/
	#blocking_pending = /* @__PURE__ */ new Map();
	/**
	* A deferred that resolves when the batch is committed, used with `settled()`
	* TODO replace with Promise.withResolvers once supported widely enough
	* @type {{ promise: Promise<void>, resolve: (value?: any) => void, reject: (reason: unknown) => void } | null}
	*/
	#deferred = null;
	/**
	* Effects that were scheduled in this batch but not yet 'resolved' into the
	* root effects that need to be flushed. Resolving — the upwards traversal that
	* marks the path to each effect on the shared effect tree (see #resolve) — is
	* deferred until the batch is processed, so that the markers are created and
	* consumed within a single traversal. Scheduling into other batches (which can
	* happen concurrently, e.g. while a batch is committed) can therefore never
	* observe (and be confused by) this batch's markers.
	* May contain duplicates — deduplication happens during resolving
	* @type {Effect[]}
	*/
	#scheduled = [];
	/**
	* Effects created while this batch was active.
	* @type {Effect[]}
	*/
	#new_effects = [];
	/**
	* Deferred effects (which run after async work has completed) and their status (DIRTY or MAYBE_DIRTY)
	* @type {Map<Effect, number>}
	*/
	#dirty_reactions = /* @__PURE__ */ new Map();
	/**
	* A map of branches that still exist, but will be destroyed when this batch
	* is committed — we skip over these during `process`.
	* The value contains child effects that were dirty/maybe_dirty before being reset,
	* so they can be rescheduled if the branch survives.
	* @type {Map<Effect, { d: Effect[], m: Effect[] }>}
	*/
	#skipped_branches = /* @__PURE__ */ new Map();
	/**
	* Inverse of #skipped_branches which we need to tell prior batches to unskip them when committing
	* @type {Set<Effect>}
	*/
	#unskipped_branches = /* @__PURE__ */ new Set();
	is_fork = false;
	#decrement_queued = false;
	constructor() {
		if (last_batch === null) first_batch = last_batch = this;
		else {
			last_batch.next = this;
			this.prev = last_batch;
		}
		last_batch = this;
	}
	#is_deferred() {
		if (this.is_fork) return true;
		for (const effect of this.#blocking_pending.keys()) if (!this.#is_skipped(effect)) return true;
		return false;
	}
	/**
	* Whether `effect` is inside a branch that this batch skips
	* @param {Effect} effect
	*/
	#is_skipped(effect) {
		for (var e = effect; e !== null; e = e.parent) if (this.#skipped_branches.has(e)) return true;
		return false;
	}
	/**
	* Add an effect to the #skipped_branches map and reset its children
	* @param {Effect} effect
	*/
	skip_effect(effect) {
		if (!this.#skipped_branches.has(effect)) this.#skipped_branches.set(effect, {
			d: [],
			m: []
		});
		this.#unskipped_branches.delete(effect);
	}
	/**
	* Remove an effect from the #skipped_branches map and reschedule
	* any tracked dirty/maybe_dirty child effects
	* @param {Effect} effect
	* @param {(e: Effect) => void} callback
	*/
	unskip_effect(effect, callback = (e) => this.schedule(e)) {
		var tracked = this.#skipped_branches.get(effect);
		if (tracked) {
			this.#skipped_branches.delete(effect);
			for (var e of tracked.d) {
				set_signal_status(e, DIRTY);
				callback(e);
			}
			for (e of tracked.m) {
				set_signal_status(e, MAYBE_DIRTY);
				callback(e);
			}
		}
		this.#unskipped_branches.add(effect);
	}
	/**
	* Convert the effects that were scheduled in this batch into the root effects
	* that need to be traversed, marking the path to each effect (by clearing the
	* `CLEAN` flag on ancestor branches) so that the traversal can find them.
	* This happens right before traversal rather than at scheduling time, so that
	* the markers left on the (shared) effect tree are created and consumed within
	* a single traversal — scheduling into other batches can never observe them
	* @returns {Effect[]}
	*/
	#resolve() {
		/** @type {Effect[]} */
		var roots = [];
		for (const effect of this.#scheduled) {
			if ((effect.f & 16384) !== 0 || (effect.f & 6144) === 0) continue;
			var e = effect;
			var covered = false;
			while (e.parent !== null) {
				e = e.parent;
				var flags = e.f;
				if ((flags & 96) !== 0) {
					if ((flags & 1024) === 0) {
						covered = true;
						break;
					}
					e.f ^= CLEAN;
				}
			}
			if (!covered) roots.push(e);
		}
		this.#scheduled = [];
		return roots;
	}
	#process() {
		this.started = true;
		for (const [e, status] of this.#dirty_reactions) {
			set_signal_status(e, status);
			this.schedule(e);
		}
		this.apply();
		/** @type {Effect[]} */
		var effects = collected_effects = [];
		/** @type {Effect[]} */
		var render_effects = [];
		/**
		* @type {Effect[]}
		* @deprecated when we get rid of legacy mode and stores, we can get rid of this
		*/
		var updates = legacy_updates = [];
		while (this.#scheduled.length > 0) {
			if (flush_count++ > 1e3) {
				this.#unlink();
				infinite_loop_guard();
			}
			for (const root of this.#resolve()) try {
				this.#traverse(root, effects, render_effects);
			} catch (e) {
				reset_all(root);
				if (!this.#is_deferred()) this.discard();
				throw e;
			}
		}
		current_batch = null;
		if (updates.length > 0) {
			var batch = Batch.ensure();
			for (const e of updates) batch.schedule(e);
		}
		collected_effects = null;
		legacy_updates = null;
		if (this.#is_deferred()) {
			this.#defer_effects(render_effects);
			this.#defer_effects(effects);
			for (const [e, t] of this.#skipped_branches) reset_branch(e, t);
			if (updates.length > 0)
 /** @type {Batch} */ current_batch.#process();
			return;
		}
		const earlier_batch = this.#find_earlier_batch();
		if (earlier_batch) {
			this.#defer_effects(render_effects);
			this.#defer_effects(effects);
			earlier_batch.#merge(this);
			return;
		}
		this.#dirty_reactions.clear();
		for (const fn of this.#commit_callbacks) fn(this);
		this.#commit_callbacks.clear();
		previous_batch = this;
		flush_queued_effects(render_effects);
		flush_queued_effects(effects);
		previous_batch = null;
		this.#deferred?.resolve();
		var next_batch = current_batch;
		if (this.#pending === 0 && (this.#scheduled.length === 0 || next_batch !== null)) {
			this.#unlink();
			if (async_mode_flag) {
				this.#commit();
				current_batch = next_batch;
			}
		}
		if (next_batch !== null) {
			old_values.clear();
			next_batch.#process();
		}
	}
	/**
	* Traverse the effect tree, executing effects or stashing
	* them for later execution as appropriate
	* @param {Effect} root
	* @param {Effect[]} effects
	* @param {Effect[]} render_effects
	*/
	#traverse(root, effects, render_effects) {
		root.f ^= CLEAN;
		var effect = root.first;
		while (effect !== null) {
			var flags = effect.f;
			var is_branch = (flags & 96) !== 0;
			if (!(is_branch && (flags & 1024) !== 0 || (flags & 8192) !== 0 || this.#skipped_branches.has(effect)) && effect.fn !== null) {
				if (is_branch) effect.f ^= CLEAN;
				else if ((flags & 4) !== 0) effects.push(effect);
				else if (async_mode_flag && (flags & 16777224) !== 0) render_effects.push(effect);
				else if (is_dirty(effect)) {
					if ((flags & 16) !== 0) this.add_dirty_reaction(effect, MAYBE_DIRTY);
					update_effect(effect);
				}
				var child = effect.first;
				if (child !== null) {
					effect = child;
					continue;
				}
			}
			while (effect !== null) {
				var next = effect.next;
				if (next !== null) {
					effect = next;
					break;
				}
				effect = effect.parent;
			}
		}
	}
	#find_earlier_batch() {
		for (var batch = this.prev; batch !== null; batch = batch.prev) if (!batch.is_fork && this.#intersects(batch)) return batch;
		return null;
	}
	/** @param {Batch} batch */
	#intersects(batch) {
		for (const [source, [, is_derived]] of this.current) {
			if (is_derived) continue;
			if (batch.current.has(source)) return true;
		}
		return false;
	}
	/**
	* @param {Batch} batch
	*/
	#merge(batch) {
		for (const [source, value] of batch.current) {
			if (!this.previous.has(source) && batch.previous.has(source)) this.previous.set(source, batch.previous.get(source));
			this.current.set(source, value);
		}
		for (const [effect, deferred] of batch.async_deriveds) {
			const d = this.async_deriveds.get(effect);
			if (d) deferred.promise.then(d.resolve).catch(d.reject);
		}
		batch.async_deriveds.clear();
		this.transfer_reactions(batch.#dirty_reactions);
		/**
		* mark all effects that depend on `batch.current`, except the
		* async effects that we just resolved (TODO unless they depend
		* on values in this batch that are NOT in the later batch?).
		* Through this we also will populate the correct #skipped_branches,
		* oncommit callbacks etc, so we don't need to merge them separately.
		* @param {Value} value
		*/
		const mark = (value) => {
			var reactions = value.reactions;
			if (reactions === null) return;
			if ((value.f & 2) !== 0 && (value.f & 6144) === 0) return;
			for (const reaction of reactions) {
				var flags = reaction.f;
				if ((flags & 2) !== 0) mark(reaction);
				else {
					var effect = reaction;
					if (flags & 4194320 && !this.async_deriveds.has(effect)) {
						this.#dirty_reactions.delete(effect);
						set_signal_status(effect, DIRTY);
						this.schedule(effect);
					}
				}
			}
		};
		for (const source of this.current.keys()) mark(source);
		this.oncommit(() => batch.discard());
		batch.#unlink();
		current_batch = this;
		this.#process();
	}
	/**
	* @param {Effect[]} effects
	*/
	#defer_effects(effects) {
		for (var i = 0; i < effects.length; i += 1) defer_effect(effects[i], this.#dirty_reactions);
	}
	/**
	* Associate a change to a given source with the current
	* batch, noting its previous and current values
	* @param {Value} source
	* @param {any} value
	* @param {boolean} [is_derived]
	*/
	capture(source, value, is_derived = false) {
		if (source.v !== UNINITIALIZED && !this.previous.has(source)) this.previous.set(source, source.v);
		if ((source.f & 8388608) === 0) {
			this.current.set(source, [value, is_derived]);
			batch_values?.set(source, value);
		}
		if (!this.is_fork) source.v = value;
	}
	activate() {
		current_batch = this;
	}
	deactivate() {
		current_batch = null;
		batch_values = null;
	}
	flush() {
		try {
			is_processing = true;
			current_batch = this;
			this.#process();
		} finally {
			flush_count = 0;
			last_scheduled_effect = null;
			collected_effects = null;
			legacy_updates = null;
			is_processing = false;
			current_batch = null;
			batch_values = null;
			old_values.clear();
		}
	}
	discard() {
		for (const fn of this.#discard_callbacks) fn(this);
		this.#discard_callbacks.clear();
		for (const deferred of this.async_deriveds.values()) deferred.reject(OBSOLETE);
		this.#unlink();
		this.#deferred?.resolve();
	}
	/**
	* @param {Effect} effect
	*/
	register_created_effect(effect) {
		this.#new_effects.push(effect);
	}
	#commit() {
		for (let batch = first_batch; batch !== null; batch = batch.next) {
			var is_earlier = batch.id < this.id;
			/** @type {Source[]} */
			var sources = [];
			for (const [source, [value, is_derived]] of this.current) {
				if (batch.current.has(source)) {
					var batch_value = batch.current.get(source)[0];
					if (is_earlier && value !== batch_value) batch.current.set(source, [value, is_derived]);
					else continue;
				}
				sources.push(source);
			}
			if (is_earlier) for (const [effect, deferred] of this.async_deriveds) {
				const d = batch.async_deriveds.get(effect);
				if (d) deferred.promise.then(d.resolve).catch(d.reject);
			}
			var current = [...batch.current.keys()].filter((source) => !batch.current.get(source)[1]);
			if (!batch.started || current.length === 0) continue;
			var others = current.filter((source) => !this.current.has(source));
			if (others.length === 0) {
				if (is_earlier) batch.discard();
			} else if (sources.length > 0) {
				if (is_earlier) for (const unskipped of this.#unskipped_branches) batch.unskip_effect(unskipped, (e) => {
					if ((e.f & 4194320) !== 0) batch.schedule(e);
					else batch.#defer_effects([e]);
				});
				batch.activate();
				/** @type {Set<Value>} */
				var marked = /* @__PURE__ */ new Set();
				/** @type {Map<Reaction, boolean>} */
				var checked = /* @__PURE__ */ new Map();
				for (var source of sources) mark_effects(source, others, marked, checked);
				checked = /* @__PURE__ */ new Map();
				var current_unequal = [...batch.current].filter(([c, v1]) => {
					const v2 = this.current.get(c);
					if (!v2) return true;
					return v2[0] !== v1[0] || v2[1] !== v1[1];
				}).map(([c]) => c);
				if (current_unequal.length > 0) {
					for (const effect of this.#new_effects) if ((effect.f & 155648) === 0 && depends_on(effect, current_unequal, checked)) {
						if ((effect.f & 4194320) !== 0) {
							set_signal_status(effect, DIRTY);
							batch.schedule(effect);
						} else batch.add_dirty_reaction(effect, DIRTY);
					}
				}
				if (batch.#scheduled.length > 0 && !batch.#decrement_queued) {
					batch.apply();
					for (var root of batch.#resolve()) batch.#traverse(root, [], []);
				}
				batch.deactivate();
			}
		}
	}
	/**
	* @param {boolean} blocking
	* @param {Effect} effect
	*/
	increment(blocking, effect) {
		this.#pending += 1;
		if (blocking) {
			let blocking_pending_count = this.#blocking_pending.get(effect) ?? 0;
			this.#blocking_pending.set(effect, blocking_pending_count + 1);
		}
	}
	/**
	* @param {boolean} blocking
	* @param {Effect} effect
	*/
	decrement(blocking, effect) {
		this.#pending -= 1;
		if (blocking) {
			let blocking_pending_count = this.#blocking_pending.get(effect) ?? 0;
			if (blocking_pending_count === 1) this.#blocking_pending.delete(effect);
			else this.#blocking_pending.set(effect, blocking_pending_count - 1);
		}
		if (this.#decrement_queued) return;
		this.#decrement_queued = true;
		queue_micro_task(() => {
			this.#decrement_queued = false;
			if (this.linked) this.flush();
		});
	}
	/**
	* @param {Map<Effect, number>} dirty_reactions
	*/
	transfer_reactions(dirty_reactions) {
		for (const [effect, status] of dirty_reactions) this.add_dirty_reaction(effect, status);
		dirty_reactions.clear();
	}
	/**
	* @param {Effect} effect
	* @param {number} status
	*/
	add_dirty_reaction(effect, status) {
		if (status === 2048 || this.#dirty_reactions.get(effect) !== 2048) this.#dirty_reactions.set(effect, status);
	}
	/** @param {(batch: Batch) => void} fn */
	oncommit(fn) {
		this.#commit_callbacks.add(fn);
	}
	/** @param {(batch: Batch) => void} fn */
	ondiscard(fn) {
		this.#discard_callbacks.add(fn);
	}
	settled() {
		return (this.#deferred ??= deferred()).promise;
	}
	static ensure() {
		if (current_batch === null) {
			const batch = current_batch = new Batch();
			if (!is_processing && !is_flushing_sync) queue_micro_task(() => {
				if (!batch.started) batch.flush();
			});
		}
		return current_batch;
	}
	apply() {
		if (!async_mode_flag || !this.is_fork && this.prev === null && this.next === null) {
			batch_values = null;
			return;
		}
		batch_values = /* @__PURE__ */ new Map();
		for (const [source, [value]] of this.current) batch_values.set(source, value);
		for (let batch = first_batch; batch !== null; batch = batch.next) {
			if (batch === this || batch.is_fork) continue;
			if (batch.id >= this.id || !batch.#intersects(this)) {
				for (const [source, previous] of batch.previous) if (!batch_values.has(source)) batch_values.set(source, previous);
			}
		}
	}
	/**
	*
	* @param {Effect} effect
	*/
	schedule(effect) {
		last_scheduled_effect = effect;
		if (effect.b?.is_pending && (effect.f & 16777228) !== 0 && (effect.f & 32768) === 0) {
			effect.b.defer_effect(effect);
			return;
		}
		this.#scheduled.push(effect);
	}
	#unlink() {
		if (!this.linked) return;
		var prev = this.prev;
		var next = this.next;
		if (prev === null) first_batch = next;
		else prev.next = next;
		if (next === null) last_batch = prev;
		else next.prev = prev;
		this.linked = false;
	}
};
/**
* Synchronously flush any pending updates.
* Returns void if no callback is provided, otherwise returns the result of calling the callback.
* @template [T=void]
* @param {(() => T) | undefined} [fn]
* @returns {T}
*/
function flushSync(fn) {
	var was_flushing_sync = is_flushing_sync;
	var prev_previous_batch = previous_batch;
	previous_batch = null;
	is_flushing_sync = true;
	try {
		var result;
		if (fn) {
			flushSync();
			result = fn();
		}
		while (true) {
			flush_tasks();
			if (current_batch === null) return result;
			current_batch.flush();
		}
	} finally {
		is_flushing_sync = was_flushing_sync;
		previous_batch = prev_previous_batch;
	}
}
function infinite_loop_guard() {
	try {
		effect_update_depth_exceeded();
	} catch (error) {
		invoke_error_boundary(error, last_scheduled_effect);
	}
}
/** @type {Set<Effect> | null} */
var eager_block_effects = null;
/**
* @param {Array<Effect>} effects
* @returns {void}
*/
function flush_queued_effects(effects) {
	var length = effects.length;
	if (length === 0) return;
	var i = 0;
	while (i < length) {
		var effect = effects[i++];
		if ((effect.f & 24576) === 0 && is_dirty(effect)) {
			eager_block_effects = /* @__PURE__ */ new Set();
			update_effect(effect);
			if (effect.deps === null && effect.first === null && effect.nodes === null && effect.teardown === null && effect.ac === null) unlink_effect(effect);
			if (eager_block_effects?.size > 0) {
				old_values.clear();
				for (const e of eager_block_effects) {
					if ((e.f & 24576) !== 0) continue;
					/** @type {Effect[]} */
					const ordered_effects = [e];
					let ancestor = e.parent;
					while (ancestor !== null) {
						if (eager_block_effects.has(ancestor)) {
							eager_block_effects.delete(ancestor);
							ordered_effects.push(ancestor);
						}
						ancestor = ancestor.parent;
					}
					for (let j = ordered_effects.length - 1; j >= 0; j--) {
						const e = ordered_effects[j];
						if ((e.f & 24576) !== 0) continue;
						update_effect(e);
					}
				}
				eager_block_effects.clear();
			}
		}
	}
	eager_block_effects = null;
}
/**
* This is similar to `mark_reactions`, but it only marks async/block effects
* depending on `value` and at least one of the other `sources`, so that
* these effects can re-run after another batch has been committed
* @param {Value} value
* @param {Source[]} sources
* @param {Set<Value>} marked
* @param {Map<Reaction, boolean>} checked
*/
function mark_effects(value, sources, marked, checked) {
	if (marked.has(value)) return;
	marked.add(value);
	if (value.reactions !== null) for (const reaction of value.reactions) {
		const flags = reaction.f;
		if ((flags & 2) !== 0) mark_effects(reaction, sources, marked, checked);
		else if ((flags & 4194320) !== 0 && (flags & 2048) === 0 && depends_on(reaction, sources, checked)) {
			set_signal_status(reaction, DIRTY);
			schedule_effect(reaction);
		}
	}
}
/**
* @param {Reaction} reaction
* @param {Source[]} sources
* @param {Map<Reaction, boolean>} checked
*/
function depends_on(reaction, sources, checked) {
	const depends = checked.get(reaction);
	if (depends !== void 0) return depends;
	if (reaction.deps !== null) for (const dep of reaction.deps) {
		if (includes.call(sources, dep)) return true;
		if ((dep.f & 2) !== 0 && depends_on(dep, sources, checked)) {
			checked.set(dep, true);
			return true;
		}
	}
	checked.set(reaction, false);
	return false;
}
/**
* @param {Effect} effect
* @returns {void}
*/
function schedule_effect(effect) {
	/** @type {Batch} */ current_batch.schedule(effect);
}
/**
* Mark all the effects inside a skipped branch CLEAN, so that
* they can be correctly rescheduled later. Tracks dirty and maybe_dirty
* effects so they can be rescheduled if the branch survives.
* @param {Effect} effect
* @param {{ d: Effect[], m: Effect[] }} tracked
*/
function reset_branch(effect, tracked) {
	if ((effect.f & 32) !== 0 && (effect.f & 1024) !== 0) return;
	if ((effect.f & 2048) !== 0) tracked.d.push(effect);
	else if ((effect.f & 4096) !== 0) tracked.m.push(effect);
	set_signal_status(effect, CLEAN);
	var e = effect.first;
	while (e !== null) {
		reset_branch(e, tracked);
		e = e.next;
	}
}
/**
* Mark an entire effect tree clean following an error
* @param {Effect} effect
*/
function reset_all(effect) {
	set_signal_status(effect, CLEAN);
	var e = effect.first;
	while (e !== null) {
		reset_all(e);
		e = e.next;
	}
}
// node_modules/svelte/src/internal/client/reactivity/sources.js
/** @import { Derived, Effect, Source, Value } from '#client' */
/** @type {Set<Effect>} */
var eager_effects = /* @__PURE__ */ new Set();
/** @type {Map<Value, any>} */
var old_values = /* @__PURE__ */ new Map();
var eager_effects_deferred = false;
/**
* @template V
* @param {V} v
* @param {Error | null} [stack]
* @returns {Source<V>}
*/
function source(v, stack) {
	return {
		f: 0,
		v,
		reactions: null,
		equals,
		rv: 0,
		wv: 0
	};
}
/**
* @template V
* @param {V} v
* @param {Error | null} [stack]
*/
/*#__NO_SIDE_EFFECTS__*/
function state(v, stack) {
	const s = source(v, stack);
	push_reaction_value(s);
	return s;
}
/**
* @template V
* @param {V} initial_value
* @param {boolean} [immutable]
* @returns {Source<V>}
*/
/*#__NO_SIDE_EFFECTS__*/
function mutable_source(initial_value, immutable = false, trackable = true) {
	const s = source(initial_value);
	if (!immutable) s.equals = safe_equals;
	if (legacy_mode_flag && trackable && component_context !== null && component_context.l !== null) (component_context.l.s ??= []).push(s);
	return s;
}
/**
* @template V
* @param {Value<V>} source
* @param {V} value
* @param {boolean} [should_proxy]
* @returns {V}
*/
function set(source, value, should_proxy = false) {
	if (active_reaction !== null && (!untracking || (active_reaction.f & 131072) !== 0) && is_runes() && (active_reaction.f & 4325394) !== 0 && (current_sources === null || !current_sources.has(source))) state_unsafe_mutation();
	return internal_set(source, should_proxy ? proxy(value) : value, legacy_updates);
}
/**
* A set of signals we have already seen while traversing in mark_reactions.
* Not always set to balance the common case of sources only having a couple
* of (transitive) dependencies (where always creating a Set would be bad for perf)
* with the edge case of extremely deep or wide dependency arrays with cycles.
* @type {Set<any> | null}
*/
var seen = null;
/** Number of transitive dependencies, see {@link seen} for more info */
var count_deps = 0;
/**
* @template V
* @param {Value<V>} source
* @param {V} value
* @param {Effect[] | null} [updated_during_traversal]
* @returns {V}
*/
function internal_set(source, value, updated_during_traversal = null) {
	if (!source.equals(value)) {
		if (is_destroying_effect) old_values.set(source, value);
		else if (!old_values.has(source)) old_values.set(source, source.v);
		var batch = Batch.ensure();
		batch.capture(source, value);
		if ((source.f & 2) !== 0) {
			const derived = source;
			if ((source.f & 2048) !== 0) execute_derived(derived);
			if (batch_values === null) update_derived_status(derived);
		}
		source.wv = increment_write_version();
		seen = null;
		count_deps = 0;
		mark_reactions(source, DIRTY, updated_during_traversal);
		seen = null;
		if (is_runes() && active_effect !== null && (active_effect.f & 1024) !== 0 && (active_effect.f & 96) === 0) {
			if (untracked_writes === null) set_untracked_writes([source]);
			else untracked_writes.push(source);
		}
		if (!batch.is_fork && eager_effects.size > 0 && !eager_effects_deferred) flush_eager_effects();
	}
	return value;
}
function flush_eager_effects() {
	eager_effects_deferred = false;
	for (const effect of eager_effects) {
		if ((effect.f & 1024) !== 0) set_signal_status(effect, MAYBE_DIRTY);
		let dirty;
		try {
			dirty = is_dirty(effect);
		} catch {
			dirty = true;
		}
		if (dirty) update_effect(effect);
	}
	eager_effects.clear();
}
/**
* Silently (without using `get`) increment a source
* @param {Source<number>} source
*/
function increment(source) {
	set(source, source.v + 1);
}
/**
* @param {Value} signal
* @param {number} status should be DIRTY or MAYBE_DIRTY
* @param {Effect[] | null} updated_during_traversal
* @returns {void}
*/
function mark_reactions(signal, status, updated_during_traversal) {
	var reactions = signal.reactions;
	if (reactions === null) return;
	var runes = is_runes();
	var length = reactions.length;
	count_deps += length;
	if (count_deps > 1e5 && seen === null) seen = /* @__PURE__ */ new Set();
	if (seen !== null) {
		if (seen.has(signal)) return;
		seen.add(signal);
	}
	for (var i = 0; i < length; i++) {
		var reaction = reactions[i];
		var flags = reaction.f;
		if (!runes && reaction === active_effect) continue;
		var not_dirty = (flags & DIRTY) === 0;
		if (not_dirty) set_signal_status(reaction, status);
		if ((flags & 131072) !== 0) eager_effects.add(reaction);
		else if ((flags & 2) !== 0) {
			var derived = reaction;
			batch_values?.delete(derived);
			mark_reactions(derived, MAYBE_DIRTY, updated_during_traversal);
		} else if (not_dirty) {
			var effect = reaction;
			if ((flags & 16) !== 0 && eager_block_effects !== null) eager_block_effects.add(effect);
			if (updated_during_traversal !== null) updated_during_traversal.push(effect);
			else schedule_effect(effect);
		}
	}
}
/**
* @template T
* @param {T} value
* @returns {T}
*/
function proxy(value) {
	if (typeof value !== "object" || value === null || STATE_SYMBOL in value || COMPONENT_SYMBOL in value) return value;
	const prototype = get_prototype_of(value);
	if (prototype !== object_prototype && prototype !== array_prototype) return value;
	/** @type {Map<any, Source<any>>} */
	var sources = /* @__PURE__ */ new Map();
	var is_proxied_array = is_array(value);
	var version = /* @__PURE__ */ state(0);
	var stack = null;
	var parent_version = update_version;
	/**
	* Executes the proxy in the context of the reaction it was originally created in, if any
	* @template T
	* @param {() => T} fn
	*/
	var with_parent = (fn) => {
		if (update_version === parent_version) return fn();
		var reaction = active_reaction;
		var version = update_version;
		set_active_reaction(null);
		set_update_version(parent_version);
		var result = fn();
		set_active_reaction(reaction);
		set_update_version(version);
		return result;
	};
	if (is_proxied_array) sources.set("length", /* @__PURE__ */ state(
		/** @type {any[]} */
		value.length,
		stack
	));
	return new Proxy(value, {
		defineProperty(_, prop, descriptor) {
			if (!("value" in descriptor) || descriptor.configurable === false || descriptor.enumerable === false || descriptor.writable === false) state_descriptors_fixed();
			var s = sources.get(prop);
			if (s === void 0) with_parent(() => {
				var s = /* @__PURE__ */ state(descriptor.value, stack);
				sources.set(prop, s);
				return s;
			});
			else set(s, descriptor.value, true);
			return true;
		},
		deleteProperty(target, prop) {
			var s = sources.get(prop);
			if (s === void 0) {
				if (prop in target) {
					const s = with_parent(() => /* @__PURE__ */ state(UNINITIALIZED, stack));
					sources.set(prop, s);
					increment(version);
				}
			} else {
				set(s, UNINITIALIZED);
				increment(version);
			}
			return true;
		},
		get(target, prop, receiver) {
			if (prop === STATE_SYMBOL) return value;
			var s = sources.get(prop);
			var exists = prop in target;
			if (s === void 0 && (!exists || get_descriptor(target, prop)?.writable)) {
				s = with_parent(() => {
					return /* @__PURE__ */ state(proxy(exists ? target[prop] : UNINITIALIZED), stack);
				});
				sources.set(prop, s);
			}
			if (s !== void 0) {
				var v = get(s);
				return v === UNINITIALIZED ? void 0 : v;
			}
			return Reflect.get(target, prop, receiver);
		},
		getOwnPropertyDescriptor(target, prop) {
			this.has?.(target, prop);
			var descriptor = Reflect.getOwnPropertyDescriptor(target, prop);
			var s = sources.get(prop);
			if (s !== void 0) {
				var value = get(s);
				if (value === UNINITIALIZED) return;
				if (descriptor && "value" in descriptor) descriptor.value = value;
				else return {
					enumerable: true,
					configurable: true,
					value,
					writable: true
				};
			}
			return descriptor;
		},
		has(target, prop) {
			if (prop === STATE_SYMBOL) return true;
			var s = sources.get(prop);
			var has = s !== void 0 && s.v !== UNINITIALIZED || Reflect.has(target, prop);
			if (s !== void 0 || (active_effect !== null || active_reaction !== null) && (!has || get_descriptor(target, prop)?.writable)) {
				if (s === void 0) {
					s = with_parent(() => {
						return /* @__PURE__ */ state(has ? proxy(target[prop]) : UNINITIALIZED, stack);
					});
					sources.set(prop, s);
				}
				if (get(s) === UNINITIALIZED) return false;
			}
			return has;
		},
		set(target, prop, value, receiver) {
			var s = sources.get(prop);
			var has = prop in target;
			if (is_proxied_array && prop === "length") for (var i = value; i < s.v; i += 1) {
				var other_s = sources.get(i + "");
				if (other_s !== void 0) set(other_s, UNINITIALIZED);
				else if (i in target) {
					other_s = with_parent(() => /* @__PURE__ */ state(UNINITIALIZED, stack));
					sources.set(i + "", other_s);
				}
			}
			if (s === void 0) {
				if (!has || get_descriptor(target, prop)?.writable) {
					s = with_parent(() => /* @__PURE__ */ state(void 0, stack));
					set(s, proxy(value));
					sources.set(prop, s);
				}
			} else {
				has = s.v !== UNINITIALIZED;
				var p = with_parent(() => proxy(value));
				set(s, p);
			}
			var descriptor = Reflect.getOwnPropertyDescriptor(target, prop);
			if (descriptor?.set) descriptor.set.call(receiver, value);
			if (!has) {
				if (is_proxied_array && typeof prop === "string") {
					var ls = sources.get("length");
					var n = Number(prop);
					if (Number.isInteger(n) && n >= ls.v) set(ls, n + 1);
				}
				increment(version);
			}
			return true;
		},
		ownKeys(target) {
			get(version);
			var own_keys = Reflect.ownKeys(target).filter((key) => {
				var source = sources.get(key);
				return source === void 0 || source.v !== UNINITIALIZED;
			});
			for (var [key, source] of sources) if (source.v !== UNINITIALIZED && !(key in target)) own_keys.push(key);
			return own_keys;
		},
		setPrototypeOf() {
			state_prototype_fixed();
		}
	});
}
/**
* @param {any} value
*/
function get_proxied_value(value) {
	try {
		if (value !== null && typeof value === "object" && STATE_SYMBOL in value) return value[STATE_SYMBOL];
	} catch {}
	return value;
}
/**
* @param {any} a
* @param {any} b
*/
function is(a, b) {
	return Object.is(get_proxied_value(a), get_proxied_value(b));
}
// node_modules/svelte/src/internal/client/dom/operations.js
/** @import { Effect, TemplateNode } from '#client' */
/** @type {Window} */
var $window;
/** @type {Document} */
var $document;
/** @type {boolean} */
var is_firefox;
/** @type {() => Node | null} */
var first_child_getter;
/** @type {() => Node | null} */
var next_sibling_getter;
/**
* Initialize these lazily to avoid issues when using the runtime in a server context
* where these globals are not available while avoiding a separate server entry point
*/
function init_operations() {
	if ($window !== void 0) return;
	$window = window;
	$document = document;
	is_firefox = /Firefox/.test(navigator.userAgent);
	var element_prototype = Element.prototype;
	var node_prototype = Node.prototype;
	var text_prototype = Text.prototype;
	first_child_getter = get_descriptor(node_prototype, "firstChild").get;
	next_sibling_getter = get_descriptor(node_prototype, "nextSibling").get;
	if (is_extensible(element_prototype)) {
		/** @type {any} */ element_prototype[CLASS_CACHE] = void 0;
		/** @type {any} */ element_prototype[ATTRIBUTES_CACHE] = null;
		/** @type {any} */ element_prototype[STYLE_CACHE] = void 0;
		element_prototype.__e = void 0;
	}
	if (is_extensible(text_prototype))
 /** @type {any} */ text_prototype[TEXT_CACHE] = void 0;
}
/**
* @param {string} value
* @returns {Text}
*/
function create_text(value = "") {
	return document.createTextNode(value);
}
/**
* @template {Node} N
* @param {N} node
*/
/*@__NO_SIDE_EFFECTS__*/
function get_first_child(node) {
	return first_child_getter.call(node);
}
/**
* @template {Node} N
* @param {N} node
*/
/*@__NO_SIDE_EFFECTS__*/
function get_next_sibling(node) {
	return next_sibling_getter.call(node);
}
/**
* Don't mark this as side-effect-free, hydration needs to walk all nodes
* @template {Node} N
* @param {N} node
* @param {boolean} is_text
* @returns {TemplateNode | null}
*/
function child(node, is_text) {
	if (!hydrating) return /* @__PURE__ */ get_first_child(node);
	var child = /* @__PURE__ */ get_first_child(hydrate_node);
	if (child === null) child = hydrate_node.appendChild(create_text());
	else if (is_text && child.nodeType !== 3) {
		var text = create_text();
		child?.before(text);
		set_hydrate_node(text);
		return text;
	}
	if (is_text) merge_text_nodes(child);
	set_hydrate_node(child);
	return child;
}
/**
* Don't mark this as side-effect-free, hydration needs to walk all nodes
* @param {TemplateNode} node
* @param {boolean} [is_text]
* @returns {TemplateNode | null}
*/
function first_child(node, is_text = false) {
	if (!hydrating) {
		var first = /* @__PURE__ */ get_first_child(node);
		if (first instanceof Comment && first.data === "") return /* @__PURE__ */ get_next_sibling(first);
		return first;
	}
	if (is_text) {
		if (hydrate_node?.nodeType !== 3) {
			var text = create_text();
			hydrate_node?.before(text);
			set_hydrate_node(text);
			return text;
		}
		merge_text_nodes(hydrate_node);
	}
	return hydrate_node;
}
/**
* `child`, for the very common case of an element with exactly one child. Resetting the
* hydration cursor is part of the same step, so the compiler doesn't have to emit a
* separate `reset` call for every `<p>{text}</p>` in an app.
* Don't mark this as side-effect-free, hydration needs to walk all nodes
* @param {TemplateNode} node
* @param {boolean} [is_text]
* @returns {TemplateNode | null}
*/
function only_child(node, is_text = false) {
	if (!hydrating) return /* @__PURE__ */ get_first_child(node);
	var first = child(node, is_text);
	reset(node);
	return first;
}
/**
* Don't mark this as side-effect-free, hydration needs to walk all nodes
* @param {TemplateNode} node
* @param {number} count
* @param {boolean} is_text
* @returns {TemplateNode | null}
*/
function sibling(node, count = 1, is_text = false) {
	let next_sibling = hydrating ? hydrate_node : node;
	var last_sibling;
	while (count--) {
		last_sibling = next_sibling;
		next_sibling = /* @__PURE__ */ get_next_sibling(next_sibling);
	}
	if (!hydrating) return next_sibling;
	if (is_text) {
		if (next_sibling?.nodeType !== 3) {
			var text = create_text();
			if (next_sibling === null) last_sibling?.after(text);
			else next_sibling.before(text);
			set_hydrate_node(text);
			return text;
		}
		merge_text_nodes(next_sibling);
	}
	set_hydrate_node(next_sibling);
	return next_sibling;
}
/**
* @template {Node} N
* @param {N} node
* @returns {void}
*/
function clear_text_content(node) {
	node.textContent = "";
}
/**
* Returns `true` if we're updating the current block, for example `condition` in
* an `{#if condition}` block just changed. In this case, the branch should be
* appended (or removed) at the same time as other updates within the
* current `<svelte:boundary>`
*/
function should_defer_append() {
	if (!async_mode_flag) return false;
	if (eager_block_effects !== null) return false;
	return (active_effect.f & REACTION_RAN) !== 0;
}
/**
* Branching here is intentional and load-bearing for perf. `createElement(tag)`
* hits a fast path in Blink that `createElementNS(NAMESPACE_HTML, tag)` doesn't,
* and passing an explicit `undefined` as the trailing options arg measurably
* slows both APIs. Funnelling every case through a single `createElementNS(ns,
* tag, options)` call would be smaller but slower on the HTML path.
*
* @template {keyof HTMLElementTagNameMap | string} T
* @param {T} tag
* @param {string} [namespace]
* @param {string} [is]
* @returns {T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : Element}
*/
function create_element(tag, namespace, is) {
	if (namespace == null || namespace === "http://www.w3.org/1999/xhtml") return is ? document.createElement(tag, { is }) : document.createElement(tag);
	return is ? document.createElementNS(namespace, tag, { is }) : document.createElementNS(namespace, tag);
}
/**
* Browsers split text nodes larger than 65536 bytes when parsing.
* For hydration to succeed, we need to stitch them back together
* @param {Text} text
*/
function merge_text_nodes(text) {
	if (text.nodeValue.length < 65536) return;
	let next = text.nextSibling;
	while (next !== null && next.nodeType === 3) {
		next.remove();
		/** @type {string} */ text.nodeValue += next.nodeValue;
		next = text.nextSibling;
	}
}
/**
* @param {unknown} error
*/
function handle_error(error) {
	var effect = active_effect;
	if (effect === null) {
		/** @type {Derived} */ active_reaction.f |= ERROR_VALUE;
		return error;
	}
	if ((effect.f & 32768) === 0 && (effect.f & 4) === 0) throw error;
	invoke_error_boundary(error, effect);
}
/**
* @param {unknown} error
* @param {Effect | null} effect
*/
function invoke_error_boundary(error, effect) {
	if (error === HYDRATION_ERROR) throw error;
	if (effect !== null && (effect.f & 16384) !== 0) return;
	while (effect !== null) {
		if ((effect.f & 128) !== 0 && (effect.f & 33570816) === 0) {
			if ((effect.f & 32768) === 0) throw error;
			try {
				/** @type {Boundary} */ effect.b.error(error);
				return;
			} catch (e) {
				error = e;
			}
		}
		effect = effect.parent;
	}
	throw error;
}
// node_modules/svelte/src/internal/client/reactivity/effects.js
/** @import { Blocker, ComponentContext, ComponentContextLegacy, Derived, Effect, TemplateNode, TransitionManager } from '#client' */
/**
* @param {'$effect' | '$effect.pre' | '$inspect'} rune
*/
function validate_effect(rune) {
	if (active_effect === null) {
		if (active_reaction === null) effect_orphan(rune);
		effect_in_unowned_derived();
	}
	if (is_destroying_effect) effect_in_teardown(rune);
}
/**
* @param {Effect} effect
* @param {Effect} parent_effect
*/
function push_effect(effect, parent_effect) {
	var parent_last = parent_effect.last;
	if (parent_last === null) parent_effect.last = parent_effect.first = effect;
	else {
		parent_last.next = effect;
		effect.prev = parent_last;
		parent_effect.last = effect;
	}
}
/**
* @param {number} type
* @param {null | (() => void | (() => void))} fn
* @returns {Effect}
*/
function create_effect(type, fn) {
	var parent = active_effect;
	if (parent !== null && (parent.f & 8192) !== 0) type |= INERT;
	/** @type {Effect} */
	var effect = {
		ctx: component_context,
		deps: null,
		nodes: null,
		f: type | DIRTY | 512,
		first: null,
		fn,
		last: null,
		next: null,
		parent,
		b: parent && parent.b,
		prev: null,
		teardown: null,
		wv: 0,
		ac: null
	};
	current_batch?.register_created_effect(effect);
	/** @type {Effect | null} */
	var e = effect;
	if ((type & 4) !== 0) {
		if (collected_effects !== null) collected_effects.push(effect);
		else Batch.ensure().schedule(effect);
	} else if (fn !== null) {
		try {
			update_effect(effect);
		} catch (e) {
			destroy_effect(effect);
			throw e;
		}
		if (e.deps === null && e.teardown === null && e.nodes === null && e.first === e.last && (e.f & 524288) === 0) {
			e = e.first;
			if ((type & 16) !== 0 && (type & 65536) !== 0 && e !== null) e.f |= EFFECT_TRANSPARENT;
		}
	}
	if (e !== null) {
		e.parent = parent;
		if (parent !== null) push_effect(e, parent);
		if (active_reaction !== null && (active_reaction.f & 2) !== 0 && (type & 64) === 0) {
			var derived = active_reaction;
			(derived.effects ??= []).push(e);
		}
	}
	return effect;
}
/**
* Internal representation of `$effect.tracking()`
* @returns {boolean}
*/
function effect_tracking() {
	return active_reaction !== null && !untracking;
}
/**
* @param {() => void} fn
*/
function teardown(fn) {
	const effect = create_effect(8, null);
	set_signal_status(effect, CLEAN);
	effect.teardown = fn;
	return effect;
}
/**
* Internal representation of `$effect(...)`
* @param {() => void | (() => void)} fn
*/
function user_effect(fn) {
	validate_effect("$effect");
	var flags = active_effect.f;
	if (!active_reaction && (flags & 32) !== 0 && component_context !== null && !component_context.i) {
		var context = component_context;
		(context.e ??= []).push(fn);
	} else return create_user_effect(fn);
}
/**
* @param {() => void | (() => void)} fn
*/
function create_user_effect(fn) {
	return create_effect(4 | USER_EFFECT, fn);
}
/**
* An effect root whose children can transition out
* @param {() => void} fn
* @returns {(options?: { outro?: boolean }) => Promise<void>}
*/
function component_root(fn) {
	Batch.ensure();
	const effect = create_effect(64 | EFFECT_PRESERVED, fn);
	return (options = {}) => {
		return new Promise((fulfil) => {
			if (options.outro) pause_effect(effect, () => {
				destroy_effect(effect);
				fulfil(void 0);
			});
			else {
				destroy_effect(effect);
				fulfil(void 0);
			}
		});
	};
}
/**
* @param {() => void | (() => void)} fn
* @returns {Effect}
*/
function effect(fn) {
	return create_effect(4, fn);
}
/**
* @param {() => void | (() => void)} fn
* @returns {Effect}
*/
function async_effect(fn) {
	return create_effect(ASYNC | EFFECT_PRESERVED, fn);
}
/**
* @param {() => void | (() => void)} fn
* @returns {Effect}
*/
function render_effect(fn, flags = 0) {
	return create_effect(8 | flags, fn);
}
/**
* @param {(...expressions: any) => void | (() => void)} fn
* @param {Array<() => any>} sync
* @param {Array<() => Promise<any>>} async
* @param {Blocker[]} blockers
*/
function template_effect(fn, sync = [], async = [], blockers = []) {
	flatten(blockers, sync, async, (values) => {
		create_effect(8, () => {
			fn(...values.map(get));
		});
	});
}
/**
* Like `template_effect`, but with an effect which is deferred until the batch commits
* @param {(...expressions: any) => void | (() => void)} fn
* @param {Array<() => any>} sync
* @param {Array<() => Promise<any>>} async
* @param {Blocker[]} blockers
*/
function deferred_template_effect(fn, sync = [], async = [], blockers = []) {
	flatten(blockers, sync, async, (values) => {
		create_effect(4, () => fn(...values.map(get)));
	});
}
/**
* @param {(() => void)} fn
* @param {number} flags
*/
function block(fn, flags = 0) {
	return create_effect(16 | flags, fn);
}
/**
* @param {(() => void)} fn
* @param {number} flags
*/
function managed(fn, flags = 0) {
	return create_effect(MANAGED_EFFECT | flags, fn);
}
/**
* @param {(() => void)} fn
*/
function branch(fn) {
	return create_effect(32 | EFFECT_PRESERVED, fn);
}
/**
* @param {Effect} effect
*/
function execute_effect_teardown(effect) {
	var teardown = effect.teardown;
	if (teardown !== null) {
		const previously_destroying_effect = is_destroying_effect;
		const previous_reaction = active_reaction;
		set_is_destroying_effect(true);
		set_active_reaction(null);
		try {
			teardown.call(null);
		} catch (error) {
			invoke_error_boundary(error, effect.parent);
		} finally {
			set_is_destroying_effect(previously_destroying_effect);
			set_active_reaction(previous_reaction);
		}
	}
}
/**
* @param {Effect} signal
* @param {boolean} remove_dom
* @returns {void}
*/
function destroy_effect_children(signal, remove_dom = false) {
	var effect = signal.first;
	signal.first = signal.last = null;
	while (effect !== null) {
		const controller = effect.ac;
		if (controller !== null) without_reactive_context(() => {
			controller.abort(STALE_REACTION);
		});
		var next = effect.next;
		if ((effect.f & 64) !== 0) effect.parent = null;
		else destroy_effect(effect, remove_dom);
		effect = next;
	}
}
/**
* @param {Effect} signal
* @returns {void}
*/
function destroy_block_effect_children(signal) {
	var effect = signal.first;
	while (effect !== null) {
		var next = effect.next;
		if ((effect.f & 32) === 0) destroy_effect(effect);
		effect = next;
	}
}
/**
* @param {Effect} effect
* @param {boolean} [remove_dom]
* @returns {void}
*/
function destroy_effect(effect, remove_dom = true) {
	var removed = false;
	if ((remove_dom || (effect.f & 262144) !== 0) && effect.nodes !== null && effect.nodes.end !== null) {
		remove_effect_dom(effect.nodes.start, effect.nodes.end);
		removed = true;
	}
	effect.f |= DESTROYING;
	destroy_effect_children(effect, remove_dom && !removed);
	remove_reactions(effect, 0);
	var transitions = effect.nodes && effect.nodes.t;
	if (transitions !== null) for (const transition of transitions) transition.stop();
	execute_effect_teardown(effect);
	effect.f ^= DESTROYING;
	effect.f |= DESTROYED;
	var parent = effect.parent;
	if (parent !== null && parent.first !== null) unlink_effect(effect);
	effect.next = effect.prev = effect.teardown = effect.ctx = effect.deps = effect.fn = effect.nodes = effect.ac = effect.b = null;
}
/**
*
* @param {TemplateNode | null} node
* @param {TemplateNode} end
*/
function remove_effect_dom(node, end) {
	while (node !== null) {
		/** @type {TemplateNode | null} */
		var next = node === end ? null : /* @__PURE__ */ get_next_sibling(node);
		node.remove();
		node = next;
	}
}
/**
* Detach an effect from the effect tree, freeing up memory and
* reducing the amount of work that happens on subsequent traversals
* @param {Effect} effect
*/
function unlink_effect(effect) {
	var parent = effect.parent;
	var prev = effect.prev;
	var next = effect.next;
	if (prev !== null) prev.next = next;
	if (next !== null) next.prev = prev;
	if (parent !== null) {
		if (parent.first === effect) parent.first = next;
		if (parent.last === effect) parent.last = prev;
	}
}
/**
* When a block effect is removed, we don't immediately destroy it or yank it
* out of the DOM, because it might have transitions. Instead, we 'pause' it.
* It stays around (in memory, and in the DOM) until outro transitions have
* completed, and if the state change is reversed then we _resume_ it.
* A paused effect does not update, and the DOM subtree becomes inert.
* @param {Effect} effect
* @param {() => void} [callback]
* @param {boolean} [destroy]
*/
function pause_effect(effect, callback, destroy = true) {
	/** @type {TransitionManager[]} */
	var transitions = [];
	effect.f |= 256;
	pause_children(effect, transitions, true);
	var fn = () => {
		if (destroy) destroy_effect(effect);
		if (callback) callback();
	};
	var remaining = transitions.length;
	if (remaining > 0) {
		var check = () => --remaining || fn();
		for (var transition of transitions) transition.out(check);
	} else fn();
}
/**
* @param {Effect} effect
* @param {TransitionManager[]} transitions
* @param {boolean} local
*/
function pause_children(effect, transitions, local) {
	if ((effect.f & 8192) !== 0) return;
	effect.f ^= INERT;
	var t = effect.nodes && effect.nodes.t;
	if (t !== null) {
		for (const transition of t) if (transition.is_global || local) transitions.push(transition);
	}
	var child = effect.first;
	while (child !== null) {
		var sibling = child.next;
		if ((child.f & 64) === 0) {
			var transparent = (child.f & 65536) !== 0 || (child.f & 32) !== 0 && (effect.f & 16) !== 0;
			pause_children(child, transitions, transparent ? local : false);
		}
		child = sibling;
	}
}
/**
* The opposite of `pause_effect`. We call this if (for example)
* `x` becomes falsy then truthy: `{#if x}...{/if}`
* @param {Effect} effect
*/
function resume_effect(effect) {
	effect.f &= -257;
	resume_children(effect, true);
}
/**
* @param {Effect} effect
* @param {boolean} local
*/
function resume_children(effect, local) {
	if ((effect.f & 256) !== 0) return;
	if ((effect.f & 8192) === 0) return;
	effect.f ^= INERT;
	if ((effect.f & 1024) === 0) {
		set_signal_status(effect, DIRTY);
		Batch.ensure().schedule(effect);
	}
	var child = effect.first;
	while (child !== null) {
		var sibling = child.next;
		var transparent = (child.f & 65536) !== 0 || (child.f & 32) !== 0;
		resume_children(child, transparent ? local : false);
		child = sibling;
	}
	var t = effect.nodes && effect.nodes.t;
	if (t !== null) {
		for (const transition of t) if (transition.is_global || local) transition.in();
	}
}
/**
* @param {Effect} effect
* @param {DocumentFragment} fragment
*/
function move_effect(effect, fragment) {
	if (!effect.nodes) return;
	/** @type {TemplateNode | null} */
	var node = effect.nodes.start;
	var end = effect.nodes.end;
	while (node !== null) {
		/** @type {TemplateNode | null} */
		var next = node === end ? null : /* @__PURE__ */ get_next_sibling(node);
		fragment.append(node);
		node = next;
	}
}
// node_modules/svelte/src/internal/client/legacy.js
/**
* @type {Set<Value> | null}
* @deprecated
*/
var captured_signals = null;
// node_modules/svelte/src/internal/client/runtime.js
/** @import { Derived, Effect, Reaction, Source, Value } from '#client' */
var is_destroying_effect = false;
/** @param {boolean} value */
function set_is_destroying_effect(value) {
	is_destroying_effect = value;
}
/** @type {null | Reaction} */
var active_reaction = null;
var untracking = false;
/** @param {null | Reaction} reaction */
function set_active_reaction(reaction) {
	active_reaction = reaction;
}
/** @type {null | Effect} */
var active_effect = null;
/** @param {null | Effect} effect */
function set_active_effect(effect) {
	active_effect = effect;
}
/**
* When sources are created within a reaction, reading and writing
* them within that reaction should not cause a re-run
* @type {null | Set<Value>}
*/
var current_sources = null;
/** @param {Value} value */
function push_reaction_value(value) {
	if (active_reaction !== null && (!async_mode_flag && (active_reaction.f & 2097152) !== 0 || (active_reaction.f & 2) !== 0)) (current_sources ??= /* @__PURE__ */ new Set()).add(value);
}
/**
* The dependencies of the reaction that is currently being executed. In many cases,
* the dependencies are unchanged between runs, and so this will be `null` unless
* and until a new dependency is accessed — we track this via `skipped_deps`
* @type {null | Value[]}
*/
var new_deps = null;
var skipped_deps = 0;
/**
* Tracks writes that the effect it's executed in doesn't listen to yet,
* so that the dependency can be added to the effect later on if it then reads it
* @type {null | Value[]}
*/
var untracked_writes = null;
/** @param {null | Value[]} value */
function set_untracked_writes(value) {
	untracked_writes = value;
}
/**
* @type {number} Used by sources and deriveds for handling updates.
* Version starts from 1 so that unowned deriveds differentiate between a created effect and a run one for tracing
**/
var write_version = 1;
/** @type {number} Used to version each read of a source of derived to avoid duplicating dependencies inside a reaction */
var read_version = 0;
var update_version = read_version;
/** @param {number} value */
function set_update_version(value) {
	update_version = value;
}
function increment_write_version() {
	return ++write_version;
}
/**
* Determines whether a derived or effect is dirty.
* If it is MAYBE_DIRTY, will set the status to CLEAN
* @param {Reaction} reaction
* @returns {boolean}
*/
function is_dirty(reaction) {
	var flags = reaction.f;
	if ((flags & 2048) !== 0) return true;
	if ((flags & 4096) !== 0) {
		var dependencies = reaction.deps;
		var length = dependencies.length;
		for (var i = 0; i < length; i++) {
			var dependency = dependencies[i];
			if (is_dirty(dependency)) update_derived(dependency);
			if (dependency.wv > reaction.wv) return true;
		}
		if ((flags & 512) !== 0 && batch_values === null) set_signal_status(reaction, CLEAN);
	}
	return false;
}
/**
* @param {Value} signal
* @param {Effect} effect
* @param {boolean} [root]
*/
function schedule_possible_effect_self_invalidation(signal, effect, root = true) {
	var reactions = signal.reactions;
	if (reactions === null) return;
	if (!async_mode_flag && current_sources !== null && current_sources.has(signal)) return;
	for (var i = 0; i < reactions.length; i++) {
		var reaction = reactions[i];
		if ((reaction.f & 2) !== 0) schedule_possible_effect_self_invalidation(reaction, effect, false);
		else if (effect === reaction) {
			if (root) set_signal_status(reaction, DIRTY);
			else if ((reaction.f & 1024) !== 0) set_signal_status(reaction, MAYBE_DIRTY);
			schedule_effect(reaction);
		}
	}
}
/** @param {Reaction} reaction */
function update_reaction(reaction) {
	var previous_deps = new_deps;
	var previous_skipped_deps = skipped_deps;
	var previous_untracked_writes = untracked_writes;
	var previous_reaction = active_reaction;
	var previous_sources = current_sources;
	var previous_component_context = component_context;
	var previous_untracking = untracking;
	var previous_update_version = update_version;
	var flags = reaction.f;
	new_deps = null;
	skipped_deps = 0;
	untracked_writes = null;
	active_reaction = (flags & 96) === 0 ? reaction : null;
	current_sources = null;
	set_component_context(reaction.ctx);
	untracking = false;
	update_version = ++read_version;
	if (reaction.ac !== null) {
		without_reactive_context(() => {
			/** @type {AbortController} */ reaction.ac.abort(STALE_REACTION);
		});
		reaction.ac = null;
	}
	try {
		reaction.f |= REACTION_IS_UPDATING;
		var fn = reaction.fn;
		var result = fn();
		reaction.f |= REACTION_RAN;
		var deps = update_dependencies(reaction);
		if (is_runes() && untracked_writes !== null && !untracking && deps !== null && (reaction.f & 6146) === 0) for (var i = 0; i < untracked_writes.length; i++) schedule_possible_effect_self_invalidation(untracked_writes[i], reaction);
		if (previous_reaction !== null && previous_reaction !== reaction) {
			read_version++;
			if (previous_reaction.deps !== null) for (let i = 0; i < previous_skipped_deps; i += 1) previous_reaction.deps[i].rv = read_version;
			if (previous_deps !== null) for (const dep of previous_deps) dep.rv = read_version;
			if (untracked_writes !== null) {
				if (previous_untracked_writes === null) previous_untracked_writes = untracked_writes;
				else previous_untracked_writes.push(...untracked_writes);
			}
		}
		if ((reaction.f & 8388608) !== 0) reaction.f ^= ERROR_VALUE;
		return result;
	} catch (error) {
		update_dependencies(reaction);
		return handle_error(error);
	} finally {
		reaction.f ^= REACTION_IS_UPDATING;
		new_deps = previous_deps;
		skipped_deps = previous_skipped_deps;
		untracked_writes = previous_untracked_writes;
		active_reaction = previous_reaction;
		current_sources = previous_sources;
		set_component_context(previous_component_context);
		untracking = previous_untracking;
		update_version = previous_update_version;
	}
}
/**
* @param {Reaction} reaction
*/
function update_dependencies(reaction) {
	var deps = reaction.deps;
	var is_fork = current_batch?.is_fork;
	if (new_deps !== null) {
		var i;
		if (!is_fork) remove_reactions(reaction, skipped_deps);
		if (deps !== null && skipped_deps > 0) {
			deps.length = skipped_deps + new_deps.length;
			for (i = 0; i < new_deps.length; i++) deps[skipped_deps + i] = new_deps[i];
		} else reaction.deps = deps = new_deps;
		if (effect_tracking() && (reaction.f & 512) !== 0) for (i = skipped_deps; i < deps.length; i++) (deps[i].reactions ??= []).push(reaction);
	} else if (!is_fork && deps !== null && skipped_deps < deps.length) {
		remove_reactions(reaction, skipped_deps);
		deps.length = skipped_deps;
	}
	return deps;
}
/**
* @template V
* @param {Reaction} signal
* @param {Value<V>} dependency
* @returns {void}
*/
function remove_reaction(signal, dependency) {
	let reactions = dependency.reactions;
	if (reactions !== null) {
		var index = index_of.call(reactions, signal);
		if (index !== -1) {
			var new_length = reactions.length - 1;
			if (new_length === 0) reactions = dependency.reactions = null;
			else {
				reactions[index] = reactions[new_length];
				reactions.pop();
			}
		}
	}
	if (reactions === null && (dependency.f & 2) !== 0 && (new_deps === null || !includes.call(new_deps, dependency))) {
		var derived = dependency;
		if ((derived.f & 512) !== 0) derived.f ^= 512;
		if (derived.v !== UNINITIALIZED) update_derived_status(derived);
		if (derived.ac !== null) without_reactive_context(() => {
			/** @type {AbortController} */ derived.ac.abort(STALE_REACTION);
			derived.ac = null;
			set_signal_status(derived, DIRTY);
		});
		freeze_derived_effects(derived);
		remove_reactions(derived, 0);
	}
}
/**
* @param {Reaction} signal
* @param {number} start_index
* @returns {void}
*/
function remove_reactions(signal, start_index) {
	var dependencies = signal.deps;
	if (dependencies === null) return;
	for (var i = start_index; i < dependencies.length; i++) remove_reaction(signal, dependencies[i]);
}
/**
* @param {Effect} effect
* @returns {void}
*/
function update_effect(effect) {
	var flags = effect.f;
	if ((flags & 16384) !== 0) return;
	set_signal_status(effect, CLEAN);
	var previous_effect = active_effect;
	active_effect = effect;
	try {
		if ((flags & 16777232) !== 0) destroy_block_effect_children(effect);
		else destroy_effect_children(effect);
		execute_effect_teardown(effect);
		var teardown = update_reaction(effect);
		effect.teardown = typeof teardown === "function" ? teardown : null;
		effect.wv = write_version;
	} finally {
		active_effect = previous_effect;
	}
}
/**
* Returns a promise that resolves once any pending state changes have been applied.
* @returns {Promise<void>}
*/
async function tick() {
	if (async_mode_flag) return new Promise((f) => {
		requestAnimationFrame(() => f());
		setTimeout(() => f());
	});
	await Promise.resolve();
	flushSync();
}
/**
* @template V
* @param {Value<V>} signal
* @returns {V}
*/
function get(signal) {
	var is_derived = (signal.f & 2) !== 0;
	captured_signals?.add(signal);
	if (active_reaction !== null && !untracking) {
		if (!(active_effect !== null && (active_effect.f & 16384) !== 0) && (current_sources === null || !current_sources.has(signal))) {
			var deps = active_reaction.deps;
			if ((active_reaction.f & 2097152) !== 0) {
				if (signal.rv < read_version) {
					signal.rv = read_version;
					if (new_deps === null && deps !== null && deps[skipped_deps] === signal) skipped_deps++;
					else if (new_deps === null) new_deps = [signal];
					else new_deps.push(signal);
				}
			} else {
				active_reaction.deps ??= [];
				if (!includes.call(active_reaction.deps, signal)) active_reaction.deps.push(signal);
				var reactions = signal.reactions;
				if (reactions === null) signal.reactions = [active_reaction];
				else if (!includes.call(reactions, active_reaction)) reactions.push(active_reaction);
			}
		}
	}
	if (is_destroying_effect && old_values.has(signal)) return old_values.get(signal);
	if (is_derived) {
		var derived = signal;
		if (is_destroying_effect) {
			var value = derived.v;
			if ((derived.f & 1024) === 0 && derived.reactions !== null || depends_on_old_values(derived)) value = execute_derived(derived);
			old_values.set(derived, value);
			return value;
		}
		var should_connect = (derived.f & 512) === 0 && !untracking && active_reaction !== null && (active_reaction.f & 512) !== 0;
		var is_new = (derived.f & REACTION_RAN) === 0;
		if (is_dirty(derived)) {
			if (should_connect) derived.f |= 512;
			update_derived(derived);
		}
		if (should_connect && !is_new) {
			unfreeze_derived_effects(derived);
			reconnect(derived);
		}
	}
	if (batch_values?.has(signal)) return batch_values.get(signal);
	if ((signal.f & 8388608) !== 0) throw signal.v;
	return signal.v;
}
/**
* (Re)connect a disconnected derived, so that it is notified
* of changes in `mark_reactions`
* @param {Derived} derived
*/
function reconnect(derived) {
	derived.f |= 512;
	if (derived.deps === null) return;
	for (const dep of derived.deps) {
		var reactions = dep.reactions;
		if (reactions === null) dep.reactions = [derived];
		else if (!includes.call(reactions, derived)) reactions.push(derived);
		if ((dep.f & 2) !== 0 && (dep.f & 512) === 0) {
			unfreeze_derived_effects(dep);
			reconnect(dep);
		}
	}
}
/** @param {Derived} derived */
function depends_on_old_values(derived) {
	if (derived.v === UNINITIALIZED) return true;
	if (derived.deps === null) return false;
	for (const dep of derived.deps) {
		if (old_values.has(dep)) return true;
		if ((dep.f & 2) !== 0 && depends_on_old_values(dep)) return true;
	}
	return false;
}
/**
* When used inside a [`$derived`](https://svelte.dev/docs/svelte/$derived) or [`$effect`](https://svelte.dev/docs/svelte/$effect),
* any state read inside `fn` will not be treated as a dependency.
*
* ```ts
* $effect(() => {
*   // this will run when `data` changes, but not when `time` changes
*   save(data, {
*     timestamp: untrack(() => time)
*   });
* });
* ```
* @template T
* @param {() => T} fn
* @returns {T}
*/
function untrack(fn) {
	var previous_untracking = untracking;
	try {
		untracking = true;
		return fn();
	} finally {
		untracking = previous_untracking;
	}
}
/**
* Subset of delegated events which should be passive by default.
* These two are already passive via browser defaults on window, document and body.
* But since
* - we're delegating them
* - they happen often
* - they apply to mobile which is generally less performant
* we're marking them as passive by default for other elements, too.
*/
var PASSIVE_EVENTS = ["touchstart", "touchmove"];
/**
* Returns `true` if `name` is a passive event
* @param {string} name
*/
function is_passive_event(name) {
	return PASSIVE_EVENTS.includes(name);
}
// node_modules/svelte/src/internal/client/dom/elements/events.js
/**
* Used on elements, as a map of event type -> event handler,
* and on events themselves to track which element handled an event
*/
var event_symbol = Symbol("events");
/** @type {Set<string>} */
var all_registered_events = /* @__PURE__ */ new Set();
/** @type {Set<(events: Array<string>) => void>} */
var root_event_handles = /* @__PURE__ */ new Set();
/**
* @param {string} event_name
* @param {EventTarget} dom
* @param {EventListener} [handler]
* @param {AddEventListenerOptions} [options]
*/
function create_event(event_name, dom, handler, options = {}) {
	/**
	* @this {EventTarget}
	*/
	function target_handler(event) {
		if (!options.capture) handle_event_propagation.call(dom, event);
		if (!event.cancelBubble) return without_reactive_context(() => {
			return handler?.call(this, event);
		});
	}
	if (event_name.startsWith("pointer") || event_name.startsWith("touch") || event_name === "wheel") {
		target_handler.__removed = false;
		queue_micro_task(() => {
			if (!target_handler.__removed) dom.addEventListener(event_name, target_handler, options);
		});
	} else dom.addEventListener(event_name, target_handler, options);
	return target_handler;
}
/**
* Attaches an event handler to an element and returns a function that removes the handler. Using this
* rather than `addEventListener` will preserve the correct order relative to handlers added declaratively
* (with attributes like `onclick`), which use event delegation for performance reasons
*
* @param {EventTarget} element
* @param {string} type
* @param {EventListener} handler
* @param {AddEventListenerOptions} [options]
*/
function on(element, type, handler, options = {}) {
	var target_handler = create_event(type, element, handler, options);
	return () => {
		target_handler.__removed = true;
		element.removeEventListener(type, target_handler, options);
	};
}
/**
* @param {string} event_name
* @param {Element} dom
* @param {EventListener} [handler]
* @param {boolean} [capture]
* @param {boolean} [passive]
* @returns {void}
*/
function event(event_name, dom, handler, capture, passive) {
	var options = {
		capture,
		passive
	};
	var target_handler = create_event(event_name, dom, handler, options);
	if (dom === document.body || dom === window || dom === document || dom instanceof HTMLMediaElement) teardown(() => {
		target_handler.__removed = true;
		dom.removeEventListener(event_name, target_handler, options);
	});
}
/**
* @param {string} event_name
* @param {Element} element
* @param {EventListener} [handler]
* @returns {void}
*/
function delegated(event_name, element, handler) {
	(element[event_symbol] ??= {})[event_name] = handler;
}
/**
* @param {Array<string>} events
* @returns {void}
*/
function delegate(events) {
	for (var i = 0; i < events.length; i++) all_registered_events.add(events[i]);
	for (var fn of root_event_handles) fn(events);
}
var last_propagated_event = null;
var last_propagated_event_clear_scheduled = false;
/**
* @this {EventTarget}
* @param {Event} event
* @returns {void}
*/
function handle_event_propagation(event) {
	var handler_element = this;
	var owner_document = handler_element.ownerDocument;
	var event_name = event.type;
	var path = event.composedPath?.() || [];
	var current_target = path[0] || event.target;
	last_propagated_event = event;
	if (!last_propagated_event_clear_scheduled) {
		last_propagated_event_clear_scheduled = true;
		setTimeout(() => {
			last_propagated_event_clear_scheduled = false;
			last_propagated_event = null;
		});
	}
	var path_idx = 0;
	var handled_at = last_propagated_event === event && event[event_symbol];
	if (handled_at) {
		var at_idx = path.indexOf(handled_at);
		if (at_idx !== -1 && (handler_element === document || handler_element === window)) {
			event[event_symbol] = handler_element;
			return;
		}
		var handler_idx = path.indexOf(handler_element);
		if (handler_idx === -1) return;
		if (at_idx <= handler_idx) path_idx = at_idx;
	}
	current_target = path[path_idx] || event.target;
	if (current_target === handler_element) return;
	define_property(event, "currentTarget", {
		configurable: true,
		get() {
			return current_target || owner_document;
		}
	});
	var previous_reaction = active_reaction;
	var previous_effect = active_effect;
	set_active_reaction(null);
	set_active_effect(null);
	try {
		/**
		* @type {unknown}
		*/
		var throw_error;
		/**
		* @type {unknown[]}
		*/
		var other_errors = [];
		while (current_target !== null) {
			if (current_target === handler_element) break;
			try {
				var delegated = current_target[event_symbol]?.[event_name];
				if (delegated != null && (!current_target.disabled || event.target === current_target)) delegated.call(current_target, event);
			} catch (error) {
				if (throw_error) other_errors.push(error);
				else throw_error = error;
			}
			if (event.cancelBubble) break;
			path_idx++;
			current_target = path_idx < path.length ? path[path_idx] : null;
		}
		if (throw_error) {
			for (let error of other_errors) queueMicrotask(() => {
				throw error;
			});
			throw throw_error;
		}
	} finally {
		event[event_symbol] = handler_element;
		delete event.currentTarget;
		set_active_reaction(previous_reaction);
		set_active_effect(previous_effect);
	}
}
// node_modules/svelte/src/internal/client/dom/reconciler.js
var policy = globalThis?.window?.trustedTypes && /* @__PURE__ */ globalThis.window.trustedTypes.createPolicy("svelte-trusted-html", { 
/** @param {string} html */
createHTML: (html) => {
	return html;
} });
/** @param {string} html */
function create_trusted_html(html) {
	return policy?.createHTML(html) ?? html;
}
/**
* @param {string} html
*/
function create_fragment_from_html(html) {
	var elem = create_element("template");
	elem.innerHTML = create_trusted_html(html.replaceAll("<!>", "<!---->"));
	return elem.content;
}
// node_modules/svelte/src/internal/client/dom/template.js
/** @import { Effect, EffectNodes, TemplateNode } from '#client' */
/** @import { TemplateStructure } from './types' */
/**
* @param {TemplateNode} start
* @param {TemplateNode | null} end
*/
function assign_nodes(start, end) {
	var effect = active_effect;
	if (effect.nodes === null) effect.nodes = {
		start,
		end,
		a: null,
		t: null
	};
}
/**
* @param {string} content
* @param {number} flags
* @returns {() => Node | Node[]}
*/
/*#__NO_SIDE_EFFECTS__*/
function from_html(content, flags) {
	var is_fragment = (flags & 1) !== 0;
	var use_import_node = (flags & 2) !== 0;
	/** @type {Node} */
	var node;
	/**
	* Whether or not the first item is a text/element node. If not, we need to
	* create an additional comment node to act as `effect.nodes.start`
	*/
	var has_start = !content.startsWith("<!>");
	return () => {
		if (hydrating) {
			assign_nodes(hydrate_node, null);
			return hydrate_node;
		}
		if (node === void 0) {
			node = create_fragment_from_html(has_start ? content : "<!>" + content);
			if (!is_fragment) node = /* @__PURE__ */ get_first_child(node);
		}
		var clone = use_import_node || is_firefox ? document.importNode(node, true) : node.cloneNode(true);
		if (is_fragment) {
			var start = /* @__PURE__ */ get_first_child(clone);
			var end = clone.lastChild;
			assign_nodes(start, end);
		} else assign_nodes(clone, clone);
		return clone;
	};
}
/**
* @param {string} content
* @param {number} flags
* @param {'svg' | 'math'} ns
* @returns {() => Node | Node[]}
*/
/*#__NO_SIDE_EFFECTS__*/
function from_namespace(content, flags, ns = "svg") {
	/**
	* Whether or not the first item is a text/element node. If not, we need to
	* create an additional comment node to act as `effect.nodes.start`
	*/
	var has_start = !content.startsWith("<!>");
	var is_fragment = (flags & 1) !== 0;
	var wrapped = `<${ns}>${has_start ? content : "<!>" + content}</${ns}>`;
	/** @type {Element | DocumentFragment} */
	var node;
	return () => {
		if (hydrating) {
			assign_nodes(hydrate_node, null);
			return hydrate_node;
		}
		if (!node) {
			var root = /* @__PURE__ */ get_first_child(create_fragment_from_html(wrapped));
			if (is_fragment) {
				node = document.createDocumentFragment();
				while (/* @__PURE__ */ get_first_child(root)) node.appendChild(/* @__PURE__ */ get_first_child(root));
			} else node = /* @__PURE__ */ get_first_child(root);
		}
		var clone = node.cloneNode(true);
		if (is_fragment) {
			var start = /* @__PURE__ */ get_first_child(clone);
			var end = clone.lastChild;
			assign_nodes(start, end);
		} else assign_nodes(clone, clone);
		return clone;
	};
}
/**
* @param {string} content
* @param {number} flags
*/
/*#__NO_SIDE_EFFECTS__*/
function from_svg(content, flags) {
	return /* @__PURE__ */ from_namespace(content, flags, "svg");
}
/**
* Don't mark this as side-effect-free, hydration needs to walk all nodes
* @param {any} value
*/
function text(value = "") {
	if (!hydrating) {
		var t = create_text(value + "");
		assign_nodes(t, t);
		return t;
	}
	var node = hydrate_node;
	if (node.nodeType !== 3) {
		node.before(node = create_text());
		set_hydrate_node(node);
	} else merge_text_nodes(node);
	assign_nodes(node, node);
	return node;
}
/**
* @returns {TemplateNode | DocumentFragment}
*/
function comment() {
	if (hydrating) {
		assign_nodes(hydrate_node, null);
		return hydrate_node;
	}
	var frag = document.createDocumentFragment();
	var start = document.createComment("");
	var anchor = create_text();
	frag.append(start, anchor);
	assign_nodes(start, anchor);
	return frag;
}
/**
* Assign the created (or in hydration mode, traversed) dom elements to the current block
* and insert the elements into the dom (in client mode).
* @param {Text | Comment | Element} anchor
* @param {DocumentFragment | Element} dom
*/
function append(anchor, dom) {
	if (hydrating) {
		var effect = active_effect;
		if ((effect.f & 32768) === 0 || effect.nodes.end === null) effect.nodes.end = hydrate_node;
		hydrate_next();
		return;
	}
	if (anchor === null) return;
	anchor.before(dom);
}
/**
* Create (or hydrate) an unique UID for the component instance.
*/
function props_id() {
	if (hydrating && hydrate_node && hydrate_node.nodeType === 8 && hydrate_node.textContent?.startsWith(`$`)) {
		const id = hydrate_node.textContent.substring(1);
		hydrate_next();
		return id;
	}
	(window.__svelte ??= {}).uid ??= 1;
	return `c${window.__svelte.uid++}`;
}
// node_modules/svelte/src/reactivity/create-subscriber.js
/**
* Returns a `subscribe` function that integrates external event-based systems with Svelte's reactivity.
* It's particularly useful for integrating with web APIs like `MediaQuery`, `IntersectionObserver`, or `WebSocket`.
*
* If `subscribe` is called inside an effect (including indirectly, for example inside a getter),
* the `start` callback will be called with an `update` function. Whenever `update` is called, the effect re-runs.
*
* If `start` returns a cleanup function, it will be called when the effect is destroyed.
*
* If `subscribe` is called in multiple effects, `start` will only be called once as long as the effects
* are active, and the returned teardown function will only be called when all effects are destroyed.
*
* It's best understood with an example. Here's an implementation of [`MediaQuery`](https://svelte.dev/docs/svelte/svelte-reactivity#MediaQuery):
*
* ```js
* import { createSubscriber } from 'svelte/reactivity';
* import { on } from 'svelte/events';
*
* export class MediaQuery {
* 	#query;
* 	#subscribe;
*
* 	constructor(query) {
* 		this.#query = window.matchMedia(`(${query})`);
*
* 		this.#subscribe = createSubscriber((update) => {
* 			// when the `change` event occurs, re-run any effects that read `this.current`
* 			const off = on(this.#query, 'change', update);
*
* 			// stop listening when all the effects are destroyed
* 			return () => off();
* 		});
* 	}
*
* 	get current() {
* 		// This makes the getter reactive, if read in an effect
* 		this.#subscribe();
*
* 		// Return the current state of the query, whether or not we're in an effect
* 		return this.#query.matches;
* 	}
* }
* ```
* @param {(update: () => void) => (() => void) | void} start
* @since 5.7.0
*/
function createSubscriber(start) {
	let subscribers = 0;
	let version = source(0);
	/** @type {(() => void) | void} */
	let stop;
	return () => {
		if (effect_tracking()) {
			get(version);
			render_effect(() => {
				if (subscribers === 0) stop = untrack(() => start(() => increment(version)));
				subscribers += 1;
				return () => {
					queue_micro_task(() => {
						subscribers -= 1;
						if (subscribers === 0) {
							stop?.();
							stop = void 0;
							increment(version);
						}
					});
				};
			});
		}
	};
}
// node_modules/svelte/src/internal/client/dom/blocks/boundary.js
/** @import { Effect, Source, TemplateNode, } from '#client' */
/**
* @typedef {{
* 	 onerror?: ((error: unknown, reset: () => void) => void) | null;
*   failed?: ((anchor: Node, error: () => unknown, reset: () => () => void) => void) | null;
*   pending?: ((anchor: Node) => void) | null;
* }} BoundaryProps
*/
var flags = EFFECT_TRANSPARENT | EFFECT_PRESERVED;
/**
* @param {TemplateNode} node
* @param {BoundaryProps} props
* @param {((anchor: Node) => void)} children
* @param {((error: unknown) => unknown) | undefined} [transform_error]
* @returns {void}
*/
function boundary(node, props, children, transform_error) {
	new Boundary(node, props, children, transform_error);
}
var Boundary = class {
	/** @type {Boundary | null} */
	parent;
	is_pending = false;
	/**
	* API-level transformError transform function. Transforms errors before they reach the `failed` snippet.
	* Inherited from parent boundary, or defaults to identity.
	* @type {(error: unknown) => unknown}
	*/
	transform_error;
	/** @type {TemplateNode} */
	#anchor;
	/** @type {TemplateNode | null} */
	#hydrate_open = hydrating ? hydrate_node : null;
	/** @type {BoundaryProps} */
	#props;
	/** @type {((anchor: Node) => void)} */
	#children;
	/** @type {Effect} */
	#effect;
	/** @type {Effect | null} */
	#main_effect = null;
	/** @type {Effect | null} */
	#pending_effect = null;
	/** @type {Effect | null} */
	#failed_effect = null;
	/** @type {DocumentFragment | null} */
	#offscreen_fragment = null;
	#local_pending_count = 0;
	#pending_count = 0;
	#pending_count_update_queued = false;
	/** @type {Map<Effect, number>} */
	#dirty_reactions = /* @__PURE__ */ new Map();
	/**
	* A source containing the number of pending async deriveds/expressions.
	* Only created if `$effect.pending()` is used inside the boundary,
	* otherwise updating the source results in needless `Batch.ensure()`
	* calls followed by no-op flushes
	* @type {Source<number> | null}
	*/
	#effect_pending = null;
	#effect_pending_subscriber = createSubscriber(() => {
		this.#effect_pending = source(this.#local_pending_count);
		return () => {
			this.#effect_pending = null;
		};
	});
	/**
	* @param {TemplateNode} node
	* @param {BoundaryProps} props
	* @param {((anchor: Node) => void)} children
	* @param {((error: unknown) => unknown) | undefined} [transform_error]
	*/
	constructor(node, props, children, transform_error) {
		this.#anchor = node;
		this.#props = props;
		this.#children = (anchor) => {
			var effect = active_effect;
			effect.b = this;
			effect.f |= 128;
			children(anchor);
		};
		this.parent = active_effect.b;
		this.transform_error = transform_error ?? this.parent?.transform_error ?? ((e) => e);
		this.#effect = block(() => {
			if (hydrating) {
				const comment_data = read_hydration_instruction(this.#hydrate_open);
				hydrate_next();
				const server_rendered_pending = comment_data === "[!";
				if (comment_data.startsWith("[?")) {
					const serialized_error = JSON.parse(comment_data.slice(2));
					this.#hydrate_failed_content(serialized_error);
				} else if (server_rendered_pending) this.#hydrate_pending_content();
				else this.#hydrate_resolved_content();
			} else this.#render();
		}, flags);
		if (hydrating) this.#anchor = hydrate_node;
	}
	#hydrate_resolved_content() {
		try {
			this.#main_effect = branch(() => this.#children(this.#anchor));
		} catch (error) {
			this.error(error);
		}
	}
	/**
	* @param {unknown} error The deserialized error from the server's hydration comment
	*/
	#hydrate_failed_content(error) {
		const failed = this.#props.failed;
		const { reset, invoke_onerror } = this.#create_reset(error);
		queue_micro_task(invoke_onerror);
		if (!failed) return;
		this.#failed_effect = branch(() => {
			failed(this.#anchor, () => error, () => reset);
		});
	}
	/**
	* Creates the `reset` function for a failed boundary, along with a function
	* that invokes `onerror` with it (if provided)
	* @param {unknown} error
	* @returns {{ reset: () => void, invoke_onerror: () => void }}
	*/
	#create_reset(error) {
		var did_reset = false;
		var calling_on_error = false;
		const reset = () => {
			if (this.#is_destroyed()) return;
			if (did_reset) {
				svelte_boundary_reset_noop();
				return;
			}
			did_reset = true;
			if (calling_on_error) svelte_boundary_reset_onerror();
			if (this.#failed_effect !== null) pause_effect(this.#failed_effect, () => {
				this.#failed_effect = null;
			});
			this.#run(() => {
				this.#render();
			});
		};
		const invoke_onerror = () => {
			if (this.#is_destroyed()) return;
			try {
				calling_on_error = true;
				this.#props.onerror?.(error, reset);
				calling_on_error = false;
			} catch (err) {
				invoke_error_boundary(err, this.#effect && this.#effect.parent);
			}
		};
		return {
			reset,
			invoke_onerror
		};
	}
	#is_destroyed() {
		return (this.#effect.f & (DESTROYED | DESTROYING)) !== 0;
	}
	#hydrate_pending_content() {
		const pending = this.#props.pending;
		if (!pending) return;
		this.is_pending = true;
		this.#pending_effect = branch(() => pending(this.#anchor));
		queue_micro_task(() => {
			if (this.#is_destroyed()) return;
			var fragment = this.#offscreen_fragment = document.createDocumentFragment();
			var anchor = create_text();
			var handled = false;
			fragment.append(anchor);
			this.#main_effect = this.#run(() => {
				try {
					return branch(() => this.#children(anchor));
				} catch (error) {
					try {
						this.error(error);
						handled = true;
					} catch (error) {
						invoke_error_boundary(error, this.#effect.parent);
					}
					return null;
				}
			});
			if (this.#main_effect === null) {
				this.#offscreen_fragment = null;
				if (handled) this.#resolve(current_batch);
				return;
			}
			if (this.#pending_count === 0) {
				this.#anchor.before(fragment);
				this.#offscreen_fragment = null;
				pause_effect(this.#pending_effect, () => {
					this.#pending_effect = null;
				});
				this.#resolve(current_batch);
			}
		});
	}
	#render() {
		try {
			this.is_pending = this.has_pending_snippet();
			this.#pending_count = 0;
			this.#local_pending_count = 0;
			this.#main_effect = branch(() => {
				this.#children(this.#anchor);
			});
			if (this.#pending_count > 0) {
				var fragment = this.#offscreen_fragment = document.createDocumentFragment();
				move_effect(this.#main_effect, fragment);
				const pending = this.#props.pending;
				this.#pending_effect = branch(() => pending(this.#anchor));
			} else this.#resolve(current_batch);
		} catch (error) {
			this.error(error);
		}
	}
	/**
	* @param {Batch} batch
	*/
	#resolve(batch) {
		this.is_pending = false;
		batch.transfer_reactions(this.#dirty_reactions);
	}
	/**
	* Defer an effect inside a pending boundary until the boundary resolves
	* @param {Effect} effect
	*/
	defer_effect(effect) {
		defer_effect(effect, this.#dirty_reactions);
	}
	/**
	* Returns `false` if the effect exists inside a boundary whose pending snippet is shown
	* @returns {boolean}
	*/
	is_rendered() {
		return !this.is_pending && (!this.parent || this.parent.is_rendered());
	}
	has_pending_snippet() {
		return !!this.#props.pending;
	}
	/**
	* @template T
	* @param {() => T} fn
	*/
	#run(fn) {
		var previous_effect = active_effect;
		var previous_reaction = active_reaction;
		var previous_ctx = component_context;
		set_active_effect(this.#effect);
		set_active_reaction(this.#effect);
		set_component_context(this.#effect.ctx);
		try {
			Batch.ensure();
			return fn();
		} finally {
			set_active_effect(previous_effect);
			set_active_reaction(previous_reaction);
			set_component_context(previous_ctx);
		}
	}
	/**
	* Updates the pending count associated with the currently visible pending snippet,
	* if any, such that we can replace the snippet with content once work is done
	* @param {1 | -1} d
	* @param {Batch} batch
	*/
	#update_pending_count(d, batch) {
		if (!this.has_pending_snippet()) {
			if (this.parent) this.parent.#update_pending_count(d, batch);
			return;
		}
		this.#pending_count += d;
		if (this.#pending_count === 0) {
			this.#resolve(batch);
			if (this.#pending_effect) pause_effect(this.#pending_effect, () => {
				this.#pending_effect = null;
			});
			if (this.#offscreen_fragment) {
				this.#anchor.before(this.#offscreen_fragment);
				this.#offscreen_fragment = null;
			}
		}
	}
	/**
	* Update the source that powers `$effect.pending()` inside this boundary,
	* and controls when the current `pending` snippet (if any) is removed.
	* Do not call from inside the class
	* @param {1 | -1} d
	* @param {Batch} batch
	*/
	update_pending_count(d, batch) {
		this.#update_pending_count(d, batch);
		this.#local_pending_count += d;
		if (!this.#effect_pending || this.#pending_count_update_queued) return;
		this.#pending_count_update_queued = true;
		queue_micro_task(() => {
			this.#pending_count_update_queued = false;
			if (this.#effect_pending) internal_set(this.#effect_pending, this.#local_pending_count);
		});
	}
	get_effect_pending() {
		this.#effect_pending_subscriber();
		return get(this.#effect_pending);
	}
	/** @param {unknown} error */
	error(error) {
		if (error === HYDRATION_ERROR) throw error;
		if (!this.#props.onerror && !this.#props.failed) throw error;
		if (current_batch?.is_fork) {
			if (this.#main_effect) current_batch.skip_effect(this.#main_effect);
			if (this.#pending_effect) current_batch.skip_effect(this.#pending_effect);
			if (this.#failed_effect) current_batch.skip_effect(this.#failed_effect);
			current_batch.oncommit(() => {
				if (!this.#is_destroyed()) this.#handle_error(error);
			});
		} else this.#handle_error(error);
	}
	/**
	* @param {unknown} error
	*/
	#handle_error(error) {
		if (this.#main_effect) {
			destroy_effect(this.#main_effect);
			this.#main_effect = null;
		}
		if (this.#pending_effect) {
			destroy_effect(this.#pending_effect);
			this.#pending_effect = null;
		}
		if (this.#failed_effect) {
			destroy_effect(this.#failed_effect);
			this.#failed_effect = null;
		}
		if (hydrating) {
			set_hydrate_node(this.#hydrate_open);
			next();
			set_hydrate_node(skip_nodes());
		}
		let failed = this.#props.failed;
		/** @param {unknown} transformed_error */
		const handle_error_result = (transformed_error) => {
			if (this.#is_destroyed()) return;
			const { reset, invoke_onerror } = this.#create_reset(transformed_error);
			invoke_onerror();
			if (failed && !this.#is_destroyed()) this.#failed_effect = this.#run(() => {
				try {
					return branch(() => {
						var effect = active_effect;
						effect.b = this;
						effect.f |= 128;
						failed(this.#anchor, () => transformed_error, () => reset);
					});
				} catch (error) {
					invoke_error_boundary(error, this.#effect.parent);
					return null;
				}
			});
		};
		queue_micro_task(() => {
			if (this.#is_destroyed()) return;
			/** @type {unknown} */
			var result;
			try {
				result = this.transform_error(error);
			} catch (e) {
				invoke_error_boundary(e, this.#effect && this.#effect.parent);
				return;
			}
			if (result !== null && typeof result === "object" && typeof result.then === "function")
 /** @type {any} */ result.then(
				handle_error_result,
				/** @param {unknown} e */
				(e) => invoke_error_boundary(e, this.#effect && this.#effect.parent)
			);
			else handle_error_result(result);
		});
	}
};
/**
* @param {Element} text
* @param {string} value
* @returns {void}
*/
function set_text(text, value) {
	var str = value == null ? "" : typeof value === "object" ? `${value}` : value;
	if (str !== (text[TEXT_CACHE] ??= text.nodeValue)) {
		/** @type {any} */ text[TEXT_CACHE] = str;
		text.nodeValue = `${str}`;
	}
}
/**
* Mounts a component to the given target and returns the exports and potentially the props (if compiled with `accessors: true`) of the component.
* Transitions will play during the initial render unless the `intro` option is set to `false`.
*
* @template {Record<string, any>} Props
* @template {Record<string, any>} Exports
* @param {ComponentType<SvelteComponent<Props>> | Component<Props, Exports, any>} component
* @param {MountOptions<Props>} options
* @returns {Exports}
*/
function mount(component, options) {
	return _mount(component, options);
}
/** @type {Map<EventTarget, Map<string, number>>} */
var listeners = /* @__PURE__ */ new Map();
/**
* @template {Record<string, any>} Exports
* @param {ComponentType<SvelteComponent<any>> | Component<any>} Component
* @param {MountOptions} options
* @returns {Exports}
*/
function _mount(Component, { target, anchor, props = {}, events, context, intro = true, transformError }) {
	init_operations();
	/** @type {Exports} */
	var component = void 0;
	var unmount = component_root(() => {
		var anchor_node = anchor ?? target.appendChild(create_text());
		boundary(anchor_node, { pending: () => {} }, (anchor_node) => {
			push({});
			var ctx = component_context;
			if (context) ctx.c = context;
			if (events)
 /** @type {any} */ props.$$events = events;
			if (hydrating) assign_nodes(anchor_node, null);
			component = Component(anchor_node, props) || mark_as_component();
			if (hydrating) {
				/** @type {Effect & { nodes: EffectNodes }} */ active_effect.nodes.end = hydrate_node;
				if (hydrate_node === null || hydrate_node.nodeType !== 8 || hydrate_node.data !== "]") {
					hydration_mismatch();
					throw HYDRATION_ERROR;
				}
			}
			pop();
		}, transformError);
		/** @type {Set<string>} */
		var registered_events = /* @__PURE__ */ new Set();
		/** @param {Array<string>} events */
		var event_handle = (events) => {
			for (var i = 0; i < events.length; i++) {
				var event_name = events[i];
				if (registered_events.has(event_name)) continue;
				registered_events.add(event_name);
				var passive = is_passive_event(event_name);
				for (const node of [target, document]) {
					var counts = listeners.get(node);
					if (counts === void 0) {
						counts = /* @__PURE__ */ new Map();
						listeners.set(node, counts);
					}
					var count = counts.get(event_name);
					if (count === void 0) {
						node.addEventListener(event_name, handle_event_propagation, { passive });
						counts.set(event_name, 1);
					} else counts.set(event_name, count + 1);
				}
			}
		};
		event_handle(array_from(all_registered_events));
		root_event_handles.add(event_handle);
		return () => {
			for (var event_name of registered_events) for (const node of [target, document]) {
				var counts = listeners.get(node);
				var count = counts.get(event_name);
				if (--count == 0) {
					node.removeEventListener(event_name, handle_event_propagation);
					counts.delete(event_name);
					if (counts.size === 0) listeners.delete(node);
				} else counts.set(event_name, count);
			}
			root_event_handles.delete(event_handle);
			if (anchor_node !== anchor) anchor_node.parentNode?.removeChild(anchor_node);
		};
	});
	mounted_components.set(component, unmount);
	return component;
}
/**
* References of the components that were mounted or hydrated.
* Uses a `WeakMap` to avoid memory leaks.
*/
var mounted_components = /* @__PURE__ */ new WeakMap();
// node_modules/svelte/src/internal/client/dom/blocks/branches.js
/** @import { Effect, TemplateNode } from '#client' */
/**
* @typedef {{ effect: Effect, fragment: DocumentFragment }} Branch
*/
/**
* @template Key
*/
var BranchManager = class {
	/** @type {TemplateNode} */
	anchor;
	/** @type {Map<Batch, Key>} */
	#batches = /* @__PURE__ */ new Map();
	/**
	* Map of keys to effects that are currently rendered in the DOM.
	* These effects are visible and actively part of the document tree.
	* Example:
	* ```
	* {#if condition}
	* 	foo
	* {:else}
	* 	bar
	* {/if}
	* ```
	* Can result in the entries `true->Effect` and `false->Effect`
	* @type {Map<Key, Effect>}
	*/
	#onscreen = /* @__PURE__ */ new Map();
	/**
	* Similar to #onscreen with respect to the keys, but contains branches that are not yet
	* in the DOM, because their insertion is deferred.
	* @type {Map<Key, Branch>}
	*/
	#offscreen = /* @__PURE__ */ new Map();
	/**
	* Keys of effects that are currently outroing
	* @type {Set<Key>}
	*/
	#outroing = /* @__PURE__ */ new Set();
	/**
	* Whether to pause (i.e. outro) on change, or destroy immediately.
	* This is necessary for `<svelte:element>`
	*/
	#transition = true;
	/**
	* @param {TemplateNode} anchor
	* @param {boolean} transition
	*/
	constructor(anchor, transition = true) {
		this.anchor = anchor;
		this.#transition = transition;
	}
	/**
	* @param {Batch} batch
	*/
	#commit = (batch) => {
		if (!this.#batches.has(batch)) return;
		var key = this.#batches.get(batch);
		var onscreen = this.#onscreen.get(key);
		if (onscreen) {
			resume_effect(onscreen);
			this.#outroing.delete(key);
		} else {
			var offscreen = this.#offscreen.get(key);
			if (offscreen) {
				resume_effect(offscreen.effect);
				this.#onscreen.set(key, offscreen.effect);
				this.#offscreen.delete(key);
				/** @type {TemplateNode} */ offscreen.fragment.lastChild.remove();
				this.anchor.before(offscreen.fragment);
				onscreen = offscreen.effect;
			}
		}
		for (const [b, k] of this.#batches) {
			this.#batches.delete(b);
			if (b === batch) break;
			const offscreen = this.#offscreen.get(k);
			if (offscreen) {
				destroy_effect(offscreen.effect);
				this.#offscreen.delete(k);
			}
		}
		for (const [k, effect] of this.#onscreen) {
			if (k === key || this.#outroing.has(k)) continue;
			const on_destroy = () => {
				if (Array.from(this.#batches.values()).includes(k)) {
					var fragment = document.createDocumentFragment();
					move_effect(effect, fragment);
					fragment.append(create_text());
					this.#offscreen.set(k, {
						effect,
						fragment
					});
				} else destroy_effect(effect);
				this.#outroing.delete(k);
				this.#onscreen.delete(k);
			};
			if (this.#transition || !onscreen) {
				this.#outroing.add(k);
				pause_effect(effect, on_destroy, false);
			} else on_destroy();
		}
	};
	/**
	* @param {Batch} batch
	*/
	#discard = (batch) => {
		this.#batches.delete(batch);
		const keys = Array.from(this.#batches.values());
		for (const [k, branch] of this.#offscreen) if (!keys.includes(k)) {
			destroy_effect(branch.effect);
			this.#offscreen.delete(k);
		}
	};
	/**
	*
	* @param {any} key
	* @param {null | ((target: TemplateNode) => void)} fn
	*/
	ensure(key, fn) {
		var batch = current_batch;
		var defer = should_defer_append();
		if (fn && !this.#onscreen.has(key) && !this.#offscreen.has(key)) {
			if (defer) {
				var fragment = document.createDocumentFragment();
				var target = create_text();
				fragment.append(target);
				this.#offscreen.set(key, {
					effect: branch(() => fn(target)),
					fragment
				});
			} else this.#onscreen.set(key, branch(() => fn(this.anchor)));
		}
		this.#batches.set(batch, key);
		if (defer) {
			for (const [k, effect] of this.#onscreen) if (k === key) batch.unskip_effect(effect);
			else batch.skip_effect(effect);
			for (const [k, branch] of this.#offscreen) if (k === key) batch.unskip_effect(branch.effect);
			else batch.skip_effect(branch.effect);
			batch.oncommit(this.#commit);
			batch.ondiscard(this.#discard);
		} else {
			if (hydrating) this.anchor = hydrate_node;
			this.#commit(batch);
		}
	}
};
// node_modules/svelte/src/internal/client/dom/blocks/await.js
/** @import { Source, TemplateNode } from '#client' */
var PENDING = 0;
var THEN = 1;
var CATCH = 2;
/** @typedef {typeof PENDING | typeof THEN | typeof CATCH} AwaitState */
/**
* @template V
* @param {TemplateNode} node
* @param {(() => any)} get_input
* @param {null | ((anchor: Node) => void)} pending_fn
* @param {null | ((anchor: Node, value: Source<V>) => void)} then_fn
* @param {null | ((anchor: Node, error: unknown) => void)} catch_fn
* @returns {void}
*/
function await_block(node, get_input, pending_fn, then_fn, catch_fn) {
	if (hydrating) hydrate_next();
	var runes = is_runes();
	var v = UNINITIALIZED;
	var value = runes ? source(v) : /* @__PURE__ */ mutable_source(v, false, false);
	var error = runes ? source(v) : /* @__PURE__ */ mutable_source(v, false, false);
	var branches = new BranchManager(node);
	block(() => {
		var batch = current_batch;
		var input = get_input();
		var destroyed = false;
		/** Whether or not there was a hydration mismatch. Needs to be a `let` or else it isn't treeshaken out */
		let mismatch = hydrating && is_promise(input) === (node.data === "[!");
		if (mismatch) {
			set_hydrate_node(skip_nodes());
			set_hydrating(false);
		}
		if (is_promise(input)) {
			var restore = capture();
			var resolved = false;
			/**
			* @param {() => void} fn
			*/
			const resolve = (fn) => {
				if (destroyed) return;
				resolved = true;
				restore(false);
				if (current_batch === batch) batch.deactivate();
				Batch.ensure();
				try {
					fn();
				} finally {
					unset_context(false);
					if (!is_flushing_sync) flushSync();
				}
			};
			input.then((v) => {
				resolve(() => {
					internal_set(value, v);
					branches.ensure(THEN, then_fn && ((target) => then_fn(target, value)));
				});
			}, (e) => {
				resolve(() => {
					internal_set(error, e);
					branches.ensure(CATCH, catch_fn && ((target) => catch_fn(target, error)));
					if (!catch_fn) throw error.v;
				});
			});
			if (hydrating) branches.ensure(PENDING, pending_fn);
			else queue_micro_task(() => {
				if (!resolved) resolve(() => {
					branches.ensure(PENDING, pending_fn);
				});
			});
		} else {
			internal_set(value, input);
			branches.ensure(THEN, then_fn && ((target) => then_fn(target, value)));
		}
		if (mismatch) set_hydrating(true);
		return () => {
			destroyed = true;
		};
	});
}
// node_modules/svelte/src/internal/client/dom/blocks/if.js
/** @import { TemplateNode } from '#client' */
/**
* @param {TemplateNode} node
* @param {(branch: (fn: (anchor: Node) => void, key?: number | false) => void) => void} fn
* @param {boolean} [elseif] True if this is an `{:else if ...}` block rather than an `{#if ...}`, as that affects which transitions are considered 'local'
* @returns {void}
*/
function if_block(node, fn, elseif = false) {
	/** @type {TemplateNode | undefined} */
	var marker;
	if (hydrating) {
		marker = hydrate_node;
		hydrate_next();
	}
	var branches = new BranchManager(node);
	var flags = elseif ? EFFECT_TRANSPARENT : 0;
	/**
	* @param {number | false} key
	* @param {null | ((anchor: Node) => void)} fn
	*/
	function update_branch(key, fn) {
		if (hydrating) {
			var data = read_hydration_instruction(marker);
			if (key !== parseInt(data.substring(1))) {
				var anchor = skip_nodes();
				set_hydrate_node(anchor);
				branches.anchor = anchor;
				set_hydrating(false);
				branches.ensure(key, fn);
				set_hydrating(true);
				return;
			}
		}
		branches.ensure(key, fn);
	}
	block(() => {
		var has_branch = false;
		fn((fn, key = 0) => {
			has_branch = true;
			update_branch(key, fn);
		});
		if (!has_branch) update_branch(-1, null);
	}, flags);
}
// node_modules/svelte/src/internal/client/dom/blocks/key.js
/** @import { TemplateNode } from '#client' */
var NAN = Symbol("NaN");
/**
* @template V
* @param {TemplateNode} node
* @param {() => V} get_key
* @param {(anchor: Node) => TemplateNode | void} render_fn
* @returns {void}
*/
function key(node, get_key, render_fn) {
	if (hydrating) hydrate_next();
	var branches = new BranchManager(node);
	var legacy = !is_runes();
	block(() => {
		var key = get_key();
		if (key !== key) key = NAN;
		if (legacy && key !== null && typeof key === "object") key = {};
		branches.ensure(key, render_fn);
	});
}
// node_modules/svelte/src/internal/client/dom/blocks/each.js
/** @import { EachItem, EachOutroGroup, EachState, Effect, EffectNodes, MaybeSource, TemplateNode, TransitionManager } from '#client' */
/** @import { Batch } from '../../reactivity/batch.js'; */
/**
* @param {any} _
* @param {number} i
*/
function index(_, i) {
	return i;
}
/**
* Pause multiple effects simultaneously, and coordinate their
* subsequent destruction. Used in each blocks
* @param {EachState} state
* @param {Effect[]} to_destroy
* @param {null | Node} controlled_anchor
*/
function pause_effects(state, to_destroy, controlled_anchor) {
	/** @type {TransitionManager[]} */
	var transitions = [];
	var length = to_destroy.length;
	/** @type {EachOutroGroup} */
	var group;
	var remaining = to_destroy.length;
	for (var i = 0; i < length; i++) {
		let effect = to_destroy[i];
		pause_effect(effect, () => {
			if (group) {
				group.pending.delete(effect);
				group.done.add(effect);
				if (group.pending.size === 0) {
					var groups = state.outrogroups;
					destroy_effects(state, array_from(group.done));
					groups.delete(group);
					if (groups.size === 0) state.outrogroups = null;
				}
			} else remaining -= 1;
		}, false);
	}
	if (remaining === 0) {
		var fast_path = transitions.length === 0 && controlled_anchor !== null && state.pending.size === 0;
		if (fast_path) {
			var anchor = controlled_anchor;
			var parent_node = anchor.parentNode;
			clear_text_content(parent_node);
			parent_node.append(anchor);
			state.items.clear();
		}
		destroy_effects(state, to_destroy, !fast_path);
	} else {
		group = {
			pending: new Set(to_destroy),
			done: /* @__PURE__ */ new Set()
		};
		(state.outrogroups ??= /* @__PURE__ */ new Set()).add(group);
	}
}
/**
* @param {EachState} state
* @param {Effect[]} to_destroy
* @param {boolean} remove_dom
*/
function destroy_effects(state, to_destroy, remove_dom = true) {
	/** @type {Set<Effect> | undefined} */
	var preserved_effects;
	if (state.pending.size > 0) {
		preserved_effects = /* @__PURE__ */ new Set();
		for (const keys of state.pending.values()) for (const key of keys) preserved_effects.add(
			/** @type {EachItem} */
			state.items.get(key).e
		);
	}
	for (var i = 0; i < to_destroy.length; i++) {
		var e = to_destroy[i];
		if (preserved_effects?.has(e)) {
			e.f |= EFFECT_OFFSCREEN;
			move_effect(e, document.createDocumentFragment());
		} else destroy_effect(to_destroy[i], remove_dom);
	}
}
/** @type {TemplateNode} */
var offscreen_anchor;
/**
* @template V
* @param {Element | Comment} node The next sibling node, or the parent node if this is a 'controlled' block
* @param {number} flags
* @param {() => V[]} get_collection
* @param {(value: V, index: number) => any} get_key
* @param {(anchor: Node, item: MaybeSource<V>, index: MaybeSource<number>) => void} render_fn
* @param {null | ((anchor: Node) => void)} fallback_fn
* @returns {void}
*/
function each(node, flags, get_collection, get_key, render_fn, fallback_fn = null) {
	var anchor = node;
	/** @type {Map<any, EachItem>} */
	var items = /* @__PURE__ */ new Map();
	if ((flags & 4) !== 0) {
		var parent_node = node;
		anchor = hydrating ? set_hydrate_node(/* @__PURE__ */ get_first_child(parent_node)) : parent_node.appendChild(create_text());
	}
	if (hydrating) hydrate_next();
	/** @type {Effect | null} */
	var fallback = null;
	var each_array = /* @__PURE__ */ derived_safe_equal(() => {
		var collection = get_collection();
		return is_array(collection) ? collection : collection == null ? [] : array_from(collection);
	});
	/** @type {Map<Batch, Set<any>>} */
	var pending = /* @__PURE__ */ new Map();
	var first_run = true;
	/**
	* @param {Batch} batch
	*/
	function commit(batch) {
		if ((state.effect.f & 16384) !== 0) return;
		state.pending.delete(batch);
		var array = get(each_array);
		state.fallback = fallback;
		reconcile(state, array, anchor, flags, get_key);
		if (fallback !== null) {
			if (array.length === 0) {
				if ((fallback.f & 33554432) === 0) resume_effect(fallback);
				else {
					fallback.f ^= EFFECT_OFFSCREEN;
					move(fallback, null, anchor);
				}
			} else pause_effect(fallback, () => {
				fallback = null;
			});
		}
	}
	/**
	* @param {Batch} batch
	*/
	function discard(batch) {
		state.pending.delete(batch);
	}
	/** @type {EachState} */
	var state = {
		effect: block(() => {
			var array = get(each_array);
			var length = array.length;
			/** `true` if there was a hydration mismatch. Needs to be a `let` or else it isn't treeshaken out */
			let mismatch = false;
			if (hydrating) {
				if (read_hydration_instruction(anchor) === "[!" !== (length === 0)) {
					anchor = skip_nodes();
					set_hydrate_node(anchor);
					set_hydrating(false);
					mismatch = true;
				}
			}
			var keys = /* @__PURE__ */ new Set();
			var batch = current_batch;
			var defer = should_defer_append();
			for (var index = 0; index < length; index += 1) {
				if (hydrating && hydrate_node.nodeType === 8 && hydrate_node.data === "]") {
					anchor = hydrate_node;
					mismatch = true;
					set_hydrating(false);
				}
				var value = array[index];
				var key = get_key(value, index);
				var item = first_run ? null : items.get(key);
				if (item) {
					if (item.v) internal_set(item.v, value);
					if (item.i) internal_set(item.i, index);
					if (defer) batch.unskip_effect(item.e);
				} else {
					item = create_item(items, first_run ? anchor : offscreen_anchor ??= create_text(), value, key, index, render_fn, flags, get_collection);
					if (!first_run) item.e.f |= EFFECT_OFFSCREEN;
					items.set(key, item);
				}
				keys.add(key);
			}
			if (length === 0 && fallback_fn && !fallback) {
				if (first_run) fallback = branch(() => fallback_fn(anchor));
				else {
					fallback = branch(() => fallback_fn(offscreen_anchor ??= create_text()));
					fallback.f |= EFFECT_OFFSCREEN;
				}
			}
			if (length > keys.size) each_key_duplicate("", "", "");
			if (hydrating && length > 0) set_hydrate_node(skip_nodes());
			if (!first_run) {
				pending.set(batch, keys);
				if (defer) {
					for (const [key, item] of items) if (!keys.has(key)) batch.skip_effect(item.e);
					batch.oncommit(commit);
					batch.ondiscard(discard);
				} else commit(batch);
			}
			if (mismatch) set_hydrating(true);
			get(each_array);
		}),
		flags,
		items,
		pending,
		outrogroups: null,
		fallback
	};
	first_run = false;
	if (hydrating) anchor = hydrate_node;
}
/**
* Skip past any non-branch effects (which could be created with `createSubscriber`, for example) to find the next branch effect
* @param {Effect | null} effect
* @returns {Effect | null}
*/
function skip_to_branch(effect) {
	while (effect !== null && (effect.f & 32) === 0) effect = effect.next;
	return effect;
}
/**
* Add, remove, or reorder items output by an each block as its input changes
* @template V
* @param {EachState} state
* @param {Array<V>} array
* @param {Element | Comment | Text} anchor
* @param {number} flags
* @param {(value: V, index: number) => any} get_key
* @returns {void}
*/
function reconcile(state, array, anchor, flags, get_key) {
	var is_animated = (flags & 8) !== 0;
	var length = array.length;
	var items = state.items;
	var current = skip_to_branch(state.effect.first);
	/** @type {undefined | Set<Effect>} */
	var seen;
	/** @type {Effect | null} */
	var prev = null;
	/** @type {undefined | Set<Effect>} */
	var to_animate;
	/** @type {Effect[]} */
	var matched = [];
	/** @type {Effect[]} */
	var stashed = [];
	/** @type {V} */
	var value;
	/** @type {any} */
	var key;
	/** @type {Effect | undefined} */
	var effect;
	/** @type {number} */
	var i;
	if (is_animated) for (i = 0; i < length; i += 1) {
		value = array[i];
		key = get_key(value, i);
		effect = items.get(key).e;
		if ((effect.f & 33554432) === 0) {
			effect.nodes?.a?.measure();
			(to_animate ??= /* @__PURE__ */ new Set()).add(effect);
		}
	}
	for (i = 0; i < length; i += 1) {
		value = array[i];
		key = get_key(value, i);
		effect = items.get(key).e;
		if (state.outrogroups !== null) for (const group of state.outrogroups) {
			group.pending.delete(effect);
			group.done.delete(effect);
		}
		if ((effect.f & 8192) !== 0) {
			resume_effect(effect);
			if (is_animated) {
				effect.nodes?.a?.unfix();
				(to_animate ??= /* @__PURE__ */ new Set()).delete(effect);
			}
		}
		if ((effect.f & 33554432) !== 0) {
			effect.f ^= EFFECT_OFFSCREEN;
			if (effect === current) move(effect, null, anchor);
			else {
				var next = prev ? prev.next : current;
				if (effect === state.effect.last) state.effect.last = effect.prev;
				if (effect.prev) effect.prev.next = effect.next;
				if (effect.next) effect.next.prev = effect.prev;
				link(state, prev, effect);
				link(state, effect, next);
				move(effect, next, anchor);
				prev = effect;
				matched = [];
				stashed = [];
				current = skip_to_branch(prev.next);
				continue;
			}
		}
		if (effect !== current) {
			if (seen !== void 0 && seen.has(effect)) {
				if (matched.length < stashed.length) {
					var start = stashed[0];
					var j;
					prev = start.prev;
					var a = matched[0];
					var b = matched[matched.length - 1];
					for (j = 0; j < matched.length; j += 1) move(matched[j], start, anchor);
					for (j = 0; j < stashed.length; j += 1) seen.delete(stashed[j]);
					link(state, a.prev, b.next);
					link(state, prev, a);
					link(state, b, start);
					current = start;
					prev = b;
					i -= 1;
					matched = [];
					stashed = [];
				} else {
					seen.delete(effect);
					move(effect, current, anchor);
					link(state, effect.prev, effect.next);
					link(state, effect, prev === null ? state.effect.first : prev.next);
					link(state, prev, effect);
					prev = effect;
				}
				continue;
			}
			matched = [];
			stashed = [];
			while (current !== null && current !== effect) {
				(seen ??= /* @__PURE__ */ new Set()).add(current);
				stashed.push(current);
				current = skip_to_branch(current.next);
			}
			if (current === null) continue;
		}
		if ((effect.f & 33554432) === 0) matched.push(effect);
		prev = effect;
		current = skip_to_branch(effect.next);
	}
	if (state.outrogroups !== null) {
		for (const group of state.outrogroups) if (group.pending.size === 0) {
			destroy_effects(state, array_from(group.done));
			state.outrogroups?.delete(group);
		}
		if (state.outrogroups.size === 0) state.outrogroups = null;
	}
	if (current !== null || seen !== void 0) {
		/** @type {Effect[]} */
		var to_destroy = [];
		if (seen !== void 0) {
			for (effect of seen) if ((effect.f & 8192) === 0) to_destroy.push(effect);
		}
		while (current !== null) {
			if ((current.f & 8192) === 0 && current !== state.fallback) to_destroy.push(current);
			current = skip_to_branch(current.next);
		}
		var destroy_length = to_destroy.length;
		if (destroy_length > 0) {
			var controlled_anchor = (flags & 4) !== 0 && length === 0 ? anchor : null;
			if (is_animated) {
				for (i = 0; i < destroy_length; i += 1) to_destroy[i].nodes?.a?.measure();
				for (i = 0; i < destroy_length; i += 1) to_destroy[i].nodes?.a?.fix();
			}
			pause_effects(state, to_destroy, controlled_anchor);
		}
	}
	if (is_animated) queue_micro_task(() => {
		if (to_animate === void 0) return;
		for (effect of to_animate) effect.nodes?.a?.apply();
	});
}
/**
* @template V
* @param {Map<any, EachItem>} items
* @param {Node} anchor
* @param {V} value
* @param {unknown} key
* @param {number} index
* @param {(anchor: Node, item: MaybeSource<V>, index: MaybeSource<number>, collection: () => V[]) => void} render_fn
* @param {number} flags
* @param {() => V[]} get_collection
* @returns {EachItem}
*/
function create_item(items, anchor, value, key, index, render_fn, flags, get_collection) {
	var v = (flags & 1) !== 0 ? (flags & 16) === 0 ? /* @__PURE__ */ mutable_source(value, false, false) : source(value) : null;
	var i = (flags & 2) !== 0 ? source(index) : null;
	return {
		v,
		i,
		e: branch(() => {
			render_fn(anchor, v ?? value, i ?? index, get_collection);
			return () => {
				items.delete(key);
			};
		})
	};
}
/**
* @param {Effect} effect
* @param {Effect | null} next
* @param {Text | Element | Comment} anchor
*/
function move(effect, next, anchor) {
	if (!effect.nodes) return;
	var node = effect.nodes.start;
	var end = effect.nodes.end;
	var dest = next && (next.f & 33554432) === 0 ? next.nodes.start : anchor;
	while (node !== null) {
		var next_node = /* @__PURE__ */ get_next_sibling(node);
		dest.before(node);
		if (node === end) return;
		node = next_node;
	}
}
/**
* @param {EachState} state
* @param {Effect | null} prev
* @param {Effect | null} next
*/
function link(state, prev, next) {
	if (prev === null) state.effect.first = next;
	else prev.next = next;
	if (next === null) state.effect.last = prev;
	else next.prev = prev;
}
// node_modules/svelte/src/internal/client/dom/blocks/snippet.js
/** @import { Snippet } from 'svelte' */
/** @import { TemplateNode } from '#client' */
/** @import { Getters } from '#shared' */
/**
* @template {(node: TemplateNode, ...args: any[]) => void} SnippetFn
* @param {TemplateNode} node
* @param {() => SnippetFn | null | undefined} get_snippet
* @param {(() => any)[]} args
* @returns {void}
*/
function snippet(node, get_snippet, ...args) {
	var branches = new BranchManager(node);
	block(() => {
		const snippet = get_snippet() ?? null;
		branches.ensure(snippet, snippet && ((anchor) => snippet(anchor, ...args)));
	}, EFFECT_TRANSPARENT);
}
// node_modules/svelte/src/internal/client/dom/blocks/svelte-head.js
/** @import { TemplateNode } from '#client' */
/**
* @param {string} hash
* @param {(anchor: Node) => void} render_fn
* @returns {void}
*/
function head(hash, render_fn) {
	let previous_hydrate_node = null;
	let was_hydrating = hydrating;
	/** @type {Comment | Text} */
	var anchor;
	if (hydrating) {
		previous_hydrate_node = hydrate_node;
		var head_anchor = /* @__PURE__ */ get_first_child(document.head);
		while (head_anchor !== null && (head_anchor.nodeType !== 8 || head_anchor.data !== hash)) head_anchor = /* @__PURE__ */ get_next_sibling(head_anchor);
		if (head_anchor === null) set_hydrating(false);
		else {
			var start = /* @__PURE__ */ get_next_sibling(head_anchor);
			head_anchor.remove();
			set_hydrate_node(start);
		}
	}
	if (!hydrating) anchor = document.head.appendChild(create_text());
	try {
		block(() => {
			var e = branch(() => render_fn(anchor));
			e.f |= HEAD_EFFECT;
			if (!hydrating) {
				if (e.nodes === null) e.nodes = {
					start: anchor,
					end: anchor,
					a: null,
					t: null
				};
				else e.nodes.end = anchor;
			}
		});
	} finally {
		if (was_hydrating) {
			set_hydrating(true);
			set_hydrate_node(previous_hydrate_node);
		}
	}
}
// node_modules/svelte/src/internal/client/dom/elements/attachments.js
/** @import { Effect } from '#client' */
/**
* @param {Element} node
* @param {() => (node: Element) => void} get_fn
*/
function attach(node, get_fn) {
	/** @type {false | undefined | ((node: Element) => void)} */
	var fn = void 0;
	/** @type {Effect | null} */
	var e;
	managed(() => {
		if (fn !== (fn = get_fn())) {
			if (e) {
				destroy_effect(e);
				e = null;
			}
			if (fn) e = branch(() => {
				effect(() => fn(node));
			});
		}
	});
}
// node_modules/svelte/src/internal/shared/attributes.js
var whitespace = [..." 	\n\r\f\xA0\v﻿"];
/**
* @param {any} value
* @param {string | null} [hash]
* @param {Record<string, boolean>} [directives]
* @returns {string | null}
*/
function to_class(value, hash, directives) {
	var classname = value == null ? "" : "" + value;
	if (hash) classname = classname ? classname + " " + hash : hash;
	if (directives) {
		for (var key of Object.keys(directives)) if (directives[key]) classname = classname ? classname + " " + key : key;
		else if (classname.length) {
			var len = key.length;
			var a = 0;
			while ((a = classname.indexOf(key, a)) >= 0) {
				var b = a + len;
				if ((a === 0 || whitespace.includes(classname[a - 1])) && (b === classname.length || whitespace.includes(classname[b]))) classname = (a === 0 ? "" : classname.substring(0, a)) + classname.substring(b + 1);
				else a = b;
			}
		}
	}
	return classname === "" ? null : classname;
}
// node_modules/svelte/src/internal/client/dom/elements/class.js
/**
* @param {Element} dom
* @param {boolean | number} is_html
* @param {string | null} value
* @param {string} [hash]
* @param {Record<string, any>} [prev_classes]
* @param {Record<string, any>} [next_classes]
* @returns {Record<string, boolean> | undefined}
*/
function set_class(dom, is_html, value, hash, prev_classes, next_classes) {
	var prev = dom[CLASS_CACHE];
	if (hydrating || prev !== value || prev === void 0) {
		var next_class_name = to_class(value, hash, next_classes);
		if (!hydrating || next_class_name !== dom.getAttribute("class")) {
			if (next_class_name == null) dom.removeAttribute("class");
			else if (is_html) dom.className = next_class_name;
			else dom.setAttribute("class", next_class_name);
		}
		/** @type {any} */ dom[CLASS_CACHE] = value;
	} else if (next_classes && prev_classes !== next_classes) for (var key in next_classes) {
		var is_present = !!next_classes[key];
		if (prev_classes == null || is_present !== !!prev_classes[key]) dom.classList.toggle(key, is_present);
	}
	return next_classes;
}
// node_modules/svelte/src/internal/client/dom/elements/bindings/select.js
/**
* Sets the `selected` attribute on an option so form reset can restore it.
* @param {HTMLOptionElement} option
* @param {boolean} selected
*/
function set_selected(option, selected) {
	if (selected) {
		if (!option.hasAttribute("selected")) option.setAttribute("selected", "");
	} else option.removeAttribute("selected");
}
/**
* Marks the options matching `__defaultValue` as selected. Without `preserve`
* a newly matching option gets selected, as an inserted `<option selected>` would.
* @param {HTMLSelectElement} select
* @param {boolean} preserve
*/
function apply_default_select_value(select, preserve) {
	var value = select.__defaultValue;
	var multiple = select.multiple;
	var values = multiple ? value ?? [] : null;
	if (multiple && !is_array(values)) return;
	var index = select.selectedIndex;
	var selected = preserve && multiple ? new Set(select.selectedOptions) : null;
	for (var option of select.options) {
		var option_value = get_option_value(option);
		set_selected(option, multiple ? values.includes(option_value) : is(option_value, value));
	}
	if (!preserve) return;
	if (selected !== null) for (option of select.options) {
		var was_selected = selected.has(option);
		if (option.selected !== was_selected) option.selected = was_selected;
	}
	else if (select.selectedIndex !== index) select.selectedIndex = index;
}
/**
* Selects the correct option(s) (depending on whether this is a multiple select)
* @template V
* @param {HTMLSelectElement} select
* @param {V} value
* @param {boolean} mounting
*/
function select_option(select, value, mounting = false) {
	if (select.multiple) {
		if (value == void 0) return;
		if (!is_array(value)) return select_multiple_invalid_value();
		for (var option of select.options) option.selected = value.includes(get_option_value(option));
		return;
	}
	for (option of select.options) if (is(get_option_value(option), value)) {
		option.selected = true;
		return;
	}
	if (!mounting || value !== void 0) select.selectedIndex = -1;
}
/**
* Sets up a mutation observer to sync the current selection
* and default to the dom when the options change, for example
* when they are inside an `#each` block. Called once per `<select>`,
* by the compiled output or by `attribute_effect` for spreads.
* @param {HTMLSelectElement} select
*/
function init_select(select) {
	var observer = new MutationObserver((entries) => {
		if (entries.every(is_selectedcontent_mutation)) return;
		if ("__defaultValue" in select) apply_default_select_value(select, false);
		if ("__value" in select) select_option(select, select.__value);
	});
	observer.observe(select, {
		childList: true,
		subtree: true,
		attributes: true,
		attributeFilter: ["value"]
	});
	teardown(() => {
		observer.disconnect();
	});
}
/**
* @param {HTMLSelectElement} select
* @param {() => unknown} get
* @param {(value: unknown) => void} set
* @returns {void}
*/
function bind_select_value(select, get, set = get) {
	var batches = /* @__PURE__ */ new WeakSet();
	var mounting = true;
	listen_to_event_and_reset_event(select, "change", (is_reset) => {
		var query = is_reset ? "[selected]" : ":checked";
		/** @type {unknown} */
		var value;
		if (select.multiple) value = [].map.call(select.querySelectorAll(query), get_option_value);
		else {
			/** @type {HTMLOptionElement | null} */
			var selected_option = select.querySelector(query) ?? select.querySelector("option:not([disabled])");
			value = selected_option && get_option_value(selected_option);
		}
		set(value);
		select.__value = value;
		if (current_batch !== null) batches.add(current_batch);
	});
	effect(() => {
		var value = get();
		if (select === document.activeElement) {
			var batch = async_mode_flag ? previous_batch : current_batch;
			if (batches.has(batch)) return;
		}
		select_option(select, value, mounting);
		if (mounting && value === void 0) {
			/** @type {HTMLOptionElement | null} */
			var selected_option = select.querySelector(":checked");
			if (selected_option !== null) {
				value = get_option_value(selected_option);
				set(value);
			}
		}
		select.__value = value;
		mounting = false;
	});
}
/** @param {HTMLOptionElement} option */
function get_option_value(option) {
	if ("__value" in option) return option.__value;
	else return option.value;
}
/**
* Returns `true` if the mutation stems from the browser mirroring the selected
* option's content into `<selectedcontent>`, or from us replacing the
* `<selectedcontent>` element with a clone of itself
* @param {MutationRecord} entry
*/
function is_selectedcontent_mutation(entry) {
	if (entry.target.closest("selectedcontent") !== null) return true;
	if (entry.type === "childList") {
		var nodes = [...entry.addedNodes, ...entry.removedNodes];
		return nodes.length > 0 && nodes.every((node) => node.nodeName === "SELECTEDCONTENT");
	}
	return false;
}
// node_modules/svelte/src/internal/client/dom/elements/attributes.js
/** @import { Blocker, Effect } from '#client' */
var IS_CUSTOM_ELEMENT = Symbol("is custom element");
var IS_HTML = Symbol("is html");
var LINK_TAG = IS_XHTML ? "link" : "LINK";
var PROGRESS_TAG = IS_XHTML ? "progress" : "PROGRESS";
/**
* The value/checked attribute in the template actually corresponds to the defaultValue property, so we need
* to remove it upon hydration to avoid a bug when someone resets the form value.
* @param {HTMLInputElement} input
* @returns {void}
*/
function remove_input_defaults(input) {
	if (!hydrating) return;
	var already_removed = false;
	var remove_defaults = () => {
		if (already_removed) return;
		already_removed = true;
		if (input.hasAttribute("value")) {
			var value = input.value;
			set_attribute(input, "value", null);
			input.value = value;
		}
		if (input.hasAttribute("checked")) {
			var checked = input.checked;
			set_attribute(input, "checked", null);
			input.checked = checked;
		}
	};
	/** @type {any} */ input[FORM_RESET_HANDLER] = remove_defaults;
	queue_micro_task(remove_defaults);
	add_form_reset_listener();
}
/**
* @param {Element} element
* @param {any} value
*/
function set_value(element, value) {
	var attributes = get_attributes(element);
	if (attributes.value === (attributes.value = value ?? void 0) || element.value === value && (value !== 0 || element.nodeName !== PROGRESS_TAG)) return;
	element.value = value ?? "";
}
/**
* @param {Element} element
* @param {boolean} checked
*/
function set_checked(element, checked) {
	var attributes = get_attributes(element);
	if (attributes.checked === (attributes.checked = checked ?? void 0)) return;
	element.checked = checked;
}
/**
* @param {Element} element
* @param {string} attribute
* @param {string | null} value
* @param {boolean} [skip_warning]
*/
function set_attribute(element, attribute, value, skip_warning) {
	var attributes = get_attributes(element);
	if (hydrating) {
		attributes[attribute] = element.getAttribute(attribute);
		if (attribute === "src" || attribute === "srcset" || attribute === "href" && element.nodeName === LINK_TAG) {
			if (!skip_warning);
			return;
		}
	}
	var previous = attributes[attribute];
	if (previous === (attributes[attribute] = value)) return;
	if (attribute === "loading") element[LOADING_ATTR_SYMBOL] = value;
	if (value == null) element.removeAttribute(attribute);
	else if (typeof value !== "string" && get_setters(element).has(attribute)) element[attribute] = value;
	else if (!(hydrating && (typeof value === "number" || typeof value === "boolean") && previous === String(value))) element.setAttribute(attribute, value);
}
/**
*
* @param {Element} element
*/
function get_attributes(element) {
	return element[ATTRIBUTES_CACHE] ??= {
		[IS_CUSTOM_ELEMENT]: element.nodeName.includes("-"),
		[IS_HTML]: element.namespaceURI === NAMESPACE_HTML
	};
}
/** @type {Map<string, Set<string>>} */
var setters_cache = /* @__PURE__ */ new Map();
/** @param {Element} element */
function get_setters(element) {
	var cache_key = element.getAttribute("is") || element.nodeName;
	var setters = setters_cache.get(cache_key);
	if (setters) return setters;
	setters_cache.set(cache_key, setters = /* @__PURE__ */ new Set());
	var descriptors;
	var proto = element;
	var element_proto = Element.prototype;
	while (element_proto !== proto) {
		descriptors = get_descriptors(proto);
		for (var key in descriptors) if (descriptors[key].set && key !== "innerHTML" && key !== "textContent" && key !== "innerText") setters.add(key);
		proto = get_prototype_of(proto);
	}
	return setters;
}
// node_modules/svelte/src/internal/client/dom/elements/bindings/input.js
/** @import { Batch } from '../../../reactivity/batch.js' */
/**
* @param {HTMLInputElement} input
* @param {() => unknown} get
* @param {(value: unknown) => void} set
* @returns {void}
*/
function bind_value(input, get, set = get) {
	var batches = /* @__PURE__ */ new WeakSet();
	listen_to_event_and_reset_event(input, "input", async (is_reset) => {
		/** @type {any} */
		var value = is_reset ? input.defaultValue : input.value;
		value = is_numberlike_input(input) ? to_number(value) : value;
		set(value);
		if (current_batch !== null) batches.add(current_batch);
		await tick();
		if (value !== (value = get())) {
			var start = input.selectionStart;
			var end = input.selectionEnd;
			var length = input.value.length;
			input.value = value ?? "";
			if (end !== null) {
				var new_length = input.value.length;
				if (start === end && end === length && new_length > length) {
					input.selectionStart = new_length;
					input.selectionEnd = new_length;
				} else {
					input.selectionStart = start;
					input.selectionEnd = Math.min(end, new_length);
				}
			}
		}
	});
	if (hydrating && input.defaultValue !== input.value || untrack(get) == null && input.value) {
		set(is_numberlike_input(input) ? to_number(input.value) : input.value);
		if (current_batch !== null) batches.add(current_batch);
	}
	render_effect(() => {
		var value = get();
		if (input === document.activeElement) {
			var batch = async_mode_flag ? previous_batch : current_batch;
			if (batches.has(batch)) return;
		}
		if (is_numberlike_input(input) && value === to_number(input.value)) return;
		if (input.type === "date" && !value && !input.value) return;
		if (value !== input.value) input.value = value ?? "";
	});
}
/**
* @param {HTMLInputElement} input
* @param {() => unknown} get
* @param {(value: unknown) => void} set
* @returns {void}
*/
function bind_checked(input, get, set = get) {
	listen_to_event_and_reset_event(input, "change", (is_reset) => {
		set(is_reset ? input.defaultChecked : input.checked);
	});
	if (hydrating && input.defaultChecked !== input.checked || untrack(get) == null) set(input.checked);
	render_effect(() => {
		var value = get();
		input.checked = Boolean(value);
	});
}
/**
* @param {HTMLInputElement} input
*/
function is_numberlike_input(input) {
	var type = input.type;
	return type === "number" || type === "range";
}
/**
* @param {string} value
*/
function to_number(value) {
	return value === "" ? null : +value;
}
// node_modules/svelte/src/internal/client/dom/elements/bindings/this.js
/** @import { ComponentContext, Effect } from '#client' */
/**
* @param {any} bound_value
* @param {Element} element_or_component
* @returns {boolean}
*/
function is_bound_this(bound_value, element_or_component) {
	return bound_value === element_or_component || bound_value?.[STATE_SYMBOL] === element_or_component;
}
/**
* @param {any} element_or_component
* @param {(value: unknown, ...parts: unknown[]) => void} update
* @param {(...parts: unknown[]) => unknown} get_value
* @param {() => unknown[]} [get_parts] Set if the this binding is used inside an each block,
* 										returns all the parts of the each block context that are used in the expression
* @returns {void}
*/
function bind_this(element_or_component = mark_as_component(), update, get_value, get_parts) {
	var component_effect = component_context.r;
	var parent = active_effect;
	effect(() => {
		/** @type {unknown[]} */
		var old_parts;
		/** @type {unknown[]} */
		var parts;
		render_effect(() => {
			old_parts = parts;
			parts = get_parts?.() || [];
			untrack(() => {
				if (!is_bound_this(get_value(...parts), element_or_component)) {
					update(element_or_component, ...parts);
					if (old_parts && is_bound_this(get_value(...old_parts), element_or_component)) update(null, ...old_parts);
				}
			});
		});
		return () => {
			let p = parent;
			while (p !== component_effect && p.parent !== null && p.parent.f & 33554432) p = p.parent;
			const teardown = () => {
				if (parts && is_bound_this(get_value(...parts), element_or_component)) update(null, ...parts);
			};
			const original_teardown = p.teardown;
			p.teardown = () => {
				teardown();
				original_teardown?.();
			};
		};
	});
	return element_or_component;
}
// node_modules/svelte/src/internal/client/reactivity/store.js
/**
* Whether or not the prop currently being read is a store binding, as in
* `<Child bind:x={$y} />`. If it is, we treat the prop as mutable even in
* runes mode, and skip `binding_property_non_reactive` validation
*/
var is_store_binding = false;
/**
* Returns a tuple that indicates whether `fn()` reads a prop that is a store binding.
* Used to prevent `binding_property_non_reactive` validation false positives and
* ensure that these props are treated as mutable even in runes mode
* @template T
* @param {() => T} fn
* @returns {[T, boolean]}
*/
function capture_store_binding(fn) {
	var previous_is_store_binding = is_store_binding;
	try {
		is_store_binding = false;
		return [fn(), is_store_binding];
	} finally {
		is_store_binding = previous_is_store_binding;
	}
}
// node_modules/svelte/src/internal/client/reactivity/props.js
/** @import { Derived, Effect, Source } from './types.js' */
/**
* This function is responsible for synchronizing a possibly bound prop with the inner component state.
* It is used whenever the compiler sees that the component writes to the prop, or when it has a default prop_value.
* @template V
* @param {Record<string, unknown>} props
* @param {string} key
* @param {number} flags
* @param {V | (() => V)} [fallback]
* @returns {(() => V | ((arg: V) => V) | ((arg: V, mutation: boolean) => V))}
*/
function prop(props, key, flags, fallback) {
	var runes = !legacy_mode_flag || (flags & 2) !== 0;
	var bindable = (flags & 8) !== 0;
	var lazy = (flags & 16) !== 0;
	var fallback_value = fallback;
	var fallback_dirty = true;
	var fallback_signal = void 0;
	var get_fallback = () => {
		if (lazy && runes) {
			fallback_signal ??= /* @__PURE__ */ derived(fallback);
			return get(fallback_signal);
		}
		if (fallback_dirty) {
			fallback_dirty = false;
			fallback_value = lazy ? untrack(fallback) : fallback;
		}
		return fallback_value;
	};
	/** @type {((v: V) => void) | undefined} */
	let setter;
	if (bindable) {
		var is_entry_props = STATE_SYMBOL in props || LEGACY_PROPS in props;
		setter = get_descriptor(props, key)?.set ?? (is_entry_props && key in props ? (v) => props[key] = v : void 0);
	}
	/** @type {V} */
	var initial_value;
	var is_store_sub = false;
	if (bindable) [initial_value, is_store_sub] = capture_store_binding(() => props[key]);
	else initial_value = props[key];
	if (initial_value === void 0 && fallback !== void 0) {
		initial_value = get_fallback();
		if (setter) {
			if (runes) props_invalid_value(key);
			setter(initial_value);
		}
	}
	/** @type {() => V} */
	var getter;
	if (runes) getter = () => {
		var value = props[key];
		if (value === void 0) return get_fallback();
		fallback_dirty = true;
		return value;
	};
	else getter = () => {
		var value = props[key];
		if (value !== void 0) fallback_value = void 0;
		return value === void 0 ? fallback_value : value;
	};
	if (runes && (flags & 4) === 0) return getter;
	if (setter) {
		var legacy_parent = props.$$legacy;
		return (function(value, mutation) {
			if (arguments.length > 0) {
				if (!runes || !mutation || legacy_parent || is_store_sub)
 /** @type {Function} */ setter(mutation ? getter() : value);
				return value;
			}
			return getter();
		});
	}
	var overridden = false;
	var d = ((flags & 1) !== 0 ? derived : derived_safe_equal)(() => {
		overridden = false;
		return getter();
	});
	if (bindable) get(d);
	var parent_effect = active_effect;
	return (function(value, mutation) {
		if (arguments.length > 0) {
			const new_value = mutation ? get(d) : runes && bindable ? proxy(value) : value;
			set(d, new_value);
			overridden = true;
			if (fallback_value !== void 0) fallback_value = new_value;
			return value;
		}
		if (is_destroying_effect && overridden || (parent_effect.f & 16384) !== 0) return d.v;
		return get(d);
	});
}
if (typeof HTMLElement === "function");
/**
* `onMount`, like [`$effect`](https://svelte.dev/docs/svelte/$effect), schedules a function to run as soon as the component has been mounted to the DOM.
* Unlike `$effect`, the provided function only runs once.
*
* It must be called during the component's initialisation (but doesn't need to live _inside_ the component;
* it can be called from an external module). If a function is returned _synchronously_ from `onMount`,
* it will be called when the component is unmounted.
*
* `onMount` functions do not run during [server-side rendering](https://svelte.dev/docs/svelte/svelte-server#render).
*
* @template T
* @param {() => NotFunction<T> | Promise<NotFunction<T>> | (() => any)} fn
* @returns {void}
*/
function onMount(fn) {
	if (component_context === null) lifecycle_outside_component("onMount");
	if (legacy_mode_flag && component_context.l !== null) init_update_callbacks(component_context).m.push(fn);
	else user_effect(() => {
		const cleanup = untrack(fn);
		if (typeof cleanup === "function") return cleanup;
	});
}
/**
* Legacy-mode: Init callbacks object for onMount/beforeUpdate/afterUpdate
* @param {ComponentContext} context
*/
function init_update_callbacks(context) {
	var l = context.l;
	return l.u ??= {
		a: [],
		b: [],
		m: []
	};
}
// node_modules/svelte/src/internal/disclose-version.js
if (typeof window !== "undefined") ((window.__svelte ??= {}).v ??= /* @__PURE__ */ new Set()).add("5");
// src/format/digits.ts
var PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
var ARABIC = "٠١٢٣٤٥٦٧٨٩";
/** Writes the digits of `text` in a style; with Persian digits the decimal point becomes ٫ and the comma ٬. */
function withDigits(text, style) {
	if (style === "latin") return text;
	return text.replace(/[0-9.,]/g, (sign) => {
		if (sign === ".") return "٫";
		if (sign === ",") return "٬";
		return PERSIAN[Number(sign)] ?? sign;
	});
}
/** The digit that a sign stands for, in Latin; other signs as they are. */
function latinDigit(sign) {
	const persian = PERSIAN.indexOf(sign);
	if (persian >= 0) return String(persian);
	const arabic = ARABIC.indexOf(sign);
	return arabic >= 0 ? String(arabic) : sign;
}
/** An amount as it was typed, with Latin digits and one sign for each meaning; nothing that counts is dropped. */
function amountSigns(text) {
	return [...text.trim()].map((sign) => {
		if (sign === "٫" || sign === "/") return ".";
		if (sign === "،") return ",";
		if (/[\u061c\u200c\u200e\u200f\u2066-\u2069]/.test(sign)) return "";
		return /\s/.test(sign) ? " " : latinDigit(sign);
	}).join("");
}
/** Reads a number that is a name, such as a block's: any digits, grouping signs dropped. */
function toLatin(text) {
	return [...text].map((sign) => {
		if (sign === "٬" || sign === "," || sign === "،" || /[\s\u200c\u200e\u200f]/.test(sign)) return "";
		return latinDigit(sign);
	}).join("");
}
// src/format/gram.ts
var NANO_PER_GRAM = 1000000000n;
/** More than every Gram there is (5·10⁹ and some inflation) is no amount. */
var NANO_MAX = 100000000000n * NANO_PER_GRAM;
/** "12500000000" → "12.5", with thousands grouped; `decimals` cuts (never rounds up) what is shown. */
function formatGram(nano, style = "latin", decimals = 9) {
	const value = BigInt(nano);
	const magnitude = value < 0n ? -value : value;
	const whole = (magnitude / NANO_PER_GRAM).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
	const fraction = (magnitude % NANO_PER_GRAM).toString().padStart(9, "0").slice(0, decimals).replace(/0+$/, "");
	return withDigits(`${value < 0n ? "−" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`, style);
}
/** "1234500000000" → "1234.5", as a person would type it into a field: without grouping. */
function typedGram(nano, style) {
	return formatGram(nano, style).replace(/[,٬]/g, "");
}
/** Whole Gram, plain or grouped by threes with one sign (comma, ٬ or a space), and what follows the point. */
var AMOUNT = /^(\d*|\d{1,3}(?:,\d{3})+|\d{1,3}(?:٬\d{3})+|\d{1,3}(?: \d{3})+)(?:\.(\d*))?$/;
/** A single comma: half of the world reads a decimal sign, the other half a grouping sign. */
var ONE_COMMA = /^(\d*),(\d*)$/;
var THOUSANDTHS = 3;
/** Reads an amount of Gram as people type it; what could mean two amounts is refused. */
function parseGram(text) {
	const plain = amountSigns(text);
	if (plain === "") return {
		ok: false,
		why: "empty"
	};
	const comma = ONE_COMMA.exec(plain);
	if (comma?.[2]?.length === THOUSANDTHS) return {
		ok: false,
		why: "ambiguous"
	};
	const match = AMOUNT.exec(comma === null ? plain : plain.replace(",", "."));
	if (match === null || !/\d/.test(plain)) return {
		ok: false,
		why: "no_number"
	};
	const whole = (match[1] ?? "").replace(/[,٬ ]/g, "");
	const fraction = (match[2] ?? "").replace(/0+$/, "");
	if (fraction.length > 9) return {
		ok: false,
		why: "too_fine"
	};
	const nano = BigInt(whole === "" ? "0" : whole) * NANO_PER_GRAM + BigInt(fraction.padEnd(9, "0"));
	if (nano === 0n) return {
		ok: false,
		why: "zero"
	};
	if (nano > NANO_MAX) return {
		ok: false,
		why: "too_large"
	};
	return {
		ok: true,
		nano: nano.toString()
	};
}
// src/format/time.ts
var DAY_MS = 864e5;
var formatters = /* @__PURE__ */ new Map();
/** The BCP 47 tag that carries language, calendar and digits. */
function localeOf(style) {
	return `${style.language === "fa" ? "fa-IR" : "en-GB"}-u-ca-${style.calendar === "jalali" ? "persian" : "gregory"}-nu-${style.digits === "persian" ? "arabext" : "latn"}`;
}
function formatter(style, options) {
	const locale = localeOf(style);
	const key = locale + JSON.stringify(options);
	let made = formatters.get(key);
	if (made === void 0) {
		made = new Intl.DateTimeFormat(locale, options);
		formatters.set(key, made);
	}
	return made;
}
function clock(at_ms, style) {
	return formatter(style, {
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23"
	}).format(at_ms);
}
function clockSeconds(at_ms, style) {
	return formatter(style, {
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23"
	}).format(at_ms);
}
/** Weekday and long date, composed: Intl's own Persian full date puts the year first. */
function longDate(at_ms, style, withYear = true) {
	const weekday = formatter(style, { weekday: "long" }).format(at_ms);
	const parts = formatter(style, {
		day: "numeric",
		month: "long",
		year: "numeric"
	}).formatToParts(at_ms);
	const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
	const date = `${part("day")} ${part("month")}${withYear ? ` ${part("year")}` : ""}`;
	return style.language === "fa" ? `${weekday} ${date}` : `${weekday}, ${date}`;
}
function dateTime(at_ms, style) {
	return `${longDate(at_ms, style)}، ${clockSeconds(at_ms, style)}`.replace("،", style.language === "fa" ? "،" : ",");
}
/** Midnight before a time, in this machine's time zone. */
function startOfDay(at_ms) {
	const date = new Date(at_ms);
	date.setHours(0, 0, 0, 0);
	return date.getTime();
}
function sameDay(a, b) {
	return startOfDay(a) === startOfDay(b);
}
/** Whole days between two times, by the calendar. */
function daysBetween(earlier, later) {
	return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY_MS);
}
/** Whether two times are in one year of the reader's calendar. */
function sameYear(a, b, style) {
	const year = (at) => formatter(style, { year: "numeric" }).format(at);
	return year(a) === year(b);
}
/** A short date, with its year when that is not this one. */
function shortDate(at_ms, now, style) {
	const parts = formatter(style, {
		day: "numeric",
		month: "short",
		year: "numeric"
	}).formatToParts(at_ms);
	const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
	return `${part("day")} ${part("month")}${sameYear(at_ms, now, style) ? "" : ` ${part("year")}`}`;
}
/** A moment to the second; on another day than today with its date. */
function moment(at_ms, now, style) {
	const time = clockSeconds(at_ms, style);
	return sameDay(at_ms, now) ? time : `${shortDate(at_ms, now, style)}${style.language === "fa" ? "،" : ","} ${time}`;
}
/** A list's time: clock today, weekday within a week, else a short date. */
function listTime(at_ms, now, style, yesterday) {
	const days = daysBetween(at_ms, now);
	if (days <= 0) return clock(at_ms, style);
	if (days === 1) return yesterday;
	if (days < 7) return formatter(style, { weekday: "short" }).format(at_ms);
	return shortDate(at_ms, now, style);
}
/** A separator's date: today, yesterday, or the date. */
function dayLabel(at_ms, now, style, words) {
	const days = daysBetween(at_ms, now);
	if (days === 0) return words.today;
	if (days === 1) return words.yesterday;
	return longDate(at_ms, style, !sameYear(at_ms, now, style));
}
// src/format/text.ts
/** Characters that turn the reading direction around for what follows. */
var BIDI_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
var BIDI_ALL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
var CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** A name: one line, no invisible direction signs (U+202E makes `exe.fdp` look like `pdf.exe`). */
function cleanName(name) {
	return name.replace(BIDI_ALL, "").replace(CONTROLS, "").replace(/\s+/g, " ").trim();
}
/** A message's words: direction overrides and control characters go, line breaks and ZWNJ stay. */
function cleanText(text) {
	return text.replace(BIDI_OVERRIDES, "").replace(/\r\n?/g, "\n").replace(CONTROLS, "");
}
/** A name within a sentence: the sentence's direction does not reach into it, nor its direction out of it. */
function isolate(name) {
	return `\u2068${name}\u2069`;
}
/** A sentence's own words and what stands isolated in it. */
function splitIsolates(sentence) {
	return sentence.split(/[\u2068\u2069]/).map((text, index) => ({
		text,
		isolated: index % 2 === 1
	})).filter((part) => part.text !== "");
}
/** A web address, or a link as the program writes it (specs/06-invite.md, specs/02-mailbox.md). */
var LINK = /https?:\/\/[^\s<>"'`{}|\\^«»]+|simurgh:(?:invite|bridge)#[A-Za-z0-9_-]{40,}/gi;
var OWN_LINK = /^\s*simurgh:(invite|bridge)#/i;
var LINKS_MAX = 50;
/** Signs without a shape, which messengers and right-to-left fields put around and into what is copied from them. */
var INVISIBLE = /\p{Cf}/gu;
/** A link of the program in other words, up to where its letters begin. */
var OWN_BEGIN = /simurgh:\s*(invite|bridge)\s*#\s*/i;
var LETTERS = /^[A-Za-z0-9_-]*/;
/** No whole link is so short: a line that ends before it was broken by a mail program or a page. */
var LINE_CHARACTERS_MAX = 120;
/** No word is so long: what follows a link and is longer belongs to it. */
var WORD_CHARACTERS_MAX = 28;
/** The program's own link in what was pasted: without invisible signs, line breaks and the words around it. */
function ownLink(pasted) {
	const text = pasted.replace(INVISIBLE, "").trim();
	const begin = OWN_BEGIN.exec(text);
	if (begin === null) return text;
	const head = `simurgh:${begin[1]?.toLowerCase()}#`;
	const [first = "", ...more] = text.slice(begin.index + begin[0].length).split(/\s+/);
	let letters = LETTERS.exec(first)?.[0] ?? "";
	let ended = letters !== first;
	const line = head.length + first.length;
	let even = line <= LINE_CHARACTERS_MAX;
	for (const piece of more) {
		const next = LETTERS.exec(piece)?.[0] ?? "";
		if (ended || next === "" || next.length <= WORD_CHARACTERS_MAX && !even) break;
		letters += next;
		ended = next !== piece;
		even &&= next.length === line;
	}
	return head + letters;
}
/** What kind of link of the program a text is; null when it is none, or cannot be told by its beginning. */
function kindOfLink(text) {
	return OWN_LINK.exec(text)?.[1]?.toLowerCase() ?? null;
}
/** Splits words into text, links and the program's own links; a link shows the host that it leads to, in ASCII. */
function splitLinks(text) {
	const parts = [];
	let end = 0;
	for (const match of text.matchAll(LINK)) {
		if (parts.length >= LINKS_MAX) break;
		const own = kindOfLink(match[0]);
		const found = own ? match[0] : trimLink(match[0]);
		const url = own ? null : safeUrl(found);
		if (url === null && own === null) continue;
		if (match.index > end) parts.push({
			kind: "text",
			text: text.slice(end, match.index)
		});
		end = match.index + found.length;
		if (own !== null) parts.push({
			kind: own,
			text: shorten(found, 22, 4),
			link: found
		});
		if (url === null) continue;
		const honest = /^[\u0021-\u007e]*$/.test(found.split("/")[2] ?? "");
		parts.push({
			kind: "link",
			text: honest ? found : url.href,
			href: url.href
		});
	}
	if (end < text.length) parts.push({
		kind: "text",
		text: text.slice(end)
	});
	return parts;
}
function trimLink(found) {
	let link = found.replace(/[.,;:!?…،؛؟]+$/u, "");
	while (link.endsWith(")") && link.split("(").length < link.split(")").length) link = link.slice(0, -1);
	return link;
}
function safeUrl(text) {
	try {
		const url = new URL(text);
		return url.username === "" && url.password === "" && url.hostname !== "" && (url.protocol === "https:" || url.protocol === "http:") ? url : null;
	} catch {
		return null;
	}
}
var FEW_EMOJI = 4;
var EMOJI = /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F)/u;
var signs = new Intl.Segmenter(void 0, { granularity: "grapheme" });
/** A few emoji and no words: they are shown large. */
function fewEmoji(text) {
	if (text.length > 64) return false;
	const shown = [...signs.segment(text)].map((sign) => sign.segment).filter((sign) => sign.trim() !== "");
	return shown.length > 0 && shown.length <= FEW_EMOJI && shown.every((sign) => EMOJI.test(sign));
}
/** The letters of an avatar: the first of the first two words. */
function initials(name) {
	return cleanName(name).split(" ").filter(Boolean).slice(0, 2).map((word) => [...word][0]?.toLocaleUpperCase() ?? "").join("‌");
}
/** A colour of the avatar palette, the same for a name everywhere. */
function hue(name, colours) {
	let hash = 2166136261;
	for (const sign of cleanName(name)) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16777619) >>> 0;
	return hash % colours;
}
/** Head and tail of a hash or address. */
function shorten(text, head = 6, tail = 4) {
	return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}
// src/i18n/doctor.ts
/** What each code is about, and whether all is well then. */
var CODES = {
	folder_private: {
		check: "folder",
		ok: true
	},
	folder_open: {
		check: "folder",
		ok: false
	},
	folder_lost: {
		check: "folder",
		ok: false
	},
	key_private: {
		check: "key",
		ok: true
	},
	key_open: {
		check: "key",
		ok: false
	},
	key_lost: {
		check: "key",
		ok: false
	},
	database_there: {
		check: "database",
		ok: true
	},
	database_lost: {
		check: "database",
		ok: false
	},
	words_saved: {
		check: "words",
		ok: true
	},
	words_devnet: {
		check: "words",
		ok: true
	},
	words_unsaved: {
		check: "words",
		ok: false
	},
	words_unknown: {
		check: "words",
		ok: false
	},
	operators_apart: {
		check: "operators",
		ok: true
	},
	operators_one: {
		check: "operators",
		ok: false
	},
	operators_near: {
		check: "operators",
		ok: false
	},
	operators_unknown: {
		check: "operators",
		ok: false
	},
	carrier_profile_used: {
		check: "carrier_profile",
		ok: true
	},
	carrier_profile_refused: {
		check: "carrier_profile",
		ok: false
	},
	relays_answer: {
		check: "relays",
		ok: true
	},
	relays_silent: {
		check: "relays",
		ok: false
	},
	relays_abroad_cut: {
		check: "relays",
		ok: false
	},
	relays_unknown: {
		check: "relays",
		ok: false
	},
	chain_moves: {
		check: "chain",
		ok: true
	},
	chain_stands: {
		check: "chain",
		ok: false
	},
	chain_silent: {
		check: "chain",
		ok: false
	}
};
function isWell(seen) {
	return CODES[seen.code].ok;
}
/** What was looked at and what was seen, as one line. */
function findingLine(words, seen, n) {
	const sentence = words.seen[seen.code];
	return `${words.checks[CODES[seen.code].check]}: ${sentence(seen, n)}`;
}
/** What the system said, to stand within a sentence. */
function said(error) {
	return isolate(error.replace(/\.$/, ""));
}
/** The relays that are silent, each with the system's own words. */
function silent(seen) {
	return seen.silent.map((relay) => relay.error === "" ? isolate(relay.host) : said(`${relay.host}: ${relay.error}`)).join(" · ");
}
var doctorEn = {
	checks: {
		folder: "Folder",
		key: "Key",
		database: "Database",
		words: "Words",
		operators: "Operators",
		carrier_profile: "Carrier profile",
		relays: "Relays",
		chain: "Chain"
	},
	seen: {
		folder_private: ({ path }) => `${isolate(path)} is yours alone.`,
		folder_open: ({ path }) => `Others on this machine can look into ${isolate(path)}. Run ${isolate("chmod 700")} on it.`,
		folder_lost: ({ error }) => `It can’t be read (${said(error)}). Check that the disk is there; stop and start Simurgh.`,
		key_private: ({ path }) => `${isolate(path)} is yours alone.`,
		key_open: ({ path }) => `Others can read ${isolate(path)}. Run ${isolate("chmod 600")} on it, and move to a new profile if they did.`,
		key_lost: ({ error }) => `It can’t be read (${said(error)}). Put it back before you stop Simurgh, or it won’t start.`,
		database_there: ({ kilobytes }, n) => `${n(kilobytes)} kB on disk.`,
		database_lost: ({ error }) => `It can’t be read (${said(error)}). Check that the disk is there; restore a backup if it is not.`,
		words_saved: () => "The 24 words are written down.",
		words_devnet: () => "The 24 words matter little: money here is without worth.",
		words_unsaved: () => "The 24 words are not written down. Without them this machine’s loss is the loss of the wallet.",
		words_unknown: ({ error }) => `It can’t be told whether they are written down (${said(error)}).`,
		operators_apart: ({ operators }, n) => `${n(operators)} operators run the relays: no one of them sees both who asks and what.`,
		operators_one: () => "No relay is apart from another, by operator, host or network: one hand may run them all and tell who writes where. Messages go on; ask for a network file with relays of several operators.",
		operators_near: ({ lone, all }, n) => `${n(lone)} of ${n(all)} relays have no other that is apart from them, by operator, host or network: one hand may tell who writes there. Messages go on; ask for a network file with relays of more operators.`,
		operators_unknown: ({ unnamed, may_be_all }, n) => `Nobody says who runs ${n(unnamed)} of the relays: one operator may be behind ${may_be_all ? "all" : "several"}. Messages go on; get a newer network file.`,
		carrier_profile_used: ({ number }, n) => number === 0 ? "The built-in one is used." : `Number ${n(number)} is used.`,
		carrier_profile_refused: ({ number, place, error }, n) => `The one in ${isolate(place)} can’t be used (${said(error)}); ${number === 0 ? "the built-in one" : `number ${n(number)}`} is. Messages go on; get a newer one from whoever runs the network, or take the broken one away.`,
		relays_answer: ({ all, waiting }, n) => `All ${n(all)} answer; ${n(waiting)} exchanges wait.`,
		relays_silent: (seen, n) => `${n(seen.silent.length)} of ${n(seen.all)} relays and bridges do not answer: ${silent(seen)}. ${seen.silent.length === seen.all ? "Check this machine’s connection; if that is well, get a newer network file or a bridge." : "A message is safe when two relays have taken it; until then it waits on this machine and goes by itself."}`,
		relays_abroad_cut: ({ answering, all, messages }, n) => `Abroad is cut off: ${n(answering)} of ${n(all)} answer, those inside the country; ${n(messages)} of your messages wait. They go by themselves when the way is open again; a bridge may get through.`,
		relays_unknown: ({ error }) => `It can’t be told whether they answer (${said(error)}).`,
		chain_moves: ({ seqno, age_s }, n) => `Block ${n(seqno)} is ${n(age_s)} s old.`,
		chain_stands: ({ seqno, age_s }, n) => `Block ${n(seqno)} is ${n(age_s)} s old. The chain stands still or this machine’s clock is wrong: compare the clock first.`,
		chain_silent: () => "It does not answer. Money can’t move before it does; look at the relays above."
	}
};
var doctorFa = {
	checks: {
		folder: "پوشه",
		key: "کلید",
		database: "پایگاه داده",
		words: "واژه‌ها",
		operators: "گردانندگان",
		carrier_profile: "الگوی راه پیام‌ها",
		relays: "رله‌ها",
		chain: "زنجیره"
	},
	seen: {
		folder_private: ({ path }) => `تنها شما به ${isolate(path)} دسترسی دارید.`,
		folder_open: ({ path }) => `دیگران در این دستگاه می‌توانند ${isolate(path)} را ببینند. فرمان ${isolate("chmod 700")} را بر آن اجرا کنید.`,
		folder_lost: ({ error }) => `خوانده نمی‌شود (${said(error)}). ببینید دیسک سر جایش هست؛ سیمرغ را ببندید و دوباره اجرا کنید.`,
		key_private: ({ path }) => `تنها شما به ${isolate(path)} دسترسی دارید.`,
		key_open: ({ path }) => `دیگران می‌توانند ${isolate(path)} را بخوانند. فرمان ${isolate("chmod 600")} را بر آن اجرا کنید، و اگر خوانده‌اند پروفایل تازه‌ای بسازید.`,
		key_lost: ({ error }) => `خوانده نمی‌شود (${said(error)}). پیش از بستن سیمرغ آن را بازگردانید، وگرنه دیگر اجرا نمی‌شود.`,
		database_there: ({ kilobytes }, n) => `${n(kilobytes)} کیلوبایت روی دیسک.`,
		database_lost: ({ error }) => `خوانده نمی‌شود (${said(error)}). ببینید دیسک سر جایش هست؛ اگر نیست پشتیبان را بازگردانید.`,
		words_saved: () => "۲۴ واژه نوشته شده‌اند.",
		words_devnet: () => "۲۴ واژه اینجا چندان مهم نیستند: پول این شبکه بی‌ارزش است.",
		words_unsaved: () => "۲۴ واژه نوشته نشده‌اند. بی آن‌ها با از دست رفتن این دستگاه کیف پول از دست می‌رود.",
		words_unknown: ({ error }) => `دانسته نیست که نوشته شده‌اند یا نه (${said(error)}).`,
		operators_apart: ({ operators }, n) => `رله‌ها در دست ${n(operators)} گرداننده‌اند: هیچ‌یک هم فرستنده و هم مقصد را نمی‌بیند.`,
		operators_one: () => "هیچ رله‌ای، از روی گرداننده، میزبان یا شبکه، از دیگری جدا نیست: شاید همه در دست یک نفر باشند و او بداند چه کسی به کجا می‌نویسد. پیام‌ها می‌رسند؛ پروندهٔ شبکه‌ای با رله‌های چند گرداننده بخواهید.",
		operators_near: ({ lone, all }, n) => `${n(lone)} رله از ${n(all)} رله، از روی گرداننده، میزبان یا شبکه، از هیچ رلهٔ دیگری جدا نیست: شاید یک نفر بداند چه کسی به آنجا می‌نویسد. پیام‌ها می‌رسند؛ پروندهٔ شبکه‌ای با گردانندگان بیشتر بخواهید.`,
		operators_unknown: ({ unnamed, may_be_all }, n) => `معلوم نیست ${n(unnamed)} رله را چه کسی می‌گرداند: شاید ${may_be_all ? "همه" : "چندتا"} در دست یک نفر باشند. پیام‌ها می‌رسند؛ پروندهٔ شبکهٔ تازه‌تری بگیرید.`,
		carrier_profile_used: ({ number }, n) => number === 0 ? "الگوی خود برنامه به کار است." : `الگوی شمارهٔ ${n(number)} به کار است.`,
		carrier_profile_refused: ({ number, place, error }, n) => `الگویی که در ${isolate(place)} است به کار نمی‌آید (${said(error)})؛ ${number === 0 ? "الگوی خود برنامه" : `الگوی شمارهٔ ${n(number)}`} به کار است. پیام‌ها می‌رسند؛ الگوی تازه‌تری از گردانندهٔ شبکه بگیرید، یا آن را بردارید.`,
		relays_answer: ({ all, waiting }, n) => `هر ${n(all)} رله پاسخ می‌دهند؛ ${n(waiting)} تبادل در انتظار است.`,
		relays_silent: (seen, n) => `از ${n(seen.all)} رله و پل ${n(seen.silent.length)} تا پاسخ نمی‌دهند: ${silent(seen)}. ${seen.silent.length === seen.all ? "اتصال این دستگاه را بررسی کنید؛ اگر درست است، پروندهٔ شبکهٔ تازه‌تر یا پلی بگیرید." : "هر پیام وقتی ایمن است که دو رله آن را گرفته باشند؛ تا آن هنگام در همین دستگاه می‌ماند و خودش می‌رود."}`,
		relays_abroad_cut: ({ answering, all, messages }, n) => `راه خارج بسته است: ${n(answering)} رله از ${n(all)} رله پاسخ می‌دهند، آن‌ها که درون کشورند؛ ${n(messages)} پیام شما در انتظار است. همین که راه باز شود خودشان می‌روند؛ شاید از راه یک پل بشود.`,
		relays_unknown: ({ error }) => `دانسته نیست که پاسخ می‌دهند یا نه (${said(error)}).`,
		chain_moves: ({ seqno, age_s }, n) => `سن بلوک ${n(seqno)}: ${n(age_s)} ثانیه.`,
		chain_stands: ({ seqno, age_s }, n) => `سن بلوک ${n(seqno)}: ${n(age_s)} ثانیه. زنجیره ایستاده یا ساعت این دستگاه نادرست است: نخست ساعت را بسنجید.`,
		chain_silent: () => "پاسخ نمی‌دهد. تا پاسخ ندهد پولی جابه‌جا نمی‌شود؛ رله‌های بالا را ببینید."
	}
};
// src/i18n/plural.ts
var rules = {
	en: new Intl.PluralRules("en"),
	fa: new Intl.PluralRules("fa")
};
function plural(language, count, forms) {
	return rules[language].select(count) === "one" ? forms.one : forms.other;
}
// src/i18n/en.ts
var p$1 = (count, one, other) => plural("en", count, {
	one,
	other
});
var en = {
	app: "Simurgh",
	devnet: "DEVNET · money without worth, for trying things out",
	skip: "Skip to the content",
	close: "Close",
	cancel: "Cancel",
	back: "Back",
	copied: "Copied",
	retry: "Try again",
	done: "Done",
	loading: "Loading…",
	gram: "Gram",
	today: "Today",
	yesterday: "Yesterday",
	nav: {
		label: "Sections",
		chats: "Chats",
		wallet: "Wallet",
		explorer: "Explorer",
		settings: "Settings"
	},
	connection: {
		connecting: "Connecting to Simurgh on this machine…",
		offline: "Simurgh on this machine does not answer. Trying again; your drafts are kept.",
		expiredTitle: "This page’s key has been used",
		expiredText: "For safety each address opens the page once. To get a fresh one, run this where Simurgh runs, with the same profile, and open the address that it prints:",
		expiredCommand: "simurgh up"
	},
	welcome: {
		title: "Welcome to Simurgh",
		text: "No phone number, no e-mail. Choose the name that your contacts see first; you can be anyone.",
		name: "Your name",
		go: "Begin"
	},
	chats: {
		title: "Chats",
		search: "Search",
		searchLabel: "Search contacts and messages",
		searchClear: "Clear the search",
		empty: "Nobody here yet",
		emptyText: "Invite somebody, or paste the link that somebody sent you.",
		add: "New contact",
		pick: "Choose a chat to begin",
		pickText: "Every message here is end-to-end encrypted with keys that a quantum computer can’t break either.",
		noMessages: "No messages yet",
		you: "You",
		unread: (n) => p$1(n.count, `${n.text} unread message`, `${n.text} unread messages`),
		draft: "Draft",
		foundPeople: "People",
		foundMessages: "Messages",
		foundNothing: "Nothing found",
		invited: "Waiting for their answer",
		failed: "The invitation failed",
		unnamed: "New contact",
		paymentIn: (amount) => `Received ${amount} Gram`,
		paymentOut: (amount) => `Sent ${amount} Gram`
	},
	thread: {
		label: (name) => `Conversation with ${isolate(name)}`,
		compose: "Message",
		held: {
			cut: "Waits: abroad is cut off.",
			bad: "Waits: nothing gets through now.",
			few: "Waits: too few relays answer."
		},
		send: "Send",
		pay: "Pay",
		reply: "Reply",
		replyToSelf: "Reply to yourself",
		replyTo: (name) => `Reply to ${isolate(name)}`,
		cancelReply: "Don’t reply",
		copyText: "Copy text",
		newest: "To the newest message",
		unreadFrom: "Unread",
		empty: "Say hello",
		emptyText: (name) => `What you write here, only you and ${isolate(name)} can read.`,
		invited: "You can write when they have answered. What you write now is kept and sent then.",
		encrypted: "End-to-end encrypted",
		details: "About this contact",
		gone: "This conversation is no longer here.",
		quoteGone: "An earlier message",
		tooLong: (n) => `Too long by ${n.text} bytes`,
		incoming: (name, text) => `${isolate(name)}: ${isolate(text)}`,
		linkWarn: "Opens outside Simurgh",
		linkNames: {
			invite: "Invitation",
			bridge: "Bridge"
		},
		linkWarns: {
			invite: "Adds a contact after you agreed",
			bridge: "Adds a bridge after you agreed"
		},
		failed: "You can’t write or pay here. Remove this contact and ask for a new link.",
		again: "Remove and ask for a new link",
		notices: {
			unreadable: "A message came that this version can’t read.",
			payments_unproven: "More payments were announced than the chain shows. Further ones are listed when it does.",
			other: "Something happened here that this page has no words for."
		}
	},
	state: {
		pending: "Being sent",
		accepted: "Safe at the relays",
		delivered: "Delivered",
		read: "Read",
		failed: "Not sent",
		received: "Received"
	},
	payment: {
		sent: "You sent",
		received: "You received",
		leaving: "Sending",
		payment: "Payment",
		sending: "On its way to a block…",
		promised: "Promised, not final: the chain can’t be reached. Nothing is paid yet; it is paid by itself when the way is open again.",
		promisedIn: "Promised, not final yet: as far as is known here, nothing has been paid.",
		unconfirmed: "Sent, not confirmed: it may be paid already. That is known when the chain can be reached; don’t pay it another way meanwhile.",
		unconfirmedIn: "Sent to you, not confirmed yet: it may be paid already, and is final only when the chain shows it.",
		promising: "You promise",
		promise: "Promised to you",
		arriving: "Arriving…",
		final: "Final",
		failed: "Not paid.",
		problems: {
			not_enough: "There was not enough money for it with the fee.",
			not_in_time: "The chain did not take it in time. Nothing was spent.",
			not_made: "The chain did not make it. At most the fee was taken.",
			refused: "The chain did not take it. Nothing was spent."
		},
		refusals: {
			too_large: "The message is too large for the chain.",
			malformed: "A node could not read the message.",
			known: "The message waits for a block already.",
			account_full: "Too many messages of this account wait.",
			pool_full: "Too many messages wait for a block.",
			wrong_account: "The message is not for this account.",
			balance: "The account has too little money.",
			account_missing: "The account does not exist on the chain yet.",
			wrong_state: "The account’s code is another one.",
			frozen: "The account is frozen.",
			signature_disabled: "The account takes no signed messages.",
			seqno: "The account expects a message of another number.",
			wallet_id: "The message is for another wallet.",
			bad_signature: "The signature is wrong.",
			expired: "The message came too late.",
			not_accepted: "The account did not accept the message.",
			impossible: "The chain can’t run the message.",
			node_state: "A node can’t read its own state."
		},
		transaction: "See it on the chain",
		fee: (fee) => `fee ${fee}`
	},
	pay: {
		title: (name) => `Pay ${isolate(name)}`,
		sendTitle: "Send Gram",
		amount: "Amount",
		to: "To",
		toHint: "An address or a contact’s name",
		comment: "Comment",
		commentHint: "What is it for? (may stay empty)",
		commentPublic: "Everybody can read this on the chain.",
		review: "Continue",
		confirm: (total) => `Pay ${total} Gram`,
		fee: "Fee",
		total: "Total",
		balance: (balance) => `You have ${balance} Gram`,
		receives: (name) => `${isolate(name)} receives`,
		insufficient: "That is more than you have.",
		noNumber: "Write a number, such as 12.5 or 1,250,000.",
		ambiguous: "This can be read as two amounts. Write 1000 for a thousand, or 1.5 with a point.",
		tooFine: "At most nine digits after the point.",
		tooLarge: "There isn’t so much Gram.",
		asking: "Asking for the fee…",
		finality: "Once it is final, nobody can take it back.",
		promise: "The chain can’t be reached now, so this is a promise: nothing is paid yet. It is paid by itself when the way is open again.",
		promiseGo: (total) => `Promise ${total} Gram`,
		edit: "Change",
		busy: "Handing it to the network…",
		locked: "Spending is locked. Unlock Simurgh where it runs.",
		noAddress: "Give an address."
	},
	wallet: {
		title: "Wallet",
		balance: "Balance",
		pending: (amount) => `${amount} Gram promised or on its way, not final yet`,
		send: "Send",
		receive: "Receive",
		history: "History",
		empty: "No payments yet",
		emptyText: "What you receive and send appears here.",
		address: "Your address",
		addressText: "Whoever has it can pay you, and can see this account’s balance. In chats a fresh address is used each time.",
		in: "Received",
		out: "Sent",
		from: (peer) => `From ${isolate(peer)}`,
		to: (peer) => `To ${isolate(peer)}`,
		older: "Show older",
		copyAddress: "Copy address",
		sendingTo: (amount) => `Sending ${amount} Gram`,
		sendFinal: (amount) => `${amount} Gram sent. It is final.`,
		sendFailed: "The transfer failed.",
		remind: "Write down your 24 words",
		remindText: "There is money here now. Without the words it is lost with this machine.",
		remindGo: "Show me the words",
		proven: "Proven from a block that the validators signed",
		newest: (when) => `Newest block: ${when}`,
		asOf: {
			away: "Simurgh on this machine does not answer. The balance is as it was last known",
			lost: "The chain can’t be reached now. The balance is as it was last seen",
			old: "No new block comes. The balance is as it was last seen"
		}
	},
	contact: {
		title: "New contact",
		invite: "Invite",
		add: "I have a link",
		inviteText: "Show this to one person, or send them the link by a way you trust. It works once.",
		expires: (when) => `Good until ${when}`,
		copyLink: "Copy link",
		qr: "Invite link as a QR code",
		making: "Making a link…",
		again: "Make another link",
		paste: "Paste the link here",
		addGo: "Add contact",
		adding: "Saying hello…",
		scan: "Scan with the camera",
		scanFile: "Read a picture",
		noCode: "There is no QR code in this picture that can be read.",
		stopScan: "Stop the camera",
		scanLabel: "The camera’s picture",
		noCamera: "The camera can’t be used. Paste the link instead.",
		added: "Link accepted. Waiting for their answer.",
		rename: "Rename",
		newName: "New name",
		remove: "Remove contact",
		removeAsk: (name) => `Remove ${isolate(name)} and the whole conversation from this machine?`,
		removeGo: "Remove",
		since: (when) => `Contact since ${when}`,
		verified: "Safety number compared",
		unverified: "Safety number not yet compared",
		problems: {
			not_there: "Their device has not answered yet, or somebody else used the link.",
			expired: "The link expired before their device answered.",
			impostor: "Whoever answered is not who made the link.",
			bad_key: "The key that waited at the link can’t be used."
		},
		problem: "The invitation did not work."
	},
	bridge: {
		title: "Bridges",
		text: "A bridge is a relay that is on no list, so it is harder to block. Messages go through it when no relay of the network can be reached directly.",
		none: "You have no bridge yet.",
		add: "Add a bridge",
		addText: "Somebody who runs a bridge gives you a link to it. The link is good for one person, once.",
		adding: "Reading the link…",
		added: "The link is good. The bridge is being asked to let you in.",
		name: (n) => `Bridge ${n}`,
		waiting: "is being asked to let you in",
		ready: "ready for when it is needed",
		inUse: "in use",
		closed: "nothing gets through it now",
		problems: {
			used: "The link was used by somebody else, or is too old. Remove the bridge and ask for another link.",
			unreachable: "It can’t be reached yet. Simurgh goes on trying.",
			not_a_bridge: "What answers there is not this bridge. Simurgh goes on trying."
		},
		remove: "Remove",
		removeLabel: (name) => `Remove ${name}`,
		removeTitle: "Remove the bridge?",
		removeAsk: (host) => `${isolate(host)} is no longer used. To come back to it you need a new link.`,
		removed: "The bridge is removed.",
		friend: {
			open: "Invite a friend",
			openLabel: (name) => `Invite a friend to ${name}`,
			title: "A link for a friend",
			text: "With this link one friend gets to the same bridge. Hand it over in person, or by a way that nobody else reads: whoever gets it can find the bridge.",
			qr: "The link to the bridge as a code",
			again: (n) => `The bridge gives the same link until somebody has used it, and up to ${n} more over time.`,
			last: "The bridge gives the same link until somebody has used it; it is your last.",
			asking: "Asking the bridge…",
			not_yet: (when) => `The bridge gives you the next link from ${when} on. One comes with each two days that you are there.`,
			no_more: "The bridge has given you all of your links.",
			full: "The bridge gives no more links for friends. Whoever runs it can give you one.",
			refused: "The bridge gave no link: its program is older, something is wrong there, or it lets you in no more. Whoever runs it can give you one."
		}
	},
	otherLink: {
		bridge: {
			text: "This link leads to a bridge, not to a person.",
			go: "Add it as a bridge"
		},
		invite: {
			text: "This link leads to a person, not to a bridge.",
			go: "Add it as a contact"
		}
	},
	offline: {
		title: "Without the network",
		text: "When no relay can be reached, messages travel in a file: on a stick, by cable, from hand to hand; or as QR codes from a screen to a camera. Each arrives once, whichever way it comes first.",
		lan: "Reach contacts on the same network",
		lanText: "While this is on, everybody on the network can see that Simurgh runs here, but not who you are or who your contacts are.",
		lanHere: (names) => `Here now: ${names}`,
		lanNobody: "No contact is here now.",
		lanProblem: "This machine does not let Simurgh look for others on the network.",
		to: "Who may open it",
		everybody: "Everybody who carries it",
		save: "Save a file",
		saving: "Writing…",
		take: "Take a file",
		taking: "Reading…",
		saved: (n) => p$1(n.count, `Saved, with ${n.text} piece of what is on its way.`, `Saved, with ${n.text} pieces of what is on its way.`),
		savedNothing: "Saved. Nothing is on its way: everything has arrived.",
		leftOut: "Not everything fitted. Save another file when this one was answered.",
		messages: (n) => p$1(n.count, `${n.text} new message.`, `${n.text} new messages.`),
		nothingNew: "Nothing in it is new.",
		receipts: "It brought word of what has arrived there.",
		carried: (n) => p$1(n.count, `You carry ${n.text} piece for others now; nobody can read it here.`, `You carry ${n.text} pieces for others now; nobody can read them here.`),
		noRoom: "There was no room for more that is for others.",
		fromFuture: "It says to be from the future: look whether this machine’s clock is right.",
		newer: "This file was made by a newer Simurgh. Update this one."
	},
	codes: {
		show: "Show as QR codes",
		scan: "Scan QR codes",
		showTitle: "Messages as QR codes",
		showText: "Hold this in front of the other one’s camera until all codes are read. The order does not matter, and they begin again.",
		drawing: "Drawing the codes…",
		nothing: "Nothing is on its way: everything has arrived.",
		leftOut: "Not everything fitted into QR codes. For the rest, save a file.",
		place: (n, all) => `${n} of ${all}`,
		label: (place) => `QR code ${place}`,
		pause: "Pause",
		goOn: "Go on",
		before: "The code before",
		after: "The next code",
		slow: "Slower, for cameras that miss some",
		scanTitle: "Read messages from QR codes",
		scanText: "Point the camera at the codes until all of them are read. What was missed comes again.",
		searching: "Looking for a code…",
		read: (n, all) => `${n} of ${all} codes read`,
		other: "This code is of other messages than those read so far.",
		again: "Begin again",
		noFrame: "This code does not hold messages.",
		noCode: "There is no QR code in a picture that can be read.",
		noCamera: "The camera can’t be used. Choose pictures of the codes instead.",
		camera: "Use the camera",
		pictures: "Read pictures of the codes",
		newer: "These codes were made by a newer Simurgh. Update this one.",
		program: "A program is in this file too. It can be taken out and checked on the command line:"
	},
	explorer: {
		title: "Explorer",
		search: "Block number, address or transaction",
		searchGo: "Find",
		blocks: "Newest blocks",
		block: "Block",
		blockName: (n) => `Block ${n}`,
		masterchain: "masterchain",
		basechain: "basechain",
		height: "Height",
		validators: "Validators",
		tps: "Transactions a second",
		age: "Age of the newest block",
		transactions: (n) => p$1(n.count, `${n.text} transaction`, `${n.text} transactions`),
		empty: "No transactions in this block",
		account: "Account",
		transaction: "Transaction",
		none: "Nothing goes by that here.",
		noBlocks: "No blocks yet",
		rootHash: "Root hash",
		fileHash: "File hash",
		parent: "Block before",
		time: "Time",
		shard: "Shard",
		workchain: "Workchain",
		state: "State",
		states: {
			active: "Active",
			uninit: "Not deployed yet",
			frozen: "Frozen",
			nonexist: "Never used"
		},
		balance: "Balance",
		raw: "Raw address",
		code: "Code hash",
		lastLt: "Last logical time",
		lt: "Logical time",
		verified: "Proven by the validators’ signatures",
		unverified: "As a node tells it, without a proof",
		success: "Succeeded",
		failure: "Failed",
		exit: "Exit code",
		gas: "Gas used",
		fee: "Fee",
		inMessage: "Set off by",
		outMessages: "Messages sent",
		from: "From",
		to: "To",
		value: "Value",
		comment: "Comment",
		external: "outside the chain",
		live: "Live",
		seconds: (n) => `${n} s`,
		older: "Older blocks",
		hash: "Hash",
		copy: (what) => `Copy: ${what}`,
		backToBlocks: "All blocks"
	},
	settings: {
		title: "Settings",
		look: "Language and look",
		language: "Language",
		theme: "Colours",
		digits: "Digits",
		calendar: "Calendar",
		auto: "As the system",
		autoLanguage: "As the language",
		dark: "Dark",
		light: "Light",
		persian: "Persian ۱۲۳",
		latin: "Latin 123",
		jalali: "Solar Hijri (Jalali)",
		gregorian: "Gregorian",
		words: "Your 24 words",
		wordsText: "They are you: with them you get your name’s keys and your money back on another machine. Write them on paper; never into a photo or a chat.",
		wordsShow: "Show the words",
		wordsHide: "Hide them",
		wordsLook: "Make sure that nobody looks over your shoulder.",
		wordsSaved: "I have written them down",
		wordsDone: "You have written them down.",
		network: "Relays",
		networkText: "Each message lies with three relays until it is fetched. None of them sees both who writes and who reads.",
		doctor: "Check everything",
		doctorRunning: "Checking…",
		doctorOk: "All is well.",
		about: "About",
		aboutText: "Simurgh is a messenger with money and no centre. Free software, MIT or Apache-2.0.",
		aboutName: "Thirty birds went to look for the Simurgh, and found that they were it.",
		you: "You",
		networkName: "Network",
		font: "Type: Vazirmatn, SIL Open Font License 1.1"
	},
	carrier: {
		label: "How it travels",
		auto: "Whichever works",
		hint: "Simurgh finds the way that works by itself. A way that is chosen here is the only one that is tried.",
		kept: "HTTPS, kept connections",
		rotating: "HTTPS, short connections",
		browser: "The browser of an open page",
		dns: "Name servers: slow, texts and payments only"
	},
	region: {
		label: "Your country",
		unsaid: "Not said",
		hint: "While a country’s border is closed, people inside go on writing to each other if relays inside keep their messages. If you say where you are, two of the three relays of each contact are chosen there; for older contacts that takes until they have answered. The choice stays on this machine, but contacts, and whoever sees your invite links, can tell the country by those relays; and those relays are within its reach.",
		elsewhere: (n) => p$1(n.count, `${n.text} contact has not answered yet that they write there: until then it goes to relays elsewhere.`, `${n.text} contacts have not answered yet that they write there: until then it goes to relays elsewhere.`)
	},
	shield: {
		label: "How your messages travel",
		good: "Protected",
		some: "Protected, with fewer relays",
		few: "Too few relays answer; messages wait here",
		away: "Not known: Simurgh on this machine does not answer",
		bridge: "Protected, through a bridge",
		browser: "Protected, through this browser",
		bad: "Nothing gets through",
		cut: "Abroad is cut off",
		cutText: "Relays inside the country answer, those abroad don’t. Messages to people inside go on; the rest waits safely on this machine and goes by itself when the way is open again.",
		unknown: "Not known yet",
		unknownText: "No message has travelled since Simurgh started; the relays are being asked.",
		noRelays: "No relays are known yet.",
		goodText: "Encrypted end to end, through two relays that can’t tell who talks to whom.",
		someText: "Some relays don’t answer. Messages go through the others; what can’t go yet waits on this machine, and nothing is lost.",
		fewText: "Two relays have to take a message before it is safe with them. Until enough answer, messages wait safely on this machine; then they go by themselves.",
		awayText: "Which relays answer and what waits is told again as soon as it does.",
		bridgeText: "No relay of the network can be reached directly, so messages go through a bridge. They are encrypted as always.",
		browserText: "The browser of an open page carries the messages. They are encrypted as always.",
		badText: "Messages wait safely on this machine and go out as soon as enough relays answer.",
		carrier: {
			https: "It looks like ordinary visits to websites (HTTPS).",
			rotating: "It looks like many short visits to websites (HTTPS).",
			dns: "It goes through the network’s name servers, like questions for the addresses of websites.",
			browser: "It is this browser that visits the websites (HTTPS)."
		},
		reason: {
			usual: "Messages go the usual way.",
			frozen: "Longer connections freeze on this network, so short ones take turns. It is slower, and nothing is lost.",
			blocked: "The usual way does not get through on this network; this one does.",
			narrow: "Nothing better gets through on this network. It is slow, and only texts and payments go this way.",
			fingerprint: "Only browsers get through on this network, so this page’s browser carries the messages. Leave the page open.",
			abroad_cut: "No way over the border is open at present. Simurgh goes on trying by itself.",
			pinned: "Messages go the way that you chose in the settings.",
			down: "The way abroad is cut off, or this machine has no connection. Simurgh goes on trying by itself."
		},
		relays: (ok, all) => `${ok.text} of ${p$1(all.count, `${all.text} relay answers`, `${all.text} relays answer`)}`,
		messages: (n) => p$1(n.count, `${n.text} message waits`, `${n.text} messages wait`),
		cutWaiting: (n) => p$1(n.count, `Abroad is cut off; ${n.text} message waits`, `Abroad is cut off; ${n.text} messages wait`),
		fewWaiting: (n) => p$1(n.count, `Too few relays answer; ${n.text} message waits here`, `Too few relays answer; ${n.text} messages wait here`),
		apart: "Send without the network: a file or QR codes",
		tryBridge: "A bridge may get through. Whoever runs one can give you a link.",
		relay: (n) => `Relay ${n}`,
		ok: "answers",
		notOk: "does not answer",
		never: "not used yet",
		notNow: "not known now",
		took: (n) => `in ${n} ms`
	},
	demo: {
		title: "A whole network on this machine",
		lead: (people, validators, relays) => `${people.text} ${p$1(people.count, "person", "people")}, ${validators.text} ${p$1(validators.count, "validator", "validators")}, ${relays.text} ${p$1(relays.count, "relay", "relays")}. Nothing is simulated: real keys, real blocks, real encryption.`,
		page: (name) => `${isolate(name)}’s page`,
		people: "People",
		checklist: "Try it in a minute",
		write: "Write a message",
		writeText: "From either side. Watch the ticks: safe at the relays, delivered, read.",
		pay: "Pay 5 Gram",
		payText: "With the coin button beside the message. It is final in about a second.",
		see: "See it on the chain",
		seeText: "Open the link in the payment’s bubble.",
		stopValidator: "Stop a validator",
		stopValidatorText: (left, all) => `${left.text} of ${all.text} go on making blocks.`,
		stopValidatorHalts: (all, needed) => `With ${all.text} this halts it: ${needed.text} must sign each block. Start it again and blocks go on.`,
		stopRelay: "Stop a relay",
		stopRelayText: (copies) => `Each message lies with ${copies.text}; two are enough.`,
		stopRelayHalts: "This halts it: two relays are needed. Messages wait on this machine until it runs again.",
		still: "Everything still works",
		stillText: "With both stopped, write once more: it arrives.",
		stillHalts: "Not with this network: stopping both halts it. Start it with more validators or relays to see it.",
		haltsValidators: "Stopping one more validator halts it: no new blocks.",
		haltsRelays: "Stopping one more relay halts it: messages wait.",
		haltedValidators: "Too few validators run: no new blocks until one more does.",
		haltedRelays: "Too few relays run: messages wait on this machine.",
		allDone: "That is all. Nobody can switch it off.",
		progress: (done, all) => `${done.text} of ${all.text} done`,
		network: "Network",
		validator: (n) => `Validator ${n}`,
		relay: (n) => `Relay ${n}`,
		running: "running",
		stopped: "stopped",
		height: "Block",
		language: "فارسی",
		theme: "Dark or light",
		panel: "The demo’s network",
		ticked: "done",
		open: "still to do"
	},
	error: {
		title: "That didn’t work",
		unknown: "It is not known whether it was sent. Look first. Sent again from here, it still goes only once.",
		reasons: {
			bad_request: "Something is broken here. Try again; a check in the settings may tell why.",
			no_such_method: "Something is broken here. Try again; a check in the settings may tell why.",
			bad_params: "Something is broken here. Try again; a check in the settings may tell why.",
			internal: "Something is broken here. Try again; a check in the settings may tell why.",
			no_session: "This page’s session has ended. Open a fresh address.",
			not_found: "There is no such thing here.",
			bad_link: "This is not a whole link of Simurgh. Copy it again, from “simurgh:” to its end.",
			link_changed: "This link was changed on the way. Ask for another one, over another way.",
			expired: "This link has expired. Ask for a new one.",
			own_link: "This is your own link. Give it to the person you want to talk to.",
			already_contact: "Whoever made this link is your contact already.",
			other_network: "This link belongs to another network.",
			newer_version: "This link was made by a newer Simurgh. Update this one.",
			unknown_relays: "None of the relays needed is known here. Get a newer network file.",
			bad_value: "This is no valid address or amount.",
			bad_name: "A name has 1 to 64 characters.",
			bad_text: "A message can’t be empty or longer than 64 kB.",
			name_taken: "Another contact has this name. Choose another one.",
			conflict: "That is already so.",
			full: "There is no room for more. Remove what you no longer need.",
			insufficient: "There isn’t enough in the wallet.",
			no_payment_address: "No payment address has come from them yet. It comes by itself as soon as you are both online.",
			refused: "The transfer can’t be made.",
			unreachable: "Nobody answered in time. Try again in a moment.",
			bad_proof: "A node’s proof is wrong, so its answer is not shown. Try again.",
			locked: "Spending is locked. Unlock Simurgh where it runs.",
			busy: "Too much at once. Try again in a moment.",
			bad_bundle: "This is no file with messages. Choose the one that Simurgh saved.",
			bundle_cut_off: "The end of this file is missing. Copy it again.",
			bundle_changed: "This file was changed or damaged on the way. Copy it again.",
			bundle_too_long: "This file is too large. Ask for one with less in it.",
			bundle_for_others: "This file is sealed for somebody else. It can only be passed on.",
			not_connected: "This contact has not answered yet, and that goes over a relay. Try again when they have.",
			no_demo: "There is no demo here. Run “simurgh demo”.",
			not_switched: "It could not be stopped or started. Try again.",
			offline: "Simurgh on this machine does not answer.",
			timeout: "It takes too long to answer. Try again in a moment.",
			cut: "Simurgh on this machine stopped answering."
		}
	},
	doctor: doctorEn
};
// src/i18n/fa.ts
var p = (count, one, other) => plural("fa", count, {
	one,
	other
});
var fa = {
	app: "سیمرغ",
	devnet: "شبکهٔ آزمایشی · پول بی‌ارزش برای آزمایش",
	skip: "رفتن به محتوا",
	close: "بستن",
	cancel: "انصراف",
	back: "بازگشت",
	copied: "رونوشت شد",
	retry: "دوباره",
	done: "پایان",
	loading: "در حال بارگذاری…",
	gram: "گرام",
	today: "امروز",
	yesterday: "دیروز",
	nav: {
		label: "بخش‌ها",
		chats: "گفتگوها",
		wallet: "کیف پول",
		explorer: "کاوشگر",
		settings: "تنظیمات"
	},
	connection: {
		connecting: "در حال وصل شدن به سیمرغِ این دستگاه…",
		offline: "سیمرغِ این دستگاه پاسخ نمی‌دهد. دوباره تلاش می‌شود؛ پیش‌نویس‌هایتان می‌ماند.",
		expiredTitle: "کلید این صفحه پیش‌تر به کار رفته است",
		expiredText: "برای ایمنی، هر نشانی صفحه را تنها یک بار باز می‌کند. برای گرفتن نشانی تازه، این فرمان را همان‌جا که سیمرغ اجرا می‌شود و با همان پروفایل اجرا کنید و نشانی‌ای را که چاپ می‌کند باز کنید:",
		expiredCommand: "simurgh up"
	},
	welcome: {
		title: "به سیمرغ خوش آمدید",
		text: "بی شمارهٔ تلفن، بی رایانامه. نامی برگزینید که مخاطبانتان نخست ببینند؛ هر که می‌خواهید باشید.",
		name: "نام شما",
		go: "آغاز"
	},
	chats: {
		title: "گفتگوها",
		search: "جستجو",
		searchLabel: "جستجو در مخاطبان و پیام‌ها",
		searchClear: "پاک کردن جستجو",
		empty: "هنوز کسی اینجا نیست",
		emptyText: "کسی را دعوت کنید، یا پیوندی را که برایتان فرستاده‌اند بچسبانید.",
		add: "مخاطب تازه",
		pick: "گفتگویی را برگزینید",
		pickText: "همهٔ پیام‌های اینجا سرتاسر رمز شده‌اند، با کلیدهایی که رایانهٔ کوانتومی هم نمی‌شکندشان.",
		noMessages: "هنوز پیامی نیست",
		you: "شما",
		unread: (n) => `${n.text} پیام نخوانده`,
		draft: "پیش‌نویس",
		foundPeople: "افراد",
		foundMessages: "پیام‌ها",
		foundNothing: "چیزی پیدا نشد",
		invited: "در انتظار پاسخ او",
		failed: "دعوت ناموفق بود",
		unnamed: "مخاطب تازه",
		paymentIn: (amount) => `${amount} گرام دریافت شد`,
		paymentOut: (amount) => `${amount} گرام فرستاده شد`
	},
	thread: {
		label: (name) => `گفتگو با ${isolate(name)}`,
		compose: "پیام",
		held: {
			cut: "در انتظار: راه خارج بسته است.",
			bad: "در انتظار: اکنون هیچ راهی باز نیست.",
			few: "در انتظار: رله‌هایی که پاسخ می‌دهند کم‌اند."
		},
		send: "فرستادن",
		pay: "پرداخت",
		reply: "پاسخ",
		replyToSelf: "پاسخ به خودتان",
		replyTo: (name) => `پاسخ به ${isolate(name)}`,
		cancelReply: "پاسخ نده",
		copyText: "رونوشت متن",
		newest: "رفتن به تازه‌ترین پیام",
		unreadFrom: "نخوانده",
		empty: "سلام کنید",
		emptyText: (name) => `آنچه اینجا می‌نویسید را تنها شما و ${isolate(name)} می‌توانید بخوانید.`,
		invited: "وقتی پاسخ دهد می‌توانید گفتگو کنید. آنچه اکنون بنویسید نگه داشته و همان‌گاه فرستاده می‌شود.",
		encrypted: "رمزنگاری سرتاسری",
		details: "دربارهٔ این مخاطب",
		gone: "این گفتگو دیگر اینجا نیست.",
		quoteGone: "پیامی پیشین",
		tooLong: (n) => `${n.text} بایت بیش از اندازه`,
		incoming: (name, text) => `${isolate(name)}: ${isolate(text)}`,
		linkWarn: "بیرون از سیمرغ باز می‌شود",
		linkNames: {
			invite: "دعوت‌نامه",
			bridge: "پل"
		},
		linkWarns: {
			invite: "پس از تأیید شما مخاطبی می‌افزاید",
			bridge: "پس از تأیید شما پلی می‌افزاید"
		},
		failed: "اینجا نمی‌توانید بنویسید یا بپردازید. این مخاطب را حذف کنید و پیوند تازه‌ای بخواهید.",
		again: "حذف و درخواست پیوند تازه",
		notices: {
			unreadable: "پیامی رسید که این نسخه نمی‌تواند بخواند.",
			payments_unproven: "پرداخت‌هایی بیش از آنچه زنجیره نشان می‌دهد اعلام شده است. بقیه پس از دیده شدن در زنجیره می‌آیند.",
			other: "اینجا چیزی رخ داد که این صفحه واژه‌ای برایش ندارد."
		}
	},
	state: {
		pending: "در حال فرستادن",
		accepted: "نزد رله‌ها ایمن است",
		delivered: "رسید",
		read: "خوانده شد",
		failed: "فرستاده نشد",
		received: "دریافت شد"
	},
	payment: {
		sent: "فرستادید",
		received: "دریافت کردید",
		leaving: "می‌فرستید",
		payment: "پرداخت",
		sending: "در راه رسیدن به بلوک…",
		promised: "وعده داده شد، هنوز قطعی نیست: نمی‌توان به زنجیره رسید. هنوز چیزی پرداخت نشده است؛ همین که راه باز شود خودش پرداخت می‌شود.",
		promisedIn: "وعده داده شد، هنوز قطعی نیست: تا آنجا که اینجا معلوم است، چیزی پرداخت نشده است.",
		unconfirmed: "فرستاده شد، هنوز تأیید نشده است: شاید هم‌اکنون پرداخت شده باشد. همین که بتوان به زنجیره رسید معلوم می‌شود؛ تا آن هنگام از راه دیگری پرداخت نکنید.",
		unconfirmedIn: "برایتان فرستاده شد، هنوز تأیید نشده است: شاید هم‌اکنون پرداخت شده باشد و تنها وقتی قطعی است که زنجیره نشانش دهد.",
		promising: "وعده می‌دهید",
		promise: "وعده به شما",
		arriving: "در راه است…",
		final: "قطعی شد",
		failed: "پرداخت نشد.",
		problems: {
			not_enough: "پول کافی برای آن و کارمزدش نبود.",
			not_in_time: "زنجیره به‌موقع آن را نپذیرفت. چیزی خرج نشد.",
			not_made: "زنجیره آن را انجام نداد. حداکثر کارمزد کم شد.",
			refused: "زنجیره آن را نپذیرفت. چیزی خرج نشد."
		},
		refusals: {
			too_large: "پیام برای زنجیره بیش از اندازه بزرگ است.",
			malformed: "گرهی نتوانست پیام را بخواند.",
			known: "پیام هم‌اکنون در انتظار بلوک است.",
			account_full: "پیام‌های زیادی از این حساب در انتظارند.",
			pool_full: "پیام‌های زیادی در انتظار بلوک‌اند.",
			wrong_account: "پیام برای این حساب نیست.",
			balance: "پول حساب کافی نیست.",
			account_missing: "این حساب هنوز روی زنجیره نیست.",
			wrong_state: "کد حساب چیز دیگری است.",
			frozen: "حساب یخ زده است.",
			signature_disabled: "این حساب پیام امضاشده نمی‌پذیرد.",
			seqno: "حساب پیامی با شمارهٔ دیگر می‌خواهد.",
			wallet_id: "پیام برای کیف پول دیگری است.",
			bad_signature: "امضا نادرست است.",
			expired: "پیام دیر رسید.",
			not_accepted: "حساب پیام را نپذیرفت.",
			impossible: "زنجیره نمی‌تواند پیام را اجرا کند.",
			node_state: "گرهی نمی‌تواند وضعیت خود را بخواند."
		},
		transaction: "دیدن روی زنجیره",
		fee: (fee) => `کارمزد ${fee}`
	},
	pay: {
		title: (name) => `پرداخت به ${isolate(name)}`,
		sendTitle: "فرستادن گرام",
		amount: "مبلغ",
		to: "به",
		toHint: "نشانی یا نام یک مخاطب",
		comment: "توضیح",
		commentHint: "برای چیست؟ (می‌تواند خالی بماند)",
		commentPublic: "همه می‌توانند این را روی زنجیره بخوانند.",
		review: "ادامه",
		confirm: (total) => `پرداخت ${total} گرام`,
		fee: "کارمزد",
		total: "جمع",
		balance: (balance) => `${balance} گرام دارید`,
		receives: (name) => `دریافتی ${isolate(name)}`,
		insufficient: "بیش از موجودی شماست.",
		noNumber: "عددی بنویسید، مانند ۱۲٫۵ یا ۱٬۲۵۰٬۰۰۰.",
		ambiguous: "این را دو جور می‌توان خواند. برای هزار بنویسید ۱۰۰۰، و برای اعشار ۱٫۵.",
		tooFine: "حداکثر نُه رقم پس از ممیز.",
		tooLarge: "این همه گرام وجود ندارد.",
		asking: "پرسیدن کارمزد…",
		finality: "وقتی قطعی شد، هیچ‌کس نمی‌تواند پسش بگیرد.",
		promise: "اکنون نمی‌توان به زنجیره رسید، پس این یک وعده است: هنوز چیزی پرداخت نمی‌شود. همین که راه باز شود خودش پرداخت می‌شود.",
		promiseGo: (total) => `وعدهٔ ${total} گرام`,
		edit: "تغییر",
		busy: "سپردن به شبکه…",
		locked: "خرج کردن قفل است. سیمرغ را همان‌جا که اجرا می‌شود باز کنید.",
		noAddress: "نشانی را بنویسید."
	},
	wallet: {
		title: "کیف پول",
		balance: "موجودی",
		pending: (amount) => `${amount} گرام وعده داده شده یا در راه است و هنوز قطعی نیست`,
		send: "فرستادن",
		receive: "دریافت",
		history: "تاریخچه",
		empty: "هنوز پرداختی نیست",
		emptyText: "آنچه دریافت می‌کنید و می‌فرستید اینجا می‌آید.",
		address: "نشانی شما",
		addressText: "هر که آن را داشته باشد می‌تواند به شما بپردازد و موجودی این حساب را ببیند. در گفتگوها هر بار نشانی تازه‌ای به کار می‌رود.",
		in: "دریافت",
		out: "پرداخت",
		from: (peer) => `از ${isolate(peer)}`,
		to: (peer) => `به ${isolate(peer)}`,
		older: "دیدن قدیمی‌ترها",
		copyAddress: "رونوشت نشانی",
		sendingTo: (amount) => `در حال فرستادن ${amount} گرام`,
		sendFinal: (amount) => `${amount} گرام فرستاده شد و قطعی است.`,
		sendFailed: "انتقال ناموفق بود.",
		remind: "۲۴ واژهٔ خود را بنویسید",
		remindText: "اکنون اینجا پول هست. بی این واژه‌ها با از دست رفتن این دستگاه از دست می‌رود.",
		remindGo: "واژه‌ها را نشان بده",
		proven: "اثبات‌شده از بلوکی که اعتبارسنج‌ها امضا کرده‌اند",
		newest: (when) => `تازه‌ترین بلوک: ${when}`,
		asOf: {
			away: "سیمرغِ این دستگاه پاسخ نمی‌دهد. موجودی همان است که آخرین بار دانسته شد",
			lost: "اکنون نمی‌توان به زنجیره رسید. موجودی همان است که آخرین بار دیده شد",
			old: "بلوک تازه‌ای نمی‌آید. موجودی همان است که آخرین بار دیده شد"
		}
	},
	contact: {
		title: "مخاطب تازه",
		invite: "دعوت",
		add: "پیوند دارم",
		inviteText: "این را به یک نفر نشان دهید، یا پیوند را از راهی مطمئن برایش بفرستید. یک بار کار می‌کند.",
		expires: (when) => `معتبر تا ${when}`,
		copyLink: "رونوشت پیوند",
		qr: "پیوند دعوت به شکل کد QR",
		making: "ساختن پیوند…",
		again: "ساختن پیوندی دیگر",
		paste: "پیوند را اینجا بچسبانید",
		addGo: "افزودن مخاطب",
		adding: "در حال سلام کردن…",
		scan: "خواندن با دوربین",
		scanFile: "خواندن از عکس",
		noCode: "در این عکس کد QR خوانایی نیست.",
		stopScan: "بستن دوربین",
		scanLabel: "تصویر دوربین",
		noCamera: "نمی‌توان از دوربین استفاده کرد. پیوند را بچسبانید.",
		added: "پیوند پذیرفته شد. در انتظار پاسخ او.",
		rename: "تغییر نام",
		newName: "نام تازه",
		remove: "حذف مخاطب",
		removeAsk: (name) => `${isolate(name)} و همهٔ گفتگو از این دستگاه حذف شود؟`,
		removeGo: "حذف",
		since: (when) => `مخاطب از ${when}`,
		verified: "عدد ایمنی سنجیده شده است",
		unverified: "عدد ایمنی هنوز سنجیده نشده است",
		problems: {
			not_there: "دستگاه او هنوز پاسخ نداده، یا کس دیگری پیوند را به کار برده است.",
			expired: "پیش از پاسخ دستگاه او، زمان پیوند گذشت.",
			impostor: "آن که پاسخ داد، سازندهٔ پیوند نیست.",
			bad_key: "کلیدی که نزد پیوند بود به کار نمی‌آید."
		},
		problem: "دعوت به جایی نرسید."
	},
	bridge: {
		title: "پل‌ها",
		text: "پل رله‌ای است که در هیچ فهرستی نیست، پس بستنش دشوارتر است. هرگاه نتوان مستقیم به هیچ رلهٔ شبکه رسید، پیام‌ها از آن می‌گذرند.",
		none: "هنوز پلی ندارید.",
		add: "افزودن پل",
		addText: "کسی که پلی را می‌گرداند پیوندش را به شما می‌دهد. هر پیوند برای یک نفر و تنها یک بار است.",
		adding: "خواندن پیوند…",
		added: "پیوند درست است. از پل خواسته می‌شود که راهتان دهد.",
		name: (n) => `پل ${n}`,
		waiting: "از آن خواسته می‌شود که راهتان دهد",
		ready: "آماده برای هنگام نیاز",
		inUse: "در حال کار",
		closed: "اکنون چیزی از آن نمی‌گذرد",
		problems: {
			used: "پیوند را کس دیگری به کار برده، یا زمانش گذشته است. پل را حذف کنید و پیوند دیگری بخواهید.",
			unreachable: "هنوز در دسترس نیست. سیمرغ باز هم می‌کوشد.",
			not_a_bridge: "آنچه آنجا پاسخ می‌دهد این پل نیست. سیمرغ باز هم می‌کوشد."
		},
		remove: "حذف",
		removeLabel: (name) => `حذف ${name}`,
		removeTitle: "پل حذف شود؟",
		removeAsk: (host) => `${isolate(host)} دیگر به کار نمی‌رود. برای بازگشت به آن پیوند تازه‌ای لازم است.`,
		removed: "پل حذف شد.",
		friend: {
			open: "دعوت از دوست",
			openLabel: (name) => `دعوت از دوست به ${name}`,
			title: "پیوندی برای یک دوست",
			text: "با این پیوند یک دوست به همین پل می‌رسد. آن را رودررو بدهید، یا از راهی که کس دیگری نمی‌خواند: هر که آن را داشته باشد پل را می‌یابد.",
			qr: "پیوند پل به شکل رمزینه",
			again: (n) => `پل تا وقتی کسی این پیوند را به کار نبرده همان را می‌دهد، و با گذشت زمان تا ${n} پیوند دیگر.`,
			last: "پل تا وقتی کسی این پیوند را به کار نبرده همان را می‌دهد؛ این آخرین پیوند شماست.",
			asking: "پرسیدن از پل…",
			not_yet: (when) => `پل پیوند بعدی را از ${when} به شما می‌دهد. با هر دو روزی که آنجا هستید یکی می‌رسد.`,
			no_more: "پل همهٔ پیوندهای شما را داده است.",
			full: "این پل دیگر برای دوستان پیوندی نمی‌دهد. گرداننده‌اش می‌تواند پیوندی بدهد.",
			refused: "این پل پیوندی نداد: برنامه‌اش قدیمی است، آنجا ایرادی هست، یا دیگر راهتان نمی‌دهد. گرداننده‌اش می‌تواند پیوندی بدهد."
		}
	},
	otherLink: {
		bridge: {
			text: "این پیوند به یک پل می‌رسد، نه به یک شخص.",
			go: "افزودن به‌عنوان پل"
		},
		invite: {
			text: "این پیوند به یک شخص می‌رسد، نه به یک پل.",
			go: "افزودن به‌عنوان مخاطب"
		}
	},
	offline: {
		title: "بی شبکه",
		text: "هنگامی که به هیچ رله‌ای دسترس نیست، پیام‌ها در یک پرونده سفر می‌کنند: با حافظهٔ همراه، با سیم، دست به دست؛ یا به شکل کدهای QR از صفحه به دوربین. هر پیام یک بار می‌رسد، از هر راهی که زودتر بیاید.",
		lan: "رسیدن به مخاطبان در همین شبکه",
		lanText: "تا وقتی روشن است، همه در این شبکه می‌بینند که سیمرغ اینجا کار می‌کند، اما نه این که شما کیستید و مخاطبانتان کیستند.",
		lanHere: (names) => `اکنون اینجا: ${names}`,
		lanNobody: "اکنون هیچ مخاطبی اینجا نیست.",
		lanProblem: "این دستگاه نمی‌گذارد سیمرغ در شبکه در پی دیگران بگردد.",
		to: "چه کسی بتواند بازش کند",
		everybody: "هر که می‌بردش",
		save: "ذخیرهٔ پرونده",
		saving: "در حال نوشتن…",
		take: "گرفتن پرونده",
		taking: "در حال خواندن…",
		saved: (n) => `ذخیره شد، با ${n.text} تکه از آنچه در راه است.`,
		savedNothing: "ذخیره شد. چیزی در راه نیست: همه رسیده است.",
		leftOut: "همه جا نشد. پس از پاسخ این یکی، پروندهٔ دیگری ذخیره کنید.",
		messages: (n) => `${n.text} پیام تازه.`,
		nothingNew: "چیز تازه‌ای در آن نیست.",
		receipts: "خبر آورد که چه چیزهایی آنجا رسیده است.",
		carried: (n) => `اکنون ${n.text} تکه برای دیگران می‌برید؛ اینجا کسی نمی‌تواند بخواندش.`,
		noRoom: "برای آنچه از آن دیگران است جای بیشتری نبود.",
		fromFuture: "می‌گوید از آینده است: ببینید ساعت این دستگاه درست است یا نه.",
		newer: "این پرونده با سیمرغی تازه‌تر ساخته شده است. این یکی را به‌روز کنید."
	},
	codes: {
		show: "نمایش به شکل کدهای QR",
		scan: "خواندن کدهای QR",
		showTitle: "پیام‌ها به شکل کدهای QR",
		showText: "این را جلوی دوربین آن دیگری بگیرید تا همهٔ کدها خوانده شود. ترتیب مهم نیست و از نو آغاز می‌شوند.",
		drawing: "در حال کشیدن کدها…",
		nothing: "چیزی در راه نیست: همه رسیده است.",
		leftOut: "همه در کدهای QR جا نشد. برای مانده، پرونده‌ای ذخیره کنید.",
		place: (n, all) => `${n} از ${all}`,
		label: (place) => `کد QR ${place}`,
		pause: "درنگ",
		goOn: "ادامه",
		before: "کد پیشین",
		after: "کد پسین",
		slow: "آهسته‌تر، برای دوربین‌هایی که برخی را نمی‌بینند",
		scanTitle: "خواندن پیام‌ها از کدهای QR",
		scanText: "دوربین را رو به کدها بگیرید تا همه خوانده شود. آنچه جا بماند دوباره می‌آید.",
		searching: "در پی کد…",
		read: (n, all) => `${n} از ${all} کد خوانده شد`,
		other: "این کد از پیام‌های دیگری است، نه آن‌هایی که تا کنون خوانده شد.",
		again: "آغاز از نو",
		noFrame: "این کد پیامی در خود ندارد.",
		noCode: "در یکی از عکس‌ها کد QR خوانایی نیست.",
		noCamera: "دوربین در دسترس نیست. به جایش عکس کدها را برگزینید.",
		camera: "کار با دوربین",
		pictures: "خواندن از عکس‌های کدها",
		newer: "این کدها با سیمرغی تازه‌تر ساخته شده است. این یکی را به‌روز کنید.",
		program: "برنامه‌ای هم در این پرونده هست. با خط فرمان می‌توان بیرونش آورد و سنجیدش:"
	},
	explorer: {
		title: "کاوشگر",
		search: "شمارهٔ بلوک، نشانی یا تراکنش",
		searchGo: "بیاب",
		blocks: "تازه‌ترین بلوک‌ها",
		block: "بلوک",
		blockName: (n) => `بلوک ${n}`,
		masterchain: "زنجیرهٔ اصلی",
		basechain: "زنجیرهٔ پایه",
		height: "بلندا",
		validators: "اعتبارسنج‌ها",
		tps: "تراکنش در ثانیه",
		age: "سن تازه‌ترین بلوک",
		transactions: (n) => `${n.text} تراکنش`,
		empty: "تراکنشی در این بلوک نیست",
		account: "حساب",
		transaction: "تراکنش",
		none: "چیزی با این نشان پیدا نشد.",
		noBlocks: "هنوز بلوکی نیست",
		rootHash: "هش ریشه",
		fileHash: "هش پرونده",
		parent: "بلوک پیشین",
		time: "زمان",
		shard: "شارد",
		workchain: "ورک‌چین",
		state: "وضعیت",
		states: {
			active: "فعال",
			uninit: "هنوز برپا نشده",
			frozen: "یخ‌زده",
			nonexist: "هرگز به کار نرفته"
		},
		balance: "موجودی",
		raw: "نشانی خام",
		code: "هش کد",
		lastLt: "آخرین زمان منطقی",
		lt: "زمان منطقی",
		verified: "اثبات‌شده با امضای اعتبارسنج‌ها",
		unverified: "به گفتهٔ یک گره، بی اثبات",
		success: "موفق",
		failure: "ناموفق",
		exit: "کد خروج",
		gas: "گَس مصرف‌شده",
		fee: "کارمزد",
		inMessage: "پیام آغازگر",
		outMessages: "پیام‌های فرستاده",
		from: "از",
		to: "به",
		value: "مبلغ",
		comment: "توضیح",
		external: "بیرون از زنجیره",
		live: "زنده",
		seconds: (n) => `${n} ثانیه`,
		older: "بلوک‌های قدیمی‌تر",
		hash: "هش",
		copy: (what) => `رونوشت: ${what}`,
		backToBlocks: "همهٔ بلوک‌ها"
	},
	settings: {
		title: "تنظیمات",
		look: "زبان و ظاهر",
		language: "زبان",
		theme: "رنگ‌ها",
		digits: "رقم‌ها",
		calendar: "گاه‌شمار",
		auto: "مانند سامانه",
		autoLanguage: "مانند زبان",
		dark: "تیره",
		light: "روشن",
		persian: "فارسی ۱۲۳",
		latin: "لاتین 123",
		jalali: "هجری خورشیدی",
		gregorian: "میلادی",
		words: "۲۴ واژهٔ شما",
		wordsText: "این‌ها خودِ شمایید: با آن‌ها کلیدهای نام و پولتان را در دستگاهی دیگر پس می‌گیرید. روی کاغذ بنویسید؛ هرگز در عکس یا گفتگو نگذارید.",
		wordsShow: "نشان دادن واژه‌ها",
		wordsHide: "پنهان کردن",
		wordsLook: "مطمئن شوید کسی از پشت سرتان نگاه نمی‌کند.",
		wordsSaved: "آن‌ها را نوشته‌ام",
		wordsDone: "آن‌ها را نوشته‌اید.",
		network: "رله‌ها",
		networkText: "هر پیام نزد سه رله می‌ماند تا گرفته شود. هیچ‌یک از آن‌ها هم نویسنده و هم خواننده را نمی‌بیند.",
		doctor: "بررسی همه چیز",
		doctorRunning: "در حال بررسی…",
		doctorOk: "همه چیز خوب است.",
		about: "درباره",
		aboutText: "سیمرغ پیام‌رسانی است با پول و بی مرکز. نرم‌افزار آزاد، با پروانهٔ MIT یا Apache-2.0.",
		aboutName: "سی مرغ در جستجوی سیمرغ رفتند، و دریافتند که خود آن‌اند.",
		you: "شما",
		networkName: "شبکه",
		font: "قلم: وزیرمتن، پروانهٔ آزاد قلم SIL ۱٫۱"
	},
	carrier: {
		label: "راه پیام‌ها",
		auto: "هر راهی که باز است",
		hint: "سیمرغ خودش راه باز را می‌یابد. اگر اینجا راهی برگزینید، تنها همان آزموده می‌شود.",
		kept: "HTTPS، اتصال‌های ماندگار",
		rotating: "HTTPS، اتصال‌های کوتاه",
		browser: "مرورگر صفحه‌ای که باز است",
		dns: "کارسازهای نام: کند، تنها نوشته و پرداخت"
	},
	region: {
		label: "کشور شما",
		unsaid: "گفته نشده",
		hint: "وقتی مرز کشوری بسته می‌شود، کسانی که درون آن‌اند باز به هم می‌نویسند، اگر رله‌های درون پیام‌هایشان را نگه دارند. اگر بگویید کجایید، از سه رلهٔ هر مخاطب دو تا در همان کشور برگزیده می‌شوند؛ برای مخاطبان پیشین تا پاسخ دهند زمان می‌برد. این گزینش در همین دستگاه می‌ماند، ولی مخاطبان و هر که پیوند دعوت شما را ببیند از آن رله‌ها به کشور پی می‌برند؛ و آن رله‌ها در دسترس آن کشورند.",
		elsewhere: (n) => `${n.text} مخاطب هنوز پاسخ ${p(n.count, "نداده است", "نداده‌اند")}: تا پاسخ دهند، آنچه به شما می‌نویسند نزد رله‌های جای دیگر می‌رود.`
	},
	shield: {
		label: "پیام‌هایتان چگونه می‌روند",
		good: "ایمن",
		some: "ایمن، با رله‌های کمتر",
		few: "رله‌هایی که پاسخ می‌دهند کم‌اند؛ پیام‌ها اینجا می‌مانند",
		away: "دانسته نیست: سیمرغِ این دستگاه پاسخ نمی‌دهد",
		bridge: "ایمن، از راه پل",
		browser: "ایمن، از راه همین مرورگر",
		bad: "هیچ راهی باز نیست",
		cut: "راه خارج بسته است",
		cutText: "رله‌های درون کشور پاسخ می‌دهند و رله‌های بیرون نه. پیام به کسانی که درون کشورند می‌رود؛ بقیه در همین دستگاه ایمن می‌ماند و همین که راه باز شود خودش می‌رود.",
		unknown: "هنوز دانسته نیست",
		unknownText: "از آغاز کار سیمرغ هنوز پیامی نرفته است؛ از رله‌ها پرسیده می‌شود.",
		noRelays: "هنوز رله‌ای شناخته نیست.",
		goodText: "سرتاسر رمز شده، از راه دو رله که نمی‌دانند چه کسی با چه کسی سخن می‌گوید.",
		someText: "برخی رله‌ها پاسخ نمی‌دهند. پیام‌ها از راه بقیه می‌روند؛ آنچه هنوز نمی‌تواند برود در همین دستگاه می‌ماند و چیزی گم نمی‌شود.",
		fewText: "هر پیام وقتی نزد رله‌ها ایمن است که دو رله آن را گرفته باشند. تا رله‌های کافی پاسخ دهند، پیام‌ها در همین دستگاه ایمن می‌مانند و سپس خودشان می‌روند.",
		awayText: "همین که پاسخ دهد دوباره دانسته می‌شود که کدام رله‌ها پاسخ می‌دهند و چه چیزی در انتظار است.",
		bridgeText: "نمی‌توان مستقیم به هیچ رلهٔ شبکه رسید، پس پیام‌ها از راه پل می‌روند. مانند همیشه رمز شده‌اند.",
		browserText: "مرورگر صفحه‌ای که باز است پیام‌ها را می‌برد. مانند همیشه رمز شده‌اند.",
		badText: "پیام‌ها در همین دستگاه ایمن می‌مانند و همین که رله‌های کافی پاسخ دهند می‌روند.",
		carrier: {
			https: "مانند دیدن وبگاه‌های عادی به نظر می‌رسد (HTTPS).",
			rotating: "مانند چندین دیدار کوتاه از وبگاه‌ها به نظر می‌رسد (HTTPS).",
			dns: "از راه کارسازهای نام شبکه می‌گذرد، مانند پرسش نشانی وبگاه‌ها.",
			browser: "همین مرورگر است که از وبگاه‌ها دیدن می‌کند (HTTPS)."
		},
		reason: {
			usual: "پیام‌ها از راه همیشگی می‌روند.",
			frozen: "در این شبکه اتصال‌های بلند از کار می‌افتند، پس اتصال‌های کوتاه به نوبت کار می‌کنند. کندتر است و چیزی گم نمی‌شود.",
			blocked: "راه همیشگی در این شبکه باز نیست؛ این راه باز است.",
			narrow: "در این شبکه راه بهتری باز نیست. کند است و تنها نوشته و پرداخت از این راه می‌رود.",
			fingerprint: "در این شبکه تنها راه مرورگرها باز است، پس مرورگر همین صفحه پیام‌ها را می‌برد. صفحه را باز بگذارید.",
			abroad_cut: "اکنون هیچ راهی از مرز باز نیست. سیمرغ خودش باز هم می‌کوشد.",
			pinned: "پیام‌ها از راهی می‌روند که در تنظیمات برگزیده‌اید.",
			down: "راه خارج بسته است، یا این دستگاه اتصالی ندارد. سیمرغ خودش باز هم می‌کوشد."
		},
		relays: (ok, all) => `${ok.text} رله از ${all.text} رله پاسخ ${p(ok.count, "می‌دهد", "می‌دهند")}`,
		messages: (n) => `${n.text} پیام در ${p(n.count, "انتظار است", "انتظارند")}`,
		cutWaiting: (n) => `راه خارج بسته است؛ ${n.text} پیام در ${p(n.count, "انتظار است", "انتظارند")}`,
		fewWaiting: (n) => `رله‌هایی که پاسخ می‌دهند کم‌اند؛ ${n.text} پیام اینجا در ${p(n.count, "انتظار است", "انتظارند")}`,
		apart: "فرستادن بی شبکه: پرونده یا کدهای QR",
		tryBridge: "شاید از راه یک پل بشود. کسی که پلی می‌گرداند می‌تواند پیوندی به شما بدهد.",
		relay: (n) => `رلهٔ ${n}`,
		ok: "پاسخ می‌دهد",
		notOk: "پاسخ نمی‌دهد",
		never: "هنوز به کار نرفته",
		notNow: "اکنون دانسته نیست",
		took: (n) => `در ${n} میلی‌ثانیه`
	},
	demo: {
		title: "شبکه‌ای کامل روی همین دستگاه",
		lead: (people, validators, relays) => `${people.text} نفر، ${validators.text} اعتبارسنج، ${relays.text} رله. هیچ‌چیز نمایشی نیست: کلیدهای واقعی، بلوک‌های واقعی، رمزنگاری واقعی.`,
		page: (name) => `صفحهٔ ${isolate(name)}`,
		people: "افراد",
		checklist: "در یک دقیقه بیازمایید",
		write: "پیامی بنویسید",
		writeText: "از هر سو که خواستید. نشانه‌ها را ببینید: نزد رله‌ها ایمن، رسید، خوانده شد.",
		pay: "۵ گرام بپردازید",
		payText: "با دکمهٔ سکه کنار پیام. در حدود یک ثانیه قطعی می‌شود.",
		see: "آن را روی زنجیره ببینید",
		seeText: "پیوندِ درون پیامِ پرداخت را باز کنید.",
		stopValidator: "یک اعتبارسنج را خاموش کنید",
		stopValidatorText: (left, all) => `${left.text} تا از ${all.text} تا همچنان بلوک می‌سازند.`,
		stopValidatorHalts: (all, needed) => `با ${all.text} اعتبارسنج این کار زنجیره را نگه می‌دارد: هر بلوک ${needed.text} امضا می‌خواهد. دوباره روشنش کنید تا ادامه یابد.`,
		stopRelay: "یک رله را خاموش کنید",
		stopRelayText: (copies) => `هر پیام نزد ${copies.text} رله است؛ دو تا بس است.`,
		stopRelayHalts: "این کار پیام‌رسانی را نگه می‌دارد: دو رله لازم است. پیام‌ها تا روشن شدنش در همین دستگاه می‌مانند.",
		still: "همه چیز همچنان کار می‌کند",
		stillText: "با هر دو خاموش، یک بار دیگر بنویسید: می‌رسد.",
		stillHalts: "نه با این شبکه: خاموش کردن هر دو آن را نگه می‌دارد. برای دیدنش با اعتبارسنج یا رلهٔ بیشتر آغاز کنید.",
		haltsValidators: "خاموش کردن یک اعتبارسنج دیگر زنجیره را نگه می‌دارد: بلوک تازه‌ای نمی‌آید.",
		haltsRelays: "خاموش کردن یک رلهٔ دیگر پیام‌ها را نگه می‌دارد.",
		haltedValidators: "اعتبارسنج‌های روشن کم‌اند: تا یکی دیگر روشن نشود بلوک تازه‌ای نمی‌آید.",
		haltedRelays: "رله‌های روشن کم‌اند: پیام‌ها در همین دستگاه می‌مانند.",
		allDone: "همین بود. هیچ‌کس نمی‌تواند خاموشش کند.",
		progress: (done, all) => `${done.text} از ${all.text} انجام شد`,
		network: "شبکه",
		validator: (n) => `اعتبارسنج ${n}`,
		relay: (n) => `رلهٔ ${n}`,
		running: "روشن",
		stopped: "خاموش",
		height: "بلوک",
		language: "English",
		theme: "تیره یا روشن",
		panel: "شبکهٔ نمایش",
		ticked: "انجام شد",
		open: "مانده"
	},
	error: {
		title: "نشد",
		unknown: "دانسته نیست که فرستاده شد یا نه؛ نخست نگاه کنید. اگر از همین‌جا دوباره بفرستید، باز هم تنها یک بار می‌رود.",
		reasons: {
			bad_request: "اینجا چیزی خراب است. دوباره بکوشید؛ شاید بررسی در تنظیمات بگوید چرا.",
			no_such_method: "اینجا چیزی خراب است. دوباره بکوشید؛ شاید بررسی در تنظیمات بگوید چرا.",
			bad_params: "اینجا چیزی خراب است. دوباره بکوشید؛ شاید بررسی در تنظیمات بگوید چرا.",
			internal: "اینجا چیزی خراب است. دوباره بکوشید؛ شاید بررسی در تنظیمات بگوید چرا.",
			no_session: "نشست این صفحه پایان یافته است. نشانی تازه‌ای باز کنید.",
			not_found: "چنین چیزی اینجا نیست.",
			bad_link: `این پیوند کامل سیمرغ نیست. دوباره از ${isolate("simurgh:")} تا پایانش رونوشت بردارید.`,
			link_changed: "این پیوند در راه تغییر کرده است. پیوند دیگری از راهی دیگر بخواهید.",
			expired: "زمان این پیوند گذشته است. پیوند تازه‌ای بخواهید.",
			own_link: "این پیوند خود شماست. آن را به کسی بدهید که می‌خواهید با او گفتگو کنید.",
			already_contact: "سازندهٔ این پیوند هم‌اکنون مخاطب شماست.",
			other_network: "این پیوند از شبکه‌ای دیگر است.",
			newer_version: "این پیوند با سیمرغی تازه‌تر ساخته شده است. این یکی را به‌روز کنید.",
			unknown_relays: "هیچ‌یک از رله‌های لازم اینجا شناخته نیست. پروندهٔ شبکهٔ تازه‌تری بگیرید.",
			bad_value: "این نشانی یا مبلغ درستی نیست.",
			bad_name: "نام ۱ تا ۶۴ نویسه دارد.",
			bad_text: "پیام نمی‌تواند خالی یا بیش از ۶۴ کیلوبایت باشد.",
			name_taken: "مخاطب دیگری این نام را دارد. نام دیگری برگزینید.",
			conflict: "همین حالا هم چنین است.",
			full: "دیگر جایی نیست. آنچه را لازم ندارید حذف کنید.",
			insufficient: "موجودی کیف پول کافی نیست.",
			no_payment_address: "هنوز نشانی پرداختی از او نرسیده است. همین که هر دو برخط باشید خودش می‌آید.",
			refused: "این انتقال شدنی نیست.",
			unreachable: "کسی به‌موقع پاسخ نداد. کمی دیگر دوباره بکوشید.",
			bad_proof: "اثبات یک گره نادرست است، پس پاسخش نشان داده نمی‌شود. دوباره بکوشید.",
			locked: "خرج کردن قفل است. سیمرغ را همان‌جا که اجرا می‌شود باز کنید.",
			busy: "یکباره زیاد شد. کمی دیگر دوباره بکوشید.",
			bad_bundle: "این پرونده پیام در خود ندارد. پرونده‌ای را برگزینید که سیمرغ ذخیره کرده است.",
			bundle_cut_off: "پایان این پرونده نیست. دوباره رونوشتش را بگیرید.",
			bundle_changed: "این پرونده در راه تغییر کرده یا آسیب دیده است. دوباره رونوشتش را بگیرید.",
			bundle_too_long: "این پرونده بیش از اندازه بزرگ است. پرونده‌ای با محتوای کمتر بخواهید.",
			bundle_for_others: "این پرونده برای کس دیگری مهر شده است. تنها می‌توان آن را به دیگری رساند.",
			not_connected: "این مخاطب هنوز پاسخ نداده است و آن از راه رله می‌رود. پس از پاسخش دوباره بکوشید.",
			no_demo: `اینجا نمایشی در کار نیست. فرمان ${isolate("simurgh demo")} را اجرا کنید.`,
			not_switched: "خاموش یا روشن نشد. دوباره بکوشید.",
			offline: "سیمرغِ این دستگاه پاسخ نمی‌دهد.",
			timeout: "پاسخ بیش از اندازه به درازا کشید. کمی دیگر دوباره بکوشید.",
			cut: "سیمرغِ این دستگاه از پاسخ بازماند."
		}
	},
	doctor: doctorFa
};
// src/i18n/i18n.svelte.ts
var CACHE = "simurgh.settings";
var DEFAULTS = {
	language: "auto",
	theme: "auto",
	digits: "auto",
	calendar: "auto"
};
function cached() {
	try {
		return {
			...DEFAULTS,
			...JSON.parse(localStorage.getItem(CACHE) ?? "{}")
		};
	} catch {
		return DEFAULTS;
	}
}
function browserLanguage() {
	for (const tag of navigator.languages) {
		if (tag.startsWith("fa")) return "fa";
		if (tag.startsWith("en")) return "en";
	}
	return "en";
}
var prefersDark = matchMedia("(prefers-color-scheme: dark)");
var I18n = class {
	#settings = /* @__PURE__ */ state(cached());
	get settings() {
		return get(this.#settings);
	}
	set settings(value) {
		set(this.#settings, value);
	}
	#systemDark = /* @__PURE__ */ state(proxy(prefersDark.matches));
	#language = /* @__PURE__ */ user_derived(() => this.settings.language === "auto" ? browserLanguage() : this.settings.language);
	get language() {
		return get(this.#language);
	}
	set language(value) {
		set(this.#language, value);
	}
	#theme = /* @__PURE__ */ user_derived(() => this.settings.theme === "auto" ? get(this.#systemDark) ? "dark" : "light" : this.settings.theme);
	get theme() {
		return get(this.#theme);
	}
	set theme(value) {
		set(this.#theme, value);
	}
	#direction = /* @__PURE__ */ user_derived(() => this.language === "fa" ? "rtl" : "ltr");
	get direction() {
		return get(this.#direction);
	}
	set direction(value) {
		set(this.#direction, value);
	}
	#t = /* @__PURE__ */ user_derived(() => this.language === "fa" ? fa : en);
	get t() {
		return get(this.#t);
	}
	set t(value) {
		set(this.#t, value);
	}
	#style = /* @__PURE__ */ user_derived(() => ({
		language: this.language,
		digits: this.settings.digits === "auto" ? this.language === "fa" ? "persian" : "latin" : this.settings.digits,
		calendar: this.settings.calendar === "auto" ? this.language === "fa" ? "jalali" : "gregorian" : this.settings.calendar
	}));
	get style() {
		return get(this.#style);
	}
	set style(value) {
		set(this.#style, value);
	}
	#now = /* @__PURE__ */ state(proxy(Date.now()));
	get now() {
		return get(this.#now);
	}
	set now(value) {
		set(this.#now, value, true);
	}
	constructor() {
		prefersDark.addEventListener("change", (change) => set(this.#systemDark, change.matches, true));
		setInterval(() => this.now = Date.now(), 3e4);
	}
	adopt(settings) {
		this.settings = settings;
		localStorage.setItem(CACHE, JSON.stringify(settings));
	}
	get digits() {
		return this.style.digits;
	}
	/** A whole number, grouped. */
	number = (value) => withDigits(String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ","), this.digits);
	/** Digits only, without grouping: seqnos, indexes. */
	plain = (value) => withDigits(String(value), this.digits);
	counted = (count) => ({
		text: this.number(count),
		count
	});
	gram = (nano, decimals = 9) => formatGram(nano, this.digits, decimals);
	clock = (at_ms) => clock(at_ms, this.style);
	seconds = (at_ms) => clockSeconds(at_ms, this.style);
	dateTime = (at_ms) => dateTime(at_ms, this.style);
	moment = (at_ms) => moment(at_ms, this.now, this.style);
	listTime = (at_ms) => listTime(at_ms, this.now, this.style, this.t.yesterday);
	day = (at_ms) => dayLabel(at_ms, this.now, this.style, this.t);
};
var i18n = new I18n();
// src/api/base64.ts
/** Bytes of which a text is made at a time: more than a call has room for arguments would fail. */
var CHUNK_BYTES = 32768;
function bytesOf(base64) {
	return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
function base64Of(bytes) {
	let text = "";
	for (let at = 0; at < bytes.length; at += CHUNK_BYTES) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
	return btoa(text);
}
// src/api/lender.ts
/** Bytes of an answer in one call. */
var PIECE_BYTES = 196608;
/** Nothing of this person goes along, and nothing is kept. */
var BARE = {
	credentials: "omit",
	referrerPolicy: "no-referrer",
	cache: "no-store",
	headers: { "accept-language": "en" }
};
var Lender = class {
	#tell;
	#fetch;
	#open = /* @__PURE__ */ new Map();
	constructor(tell, fetcher = (...request) => fetch(...request)) {
		this.#tell = tell;
		this.#fetch = fetcher;
	}
	take(order) {
		if (order.kind === "abort") {
			this.#open.get(order.id)?.abort();
			this.#open.delete(order.id);
		} else this.#run(order);
	}
	/** The line to the daemon is cut: nobody waits for anything. */
	stop() {
		for (const abort of this.#open.values()) abort.abort();
		this.#open.clear();
	}
	async #run(order) {
		const abort = new AbortController();
		this.#open.set(order.id, abort);
		const tell = (outcome) => abort.signal.aborted ? void 0 : this.#tell({
			id: order.id,
			outcome
		});
		try {
			if (order.kind === "look") {
				await this.#fetch(order.url, {
					...BARE,
					method: "HEAD",
					mode: "no-cors",
					signal: abort.signal
				});
				await tell({
					kind: "answer",
					status: 0,
					body: "",
					more: false
				});
			} else {
				const request = {
					...BARE,
					method: "POST",
					mode: "cors",
					redirect: "error",
					body: bytesOf(order.body)
				};
				const answer = await this.#fetch(order.url, {
					...request,
					signal: abort.signal
				});
				for await (const piece of pieces(answer)) {
					await tell({
						kind: "answer",
						status: answer.status,
						body: base64Of(piece.bytes),
						more: piece.more
					});
					if (abort.signal.aborted) break;
				}
			}
		} catch (error) {
			await Promise.resolve(tell({
				kind: "failed",
				why: String(error.message)
			})).catch(() => void 0);
		} finally {
			this.#open.delete(order.id);
		}
	}
};
async function* pieces(answer) {
	const reader = answer.body?.getReader();
	let kept = [];
	let length = 0;
	for (;;) {
		const next = await reader?.read();
		if (next?.value === void 0) break;
		for (let from = 0; from < next.value.length; from += PIECE_BYTES) {
			const part = next.value.subarray(from, from + PIECE_BYTES);
			if (length + part.length > PIECE_BYTES) {
				yield {
					bytes: joined(kept, length),
					more: true
				};
				[kept, length] = [[], 0];
			}
			kept.push(part);
			length += part.length;
		}
	}
	yield {
		bytes: joined(kept, length),
		more: false
	};
}
function joined(parts, length) {
	const all = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
/** Browsers let tabs in the background sleep, but none that holds a lock. */
function stayAwake() {
	navigator.locks?.request("simurgh.lender", { mode: "shared" }, () => new Promise(() => void 0));
}
// src/api/rpc.ts
/** A call that failed, with the daemon's sentence and a word to branch on. */
var CallFailed = class extends Error {
	reason;
	constructor(reason, message) {
		super(message);
		this.reason = reason;
	}
	/** The call had left when the answer failed to come: it may have been done. */
	get outcomeUnknown() {
		return this.reason === "timeout" || this.reason === "cut";
	}
};
var CALL_TIMEOUT_MS = 3e4;
var BACKOFF_MIN_MS = 250;
var BACKOFF_MAX_MS = 5e3;
/** Calls that may wait for an answer at once; a page that asks more is broken. */
var WAITING_MAX = 256;
var Rpc = class {
	#options;
	#socket = null;
	#open = false;
	#next = 1;
	#waiting = /* @__PURE__ */ new Map();
	#backoff = BACKOFF_MIN_MS;
	#retry = null;
	#seq = null;
	#closed = false;
	constructor(options) {
		this.#options = options;
	}
	start() {
		if (this.#socket !== null || this.#closed) return;
		if (this.#retry !== null) clearTimeout(this.#retry);
		this.#retry = null;
		const socket = (this.#options.socket ?? ((url) => new WebSocket(url)))(this.#options.url);
		this.#socket = socket;
		socket.onopen = () => void this.#authenticate();
		socket.onmessage = (message) => this.#receive(String(message.data));
		socket.onclose = () => this.#lost();
	}
	/** Try again at once (the network is back, the tab is looked at). */
	nudge() {
		if (this.#retry !== null) {
			this.#backoff = BACKOFF_MIN_MS;
			this.start();
		}
	}
	stop() {
		this.#closed = true;
		if (this.#retry !== null) clearTimeout(this.#retry);
		this.#socket?.close();
	}
	call(method, ...parameters) {
		if (!this.#open) return Promise.reject(new CallFailed("offline", "The program does not answer."));
		return this.#send(method, parameters[0] ?? {});
	}
	#send(method, params) {
		const socket = this.#socket;
		if (socket === null || this.#waiting.size >= WAITING_MAX) return Promise.reject(new CallFailed("offline", "The program does not answer."));
		const id = this.#next++;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#waiting.delete(id);
				reject(new CallFailed("timeout", "The program took too long to answer."));
			}, CALL_TIMEOUT_MS);
			this.#waiting.set(id, {
				resolve,
				reject,
				timer
			});
			socket.send(JSON.stringify({
				jsonrpc: "2.0",
				id,
				method,
				params
			}));
		});
	}
	async #authenticate() {
		const { credentials } = this.#options;
		const token = credentials.token();
		const session = credentials.session();
		try {
			const params = token !== null ? { token } : session !== null ? { session } : {};
			const answer = await this.#send("session.open", params);
			credentials.keep(answer.session);
		} catch (error) {
			if (error instanceof CallFailed && (error.reason === "offline" || error.outcomeUnknown)) {
				this.#socket?.close();
				return;
			}
			if (token !== null && session !== null) {
				credentials.forget();
				return this.#authenticate();
			}
			this.#closed = true;
			this.#socket?.close();
			this.#options.onConnection("no_session");
			return;
		}
		this.#open = true;
		this.#backoff = BACKOFF_MIN_MS;
		this.#seq = null;
		this.#options.onConnection("open");
		this.#options.onResync();
	}
	#receive(text) {
		const frame = JSON.parse(text);
		if (frame.params) {
			if (frame.method === "event") this.#event(frame.params);
			else if (frame.method === "order") this.#options.onOrder?.(frame.params);
			return;
		}
		const waiting = frame.id === void 0 ? void 0 : this.#waiting.get(frame.id);
		if (frame.id === void 0 || waiting === void 0) return;
		this.#waiting.delete(frame.id);
		clearTimeout(waiting.timer);
		if (frame.error) waiting.reject(new CallFailed(frame.error.data.reason, frame.error.message));
		else waiting.resolve(frame.result);
	}
	#event(numbered) {
		if (!this.#open) return;
		const seq = BigInt(numbered.seq);
		const gap = this.#seq !== null && seq !== this.#seq + 1n;
		this.#seq = seq;
		if (gap || numbered.event.kind === "resync") this.#options.onResync();
		else this.#options.onEvent(numbered.event);
	}
	#lost() {
		this.#socket = null;
		this.#open = false;
		for (const waiting of this.#waiting.values()) {
			clearTimeout(waiting.timer);
			waiting.reject(new CallFailed("cut", "The line was cut before the answer came."));
		}
		this.#waiting.clear();
		if (this.#closed) return;
		this.#options.onConnection("offline");
		const delay = this.#backoff * (.75 + Math.random() / 2);
		this.#backoff = Math.min(this.#backoff * 2, BACKOFF_MAX_MS);
		this.#retry = setTimeout(() => {
			this.#retry = null;
			this.start();
		}, delay);
	}
};
// src/api/session.ts
/** A page inside the demo's frame must not overwrite the session of the page around it. */
var KEY$2 = window.top === window ? "simurgh.session" : "simurgh.session.framed";
/** Takes `token=…` out of the address's fragment, so that it is neither shown nor kept in the history. */
function takeToken() {
	const parts = location.hash.replace(/^#/, "").split("&");
	const found = parts.find((part) => part.startsWith("token="));
	if (found === void 0) return null;
	const rest = parts.filter((part) => part !== found).join("&");
	history.replaceState(null, "", rest === "" ? location.pathname : `#${rest}`);
	return found.slice(6);
}
function tabCredentials() {
	let token = takeToken();
	addEventListener("hashchange", () => {
		if (/(?:^#|&)token=/.test(location.hash)) location.reload();
	});
	return {
		token: () => token,
		session: () => sessionStorage.getItem(KEY$2),
		keep(session) {
			token = null;
			sessionStorage.setItem(KEY$2, session);
		},
		forget() {
			token = null;
		}
	};
}
// src/stores/quorum.ts
/** Validators that must sign a block: all but the faulty ones that a Byzantine quorum of `all` bears. */
function quorum(all) {
	return all - Math.floor((all - 1) / 3);
}
/** Whether one part more may stop (`spare`), would halt it (`last`), or it stands still already. */
function load(running, needed) {
	return running > needed ? "spare" : running === needed ? "last" : "halted";
}
// src/stores/health.ts
function healthOf(open, carrier) {
	if (!open) return "away";
	if (carrier === null) return "unknown";
	if (carrier.reason === "abroad_cut") return "cut";
	if (carrier.reason === "down") return "bad";
	const relays = carrier.relays.filter((relay) => !relay.bridge);
	const silent = relays.filter((relay) => relay.used && !relay.ok).length;
	const short = relays.length - silent < Math.min(2, relays.length);
	if (carrier.through_bridge) return short && carrier.messages_waiting > 0 ? "few" : "bridge";
	if (relays.every((relay) => !relay.used)) return "unknown";
	if (relays.every((relay) => !relay.ok)) return "bad";
	if (short) return "few";
	if (carrier.carrier === "browser") return "browser";
	return silent === 0 ? "good" : "some";
}
function heldBy(health) {
	return health === "cut" || health === "bad" || health === "few" ? health : null;
}
/** Blocks come within seconds; the page's own clock moves each half minute. */
var BLOCK_AGE_MS_MAX = 9e4;
function chainOf(health, block_ms, now) {
	if (health === "away") return "away";
	if (health === "cut" || health === "bad") return "lost";
	if (block_ms === void 0) return "unknown";
	return now - block_ms > BLOCK_AGE_MS_MAX ? "old" : "fresh";
}
// src/stores/app.svelte.ts
var AGAIN_MIN_MS = 500;
var AGAIN_MAX_MS = 8e3;
var App$1 = class {
	#connection = /* @__PURE__ */ state("connecting");
	get connection() {
		return get(this.#connection);
	}
	set connection(value) {
		set(this.#connection, value, true);
	}
	#ready = /* @__PURE__ */ state(false);
	get ready() {
		return get(this.#ready);
	}
	set ready(value) {
		set(this.#ready, value, true);
	}
	#profile = /* @__PURE__ */ state(null);
	get profile() {
		return get(this.#profile);
	}
	set profile(value) {
		set(this.#profile, value);
	}
	#contacts = /* @__PURE__ */ state([]);
	get contacts() {
		return get(this.#contacts);
	}
	set contacts(value) {
		set(this.#contacts, value);
	}
	#conversations = /* @__PURE__ */ state([]);
	get conversations() {
		return get(this.#conversations);
	}
	set conversations(value) {
		set(this.#conversations, value);
	}
	#balance = /* @__PURE__ */ state(null);
	get balance() {
		return get(this.#balance);
	}
	set balance(value) {
		set(this.#balance, value);
	}
	#chain = /* @__PURE__ */ state(null);
	get chain() {
		return get(this.#chain);
	}
	set chain(value) {
		set(this.#chain, value);
	}
	#carrier = /* @__PURE__ */ state(null);
	get carrier() {
		return get(this.#carrier);
	}
	set carrier(value) {
		set(this.#carrier, value);
	}
	#relays = /* @__PURE__ */ user_derived(() => (this.carrier?.relays ?? []).filter((relay) => !relay.bridge));
	get relays() {
		return get(this.#relays);
	}
	set relays(value) {
		set(this.#relays, value);
	}
	#bridges = /* @__PURE__ */ user_derived(() => (this.carrier?.relays ?? []).filter((relay) => relay.bridge));
	get bridges() {
		return get(this.#bridges);
	}
	set bridges(value) {
		set(this.#bridges, value);
	}
	#health = /* @__PURE__ */ user_derived(() => healthOf(this.connection === "open", this.carrier));
	get health() {
		return get(this.#health);
	}
	set health(value) {
		set(this.#health, value);
	}
	#chainState = /* @__PURE__ */ user_derived(() => chainOf(this.health, this.chain?.at_ms, i18n.now));
	get chainState() {
		return get(this.#chainState);
	}
	set chainState(value) {
		set(this.#chainState, value);
	}
	#demo = /* @__PURE__ */ state(null);
	get demo() {
		return get(this.#demo);
	}
	set demo(value) {
		set(this.#demo, value);
	}
	#unread = /* @__PURE__ */ user_derived(() => this.conversations.reduce((sum, conversation) => sum + conversation.unread, 0));
	get unread() {
		return get(this.#unread);
	}
	set unread(value) {
		set(this.#unread, value);
	}
	#epoch = /* @__PURE__ */ state(0);
	get epoch() {
		return get(this.#epoch);
	}
	set epoch(value) {
		set(this.#epoch, value, true);
	}
	#listeners = /* @__PURE__ */ new Set();
	#again;
	#againMs = AGAIN_MIN_MS;
	#rpc;
	#lender = new Lender((fetched) => this.call("carrier.fetched", fetched));
	constructor() {
		const scheme = location.protocol === "https:" ? "wss" : "ws";
		this.#rpc = new Rpc({
			url: `${scheme}://${location.host}/rpc`,
			credentials: tabCredentials(),
			onConnection: (connection) => {
				if (connection === "open") return this.#lend();
				this.connection = connection;
				this.#lender.stop();
			},
			onResync: () => void this.#resync(),
			onEvent: (event) => this.#apply(event),
			onOrder: (order) => this.#lender.take(order)
		});
	}
	start() {
		this.#rpc.start();
		stayAwake();
		addEventListener("online", () => this.#rpc.nudge());
		document.addEventListener("visibilitychange", () => {
			if (!document.hidden) this.#rpc.nudge();
		});
	}
	call = (method, ...parameters) => this.#rpc.call(method, ...parameters);
	/** Hears every event after this store has taken it in; the answer stops it. */
	listen(listener) {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
	conversation(id) {
		return this.conversations.find((conversation) => conversation.id === id);
	}
	/** A conversation by its id or its title: `simurgh message` names conversations so too. */
	named(idOrTitle) {
		const byTitle = (one) => cleanName(one.title).toLowerCase() === idOrTitle.toLowerCase();
		return this.conversation(idOrTitle) ?? this.conversations.find(byTitle);
	}
	async saveSettings(change) {
		const settings = {
			...i18n.settings,
			...change
		};
		i18n.adopt(settings);
		if (this.connection === "open") i18n.adopt(await this.call("settings.set", settings));
	}
	/** Puts a message that a call answered where its event will put it too. */
	take(message) {
		this.#tell({
			kind: "message",
			message
		});
	}
	takeConversation(conversation) {
		const others = this.conversations.filter((other) => other.id !== conversation.id);
		this.conversations = [...others, conversation].sort(newestFirst);
	}
	/** Asks anew how messages travel; what is shown stays until the answer has come. */
	lookAtCarrier() {
		this.#quietly("carrier.status", (answer) => this.carrier = answer);
	}
	/** The daemon may send messages through this browser when only browsers get through. */
	#lend() {
		this.call("carrier.lend", { on: true }).catch(() => void 0);
	}
	/** Reads everything that is shown; tries again, ever less often, until it is there or the line is cut. */
	async #resync() {
		const call = this.call;
		clearTimeout(this.#again);
		try {
			const [profile, settings, contacts, conversations] = await Promise.all([
				call("profile.get"),
				call("settings.get"),
				call("contact.list"),
				call("conversation.list")
			]);
			this.profile = profile;
			i18n.adopt(settings);
			this.contacts = contacts;
			this.conversations = conversations.toSorted(newestFirst);
			this.ready = true;
			this.connection = "open";
			this.epoch += 1;
			this.#againMs = AGAIN_MIN_MS;
		} catch (error) {
			if (!(error instanceof CallFailed)) throw error;
			if (error.reason === "offline" || error.reason === "cut") return;
			this.connection = "offline";
			this.#again = setTimeout(() => void this.#resync(), this.#againMs);
			this.#againMs = Math.min(this.#againMs * 2, AGAIN_MAX_MS);
			return;
		}
		this.#quietly("wallet.balance", (answer) => this.balance = answer);
		this.#quietly("chain.status", (answer) => this.chain = answer);
		this.lookAtCarrier();
	}
	async #quietly(method, take) {
		try {
			take(await this.call(method));
		} catch (error) {
			if (!(error instanceof CallFailed)) throw error;
		}
	}
	#apply(event) {
		switch (event.kind) {
			case "conversation":
				this.takeConversation(event.conversation);
				break;
			case "contact": {
				const { contact } = event;
				if (this.contacts.some((other) => other.name === contact.name)) this.contacts = this.contacts.map((other) => other.name === contact.name ? contact : other);
				else this.#quietly("contact.list", (answer) => this.contacts = answer);
				break;
			}
			case "contacts":
				this.#resync();
				break;
			case "wallet":
				this.balance = event.wallet;
				break;
			case "chain":
				this.chain = event.chain;
				break;
			case "carrier":
				this.carrier = event.carrier;
				break;
			case "demo":
				this.demo = {
					...event.demo,
					people: this.demo?.people ?? event.demo.people
				};
				break;
			case "profile": this.profile = event.profile;
		}
		this.#tell(event);
	}
	#tell(event) {
		for (const listener of this.#listeners) listener(event);
	}
};
function newestFirst(a, b) {
	return (b.last?.at_ms ?? 0) - (a.last?.at_ms ?? 0) || a.title.localeCompare(b.title);
}
var app = new App$1();
// src/components/Bird.svelte
var root$58 = /* @__PURE__ */ from_svg(`<svg viewBox="0 0 64 64" aria-hidden="true" class="svelte-1bakmt5"><g class="plumes svelte-1bakmt5"><path d="M27 37C19 39 12 41 7 48" class="svelte-1bakmt5"></path><path d="M29 40C23 44 18 49 16 56" class="svelte-1bakmt5"></path><path d="M32 42C29 47 27 52 28 59" class="svelte-1bakmt5"></path><circle cx="6" cy="49.500" r="2.600" class="svelte-1bakmt5"></circle><circle cx="15.500" cy="57.500" r="2.600" class="svelte-1bakmt5"></circle><circle cx="28.300" cy="60.500" r="2.600" class="svelte-1bakmt5"></circle></g><path class="wing back svelte-1bakmt5" d="M33 27C35 17 41 9 51 4c0 9-2 17-9 23z"></path><path class="wing svelte-1bakmt5" d="M35 31C27 27 18 19 15 6c10 4 20 9 26 19z"></path><path class="body svelte-1bakmt5" d="M25 38c3-8 10-12 17-12 2-5 6-8 11-7 2 .5 3.500 1.800 4 3.300l4.500 1.700-4.800 1.600C55.500 35 47 44 36 44c-5 0-9-2-11-6z"></path><circle class="eye svelte-1bakmt5" cx="53" cy="22.800" r="1.200"></circle><path class="crest svelte-1bakmt5" d="M50 19c-1-3-3-5-6-6M53 18.500c0-3-1-5-3-7"></path></svg>`);
function Bird($$anchor, $$props) {
	let size = prop($$props, "size", 3, 40);
	var svg = root$58();
	template_effect(() => {
		set_attribute(svg, "width", size());
		set_attribute(svg, "height", size());
	});
	append($$anchor, svg);
}
// src/components/Connecting.svelte
var root$57 = /* @__PURE__ */ from_html(`<div class="why svelte-160s8qe" role="alert"><h2 class="svelte-160s8qe"> </h2> <p> </p> <p class="command svelte-160s8qe"><bdi class="mono" dir="ltr"> </bdi></p></div>`);
var root_1$46 = /* @__PURE__ */ from_html(`<p class="why svelte-160s8qe" role="status"> </p>`);
var root_2$39 = /* @__PURE__ */ from_html(`<main class="connecting svelte-160s8qe"><!> <h1 class="svelte-160s8qe"> </h1> <!></main>`);
function Connecting($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var main = root_2$39();
	var node = child(main);
	Bird(node, { size: 96 });
	var h1 = sibling(node, 2);
	var text = only_child(h1, true);
	var node_1 = sibling(h1, 2);
	var consequent = ($$anchor) => {
		var div = root$57();
		var h2 = child(div);
		var text_1 = only_child(h2, true);
		var p = sibling(h2, 2);
		var text_2 = only_child(p, true);
		var p_1 = sibling(p, 2);
		var bdi = child(p_1);
		var text_3 = only_child(bdi, true);
		reset(p_1);
		reset(div);
		template_effect(() => {
			set_text(text_1, get(t).connection.expiredTitle);
			set_text(text_2, get(t).connection.expiredText);
			set_text(text_3, get(t).connection.expiredCommand);
			bdi.dir = bdi.dir;
		});
		append($$anchor, div);
	};
	var consequent_1 = ($$anchor) => {
		var p_2 = root_1$46();
		var text_4 = only_child(p_2, true);
		template_effect(() => set_text(text_4, get(t).connection.offline));
		append($$anchor, p_2);
	};
	var alternate = ($$anchor) => {
		var p_3 = root_1$46();
		var text_5 = only_child(p_3, true);
		template_effect(() => set_text(text_5, get(t).connection.connecting));
		append($$anchor, p_3);
	};
	if_block(node_1, ($$render) => {
		if (app.connection === "no_session") $$render(consequent);
		else if (app.connection === "offline") $$render(consequent_1, 1);
		else $$render(alternate, -1);
	});
	reset(main);
	template_effect(() => set_text(text, get(t).app));
	append($$anchor, main);
	pop();
}
// src/stores/frames.ts
/** This page stands in the demo's frame. */
var framed = window.top !== window;
function read(data) {
	return typeof data === "object" && data !== null && "simurgh" in data ? data : null;
}
/** Inside a frame: asks the page around it how to look, and hears when that changes. */
function followParent(take) {
	if (!framed) return () => {};
	const hear = (message) => {
		const word = message.source === window.parent ? read(message.data) : null;
		if (word?.simurgh === "look") take({
			language: word.language,
			theme: word.theme
		});
	};
	addEventListener("message", hear);
	window.parent.postMessage({ simurgh: "hello" }, "*");
	return () => removeEventListener("message", hear);
}
function tellParent(word) {
	if (framed) window.parent.postMessage(word, "*");
}
/** Around the frames: hears only those whose windows are given. */
function hearFrames(frames, hear) {
	const listener = (message) => {
		const from = frames().find((frame) => frame !== null && frame === message.source);
		const word = from ? read(message.data) : null;
		if (from && word) hear(word, from);
	};
	addEventListener("message", listener);
	return () => removeEventListener("message", listener);
}
/** A person's page with a place in it to open at, its token kept. */
function pageAt(page, route) {
	const url = new URL(page);
	const token = url.hash.replace(/^#/, "").split("&").find((part) => part.startsWith("token="));
	url.hash = token === void 0 ? route : `${route}&${token}`;
	return url.href;
}
// src/stores/router.svelte.ts
function parse(hash) {
	const [page, ...rest] = hash.replace(/^#\/?/, "").split("/").map(decodeSafely);
	if (page === "demo") return { page: "demo" };
	if (page === "wallet") return { page: "wallet" };
	if (page === "settings") return rest[0] === "offline" ? {
		page,
		card: "offline"
	} : { page };
	if (page === "explorer") return {
		page: "explorer",
		view: parseExplorer(rest)
	};
	const route = {
		page: "chats",
		conversation: rest[0] ?? null
	};
	if (rest[1] !== void 0) route.message = rest[1];
	return route;
}
var conversationOf = (route) => route.page === "chats" ? route.conversation : null;
function parseExplorer([kind, ...rest]) {
	const first = rest[0];
	if (kind === "account" && first) return {
		kind,
		address: first
	};
	if (kind === "transaction" && first) return {
		kind,
		hash: first
	};
	if (kind === "block" && rest.length >= 2) {
		const [workchain, seqno] = [Number(rest[0]), Number(rest[1])];
		if (!Number.isInteger(workchain) || !Number.isInteger(seqno)) return { kind: "blocks" };
		return rest[2] ? {
			kind,
			workchain,
			seqno,
			shard: rest[2]
		} : {
			kind,
			workchain,
			seqno
		};
	}
	return { kind: "blocks" };
}
function decodeSafely(part) {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
var path = (...parts) => `#/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
/** Addresses within the page. */
var to = {
	chats: "#/chats",
	chat: (conversation) => path("chats", conversation),
	message: (conversation, message) => path("chats", conversation, message),
	wallet: "#/wallet",
	settings: "#/settings",
	offline: "#/settings/offline",
	explorer: "#/explorer",
	block: (workchain, seqno, shard) => shard ? path("explorer", "block", workchain, seqno, shard) : path("explorer", "block", workchain, seqno),
	account: (address) => path("explorer", "account", address),
	transaction: (hash) => path("explorer", "transaction", hash)
};
var Router = class {
	#route = /* @__PURE__ */ state(parse(location.hash));
	get route() {
		return get(this.#route);
	}
	set route(value) {
		set(this.#route, value);
	}
	#from = /* @__PURE__ */ state(null);
	get from() {
		return get(this.#from);
	}
	set from(value) {
		set(this.#from, value);
	}
	#chat = /* @__PURE__ */ state(conversationOf(this.route));
	get chat() {
		return get(this.#chat);
	}
	set chat(value) {
		set(this.#chat, value);
	}
	#hash = location.hash;
	constructor() {
		addEventListener("hashchange", () => this.#take(location.hash));
	}
	#take(hash) {
		const [before, now] = [this.route, parse(hash)];
		this.from = now.page === "explorer" && before.page !== "explorer" ? this.#hash : null;
		if (now.page === "chats") this.chat = now.conversation;
		[this.route, this.#hash] = [now, hash];
	}
	go(href) {
		location.hash = href;
	}
	/** Takes the place of the present entry in the history. */
	replace(href) {
		history.replaceState(null, "", href);
		this.#take(href);
	}
};
var router = new Router();
// src/stores/ui.svelte.ts
var TOAST_MS = 2600;
var Ui = class {
	#toast = /* @__PURE__ */ state("");
	get toast() {
		return get(this.#toast);
	}
	set toast(value) {
		set(this.#toast, value, true);
	}
	#link = /* @__PURE__ */ state(null);
	get link() {
		return get(this.#link);
	}
	set link(value) {
		set(this.#link, value);
	}
	#timer;
	say(text) {
		this.toast = text;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.toast = "", TOAST_MS);
	}
	async copy(text) {
		try {
			await navigator.clipboard.writeText(text);
			this.say(i18n.t.copied);
		} catch {
			this.say(i18n.t.error.title);
		}
	}
};
var ui = new Ui();
/** A failure in the reader's words; what is no failed call is a fault of the page and goes on. */
function explain(error) {
	if (!(error instanceof CallFailed)) throw error;
	const { reasons } = i18n.t.error;
	return reasons[error.reason] ?? i18n.t.error.reasons.internal;
}
/** The same for what should have been sent: when the answer did not come, it may have gone. */
function explainSending(error) {
	return error instanceof CallFailed && error.outcomeUnknown ? i18n.t.error.unknown : explain(error);
}
// src/components/Icon.svelte
var shapes = {
	chats: ["M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.2 3.4c-.5.4-.8.2-.8-.4V16A2.4 2.4 0 0 1 4 13.5z", "M8 8.5h8M8 12h5"],
	wallet: [
		"M4 8.5A2.5 2.5 0 0 1 6.5 6H18a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6.5A2.5 2.5 0 0 1 4 16.5z",
		"M6.5 6 16 3.5V6",
		"M20 11h-4a1.8 1.8 0 0 0 0 3.6h4"
	],
	explorer: [
		"m12 3 7.5 4.2v9.1L12 21l-7.500-4.700V7.200z",
		"m4.800 7.400 7.200 4.200 7.200-4.200",
		"M12 11.600V20.600"
	],
	settings: ["M4 7h9M17.500 7H20M4 17h2.500M11 17h9", "M15.300 4.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400zM8.700 14.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400z"],
	search: ["M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13z", "m15.300 15.300 4.700 4.700"],
	close: ["m6 6 12 12M18 6 6 18"],
	back: ["M20 12H5", "m11 6-6 6 6 6"],
	send: ["M4.500 12 20 4.500l-4.200 15.600-4.300-6.500z", "M20 4.500 11.500 13.600"],
	coin: ["M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17z", "M15 9.500A3.600 3.600 0 1 0 15.600 13H12.500"],
	reply: ["M10 6 4 11.500 10 17", "M4 11.500h8.500A7 7 0 0 1 19.500 18.500"],
	copy: ["M9 9h9.500a1.500 1.500 0 0 1 1.500 1.500V19a1.500 1.500 0 0 1-1.500 1.500H10.500A1.500 1.500 0 0 1 9 19z", "M15 9V5.500A1.500 1.500 0 0 0 13.500 4H5.500A1.500 1.500 0 0 0 4 5.500v8A1.500 1.500 0 0 0 5.500 15H9"],
	down: ["m6 9.500 6 6 6-6"],
	forward: ["m9.500 6 6 6-6 6"],
	plus: ["M12 5v14M5 12h14"],
	shield: ["M12 3.200 19 6v5.500c0 4.600-3 7.600-7 9.300-4-1.700-7-4.700-7-9.300V6z", "m8.800 12 2.300 2.300 4.300-4.600"],
	shieldOff: ["M12 3.200 19 6v5.500c0 4.600-3 7.600-7 9.300-4-1.700-7-4.700-7-9.300V6z", "M12 8.500v4M12 15.800v.2"],
	in: ["M18 6 6.500 17.500", "M6.500 8.500v9h9"],
	out: ["M6 18 17.500 6.500", "M17.500 15.500v-9h-9"],
	check: ["m5 12.500 4.800 4.800L19.500 7"],
	lock: ["M6.500 10.500h11a1.500 1.500 0 0 1 1.500 1.500v6.500a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 18.500V12a1.500 1.500 0 0 1 1.500-1.500z", "M8 10.500V8a4 4 0 0 1 8 0v2.500"],
	camera: ["M4 9a2 2 0 0 1 2-2h2l1.500-2.500h5L16 7h2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z", "M12 9.800a3.200 3.200 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400z"],
	link: ["M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1", "M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1"],
	qr: ["M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z", "M14 14h2.500v2.500M20 14v6h-3M14 20v-1"],
	info: ["M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17z", "M12 11v5.500M12 7.600v.3"],
	warning: ["M12 4 21 19.500H3z", "M12 10v4.500M12 16.900v.2"],
	sun: ["M12 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z", "M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400"],
	words: ["M6 4h10.500A1.500 1.500 0 0 1 18 5.500V20H7.500A1.500 1.500 0 0 1 6 18.500z", "M9 8.500h6M9 12h6M9 15.500h3.500"],
	person: ["M12 4.500a3.700 3.700 0 1 1 0 7.400 3.700 3.700 0 0 1 0-7.400z", "M4.800 20c.8-3.700 3.600-5.700 7.200-5.700s6.400 2 7.200 5.700"],
	more: ["M12 5.500v.2M12 11.900v.2M12 18.300v.2"]
};
var directed = /* @__PURE__ */ new Set([
	"back",
	"forward",
	"reply",
	"send"
]);
var root$56 = /* @__PURE__ */ from_svg(`<path></path>`);
var root_1$45 = /* @__PURE__ */ from_svg(`<svg viewBox="0 0 24 24" aria-hidden="true"></svg>`);
function Icon($$anchor, $$props) {
	push($$props, true);
	let size = prop($$props, "size", 3, 22);
	var svg = root_1$45();
	let classes;
	each(svg, 20, () => shapes[$$props.name], (d) => d, ($$anchor, d) => {
		var path = root$56();
		template_effect(() => set_attribute(path, "d", d));
		append($$anchor, path);
	});
	reset(svg);
	template_effect(($0) => {
		set_attribute(svg, "width", size());
		set_attribute(svg, "height", size());
		classes = set_class(svg, 0, "svelte-13so817", null, classes, { directed: $0 });
	}, [() => directed.has($$props.name)]);
	append($$anchor, svg);
	pop();
}
// node_modules/svelte/src/reactivity/map.js
/** @import { Source } from '#client' */
/**
* A reactive version of the built-in [`Map`](https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Map) object.
* Reading contents of the map (by iterating, or by reading `map.size` or calling `map.get(...)` or `map.has(...)` as in the [tic-tac-toe example](https://svelte.dev/playground/0b0ff4aa49c9443f9b47fe5203c78293) below) in an [effect](https://svelte.dev/docs/svelte/$effect) or [derived](https://svelte.dev/docs/svelte/$derived)
* will cause it to be re-evaluated as necessary when the map is updated.
*
* Note that values in a reactive map are _not_ made [deeply reactive](https://svelte.dev/docs/svelte/$state#Deep-state).
*
* ```svelte
* <script>
* 	import { SvelteMap } from 'svelte/reactivity';
* 	import { result } from './game.js';
*
* 	let board = new SvelteMap();
* 	let player = $state('x');
* 	let winner = $derived(result(board));
*
* 	function reset() {
* 		player = 'x';
* 		board.clear();
* 	}
* <\/script>
*
* <div class="board">
* 	{#each Array(9), i}
* 		<button
* 			disabled={board.has(i) || winner}
* 			onclick={() => {
* 				board.set(i, player);
* 				player = player === 'x' ? 'o' : 'x';
* 			}}
* 		>{board.get(i)}</button>
* 	{/each}
* </div>
*
* {#if winner}
* 	<p>{winner} wins!</p>
* 	<button onclick={reset}>reset</button>
* {:else}
* 	<p>{player} is next</p>
* {/if}
* ```
*
* @template K
* @template V
* @extends {Map<K, V>}
*/
var SvelteMap = class extends Map {
	/** @type {Map<K, Source<number>>} */
	#sources = /* @__PURE__ */ new Map();
	#version = /* @__PURE__ */ state(0);
	#size = /* @__PURE__ */ state(0);
	#update_version = update_version || -1;
	/**
	* @param {Iterable<readonly [K, V]> | null | undefined} [value]
	*/
	constructor(value) {
		super();
		if (value) {
			for (var [key, v] of value) super.set(key, v);
			this.#size.v = super.size;
		}
	}
	/**
	* If the source is being created inside the same reaction as the SvelteMap instance,
	* we use `state` so that it will not be a dependency of the reaction. Otherwise we
	* use `source` so it will be.
	*
	* @template T
	* @param {T} value
	* @returns {Source<T>}
	*/
	#source(value) {
		return update_version === this.#update_version ? /* @__PURE__ */ state(value) : source(value);
	}
	/** @param {K} key */
	has(key) {
		var sources = this.#sources;
		var s = sources.get(key);
		if (s === void 0) {
			if (super.has(key)) {
				s = this.#source(0);
				sources.set(key, s);
			} else {
				get(this.#version);
				return false;
			}
		}
		get(s);
		return true;
	}
	/**
	* @param {(value: V, key: K, map: Map<K, V>) => void} callbackfn
	* @param {any} [this_arg]
	*/
	forEach(callbackfn, this_arg) {
		this.#read_all();
		super.forEach(callbackfn, this_arg);
	}
	/** @param {K} key */
	get(key) {
		var sources = this.#sources;
		var s = sources.get(key);
		if (s === void 0) {
			if (super.has(key)) {
				s = this.#source(0);
				sources.set(key, s);
			} else {
				get(this.#version);
				return;
			}
		}
		get(s);
		return super.get(key);
	}
	/**
	* @param {K} key
	* @param {V} value
	* */
	getOrInsert(key, value) {
		if (!super.has(key)) this.set(key, value);
		return this.get(key);
	}
	/**
	* @param {K} key
	* @param {(key: K) => V} callbackFn
	*/
	getOrInsertComputed(key, callbackFn) {
		if (!super.has(key)) this.set(key, callbackFn(key));
		return this.get(key);
	}
	/**
	* @param {K} key
	* @param {V} value
	* */
	set(key, value) {
		var sources = this.#sources;
		var s = sources.get(key);
		var prev_res = super.get(key);
		var res = super.set(key, value);
		var version = this.#version;
		if (s === void 0) {
			s = this.#source(0);
			sources.set(key, s);
			set(this.#size, super.size);
			increment(version);
		} else if (prev_res !== value) {
			increment(s);
			var v_reactions = version.reactions === null ? null : new Set(version.reactions);
			if (v_reactions === null || !s.reactions?.every((r) => v_reactions.has(r))) increment(version);
		}
		return res;
	}
	/** @param {K} key */
	delete(key) {
		var sources = this.#sources;
		var s = sources.get(key);
		var res = super.delete(key);
		if (s !== void 0) {
			sources.delete(key);
			set(s, -1);
		}
		if (res) {
			set(this.#size, super.size);
			increment(this.#version);
		}
		return res;
	}
	clear() {
		if (super.size === 0) return;
		super.clear();
		var sources = this.#sources;
		set(this.#size, 0);
		for (var s of sources.values()) set(s, -1);
		increment(this.#version);
		sources.clear();
	}
	#read_all() {
		get(this.#version);
		var sources = this.#sources;
		if (this.#size.v !== sources.size) {
			for (var key of super.keys()) if (!sources.has(key)) {
				var s = this.#source(0);
				sources.set(key, s);
			}
		}
		for ([, s] of this.#sources) get(s);
	}
	keys() {
		get(this.#version);
		return super.keys();
	}
	values() {
		this.#read_all();
		return super.values();
	}
	entries() {
		this.#read_all();
		return super.entries();
	}
	[Symbol.iterator]() {
		return this.entries();
	}
	get size() {
		get(this.#size);
		return super.size;
	}
};
// node_modules/svelte/src/reactivity/reactive-value.js
/**
* @template T
*/
var ReactiveValue = class {
	#fn;
	#subscribe;
	/**
	*
	* @param {() => T} fn
	* @param {(update: () => void) => void} onsubscribe
	*/
	constructor(fn, onsubscribe) {
		this.#fn = fn;
		this.#subscribe = createSubscriber(onsubscribe);
	}
	get current() {
		this.#subscribe();
		return this.#fn();
	}
};
// node_modules/svelte/src/reactivity/media-query.js
var parenthesis_regex = /\(.+\)/;
var non_parenthesized_keywords = /* @__PURE__ */ new Set([
	"all",
	"print",
	"screen",
	"and",
	"or",
	"not",
	"only"
]);
/**
* Creates a media query and provides a `current` property that reflects whether or not it matches.
*
* Use it carefully — during server-side rendering, there is no way to know what the correct value should be, potentially causing content to change upon hydration.
* If you can use the media query in CSS to achieve the same effect, do that.
*
* ```svelte
* <script>
* 	import { MediaQuery } from 'svelte/reactivity';
*
* 	const large = new MediaQuery('min-width: 800px');
* <\/script>
*
* <h1>{large.current ? 'large screen' : 'small screen'}</h1>
* ```
* @extends {ReactiveValue<boolean>}
* @since 5.7.0
*/
var MediaQuery = class extends ReactiveValue {
	/**
	* @param {string} query A media query string
	* @param {boolean} [fallback] Fallback value for the server
	*/
	constructor(query, fallback) {
		let final_query = parenthesis_regex.test(query) || query.split(/[\s,]+/).some((keyword) => non_parenthesized_keywords.has(keyword.trim())) ? query : `(${query})`;
		const q = window.matchMedia(final_query);
		super(() => q.matches, (update) => on(q, "change", update));
	}
};
// src/components/Nav.svelte
var root$55 = /* @__PURE__ */ from_html(`<span class="badge svelte-1jnx671"><span aria-hidden="true"> </span><span class="sr-only"> </span></span>`);
var root_1$44 = /* @__PURE__ */ from_html(`<li><a><span class="icon svelte-1jnx671"><!><!></span> <span class="name"> </span></a></li>`);
var root_2$38 = /* @__PURE__ */ from_html(`<nav class="svelte-1jnx671"><span class="bird svelte-1jnx671"><!></span> <ul class="svelte-1jnx671"></ul></nav>`);
function Nav($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	/** Where list and conversation stand side by side, the conversation is still there when one comes back. */
	const wide = new MediaQuery("min-width: 761px");
	let chats = /* @__PURE__ */ user_derived(() => wide.current && router.chat !== null && router.route.page !== "chats" ? to.chat(router.chat) : to.chats);
	let sections = /* @__PURE__ */ user_derived(() => [
		{
			page: "chats",
			icon: "chats",
			href: get(chats)
		},
		{
			page: "wallet",
			icon: "wallet",
			href: to.wallet
		},
		{
			page: "explorer",
			icon: "explorer",
			href: to.explorer
		},
		{
			page: "settings",
			icon: "settings",
			href: to.settings
		}
	]);
	var nav = root_2$38();
	var span = child(nav);
	Bird(child(span), { size: 38 });
	reset(span);
	var ul = sibling(span, 2);
	each(ul, 21, () => get(sections), ({ page, icon, href }) => page, ($$anchor, $$item) => {
		let page = () => get($$item).page;
		let icon = () => get($$item).icon;
		let href = () => get($$item).href;
		const current = /* @__PURE__ */ user_derived(() => router.route.page === page());
		var li = root_1$44();
		var a = child(li);
		let classes;
		var span_1 = child(a);
		var node_1 = child(span_1);
		Icon(node_1, {
			get name() {
				return icon();
			},
			size: 24
		});
		var node_2 = sibling(node_1);
		var consequent = ($$anchor) => {
			var span_2 = root$55();
			var span_3 = child(span_2);
			var text = only_child(span_3, true);
			var text_1 = only_child(sibling(span_3), true);
			reset(span_2);
			template_effect(($0, $1) => {
				set_text(text, $0);
				set_text(text_1, $1);
			}, [() => app.unread > 99 ? i18n.plain("99+") : i18n.number(app.unread), () => get(t).chats.unread(i18n.counted(app.unread))]);
			append($$anchor, span_2);
		};
		if_block(node_2, ($$render) => {
			if (page() === "chats" && app.unread > 0) $$render(consequent);
		});
		reset(span_1);
		var text_2 = only_child(sibling(span_1, 2), true);
		reset(a);
		reset(li);
		template_effect(() => {
			set_attribute(a, "href", href());
			set_attribute(a, "aria-current", get(current) ? "page" : void 0);
			classes = set_class(a, 1, "svelte-1jnx671", null, classes, { current: get(current) });
			set_text(text_2, get(t).nav[page()]);
		});
		append($$anchor, li);
	});
	reset(ul);
	reset(nav);
	template_effect(() => set_attribute(nav, "aria-label", get(t).nav.label));
	append($$anchor, nav);
	pop();
}
// src/components/Dialog.svelte
var openers = [];
function giveBack() {
	if (document.querySelector("dialog[open]") !== null) return;
	const given = document.activeElement !== document.body && !openers.includes(document.activeElement);
	const there = openers.findLast((one) => one instanceof HTMLElement && one !== document.body && one.isConnected && one.checkVisibility());
	openers = [];
	if (!given) (there instanceof HTMLElement ? there : document.getElementById("content"))?.focus();
}
var root$54 = /* @__PURE__ */ from_html(`<dialog class="svelte-1kwbck4"><div class="inside scroll svelte-1kwbck4"><header class="svelte-1kwbck4"><h2 tabindex="-1" class="svelte-1kwbck4"> </h2> <button type="button" class="icon-button svelte-1kwbck4"><!></button></header> <!></div></dialog>`);
function Dialog($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let dialog;
	let heading;
	user_effect(() => {
		openers.push(document.activeElement);
		dialog.showModal();
		(dialog.querySelector("[data-focus]") ?? heading).focus();
		return () => {
			dialog.close();
			setTimeout(giveBack);
		};
	});
	function onbackdrop(click) {
		if (click.target === dialog) $$props.onclose();
	}
	var dialog_1 = root$54();
	var div = child(dialog_1);
	var header = child(div);
	var h2 = child(header);
	var text = only_child(h2, true);
	bind_this(h2, ($$value) => heading = $$value, () => heading);
	var button = sibling(h2, 2);
	Icon(child(button), { name: "close" });
	reset(button);
	reset(header);
	snippet(sibling(header, 2), () => $$props.children);
	reset(div);
	reset(dialog_1);
	bind_this(dialog_1, ($$value) => dialog = $$value, () => dialog);
	template_effect(() => {
		set_attribute(dialog_1, "aria-labelledby", id);
		set_attribute(h2, "id", id);
		set_text(text, $$props.title);
		set_attribute(button, "aria-label", i18n.t.close);
	});
	delegated("click", dialog_1, onbackdrop);
	event("cancel", dialog_1, (cancel) => {
		cancel.preventDefault();
		$$props.onclose();
	});
	delegated("click", button, function(...$$args) {
		$$props.onclose?.apply(this, $$args);
	});
	append($$anchor, dialog_1);
	pop();
}
delegate(["click"]);
// src/components/relays.ts
/** `throughBridge`: no relay of the network can be reached directly. Until then bridges are spared. */
function lookOf(relay, health, throughBridge) {
	const { shield, bridge } = i18n.t;
	if (health === "away") return {
		sign: "unknown",
		words: shield.notNow
	};
	if (relay.bridge && !relay.redeemed) {
		const problem = relay.problem_code;
		return problem === void 0 ? {
			sign: "unknown",
			words: bridge.waiting
		} : {
			sign: "bad",
			words: bridge.problems[problem]
		};
	}
	if (relay.used && !relay.ok) return {
		sign: "bad",
		words: shield.notOk
	};
	if (relay.bridge) {
		if (health === "bad") return {
			sign: "bad",
			words: bridge.closed
		};
		return throughBridge && relay.ok ? {
			sign: "ok",
			words: bridge.inUse
		} : {
			sign: "ready",
			words: bridge.ready
		};
	}
	if (!relay.used) return {
		sign: "unknown",
		words: shield.never
	};
	return {
		sign: "ok",
		words: relay.last_ms > 0 ? `${shield.ok} · ${shield.took(i18n.number(relay.last_ms))}` : shield.ok
	};
}
// src/components/RelayList.svelte
var root$53 = /* @__PURE__ */ from_html(`<span class="tool svelte-1n9gvy9"><!></span>`);
var root_1$43 = /* @__PURE__ */ from_html(`<li class="svelte-1n9gvy9"><span class="dot svelte-1n9gvy9" aria-hidden="true"></span> <span class="name"> <bdi class="mono muted" dir="ltr"> </bdi></span> <span class="how svelte-1n9gvy9"> </span> <!></li>`);
var root_2$37 = /* @__PURE__ */ from_html(`<ul class="svelte-1n9gvy9"></ul>`);
function RelayList($$anchor, $$props) {
	push($$props, true);
	/** `tool` is what can be done with one; it gets the name that the list gives it. */
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var ul = root_2$37();
	each(ul, 23, () => $$props.relays, (relay) => relay.id, ($$anchor, relay, index) => {
		const number = /* @__PURE__ */ user_derived(() => i18n.plain(get(index) + 1));
		const name = /* @__PURE__ */ user_derived(() => get(relay).bridge ? get(t).bridge.name(get(number)) : get(t).shield.relay(get(number)));
		const computed_const = /* @__PURE__ */ user_derived(() => {
			return lookOf(get(relay), app.health, app.carrier?.through_bridge === true);
		});
		var li = root_1$43();
		var span = sibling(child(li), 2);
		var text = child(span);
		var bdi = sibling(text);
		var text_1 = only_child(bdi, true);
		reset(span);
		var span_1 = sibling(span, 2);
		var text_2 = only_child(span_1, true);
		var node = sibling(span_1, 2);
		var consequent = ($$anchor) => {
			var span_2 = root$53();
			snippet(child(span_2), () => $$props.tool, () => get(relay), () => get(name));
			reset(span_2);
			append($$anchor, span_2);
		};
		if_block(node, ($$render) => {
			if ($$props.tool) $$render(consequent);
		});
		reset(li);
		template_effect(() => {
			set_attribute(li, "data-sign", get(computed_const).sign);
			set_text(text, `${get(name) ?? ""} `);
			set_text(text_1, get(relay).host);
			bdi.dir = bdi.dir;
			set_text(text_2, get(computed_const).words);
		});
		append($$anchor, li);
	});
	reset(ul);
	append($$anchor, ul);
	pop();
}
// src/components/Shield.svelte
var root$52 = /* @__PURE__ */ from_html(`<p class="muted svelte-1fk1hrv"> </p>`);
var root_1$42 = /* @__PURE__ */ from_html(`<p class="waiting svelte-1fk1hrv"> </p>`);
var root_2$36 = /* @__PURE__ */ from_html(`<!> <!> <!> <!>`, 1);
var root_3$29 = /* @__PURE__ */ from_html(`<a class="button apart svelte-1fk1hrv"><!> </a>`);
var root_4$25 = /* @__PURE__ */ from_html(`<div class="try svelte-1fk1hrv"><p> </p> <button type="button" class="button"><!> </button></div>`);
var root_5$18 = /* @__PURE__ */ from_html(`<p class="muted svelte-1fk1hrv" role="status"> </p>`);
var root_6$14 = /* @__PURE__ */ from_html(`<h3 class="svelte-1fk1hrv"> </h3> <!>`, 1);
var root_7$9 = /* @__PURE__ */ from_html(`<div><!> <div><p class="state svelte-1fk1hrv"> </p> <!></div></div> <!> <p class="svelte-1fk1hrv"> </p> <!> <!> <!> <!> <!> <!> <!>`, 1);
var root_8$5 = /* @__PURE__ */ from_html(`<button type="button"><!></button> <!>`, 1);
function Shield($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let open = /* @__PURE__ */ state(false);
	let relays = /* @__PURE__ */ user_derived(() => app.relays);
	let answering = /* @__PURE__ */ user_derived(() => get(relays).filter((relay) => relay.ok).length);
	let health = /* @__PURE__ */ user_derived(() => app.health);
	let held = /* @__PURE__ */ user_derived(() => heldBy(get(health)) !== null);
	let known = /* @__PURE__ */ user_derived(() => get(health) !== "away");
	let text = /* @__PURE__ */ user_derived(() => ({
		good: get(t).shield.goodText,
		some: get(t).shield.someText,
		few: get(t).shield.fewText,
		bridge: get(t).shield.bridgeText,
		browser: get(t).shield.browserText,
		cut: get(t).shield.cutText,
		bad: get(t).shield.badText,
		away: get(t).shield.awayText,
		unknown: get(t).shield.unknownText
	})[get(health)]);
	let reason = /* @__PURE__ */ user_derived(() => {
		const word = app.carrier?.reason;
		if (!get(known) || word === void 0 || word === "trying" || word === "usual" && get(health) !== "good") return void 0;
		return get(t).shield.reason[word];
	});
	let waiting = /* @__PURE__ */ user_derived(() => app.carrier?.messages_waiting ?? 0);
	/** Where some messages go and others can't, it is told at a glance how many wait. */
	let counting = /* @__PURE__ */ user_derived(() => get(waiting) === 0 ? void 0 : get(health) === "cut" ? get(t).shield.cutWaiting : get(health) === "few" ? get(t).shield.fewWaiting : void 0);
	let brief = /* @__PURE__ */ user_derived(() => get(counting)?.(i18n.counted(get(waiting))) ?? get(t).shield[get(health)]);
	let icon = /* @__PURE__ */ user_derived(() => get(held) || !get(known) ? "shieldOff" : "shield");
	function show() {
		set(open, true);
		app.lookAtCarrier();
	}
	function addBridge() {
		set(open, false);
		ui.link = {
			kind: "bridge",
			text: ""
		};
	}
	var fragment = root_8$5();
	var button = first_child(fragment);
	Icon(child(button), { get name() {
		return get(icon);
	} });
	reset(button);
	var node_1 = sibling(button, 2);
	var consequent_12 = ($$anchor) => {
		Dialog($$anchor, {
			get title() {
				return get(t).shield.label;
			},
			onclose: () => set(open, false),
			children: ($$anchor, $$slotProps) => {
				var fragment_2 = root_7$9();
				var div = first_child(fragment_2);
				var node_2 = child(div);
				Icon(node_2, {
					get name() {
						return get(icon);
					},
					size: 40
				});
				var div_1 = sibling(node_2, 2);
				var p = child(div_1);
				var text_1 = only_child(p, true);
				var node_3 = sibling(p, 2);
				var consequent = ($$anchor) => {
					var p_1 = root$52();
					var text_2 = only_child(p_1, true);
					template_effect(($0) => set_text(text_2, $0), [() => get(t).shield.relays(i18n.counted(get(answering)), i18n.counted(get(relays).length))]);
					append($$anchor, p_1);
				};
				if_block(node_3, ($$render) => {
					if (get(known)) $$render(consequent);
				});
				reset(div_1);
				reset(div);
				var node_4 = sibling(div, 2);
				var consequent_1 = ($$anchor) => {
					var p_2 = root_1$42();
					var text_3 = only_child(p_2, true);
					template_effect(($0) => set_text(text_3, $0), [() => get(t).shield.messages(i18n.counted(get(waiting)))]);
					append($$anchor, p_2);
				};
				if_block(node_4, ($$render) => {
					if (get(waiting) > 0 && get(known) && !get(counting)) $$render(consequent_1);
				});
				var p_3 = sibling(node_4, 2);
				var text_4 = only_child(p_3, true);
				var node_5 = sibling(p_3, 2);
				var consequent_2 = ($$anchor) => {
					var p_4 = root$52();
					var text_5 = only_child(p_4, true);
					template_effect(() => set_text(text_5, get(reason)));
					append($$anchor, p_4);
				};
				if_block(node_5, ($$render) => {
					if (get(reason)) $$render(consequent_2);
				});
				var node_6 = sibling(node_5, 2);
				var consequent_7 = ($$anchor) => {
					var fragment_3 = root_2$36();
					var node_7 = first_child(fragment_3);
					var consequent_3 = ($$anchor) => {
						var p_5 = root$52();
						var text_6 = only_child(p_5, true);
						template_effect(() => set_text(text_6, get(t).shield.carrier.https));
						append($$anchor, p_5);
					};
					if_block(node_7, ($$render) => {
						if (app.carrier?.carrier === "https") $$render(consequent_3);
					});
					var node_8 = sibling(node_7, 2);
					var consequent_4 = ($$anchor) => {
						var p_6 = root$52();
						var text_7 = only_child(p_6, true);
						template_effect(() => set_text(text_7, get(t).shield.carrier.rotating));
						append($$anchor, p_6);
					};
					if_block(node_8, ($$render) => {
						if (app.carrier?.carrier === "https-rotating") $$render(consequent_4);
					});
					var node_9 = sibling(node_8, 2);
					var consequent_5 = ($$anchor) => {
						var p_7 = root$52();
						var text_8 = only_child(p_7, true);
						template_effect(() => set_text(text_8, get(t).shield.carrier.dns));
						append($$anchor, p_7);
					};
					if_block(node_9, ($$render) => {
						if (app.carrier?.carrier === "dns") $$render(consequent_5);
					});
					var node_10 = sibling(node_9, 2);
					var consequent_6 = ($$anchor) => {
						var p_8 = root$52();
						var text_9 = only_child(p_8, true);
						template_effect(() => set_text(text_9, get(t).shield.carrier.browser));
						append($$anchor, p_8);
					};
					if_block(node_10, ($$render) => {
						if (app.carrier?.carrier === "browser") $$render(consequent_6);
					});
					append($$anchor, fragment_3);
				};
				if_block(node_6, ($$render) => {
					if (get(known) && get(health) !== "bad" && get(health) !== "cut") $$render(consequent_7);
				});
				var node_11 = sibling(node_6, 2);
				var consequent_8 = ($$anchor) => {
					var a = root_3$29();
					var node_12 = child(a);
					Icon(node_12, {
						name: "qr",
						size: 18
					});
					var text_10 = sibling(node_12, 1, true);
					reset(a);
					template_effect(() => {
						set_attribute(a, "href", to.offline);
						set_text(text_10, get(t).shield.apart);
					});
					delegated("click", a, () => set(open, false));
					append($$anchor, a);
				};
				if_block(node_11, ($$render) => {
					if (get(held)) $$render(consequent_8);
				});
				var node_13 = sibling(node_11, 2);
				var consequent_9 = ($$anchor) => {
					var div_2 = root_4$25();
					var p_9 = child(div_2);
					var text_11 = only_child(p_9, true);
					var button_1 = sibling(p_9, 2);
					var node_14 = child(button_1);
					Icon(node_14, {
						name: "plus",
						size: 18
					});
					var text_12 = sibling(node_14, 1, true);
					reset(button_1);
					reset(div_2);
					template_effect(() => {
						set_text(text_11, get(t).shield.tryBridge);
						set_text(text_12, get(t).bridge.add);
					});
					delegated("click", button_1, addBridge);
					append($$anchor, div_2);
				};
				if_block(node_13, ($$render) => {
					if (get(held) && app.bridges.length === 0) $$render(consequent_9);
				});
				var node_15 = sibling(node_13, 2);
				var consequent_10 = ($$anchor) => {
					var p_10 = root_5$18();
					var text_13 = only_child(p_10, true);
					template_effect(() => set_text(text_13, get(t).shield.noRelays));
					append($$anchor, p_10);
				};
				if_block(node_15, ($$render) => {
					if (get(relays).length === 0) $$render(consequent_10);
				});
				var node_16 = sibling(node_15, 2);
				RelayList(node_16, { get relays() {
					return get(relays);
				} });
				var node_17 = sibling(node_16, 2);
				var consequent_11 = ($$anchor) => {
					var fragment_4 = root_6$14();
					var h3 = first_child(fragment_4);
					var text_14 = only_child(h3, true);
					RelayList(sibling(h3, 2), { get relays() {
						return app.bridges;
					} });
					template_effect(() => set_text(text_14, get(t).bridge.title));
					append($$anchor, fragment_4);
				};
				if_block(node_17, ($$render) => {
					if (app.bridges.length > 0) $$render(consequent_11);
				});
				template_effect(() => {
					set_class(div, 1, `head ${get(health) ?? ""}`, "svelte-1fk1hrv");
					set_text(text_1, get(brief));
					set_text(text_4, get(text));
				});
				append($$anchor, fragment_2);
			},
			$$slots: { default: true }
		});
	};
	if_block(node_1, ($$render) => {
		if (get(open)) $$render(consequent_12);
	});
	template_effect(() => {
		set_class(button, 1, `icon-button ${get(health) ?? ""}`, "svelte-1fk1hrv");
		set_attribute(button, "aria-label", `${get(t).shield.label ?? ""}: ${get(brief) ?? ""}`);
		set_attribute(button, "title", get(brief));
	});
	delegated("click", button, show);
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// node_modules/qr/index.js
/*!
* Copyright (c) 2023 Paul Miller (paulmillr.com)
* SPDX-License-Identifier: MIT OR Apache-2.0
*/
/**
* ISO/IEC 18004:2024 Table 1: total codewords by version (shared with the
* decoder). Computed as data modules / 8: symbol area minus function
* patterns (finders+separators+format 191+timing, alignment grid overlaps
* removed) minus version info for ver >= 7.
*/
var BYTES = /* @__PURE__ */ (() => {
	const res = [];
	for (let ver = 1; ver <= 40; ver++) {
		let bits = (16 * ver + 128) * ver + 64;
		if (ver >= 2) {
			const align = Math.floor(ver / 7) + 2;
			bits -= (25 * align - 10) * align - 55;
			if (ver >= 7) bits -= 36;
		}
		res.push(bits >>> 3);
	}
	return res;
})();
/** All error-correction levels, in spec table order (also the packed-table segment order). */
var ECC_LEVELS = [
	"low",
	"medium",
	"quartile",
	"high"
];
/** ISO/IEC 18004:2024 Table 9: ECC codewords per block, by level (shared with the decoder). */
var WORDS_PER_BLOCK = {
	low: [
		7,
		10,
		15,
		20,
		26,
		18,
		20,
		24,
		30,
		18,
		20,
		24,
		26,
		30,
		22,
		24,
		28,
		30,
		28,
		28,
		28,
		28,
		30,
		30,
		26,
		28,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30
	],
	medium: [
		10,
		16,
		26,
		18,
		24,
		16,
		18,
		22,
		22,
		26,
		30,
		22,
		22,
		24,
		24,
		28,
		28,
		26,
		26,
		26,
		26,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28,
		28
	],
	quartile: [
		13,
		22,
		18,
		26,
		18,
		24,
		18,
		22,
		20,
		24,
		28,
		26,
		24,
		20,
		30,
		24,
		28,
		28,
		26,
		30,
		28,
		30,
		30,
		30,
		30,
		28,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30
	],
	high: [
		17,
		28,
		22,
		16,
		22,
		28,
		26,
		26,
		24,
		28,
		24,
		28,
		22,
		24,
		24,
		30,
		28,
		28,
		26,
		28,
		30,
		24,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30,
		30
	]
};
/** ISO/IEC 18004:2024 Table 9: error-correction block count by version and level. */
var ECC_BLOCKS = {
	low: [
		1,
		1,
		1,
		1,
		1,
		2,
		2,
		2,
		2,
		4,
		4,
		4,
		4,
		4,
		6,
		6,
		6,
		6,
		7,
		8,
		8,
		9,
		9,
		10,
		12,
		12,
		12,
		13,
		14,
		15,
		16,
		17,
		18,
		19,
		19,
		20,
		21,
		22,
		24,
		25
	],
	medium: [
		1,
		1,
		1,
		2,
		2,
		4,
		4,
		4,
		5,
		5,
		5,
		8,
		9,
		9,
		10,
		10,
		11,
		13,
		14,
		16,
		17,
		17,
		18,
		20,
		21,
		23,
		25,
		26,
		28,
		29,
		31,
		33,
		35,
		37,
		38,
		40,
		43,
		45,
		47,
		49
	],
	quartile: [
		1,
		1,
		2,
		2,
		4,
		4,
		6,
		6,
		8,
		8,
		8,
		10,
		12,
		16,
		12,
		17,
		16,
		18,
		21,
		20,
		23,
		23,
		25,
		27,
		29,
		34,
		34,
		35,
		38,
		40,
		43,
		45,
		48,
		51,
		53,
		56,
		59,
		62,
		65,
		68
	],
	high: [
		1,
		1,
		2,
		4,
		4,
		4,
		5,
		6,
		8,
		8,
		11,
		11,
		16,
		16,
		18,
		16,
		19,
		21,
		25,
		25,
		25,
		34,
		30,
		32,
		35,
		37,
		40,
		42,
		45,
		48,
		51,
		54,
		57,
		60,
		63,
		66,
		70,
		74,
		77,
		81
	]
};
/** ISO/IEC 18004:2024 §7.9.1 Table 12: error-correction-level format indicators. */
var EC_CODE = {
	low: 1,
	medium: 0,
	quartile: 3,
	high: 2
};
/** ISO/IEC 18004:2024 Table 5: alphanumeric characters in value order. */
var ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** BCH-protected masked format word from ISO/IEC 18004:2024 §7.9.1 and Annex C.2. */
function formatBits(ecc, mask) {
	const data = EC_CODE[ecc] << 3 | mask;
	let d = data;
	for (let i = 0; i < 10; i++) d = d << 1 ^ (d >> 9) * 1335;
	return (data << 10 | d) ^ 21522;
}
/** Golay-protected 18-bit version word (ISO/IEC 18004:2024 §7.10 / Annex D.2). */
function versionBits(ver) {
	let d = ver;
	for (let i = 0; i < 12; i++) d = d << 1 ^ (d >> 11) * 7973;
	return ver << 12 | d;
}
/**
* GF(2^8) exp/log tables with the QR primitive polynomial 0x11d. EXP is
* doubled so products of two logs index it without a mod. Shared with the
* decoder (it corrects with the same field the encoder generates parity in);
* the PURE-annotated initializer lets bundlers drop it for consumers that
* only import the spec tables above.
*/
var GF256 = /* @__PURE__ */ (() => {
	const exp = /* @__PURE__ */ new Uint8Array(510);
	const log = /* @__PURE__ */ new Uint8Array(256);
	for (let i = 0, x = 1; i < 255; i++) {
		exp[i] = exp[i + 255] = x;
		log[x] = i;
		x <<= 1;
		if (x & 256) x ^= 285;
	}
	return {
		exp,
		log
	};
})();
/**
* ISO/IEC 18004:2024 Table 10 mask predicates, evaluated arithmetically as an
* 8-bit vector (bit m set when mask predicate m fires at x,y). Shared with
* the decoder, which tests a single mask's bit to unmask read modules.
*/
function maskBits(x, y) {
	const x2 = x % 2;
	const y2 = y % 2;
	const x3 = x % 3;
	const xy3 = x3 * (y % 3) % 3;
	const xy2 = x2 & y2;
	let bits = 0;
	if (x2 === y2) bits |= 1;
	if (y2 === 0) bits |= 2;
	if (x3 === 0) bits |= 4;
	if ((x + y) % 3 === 0) bits |= 8;
	if ((Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0) bits |= 16;
	if (xy2 + xy3 === 0) bits |= 32;
	if ((xy2 + xy3) % 2 === 0) bits |= 64;
	if (((x2 ^ y2) + xy3) % 2 === 0) bits |= 128;
	return bits;
}
var POP16 = /* @__PURE__ */ (() => {
	const t = /* @__PURE__ */ new Uint8Array(65536);
	for (let i = 1; i < t.length; i++) t[i] = t[i >>> 1] + (i & 1);
	return t;
})();
var popcnt = (n) => POP16[n & 65535] + POP16[n >>> 16];
// node_modules/qr/decode.js
var cap = (value, min, max) => {
	let result = value;
	if (max !== void 0) result = Math.min(result, max);
	if (min !== void 0) result = Math.max(result, min);
	return result;
};
var { exp: EXP, log: LOG } = GF256;
var mul = (a, b) => a && b ? EXP[LOG[a] + LOG[b]] : 0;
var inv = (a) => EXP[255 - LOG[a]];
var MAX_IMAGE_SIDE = 4096;
var MAX_ARENA_BYTES = 67108864;
var validateSize = (size, name) => {
	if (!Number.isSafeInteger(size.width) || !Number.isSafeInteger(size.height)) throw new TypeError(`${name} expected safe integer width and height`);
	if (size.width <= 0 || size.height <= 0) throw new RangeError(`${name} expected positive width and height`);
	if (size.width > MAX_IMAGE_SIDE || size.height > MAX_IMAGE_SIDE) throw new RangeError(`${name} expected width and height <= ${MAX_IMAGE_SIDE}, got ${size.width}x${size.height}`);
	return size.width * size.height;
};
function darkToImage(width, height, dk) {
	const data = new Uint8Array(width * height * 4);
	let i = 0;
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
		const color = dk(x, y) ? 0 : 255;
		data[i] = color;
		data[i + 1] = color;
		data[i + 2] = color;
		data[i + 3] = 255;
		i += 4;
	}
	return {
		width,
		height,
		data
	};
}
var FAIL = Object.freeze({
	data: Object.freeze(/* @__PURE__ */ new Error("data")),
	dimension: Object.freeze(/* @__PURE__ */ new Error("dimension")),
	finder: Object.freeze(/* @__PURE__ */ new Error("finder")),
	format: Object.freeze(/* @__PURE__ */ new Error("format")),
	alignment: Object.freeze(/* @__PURE__ */ new Error("alignment")),
	rs: Object.freeze(/* @__PURE__ */ new Error("rs")),
	timing: Object.freeze(/* @__PURE__ */ new Error("timing")),
	version: Object.freeze(/* @__PURE__ */ new Error("version"))
});
var ECI_ENCODINGS = {
	1: "iso-8859-1",
	2: "ibm437",
	3: "iso-8859-1",
	4: "iso-8859-2",
	5: "iso-8859-3",
	6: "iso-8859-4",
	7: "iso-8859-5",
	8: "iso-8859-6",
	9: "iso-8859-7",
	10: "iso-8859-8",
	11: "iso-8859-9",
	13: "iso-8859-11",
	15: "iso-8859-13",
	16: "iso-8859-14",
	17: "iso-8859-15",
	18: "iso-8859-16",
	20: "shift-jis",
	21: "windows-1250",
	22: "windows-1251",
	23: "windows-1252",
	24: "windows-1256",
	25: "utf-16be",
	26: "utf-8",
	28: "big5",
	29: "gbk",
	30: "euc-kr"
};
var ECI_DECODERS = {};
for (const [id, name] of Object.entries(ECI_ENCODINGS)) try {
	ECI_DECODERS[+id] = new TextDecoder(name);
} catch {
	ECI_DECODERS[+id] = void 0;
}
var NUMERIC_LENGTH_BITS = Uint8Array.of(10, 12, 14);
var ALPHANUMERIC_LENGTH_BITS = Uint8Array.of(9, 11, 13);
var BYTE_LENGTH_BITS = Uint8Array.of(8, 16, 16);
var Payload = {
	create(capacity) {
		const bytes = new Uint8Array(capacity);
		const views = new Array(capacity + 1);
		for (let i = 0; i < views.length; i++) views[i] = new Uint8Array(bytes.buffer, 0, i);
		let state;
		const read = (bits) => {
			const start = state.position;
			if (start + bits > state.dataLen * 8) return -1;
			let value = 0;
			let pos = start;
			for (let i = 0; i < bits; i++) {
				value = value << 1 | state.data[pos >> 3] >> 7 - (pos & 7) & 1;
				pos++;
			}
			state.position = pos;
			return value;
		};
		state = {
			position: 0,
			data: /* @__PURE__ */ new Uint8Array(0),
			dataLen: 0,
			bytes,
			read,
			views
		};
		return state;
	},
	decode(state, data, dataLen, version, deferText = false) {
		state.position = 0;
		state.data = data;
		state.dataLen = dataLen;
		const read = state.read;
		const cls = version < 10 ? 0 : version < 27 ? 1 : 2;
		let eci = 26;
		let res = "";
		const parts = deferText ? [] : void 0;
		while (state.position + 4 <= dataLen * 8) {
			const mode = read(4);
			if (!mode) break;
			if (mode === 7) {
				const b0 = read(8);
				if (b0 < 0) return FAIL.data;
				if ((b0 & 128) === 0) eci = b0;
				else {
					const len = (b0 & 192) === 128 ? 8 : 16;
					const value = read(len);
					if (value < 0) return FAIL.data;
					eci = (b0 & (len === 8 ? 63 : 31)) << len;
					eci |= value;
				}
				continue;
			}
			if (mode === 1) {
				let length = read(NUMERIC_LENGTH_BITS[cls]);
				if (length < 0) return FAIL.data;
				for (; length >= 3; length -= 3) {
					const value = read(10);
					if (value < 0 || value >= 1e3) return FAIL.data;
					res += String(value).padStart(3, "0");
				}
				if (length) {
					const value = read(length === 2 ? 7 : 4);
					if (value < 0 || value >= 10 ** length) return FAIL.data;
					res += String(value).padStart(length, "0");
				}
			} else if (mode === 2) {
				let length = read(ALPHANUMERIC_LENGTH_BITS[cls]);
				if (length < 0) return FAIL.data;
				for (; length >= 2; length -= 2) {
					const value = read(11);
					if (value < 0 || value >= 2025) return FAIL.data;
					res += ALPHANUMERIC[value / 45 | 0] + ALPHANUMERIC[value % 45];
				}
				if (length) {
					const value = read(6);
					if (value < 0 || value >= 45) return FAIL.data;
					res += ALPHANUMERIC[value];
				}
			} else if (mode === 4) {
				const length = read(BYTE_LENGTH_BITS[cls]);
				if (length < 0 || state.position + 8 * length > dataLen * 8) return FAIL.data;
				if (parts) {
					const segment = new Uint8Array(length);
					for (let i = 0; i < length; i++) segment[i] = read(8);
					if (res) parts.push(res);
					parts.push([segment, eci]);
					res = "";
				} else {
					const encoding = ECI_ENCODINGS[eci];
					if (!encoding || length >= state.views.length) return FAIL.data;
					const decoder = ECI_DECODERS[eci] || new TextDecoder(encoding);
					for (let i = 0; i < length; i++) state.bytes[i] = read(8);
					res += decoder.decode(state.views[length]);
				}
			} else return FAIL.data;
		}
		if (!parts) return res;
		if (res) parts.push(res);
		return parts;
	},
	finish(decoded, textDecoder) {
		if (typeof decoded === "string") return decoded;
		if (!textDecoder) throw new Error("text decoder");
		let res = "";
		for (const part of decoded) res += typeof part === "string" ? part : textDecoder(part[0], part[1]);
		return res;
	}
};
var dist2 = (pts, a, b) => (pts[a] - pts[b]) ** 2 + (pts[a + 1] - pts[b + 1]) ** 2;
var distance = (first, second) => Math.hypot(second.x - first.x, second.y - first.y);
var checkVersion = (m, size) => {
	const ver = (size - 17) / 4;
	if (ver < 7) return true;
	let v1 = 0;
	let v2 = 0;
	for (let i = 0; i < 18; i++) {
		const x = size - 11 + i % 3;
		const y = i / 3 | 0;
		v1 |= m[y * size + x] << i;
		v2 |= m[x * size + y] << i;
	}
	const expected = versionBits(ver);
	const d1 = popcnt(expected ^ v1);
	const d2 = popcnt(expected ^ v2);
	return d1 <= 3 || d2 <= 3;
};
function squareToQuad(out, points) {
	const x1 = points[0];
	const y1 = points[1];
	const x2 = points[2];
	const y2 = points[3];
	const x3 = points[4];
	const y3 = points[5];
	const x4 = points[6];
	const y4 = points[7];
	const dx3 = x1 - x2 + x3 - x4;
	const dy3 = y1 - y2 + y3 - y4;
	if (dx3 === 0 && dy3 === 0) {
		out[0] = x2 - x1;
		out[1] = x3 - x2;
		out[2] = x1;
		out[3] = y2 - y1;
		out[4] = y3 - y2;
		out[5] = y1;
		out[6] = 0;
		out[7] = 0;
		out[8] = 1;
		return;
	}
	const dx1 = x2 - x3;
	const dx2 = x4 - x3;
	const dy1 = y2 - y3;
	const dy2 = y4 - y3;
	const den = dx1 * dy2 - dx2 * dy1;
	const a31 = (dx3 * dy2 - dx2 * dy3) / den;
	const a32 = (dx1 * dy3 - dx3 * dy1) / den;
	out[0] = x2 - x1 + a31 * x2;
	out[1] = x4 - x1 + a32 * x4;
	out[2] = x1;
	out[3] = y2 - y1 + a31 * y2;
	out[4] = y4 - y1 + a32 * y4;
	out[5] = y1;
	out[6] = a31;
	out[7] = a32;
	out[8] = 1;
}
var adjugate = (o, m) => {
	for (let i = 0; i < 9; i++) {
		const r = i / 3 | 0;
		const c = i % 3;
		const r1 = (c + 1) % 3 * 3;
		const r2 = (c + 2) % 3 * 3;
		const c1 = (r + 1) % 3;
		const c2 = (r + 2) % 3;
		o[i] = m[r1 + c1] * m[r2 + c2] - m[r1 + c2] * m[r2 + c1];
	}
};
var ptMul = (o, a, b) => {
	for (let r = 0; r < 9; r += 3) {
		const a0 = a[r];
		const a1 = a[r + 1];
		const a2 = a[r + 2];
		for (let c = 0; c < 3; c++) o[r + c] = a0 * b[c] + a1 * b[c + 3] + a2 * b[c + 6];
	}
};
var makePattern = () => ({
	x: .1,
	y: .1,
	ms: .1
});
var LUMA8 = {
	step: 1,
	bits: 8
};
var LUMA10 = {
	step: 2,
	bits: 10
};
var LUMA12 = {
	step: 2,
	bits: 12
};
var RGB = {
	step: 3,
	bits: 8
};
var RGBA = {
	step: 4,
	bits: 8
};
var FORMATS = {
	RGB,
	RGBA,
	RGBX: RGBA,
	BGRA: RGBA,
	BGRX: RGBA,
	I420: LUMA8,
	I420A: LUMA8,
	I422: LUMA8,
	I444: LUMA8,
	NV12: LUMA8,
	I420P10: LUMA10,
	I420P12: LUMA12
};
var inputFormat = (format) => FORMATS[format];
var validateOpts = (opts) => {
	if (opts === null || typeof opts !== "object" || Array.isArray(opts)) throw new TypeError(`"opts" expected object, got type=${typeof opts}`);
	if (opts.format !== void 0 && !inputFormat(opts.format)) throw new TypeError(`invalid opts.format=${opts.format} (${typeof opts.format})`);
	if (opts.effort !== void 0 && opts.effort !== Infinity && (!Number.isSafeInteger(opts.effort) || opts.effort < 1)) throw new TypeError(`invalid opts.effort=${opts.effort} (${typeof opts.effort})`);
	if (opts.timeLimit !== void 0 && opts.timeLimit !== Infinity && (typeof opts.timeLimit !== "number" || !Number.isFinite(opts.timeLimit) || opts.timeLimit < 0)) throw new TypeError(`invalid opts.timeLimit=${opts.timeLimit} (${typeof opts.timeLimit})`);
	for (const name of [
		"textDecoder",
		"pointsOnDetect",
		"imageOnResult",
		"imageOnBitmap"
	]) if (opts[name] !== void 0 && typeof opts[name] !== "function") throw new TypeError(`invalid opts.${name}=${opts[name]} (${typeof opts[name]})`);
};
var validateImage = (img, named, layout, capacity) => {
	const px = validateSize(img, "\"img\"");
	if (capacity && (img.width > capacity.width || img.height > capacity.height)) throw new RangeError(`"img" expected dimensions <= ${capacity.width}x${capacity.height}, got ${img.width}x${img.height}`);
	const data = img.data;
	if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) throw new TypeError(`"img.data" expected Uint8Array or Uint8ClampedArray, got ${typeof data}`);
	const bytes = data;
	let format;
	if (named !== void 0) {
		format = inputFormat(named);
		if (!format) throw new TypeError(`invalid opts.format=${named} (${typeof named})`);
		if (layout) {
			const { offset, stride } = layout;
			const row = format.step * img.width;
			const end = offset + (img.height - 1) * stride + row;
			if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(stride) || offset < 0 || stride < row || end > bytes.length) throw new RangeError(`"img.data" expected valid offset/stride for format=${named}, got offset=${offset}, stride=${stride}, length=${bytes.length}`);
		} else {
			const expected = format.step * px;
			const planar = format.step <= 2;
			if (planar && bytes.length < expected || !planar && bytes.length !== expected) throw new RangeError(`"img.data" expected ${planar ? "at least " : ""}${expected} bytes for format=${named}, got ${bytes.length}`);
		}
	} else if (bytes.length === 3 * px) format = RGB;
	else if (bytes.length === 4 * px) format = RGBA;
	else throw new RangeError(`"img.data" expected ${3 * px} or ${4 * px} bytes without opts.format, got ${bytes.length}`);
	return format;
};
var copyLuma = (out, maxSize, img, named, layout) => {
	const { step, bits } = validateImage(img, named, layout, maxSize);
	const { width, height, data } = img;
	const stride = layout?.stride || width * step;
	const offset = layout?.offset || 0;
	if (data === out && !offset && stride === width && step === 1) return;
	for (let y = 0; y < height; y++) {
		let src = offset + y * stride;
		let dst = y * width;
		if (step === 1) for (let x = 0; x < width; x++) {
			out[dst++] = data[src];
			src++;
		}
		else if (step === 2) for (let x = 0; x < width; x++) {
			out[dst++] = (data[src] | data[src + 1] << 8) >>> bits - 8;
			src += step;
		}
		else for (let x = 0; x < width; x++) {
			out[dst++] = data[src] + 2 * data[src + 1] + data[src + 2] >> 2;
			src += step;
		}
	}
};
var packQuad = (quad, x0, y0, x1, y1, x2, y2, x3, y3) => {
	quad[0] = x0;
	quad[1] = y0;
	quad[2] = x1;
	quad[3] = y1;
	quad[4] = x2;
	quad[5] = y2;
	quad[6] = x3;
	quad[7] = y3;
};
var bit = (layer, x, y) => {
	if (x < 0 || y < 0 || x >= layer.width || y >= layer.height) return -1;
	return layer.bitmap[y * layer.words + (x >>> 5)] >>> (x & 31) & 1;
};
var ratio = (a, b, c, d, e) => {
	const total = a + b + c + d + e;
	if (total < 7) return 0;
	const ms = total / 7;
	const tol = ms * .5;
	return Math.abs(ms - a) < tol && Math.abs(ms - b) < tol && Math.abs(3 * ms - c) < 3 * tol && Math.abs(ms - d) < tol && Math.abs(ms - e) < tol ? ms : 0;
};
var run = (layer, x, y, dx, dy, color, cap) => {
	let n = 0;
	if (dy) {
		while (bit(layer, x, y) === color && n <= cap) {
			n++;
			y += dy;
		}
		return n;
	}
	if (y < 0 || y >= layer.height) return 0;
	const row = y * layer.words;
	while (x >= 0 && x < layer.width && n <= cap) {
		const shift = x & 31;
		const stops = (color ? ~layer.bitmap[row + (x >>> 5)] : layer.bitmap[row + (x >>> 5)]) >>> 0;
		const w = dx > 0 ? stops >>> shift : stops << 31 - shift >>> 0;
		const span = dx > 0 ? Math.min(32 - shift, layer.width - x) : shift + 1;
		const first = !w ? 32 : dx > 0 ? 31 - Math.clz32((w & -w) >>> 0) : Math.clz32(w);
		const len = Math.min(first, span);
		n += len;
		x += dx * len;
		if (first < span) break;
	}
	return Math.min(n, Math.floor(cap) + 1);
};
var cross = (layer, cx, cy, dx, dy, maxMs, inverted, measure = false) => {
	const center = +!inverted;
	const side = +inverted;
	let r2 = run(layer, cx, cy, -dx, -dy, center, Infinity);
	let back = r2;
	const r1 = run(layer, cx - dx * back, cy - dy * back, -dx, -dy, side, maxMs);
	back += r1;
	const r0 = run(layer, cx - dx * back, cy - dy * back, -dx, -dy, center, maxMs);
	back += r0;
	const start = (dx ? cx : cy) - back;
	const forward = run(layer, cx + dx, cy + dy, dx, dy, center, Infinity);
	r2 += forward;
	let ahead = 1 + forward;
	const r3 = run(layer, cx + dx * ahead, cy + dy * ahead, dx, dy, side, maxMs);
	ahead += r3;
	const r4 = run(layer, cx + dx * ahead, cy + dy * ahead, dx, dy, center, maxMs);
	if (!ratio(r0, r1, r2, r3, r4)) return -1;
	return measure ? (r0 + r1 + r2 + r3 + r4) / 7 : start + 1 + r0 + r1 + r2 / 2;
};
var vertical = (layer, pattern, inverted, measure = false) => {
	const limit = 3 * pattern.ms;
	return cross(layer, Math.round(pattern.x), Math.round(pattern.y), 0, 1, limit, inverted, measure);
};
var refinePattern = (layer, pattern, inverted) => {
	const y = vertical(layer, pattern, inverted);
	if (y < 0) return -1;
	const limit = 3 * pattern.ms;
	const x = cross(layer, Math.round(pattern.x), Math.round(y), 1, 0, limit, inverted);
	if (x < 0) return -1;
	const movement = Math.abs(x - pattern.x) + Math.abs(y - pattern.y);
	pattern.x = x;
	pattern.y = y;
	return movement;
};
var refineTriple = (layer, triple) => {
	const tl = refinePattern(layer, triple.tl, triple.inverted);
	if (tl < 0) return false;
	const tr = refinePattern(layer, triple.tr, triple.inverted);
	if (tr < 0) return false;
	const bl = refinePattern(layer, triple.bl, triple.inverted);
	return bl >= 0 && tl + tr + bl > 0;
};
var fitPattern = (layer, pattern, inverted) => {
	const luma = layer.luma;
	const fit = (axis) => {
		const center = axis ? pattern.y : pattern.x;
		const other = axis ? pattern.x : pattern.y;
		const radius = Math.ceil(pattern.ms);
		const lo = Math.round(center) - radius;
		const hi = Math.round(center) + radius;
		let best = center;
		let bestScore = -Infinity;
		for (let candidate = lo; candidate <= hi; candidate++) for (let scale = 5; scale <= 15; scale += 2) {
			const pitch = pattern.ms * scale / 10;
			const crossRadius = Math.round(pitch / 2);
			const side = Math.ceil(3.5 * pitch);
			let dark = 0;
			let darkCount = 0;
			let light = 0;
			let lightCount = 0;
			for (let along = -side; along <= side; along++) {
				const module = Math.abs(along / pitch);
				const expectedDark = module < 1.5 || module >= 2.5;
				for (let across = -crossRadius; across <= crossRadius; across++) {
					const x = Math.round(axis ? other + across : candidate + along);
					const y = Math.round(axis ? candidate + along : other + across);
					if (x < 0 || y < 0 || x >= layer.width || y >= layer.height) continue;
					const value = luma[y * layer.width + x];
					if (expectedDark) {
						dark += value;
						darkCount++;
					} else {
						light += value;
						lightCount++;
					}
				}
			}
			let score = light / lightCount - dark / darkCount;
			if (inverted) score = -score;
			if (score > bestScore) {
				best = candidate;
				bestScore = score;
			}
		}
		return best;
	};
	pattern.x = fit(0);
	pattern.y = fit(1);
};
var mapPoint = (map, x, y) => {
	const den = map[6] * x + map[7] * y + map[8];
	return {
		x: (map[0] * x + map[1] * y + map[2]) / den,
		y: (map[3] * x + map[4] * y + map[5]) / den
	};
};
var crossPitch = (layer, pattern, inverted) => {
	const pitch = vertical(layer, pattern, inverted, true);
	return pitch < 0 ? 0 : pitch;
};
var finderPitch = (layer, pattern) => {
	const vertical = crossPitch(layer, pattern, false);
	return vertical ? Math.sqrt(pattern.ms * vertical) : 0;
};
var edgePitch = (layer, first, second, inverted) => {
	const dx = second.x - first.x;
	const dy = second.y - first.y;
	const length = distance(first, second);
	if (!length) return 0;
	const pitch = (pattern) => {
		const vertical = crossPitch(layer, pattern, inverted);
		if (!vertical) return 0;
		return Math.sqrt((dx / length * pattern.ms) ** 2 + (dy / length * vertical) ** 2);
	};
	const firstPitch = pitch(first);
	const secondPitch = pitch(second);
	return firstPitch && secondPitch ? (firstPitch + secondPitch) / 2 : 0;
};
var copyPattern = (layer, index, out) => {
	const pos = index * 4;
	out.x = layer.patterns[pos];
	out.y = layer.patterns[pos + 1];
	out.ms = layer.patterns[pos + 2];
};
var swapSet = (layer, a, b) => {
	const sets = layer.sets;
	const ap = a * 5;
	const bp = b * 5;
	for (let i = 0; i < 5; i++) {
		const value = sets[ap + i];
		sets[ap + i] = sets[bp + i];
		sets[bp + i] = value;
	}
};
var siftDown = (layer, end) => {
	const sets = layer.sets;
	for (let index = 0;;) {
		const left = index * 2 + 1;
		if (left >= end) return;
		const right = left + 1;
		const child = right < end && sets[right * 5] > sets[left * 5] ? right : left;
		if (sets[index * 5] >= sets[child * 5]) return;
		swapSet(layer, index, child);
		index = child;
	}
};
var evalLow = (poly, offset, length, x) => {
	let value = 0;
	for (let i = length - 1; i >= 0; i--) value = mul(value, x) ^ poly[offset + i];
	return value;
};
var scanRows = {
	resize(src, dst, width, dstWidth, from, to) {
		for (let y = from; y < to; y++) {
			let srcPos = (y << 1) * width;
			let dstPos = y * dstWidth;
			for (let x = 0; x < dstWidth; x++) {
				dst[dstPos++] = src[srcPos] + src[srcPos + 1] + src[srcPos + width] + src[srcPos + width + 1] + 2 >> 2;
				srcPos += 2;
			}
		}
	},
	blocks(layer, from, to) {
		const brightness = layer.luma;
		const block = 8;
		const bWidth = layer.blockWidth;
		const maxY = layer.height - block;
		const maxX = layer.width - block;
		const blocks = layer.blocks;
		for (let y = from; y < to; y++) {
			const yPos = cap(y * block, 0, maxY);
			for (let x = 0; x < bWidth; x++) {
				const xPos = cap(x * block, 0, maxX);
				let sum = 0;
				let min = 255;
				let max = 0;
				let pos = yPos * layer.width + xPos;
				for (let yy = 0; yy < block; yy++) {
					for (let xx = 0; xx < block; xx++) {
						const pixel = brightness[pos + xx];
						sum += pixel;
						min = Math.min(min, pixel);
						max = Math.max(max, pixel);
					}
					pos += layer.width;
				}
				let average = Math.floor(sum / block ** 2);
				if (max - min <= 24) {
					average = min / 2;
					if (y > 0 && x > 0) {
						const top = blocks[(y - 1) * bWidth + x];
						const left = blocks[y * bWidth + x - 1];
						const topLeft = blocks[(y - 1) * bWidth + x - 1];
						const previous = (2 * top + left + topLeft) / 4;
						if (min < previous) average = previous;
					}
				}
				blocks[bWidth * y + x] = average >>> 0;
			}
		}
	},
	bitmap(layer, from, to) {
		const brightness = layer.luma;
		const block = 8;
		const bWidth = layer.blockWidth;
		const bHeight = layer.blockHeight;
		const maxY = layer.height - block;
		const maxX = layer.width - block;
		const blocks = layer.blocks;
		for (let y = from; y < to; y++) {
			const yPos = cap(y * block, 0, maxY);
			const top = cap(y, 2, bHeight - 3);
			for (let x = 0; x < bWidth; x++) {
				const xPos = cap(x * block, 0, maxX);
				const left = cap(x, 2, bWidth - 3);
				let sum = 0;
				for (let yy = -2; yy <= 2; yy++) {
					const row = bWidth * (top + yy) + left;
					for (let xx = -2; xx <= 2; xx++) sum += blocks[row + xx];
				}
				const average = sum / 25;
				layer.cuts[y * bWidth + x] = Math.floor(average);
				let pos = yPos * layer.width + xPos;
				for (let yy = 0; yy < block; yy++) {
					let value = 0;
					for (let xx = 0; xx < block; xx++) value |= +(brightness[pos + xx] <= average) << xx;
					const shift = xPos & 31;
					const word = (yPos + yy) * layer.words + (xPos >>> 5);
					const lowMask = 255 << shift >>> 0;
					layer.bitmap[word] = (layer.bitmap[word] & ~lowMask | value << shift >>> 0) >>> 0;
					if (shift > 24) {
						const highMask = (1 << shift - 24) - 1;
						layer.bitmap[word + 1] = (layer.bitmap[word + 1] & ~highMask | value >>> 32 - shift) >>> 0;
					}
					pos += layer.width;
				}
			}
		}
	},
	find(layer, from, to) {
		for (let y = from; y < to; y += 2) {
			let r0 = 0;
			let r1 = 0;
			let r2 = 0;
			let r3 = 0;
			let r4 = 0;
			let runs = 0;
			let previous = !!bit(layer, 0, y | 0);
			for (let x = 0; x < layer.width;) {
				const length = run(layer, x, y, 1, 0, +previous, Infinity);
				x += length;
				r0 = r1;
				r1 = r2;
				r2 = r3;
				r3 = r4;
				r4 = length;
				runs++;
				const black = previous;
				previous = !previous;
				candidate: {
					if ((runs | 0) < 5) break candidate;
					const inverted = !black;
					const ms = ratio(r0, r1, r2, r3, r4);
					if (!ms) break candidate;
					const start = (x | 0) - r0 - r1 - r2 - r3 - r4;
					const cx = Math.round(start + r0 + r1 + r2 / 2);
					const limit = ms * 3;
					const cy = cross(layer, cx, y | 0, 0, 1, limit, inverted);
					if (cy < 0) break candidate;
					const refinedX = cross(layer, cx, Math.round(cy), 1, 0, limit, inverted);
					if (refinedX < 0) break candidate;
					const patterns = layer.patterns;
					const polarity = +inverted;
					for (let i = 0; i < layer.patternCount; i++) {
						const pos = i * 4;
						if ((layer.inverted[i] & 1) !== polarity || Math.abs(patterns[pos] - refinedX) >= 2 * ms || Math.abs(patterns[pos + 1] - cy) >= 2 * ms) continue;
						const count = patterns[pos + 3] + 1;
						patterns[pos] = (patterns[pos] * patterns[pos + 3] + refinedX) / count;
						patterns[pos + 1] = (patterns[pos + 1] * patterns[pos + 3] + cy) / count;
						patterns[pos + 2] = (patterns[pos + 2] * patterns[pos + 3] + ms) / count;
						patterns[pos + 3] = count;
						break candidate;
					}
					const index = layer.patternCount++;
					const pos = index * 4;
					if (pos + 3 >= patterns.length) throw new Error(`finder storage exhausted at ${layer.width}x${layer.height}`);
					patterns[pos] = refinedX;
					patterns[pos + 1] = cy;
					patterns[pos + 2] = ms;
					patterns[pos + 3] = 1;
					layer.inverted[index] = polarity;
				}
			}
		}
	}
};
var snapSize = (estimate) => Math.round((estimate - 17) / 4) * 4 + 17 | 0;
var runDecode = (walk) => {
	let step = walk.next();
	while (!step.done) step = walk.next(0);
	return step.value;
};
var nextTick = () => {
	const host = globalThis;
	if (typeof host.scheduler?.yield === "function") return host.scheduler.yield();
	return new Promise((resolve) => host.setTimeout(resolve, 0));
};
var runDecodeAsync = async (walk, timeLimit) => {
	const tick = Math.min(timeLimit, 8);
	let started = Date.now();
	try {
		let step = walk.next();
		for (;;) {
			if (step.done) return step.value;
			let waited = 0;
			if (Date.now() - started >= tick) {
				const waiting = Date.now();
				await nextTick();
				waited = Date.now() - waiting;
				started = Date.now();
			}
			step = walk.next(waited);
		}
	} catch (error) {
		walk.return(void 0);
		throw error;
	}
};
/**
* Reusable decode state for DOM helpers and advanced integrations.
* Operations are exclusive: while `decodeAsync()` is pending, staging, decoding, and cleaning
* throw until that promise settles.
* Most users should call {@link decodeQR} or use the utilities from `qr/dom.js`.
*/
var _QRScanner = class {
	layers;
	opts;
	width;
	height;
	luma;
	grid = /* @__PURE__ */ new Uint8Array(31329);
	tmp8 = /* @__PURE__ */ new Uint8Array(31329);
	codewords = new Uint8Array(BYTES[39]);
	tmp32 = /* @__PURE__ */ new Uint32Array(208);
	tmp64 = /* @__PURE__ */ new Float64Array(282);
	payload = Payload.create(BYTES[39]);
	image;
	input;
	inFlight = false;
	staged = false;
	resized = false;
	triple = {
		tl: makePattern(),
		tr: makePattern(),
		bl: makePattern(),
		inverted: false,
		tlIndex: 0,
		trIndex: 0,
		blIndex: 0
	};
	blocked = 0;
	effort;
	timeLimit;
	retryStart = 0;
	retries = 0;
	points;
	map = /* @__PURE__ */ new Float64Array(9);
	from = /* @__PURE__ */ new Float64Array(9);
	to = /* @__PURE__ */ new Float64Array(9);
	alignPoint = {
		x: .1,
		y: .1
	};
	finePlane = {
		d: /* @__PURE__ */ new Uint8Array(0),
		cut: /* @__PURE__ */ new Int16Array(0),
		W: 0,
		H: 0,
		bw: 0,
		sh: 0
	};
	invertedProjection = false;
	decodedSize = 0;
	beginOperation() {
		if (this.inFlight) throw new Error("scanner operation already in flight");
		this.inFlight = true;
	}
	endOperation() {
		this.inFlight = false;
	}
	constructor(init) {
		validateOpts(init);
		const maxPixels = validateSize(init.maxSize, "\"maxSize\"");
		const maxSize = Object.freeze({ ...init.maxSize });
		const stride = init.stride === void 0 ? 1 : init.stride;
		if (!Number.isSafeInteger(stride) || stride < 1) throw new RangeError(`"stride" expected positive safe integer, got ${stride}`);
		const bytes = maxPixels * stride;
		if (!Number.isSafeInteger(bytes) || bytes > MAX_ARENA_BYTES) throw new RangeError(`input arena expected <= ${MAX_ARENA_BYTES} bytes, got ${maxPixels}*${stride}`);
		this.effort = init.effort === void 0 ? 1 : init.effort;
		this.timeLimit = init.timeLimit === void 0 ? 1e3 / 60 : init.timeLimit;
		this.opts = Object.freeze({
			...init,
			effort: this.effort,
			maxSize,
			timeLimit: this.timeLimit
		});
		this.width = 0;
		this.height = 0;
		this.luma = new Uint8Array(bytes);
		this.image = {
			data: this.luma,
			height: 0,
			width: 0
		};
		this.input = {
			data: this.luma,
			height: 0,
			width: 0
		};
		const layers = [];
		let width = maxSize.width;
		let height = maxSize.height;
		for (let i = 0; i < 4; i++) {
			if (i && Math.min(width, height) < 64) break;
			const blockWidth = Math.ceil(width / 8);
			const blockHeight = Math.ceil(height / 8);
			const centers = Math.ceil(width / 7) * Math.ceil(height / 7);
			const luma = i ? new Uint8Array(width * height) : this.luma;
			const blocks = new Uint8Array(blockWidth * blockHeight);
			const cuts = new Int16Array(blockWidth * blockHeight);
			const fine = i ? {
				luma: this.image,
				r: i
			} : void 0;
			layers.push({
				bitmap: new Uint32Array(Math.ceil(width / 32) * height),
				blockHeight: 0,
				blockWidth: 0,
				blocks,
				cuts,
				height: 0,
				luma,
				patternCount: 0,
				patterns: new Float64Array(centers * 4),
				used: false,
				width: 0,
				words: 0,
				plane: {
					d: luma,
					cut: cuts,
					W: width,
					H: height,
					bw: Math.ceil(width / 8),
					sh: Math.log2(8)
				},
				context: {
					opts: this.opts,
					scale: 1 << i,
					ox: 0,
					oy: 0,
					fine
				},
				found: false,
				inverted: new Uint8Array(centers),
				setCount: 0,
				setCursor: 0,
				sets: /* @__PURE__ */ new Float64Array(1280),
				setsReady: false,
				pickSum: -1,
				pickLo: 0,
				pickHi: 0
			});
			width >>= 1;
			height >>= 1;
		}
		this.layers = layers;
	}
	decodePayload(data, dataLen, version) {
		const decoded = Payload.decode(this.payload, data, dataLen, version, !!this.opts.textDecoder);
		return decoded instanceof Error ? decoded : Payload.finish(decoded, this.opts.textDecoder);
	}
	mapQuad(out) {
		squareToQuad(out, this.to);
		squareToQuad(this.to, this.from);
		adjugate(this.from, this.to);
		ptMul(out, out, this.from);
	}
	mapFinderQuad(out, size, t, brX, brY) {
		const c = 3.5;
		packQuad(this.from, c, c, size - c, c, size - 6.5, size - 6.5, c, size - c);
		packQuad(this.to, t.tl.x, t.tl.y, t.tr.x, t.tr.y, brX, brY, t.bl.x, t.bl.y);
		this.mapQuad(out);
	}
	setAlignments(ver) {
		if (ver === 1) return 0;
		const last = 17 + 4 * ver - 7;
		const count = Math.ceil((last - 6) / 28);
		let interval = Math.floor((last - 6) / count);
		if (interval & 1) interval++;
		else if ((last - 6) % count * 2 >= count) interval += 2;
		const positions = this.tmp8;
		positions[0] = 6;
		for (let i = 1; i < count; i++) positions[i] = last - (count - i) * interval;
		positions[count] = last;
		return count + 1;
	}
	/** Convert one source image into the preallocated native luma layer. */
	addImage(img, format = this.opts.format) {
		this.beginOperation();
		try {
			copyLuma(this.luma, this.opts.maxSize, img, format);
			this.stage(img);
		} finally {
			this.endOperation();
		}
	}
	stage({ width, height }) {
		this.width = width;
		this.image.width = width;
		this.height = height;
		this.image.height = height;
		let aw = width;
		let ah = height;
		for (let i = 0; i < this.layers.length; i++) {
			const layer = this.layers[i];
			const used = !i || Math.min(aw, ah) >= 64;
			layer.used = used;
			layer.width = used ? aw : 0;
			layer.height = used ? ah : 0;
			layer.words = used ? Math.ceil(aw / 32) : 0;
			layer.blockWidth = used ? Math.ceil(aw / 8) : 0;
			layer.blockHeight = used ? Math.ceil(ah / 8) : 0;
			layer.patternCount = 0;
			layer.plane.W = layer.width;
			layer.plane.H = layer.height;
			layer.plane.bw = layer.blockWidth;
			layer.context.ox = 0;
			layer.context.oy = 0;
			layer.found = false;
			layer.setCount = 0;
			layer.setCursor = 0;
			layer.setsReady = false;
			layer.pickSum = -1;
			aw >>= 1;
			ah >>= 1;
		}
		this.staged = true;
		this.resized = false;
		this.blocked = 0;
		this.retryStart = 0;
		this.retries = 0;
	}
	clean() {
		this.beginOperation();
		try {
			this.payload.position = 0;
			this.payload.bytes.fill(0);
			for (const v of Object.values(this)) if (ArrayBuffer.isView(v)) v.fill(0);
			for (const layer of this.layers) {
				for (const v of Object.values(layer)) if (ArrayBuffer.isView(v)) v.fill(0);
				layer.blockHeight = 0;
				layer.blockWidth = 0;
				layer.height = 0;
				layer.width = 0;
				layer.words = 0;
				layer.patternCount = 0;
				layer.setCount = 0;
				layer.setCursor = 0;
				layer.used = false;
				layer.found = false;
				layer.setsReady = false;
			}
			this.width = 0;
			this.image.width = 0;
			this.height = 0;
			this.image.height = 0;
			this.staged = false;
			this.resized = false;
			this.blocked = 0;
			this.points = void 0;
		} finally {
			this.endOperation();
		}
	}
	/** Process pixels that an integration wrote directly into {@link luma}. */
	processImage(size, format = "I420", layout = {
		offset: 0,
		stride: size.width * (inputFormat(format)?.step || 0)
	}) {
		this.beginOperation();
		try {
			this.input.width = size.width;
			this.input.height = size.height;
			copyLuma(this.luma, this.opts.maxSize, this.input, format, layout);
			this.stage(size);
		} finally {
			this.endOperation();
		}
	}
	read(s, map, mx, my) {
		const point = mapPoint(map, mx, my);
		const px = Math.floor(point.x);
		const py = Math.floor(point.y);
		if (px < 0 || py < 0 || px >= s.W || py >= s.H) return 0;
		return s.d[py * s.W + px] <= s.cut[(py >> s.sh) * s.bw + (px >> s.sh)] !== this.invertedProjection ? 1 : 0;
	}
	perspective(t, p0, p1, p2) {
		const { tl, tr, bl } = t;
		const wx = Math.cbrt(p0 / p1) ** 2;
		const wy = Math.cbrt(p0 / p2) ** 2;
		const cornerDen = wx + wy - 1;
		if (!cornerDen) return false;
		const brX = (wx * tr.x + wy * bl.x - tl.x) / cornerDen;
		const brY = (wx * tr.y + wy * bl.y - tl.y) / cornerDen;
		const dx3 = tl.x - tr.x + brX - bl.x;
		const dy3 = tl.y - tr.y + brY - bl.y;
		if ((dx3 || dy3) && !((tr.x - brX) * (bl.y - brY) - (bl.x - brX) * (tr.y - brY))) return false;
		packQuad(this.to, tl.x, tl.y, tr.x, tr.y, brX, brY, bl.x, bl.y);
		squareToQuad(this.map, this.to);
		return true;
	}
	searchAlign(s, map, scale, side, bx, by, mul, tie) {
		let bestX = 0;
		let bestY = 0;
		let bestErrors = tie ? Infinity : 6;
		for (let sy = -3; sy <= 3; sy++) for (let sx = -3; sx <= 3; sx++) {
			const dx = sx * mul;
			const dy = sy * mul;
			const cap = bestErrors + +tie;
			let errors = 0;
			for (let y = -2; y <= 2 && errors < cap; y++) for (let x = -2; x <= 2; x++) if (!!this.read(s, map, scale + (bx + dx + x) / side, scale + (by + dy + y) / side) !== (Math.abs(x) === 2 || Math.abs(y) === 2 || x === 0 && y === 0) && ++errors >= cap) break;
			if (errors > bestErrors || !tie && errors === bestErrors) continue;
			if (errors === bestErrors && dx * dx + dy * dy >= bestX * bestX + bestY * bestY) continue;
			bestX = dx;
			bestY = dy;
			bestErrors = errors;
		}
		if (bestErrors > 5) return false;
		const p = mapPoint(map, scale + (bx + bestX) / side, scale + (by + bestY) / side);
		this.alignPoint.x = p.x;
		this.alignPoint.y = p.y;
		return true;
	}
	excluded(layer, index) {
		if (!this.blocked) return false;
		const scale = layer.context.scale;
		const offset = (scale - 1) / 2;
		const pos = 4 * index;
		const x = scale * layer.patterns[pos] + offset;
		const y = scale * layer.patterns[pos + 1] + offset;
		for (const source of this.layers) {
			if (!source.found) continue;
			const sourceScale = source.context.scale;
			const sourceOffset = (sourceScale - 1) / 2;
			const s = source.patterns;
			for (let i = 0; i < source.patternCount; i++) {
				const state = source.inverted[i];
				if (!(state & 2)) continue;
				if (!(state & 4)) continue;
				const tl = 4 * i;
				const tr = 4 * s[tl + 2];
				const bl = 4 * s[tl + 3];
				const ux = sourceScale * (s[tr] - s[tl]);
				const uy = sourceScale * (s[tr + 1] - s[tl + 1]);
				const vx = sourceScale * (s[bl] - s[tl]);
				const vy = sourceScale * (s[bl + 1] - s[tl + 1]);
				const determinant = ux * vy - uy * vx;
				const dx = x - (sourceScale * s[tl] + sourceOffset);
				const dy = y - (sourceScale * s[tl + 1] + sourceOffset);
				const across = (dx * vy - dy * vx) / determinant;
				const down = (dy * ux - dx * uy) / determinant;
				const padding = s[tr + 2];
				if (across >= -padding && across <= 1 + padding && down >= -padding && down <= 1 + padding) return true;
			}
		}
		return false;
	}
	exclude(layer) {
		for (let i = 0; i < layer.patternCount; i++) {
			if (layer.inverted[i] & 2 || !this.excluded(layer, i)) continue;
			layer.inverted[i] |= 2;
			this.blocked++;
		}
	}
	retain(index, rank, count, capacity, offset = 0) {
		const ranks = this.tmp64;
		if (count < capacity) {
			this.tmp32[count] = index;
			ranks[offset + count] = rank;
			return count + 1;
		}
		let worst = 0;
		for (let i = 1; i < count; i++) if (ranks[offset + worst] < ranks[offset + i]) worst = i;
		if (rank >= ranks[offset + worst]) return count;
		this.tmp32[worst] = index;
		ranks[offset + worst] = rank;
		return count;
	}
	makeTriple(layer, i0, i1, i2) {
		const pts = layer.patterns;
		const p0 = i0 * 4;
		const p1 = i1 * 4;
		const p2 = i2 * 4;
		const d01 = dist2(pts, p0, p1);
		const d12 = dist2(pts, p1, p2);
		const d02 = dist2(pts, p0, p2);
		let tl = i2;
		let bl = i0;
		let tr = i1;
		if (d12 >= d01 && d12 >= d02) {
			tl = i0;
			bl = i1;
			tr = i2;
		} else if (d02 >= d12 && d02 >= d01) {
			tl = i1;
			bl = i0;
			tr = i2;
		}
		copyPattern(layer, tl, this.triple.tl);
		copyPattern(layer, bl, this.triple.bl);
		copyPattern(layer, tr, this.triple.tr);
		const { tl: topLeft, tr: topRight, bl: bottomLeft } = this.triple;
		if ((topRight.x - topLeft.x) * (bottomLeft.y - topLeft.y) - (topRight.y - topLeft.y) * (bottomLeft.x - topLeft.x) < 0) {
			const index = tr;
			tr = bl;
			bl = index;
			copyPattern(layer, tr, topRight);
			copyPattern(layer, bl, bottomLeft);
		}
		this.triple.tlIndex = tl;
		this.triple.trIndex = tr;
		this.triple.blIndex = bl;
		return this.triple;
	}
	pickPolarity(layer, polarity) {
		const pts = layer.patterns;
		const candidates = this.tmp32;
		let confirmed = 0;
		for (let i = 0; i < layer.patternCount; i++) {
			const state = layer.inverted[i];
			if ((state & 1) !== polarity || state & 2) continue;
			if (pts[i * 4 + 3] >= 2) confirmed++;
		}
		const minimum = confirmed >= 3 ? 2 : 1;
		let count = 0;
		for (let i = 0; i < layer.patternCount; i++) {
			const state = layer.inverted[i];
			if ((state & 1) !== polarity || state & 2) continue;
			const confidence = pts[i * 4 + 3];
			if (confidence < minimum) continue;
			count = this.retain(i, -confidence, count, 16, 8);
		}
		if (count < 3) return false;
		const found = this.tmp32;
		found.fill(0, 16);
		const lowerIndex = this.layers.indexOf(layer);
		for (let upperIndex = lowerIndex + 1; upperIndex < this.layers.length; upperIndex++) {
			const upper = this.layers[upperIndex];
			if (!upper.used || !upper.found) continue;
			const scale = upper.context.scale / layer.context.scale;
			const offset = (scale - 1) / 2;
			for (let slot = 0; slot < count; slot++) {
				const at = 4 * candidates[slot];
				const ms = pts[at + 2];
				let b0 = -1;
				let b1 = -1;
				let b2 = -1;
				let d0 = Infinity;
				let d1 = Infinity;
				let d2 = Infinity;
				for (let i = 0; i < upper.patternCount; i++) {
					if ((upper.inverted[i] & 1) !== polarity) continue;
					if (upper.inverted[i] & 2) continue;
					const pos = 4 * i;
					const mappedMs = scale * upper.patterns[pos + 2];
					const smallest = Math.min(ms, mappedMs);
					const largest = Math.max(ms, mappedMs);
					if (largest > 2 * smallest) continue;
					const dx = scale * upper.patterns[pos] + offset - pts[at];
					const dy = scale * upper.patterns[pos + 1] + offset - pts[at + 1];
					const distance = dx * dx + dy * dy;
					if (distance >= 4 * largest ** 2 || distance >= d2) continue;
					if (distance < d0) {
						b2 = b1;
						d2 = d1;
						b1 = b0;
						d1 = d0;
						b0 = i;
						d0 = distance;
					} else if (distance < d1) {
						b2 = b1;
						d2 = d1;
						b1 = i;
						d1 = distance;
					} else {
						b2 = i;
						d2 = distance;
					}
				}
				const base = 16 + (upperIndex * 16 + slot) * 3;
				found[base] = b0 + 1;
				found[base + 1] = b1 + 1;
				found[base + 2] = b2 + 1;
			}
		}
		const moduleRatioMax = count === 3 ? 1.8 : 1.4;
		let best0 = -1;
		let best1 = -1;
		let best2 = -1;
		let bestScale = 0;
		let bestScore = Infinity;
		let bestConfidence = 0;
		let rankedScore = Infinity;
		let rankedConfidence = 0;
		let ranked0 = -1;
		let ranked1 = -1;
		let ranked2 = -1;
		let rankedRelative = Infinity;
		for (let i = 0; i < count - 2; i++) {
			const i0 = candidates[i];
			const p0 = i0 * 4;
			for (let j = i + 1; j < count - 1; j++) {
				const i1 = candidates[j];
				const p1 = i1 * 4;
				const d01 = dist2(pts, p0, p1);
				for (let k = j + 1; k < count; k++) {
					const i2 = candidates[k];
					const p2 = i2 * 4;
					const minMs = Math.min(pts[p0 + 2], pts[p1 + 2], pts[p2 + 2]);
					const maxMs = Math.max(pts[p0 + 2], pts[p1 + 2], pts[p2 + 2]);
					const nativeConfidence = Math.min(pts[p0 + 3], pts[p1 + 3], pts[p2 + 3]);
					if (maxMs > moduleRatioMax * minMs && (count !== 8 || nativeConfidence < 4)) {
						let matched = false;
						upper: for (let upperIndex = lowerIndex + 1; upperIndex < this.layers.length; upperIndex++) {
							let first = 0;
							let second = 0;
							for (let role = 0; role < 3; role++) {
								const slot = role ? role === 1 ? j : k : i;
								const base = 16 + (upperIndex * 16 + slot) * 3;
								let selected = 0;
								for (let rank = 0; rank < 3; rank++) {
									const candidate = found[base + rank];
									if (!candidate || candidate === first || candidate === second) continue;
									selected = candidate;
									break;
								}
								if (!selected) continue upper;
								if (!role) first = selected;
								else if (role === 1) second = selected;
							}
							matched = true;
							break;
						}
						if (!matched) continue;
					}
					const d12 = dist2(pts, p1, p2);
					const d02 = dist2(pts, p0, p2);
					const a = Math.min(d01, d12, d02);
					const c = Math.max(d01, d12, d02);
					const b = d01 + d12 + d02 - a - c;
					const geometry = Math.abs(c - 2 * b) + Math.abs(c - 2 * a);
					const confidence = pts[p0 + 3] + pts[p1 + 3] + pts[p2 + 3];
					if (geometry < bestScore) {
						bestScore = geometry;
						bestScale = c;
						bestConfidence = confidence;
						best0 = i0;
						best1 = i1;
						best2 = i2;
					}
					if (count > 8) continue;
					const score = geometry / c - .01 * confidence;
					if (score >= rankedScore) continue;
					rankedScore = score;
					rankedConfidence = confidence;
					rankedRelative = geometry / c;
					ranked0 = i0;
					ranked1 = i1;
					ranked2 = i2;
				}
			}
		}
		if (best0 < 0) return false;
		let relative = bestScore / bestScale;
		if (count <= 7 && relative >= .08 && relative <= .12 || count > 7 && count <= 8 && rankedConfidence >= 2 * bestConfidence && rankedConfidence <= 4 * bestConfidence) {
			best0 = ranked0;
			best1 = ranked1;
			best2 = ranked2;
			relative = rankedRelative;
		}
		const base = polarity * 4;
		const state = this.tmp64;
		state[base] = best0;
		state[base + 1] = best1;
		state[base + 2] = best2;
		state[base + 3] = relative;
		return true;
	}
	timing(s, map, size) {
		let gh = 0;
		let gv = 0;
		let n = 0;
		const N = size - 16;
		const track = 6.5;
		for (let i = 8; i < size - 8; i++) {
			const c = i + .5;
			const e = 1 - (i & 1);
			if (this.read(s, map, c, track) === e) gh++;
			if (this.read(s, map, track, c) === e) gv++;
			n++;
			if (100 * (gh + gv + 2 * (N - n)) < 150 * N && gh !== n && gv !== n) return false;
		}
		return 100 * (gh + gv) >= 150 * N || gh === N || gv === N;
	}
	findBasicAlign(layer, ex, ey, ms) {
		const R = Math.max(Math.round(5 * ms), 8);
		let found = false;
		let bestD = Infinity;
		const yLo = Math.max(1, Math.round(ey - R));
		const yHi = Math.min(layer.height - 2, Math.round(ey + R));
		const xLo = Math.max(1, Math.round(ex - R));
		const xHi = Math.min(layer.width - 2, Math.round(ex + R));
		const dark = +!this.invertedProjection;
		const capV = Math.ceil(3 * ms) - 1;
		for (let y = yLo; y <= yHi; y++) {
			let x = xLo;
			if (bit(layer, x - 1, y) === dark) x += run(layer, x, y, 1, 0, dark, Infinity);
			while (x <= xHi) {
				x += run(layer, x, y, 1, 0, 1 - dark, Infinity);
				if (x > xHi) break;
				const w = run(layer, x, y, 1, 0, dark, xHi + 1 - x);
				const cx = x + w / 2;
				const cxi = Math.round(cx);
				x += w + 1;
				if (w < .4 * ms || w > 2.5 * ms) continue;
				const up = run(layer, cxi, y - 1, 0, -1, dark, capV);
				const h = up + run(layer, cxi, y + 1, 0, 1, dark, capV) + 1;
				if (h < .4 * ms || h > 2.5 * ms) continue;
				const cy = y - up + h / 2;
				const dist = (cx - ex) * (cx - ex) + (cy - ey) * (cy - ey);
				if (dist < bestD) {
					bestD = dist;
					found = true;
					this.alignPoint.x = cx;
					this.alignPoint.y = cy;
				}
			}
		}
		return found;
	}
	report(t, br, aligners, ms, size, ctx) {
		if (!ctx.opts.pointsOnDetect) return;
		const { tl, tr, bl } = t;
		const { scale, ox, oy } = ctx;
		const pt = (point, moduleSize) => {
			const mapped = {
				x: point.x * scale + ox,
				y: point.y * scale + oy
			};
			if (moduleSize !== void 0) mapped.moduleSize = moduleSize * scale;
			return mapped;
		};
		const map = this.map;
		this.mapFinderQuad(map, size, t, br.x, br.y);
		const project = (x, y) => pt(mapPoint(map, x, y));
		const quad = (left, top, right, bottom) => [
			project(left, top),
			project(right, top),
			project(right, bottom),
			project(left, bottom)
		];
		const marker = (point, moduleSize, x, y, radius) => {
			const center = pt(point, moduleSize);
			const expected = project(x, y);
			const corners = quad(x - radius, y - radius, x + radius, y + radius);
			const dx = center.x - expected.x;
			const dy = center.y - expected.y;
			if (dx || dy) for (const corner of corners) {
				corner.x += dx;
				corner.y += dy;
			}
			return {
				...center,
				corners
			};
		};
		const c = 3.5;
		const pad = 1;
		const bounds = quad(0, 0, size, size);
		const xs = bounds.map((point) => point.x);
		const ys = bounds.map((point) => point.y);
		const minX = Math.min(...xs);
		const minY = Math.min(...ys);
		this.points = {
			tl: marker(tl, tl.ms, c, c, c),
			tr: marker(tr, tr.ms, size - c, c, c),
			br: project(size - c, size - c),
			bl: marker(bl, bl.ms, c, size - c, c),
			aligners: aligners.map(({ point, x, y }) => marker(point, ms, x, y, 5 / 2)),
			bounds,
			outline: quad(-1, -1, size + pad, size + pad),
			boundingBox: {
				x: minX,
				y: minY,
				width: Math.max(...xs) - minX,
				height: Math.max(...ys) - minY
			}
		};
	}
	upgrade(p, map, ctx) {
		const fine = ctx.fine;
		if (!fine) return 0;
		const sc = 1 << fine.r;
		const off = (sc - 1) / 2;
		const scaled = this.to;
		for (let i = 0; i < 6; i++) scaled[i] = sc * map[i] + off * map[6 + i % 3];
		scaled[6] = map[6];
		scaled[7] = map[7];
		scaled[8] = map[8];
		const plane = this.finePlane;
		const sh = p.sh + fine.r;
		plane.d = fine.luma.data;
		plane.cut = p.cut;
		plane.W = Math.min(fine.luma.width, p.bw << sh);
		plane.H = Math.min(fine.luma.height, (p.cut.length / p.bw | 0) << sh);
		plane.bw = p.bw;
		plane.sh = sh;
		return sc;
	}
	decodeGrid(size, _ctx) {
		let decoded = FAIL.format;
		if (!checkVersion(this.grid, size)) decoded = FAIL.version;
		else {
			const m = this.grid;
			let f1 = 0;
			let f2 = 0;
			for (let i = 0; i < 15; i++) {
				const b1 = i < 6 ? m[i * size + 8] : i < 8 ? m[(i + 1) * size + 8] : i === 8 ? m[8 * size + 7] : m[8 * size + 14 - i];
				const b2 = i < 8 ? m[8 * size + size - 1 - i] : m[(size - 15 + i) * size + 8];
				f1 |= b1 << i;
				f2 |= b2 << i;
			}
			let aEcc = -1;
			let bEcc = -1;
			let aMask = 0;
			let bMask = 0;
			let aDistance = 0;
			let bDistance = 0;
			for (let ecc = 0; ecc < ECC_LEVELS.length; ecc++) for (let mask = 0; mask < 8; mask++) {
				const bits = formatBits(ECC_LEVELS[ecc], mask);
				const d1 = popcnt(bits ^ f1);
				const d2 = popcnt(bits ^ f2);
				if (d1 <= 3) {
					aEcc = ecc;
					aMask = mask;
					aDistance = d1;
				}
				if (d2 <= 3) {
					bEcc = ecc;
					bMask = mask;
					bDistance = d2;
				}
			}
			const same = aEcc === bEcc && aMask === bMask;
			const firstB = bEcc >= 0 && (aEcc < 0 || !same && bDistance < aDistance);
			const aFormat = aEcc < 0 ? -1 : aEcc << 3 | aMask;
			const bFormat = bEcc < 0 ? -1 : bEcc << 3 | bMask;
			const first = firstB ? bFormat : aFormat;
			const second = firstB ? aFormat : bEcc >= 0 && !same ? bFormat : -1;
			for (let formatValue = first; formatValue >= 0;) {
				format: {
					const eccIndex = formatValue >> 3;
					const mask = formatValue & 7;
					const ver = (size - 17) / 4;
					const fun = this.tmp8;
					fun.fill(0, 0, size * size);
					for (let finder = 0; finder < 3; finder++) {
						const fx = finder === 1 ? size - 7 : 0;
						const fy = finder === 2 ? size - 7 : 0;
						for (let dy = -1; dy < 8; dy++) for (let dx = -1; dx < 8; dx++) {
							const x = fx + dx;
							const y = fy + dy;
							if (x >= 0 && y >= 0 && x < size && y < size) fun[y * size + x] = 1;
						}
					}
					const count = this.setAlignments(ver);
					const align = this.tmp8;
					for (let yi = 0; yi < count; yi++) for (let xi = 0; xi < count; xi++) {
						const ax = align[xi];
						const ay = align[yi];
						if (fun[ay * size + ax]) continue;
						for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) fun[(ay + dy) * size + ax + dx] = 1;
					}
					for (let i = 0; i < size; i++) {
						fun[6 * size + i] = 1;
						fun[i * size + 6] = 1;
					}
					for (let i = 0; i <= 8; i++) {
						fun[i * size + 8] = 1;
						fun[8 * size + i] = 1;
						if (i < 8) {
							fun[8 * size + size - 1 - i] = 1;
							fun[(size - 1 - i) * size + 8] = 1;
						}
					}
					if (ver >= 7) for (let i = 0; i < 18; i++) {
						const x = size - 11 + i % 3;
						const y = i / 3 | 0;
						fun[y * size + x] = 1;
						fun[x * size + y] = 1;
					}
					const bytes = this.codewords;
					const total = BYTES[ver - 1];
					bytes.fill(0, 0, total);
					let bit = 0;
					let dir = -1;
					let y = size - 1;
					for (let xOffset = size - 1; xOffset > 0; xOffset -= 2) {
						if (xOffset === 6) xOffset = 5;
						for (;;) {
							for (let j = 0; j < 2; j++) {
								const x = xOffset - j;
								if (fun[y * size + x]) continue;
								if (bit < 8 * total && (this.grid[y * size + x] ^ maskBits(x, y) >> mask & 1) === 1) bytes[bit >> 3] |= 128 >> (bit & 7);
								bit++;
							}
							if (y + dir < 0 || y + dir >= size) break;
							y += dir;
						}
						dir = -dir;
					}
					const ecc = ECC_LEVELS[eccIndex];
					const words = WORDS_PER_BLOCK[ecc][ver - 1];
					const blocks = ECC_BLOCKS[ecc][ver - 1];
					const shortLen = Math.floor(total / blocks) - words;
					const shortBlocks = blocks - total % blocks;
					const syndromes = 0;
					const sigma = words;
					const previous = 2 * words + 1;
					const next = 3 * words + 2;
					const blockBase = 4 * words + 3;
					const blockLen = shortLen + words;
					const blockBytes = fun;
					let pos = 0;
					for (let ecc = 0; ecc < 2; ecc++) for (let i = 0; i < (ecc ? words : shortLen + 1); i++) for (let block = 0; block < blocks; block++) {
						const length = blockLen + +(block >= shortBlocks);
						if (!ecc && i >= length - words) continue;
						const offset = blockBase + block * blockLen + Math.max(0, block - shortBlocks);
						blockBytes[offset + (ecc ? length - words : 0) + i] = bytes[pos++];
					}
					const dataLen = total - words * blocks;
					const data = bytes;
					pos = 0;
					for (let block = 0; block < blocks; block++) {
						const offset = blockBase + block * blockLen + Math.max(0, block - shortBlocks);
						const length = blockLen + +(block >= shortBlocks);
						let corrected = false;
						correct: {
							let hasError = false;
							for (let i = 0; i < words; i++) {
								let value = 0;
								for (let j = 0; j < length; j++) value = mul(value, EXP[i]) ^ blockBytes[offset + j];
								fun[syndromes + i] = value;
								if (value) hasError = true;
							}
							if (!hasError) {
								corrected = true;
								break correct;
							}
							fun.fill(0, sigma, sigma + words + 1);
							fun.fill(0, previous, previous + words + 1);
							fun[sigma] = 1;
							fun[previous] = 1;
							let sigmaLength = 1;
							let previousLength = 1;
							let degree = 0;
							let shift = 1;
							let discrepancy = 1;
							for (let n = 0; n < words; n++) {
								let delta = fun[syndromes + n];
								for (let i = 1; i <= degree; i++) delta ^= mul(fun[sigma + i], fun[syndromes + n - i]);
								if (!delta) {
									shift++;
									continue;
								}
								const coefficient = mul(delta, inv(discrepancy));
								const nextLength = Math.max(sigmaLength, previousLength + shift);
								for (let i = 0; i < nextLength; i++) fun[next + i] = (i < sigmaLength ? fun[sigma + i] : 0) ^ (i >= shift && i - shift < previousLength ? mul(coefficient, fun[previous + i - shift]) : 0);
								if (2 * degree <= n) {
									fun.copyWithin(previous, sigma, sigma + sigmaLength);
									previousLength = sigmaLength;
									degree = n + 1 - degree;
									discrepancy = delta;
									shift = 1;
								} else shift++;
								fun.copyWithin(sigma, next, next + nextLength);
								sigmaLength = nextLength;
							}
							while (sigmaLength > 1 && !fun[sigma + sigmaLength - 1]) sigmaLength--;
							const errors = sigmaLength - 1;
							if (!errors || 2 * errors > words) break correct;
							const omega = previous;
							fun.fill(0, omega, omega + words);
							for (let i = 0; i < sigmaLength; i++) for (let j = 0; i + j < words; j++) fun[omega + i + j] ^= mul(fun[sigma + i], fun[syndromes + j]);
							const locations = next;
							let locationCount = 0;
							for (let i = 1; i < 256 && locationCount < errors; i++) if (!evalLow(fun, sigma, sigmaLength, i)) fun[locations + locationCount++] = inv(i);
							if (locationCount !== errors) break correct;
							for (let i = 0; i < locationCount; i++) {
								const location = fun[locations + i];
								const blockPos = length - 1 - LOG[location];
								if (blockPos < 0) break correct;
								const inverse = inv(location);
								let denominator = 1;
								for (let j = 0; j < locationCount; j++) if (i !== j) denominator = mul(denominator, 1 ^ mul(fun[locations + j], inverse));
								blockBytes[offset + blockPos] ^= mul(evalLow(fun, omega, words, inverse), inv(denominator));
							}
							corrected = true;
						}
						if (!corrected) {
							decoded = FAIL.rs;
							break format;
						}
						const end = offset + length - words;
						for (let i = offset; i < end; i++) data[pos++] = blockBytes[i];
					}
					decoded = this.decodePayload(data, dataLen, ver);
				}
				if (!(decoded instanceof Error)) break;
				formatValue = formatValue === first ? second : -1;
			}
		}
		return decoded;
	}
	projectQuad(s, map, size, left = 0, right = size, top = 0, bottom = size) {
		for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) this.grid[y * size + x] = this.read(s, map, x + .5, y + .5);
	}
	projectMap(s, map, size, ctx) {
		const ok = this.timing(s, map, size);
		if (ok) this.projectQuad(s, map, size);
		return ok ? this.decodeGrid(size, ctx) : FAIL.timing;
	}
	confirm(s, map, size) {
		let ok = this.timing(s, map, size);
		if (ok) {
			for (let i = 0; i < 18; i++) {
				const x = size - 11 + i % 3;
				const y = i / 3 | 0;
				this.grid[y * size + x] = this.read(s, map, x + .5, y + .5);
				this.grid[x * size + y] = this.read(s, map, y + .5, x + .5);
			}
			ok = checkVersion(this.grid, size);
		}
		return ok;
	}
	projectWith(layer, triple, pitch) {
		const inverted = triple.inverted;
		this.invertedProjection = inverted;
		const p = layer.plane;
		const t = triple;
		const ctx = layer.context;
		let failed = FAIL.dimension;
		project: {
			const { tl, tr, bl } = t;
			const ms = (tl.ms + tr.ms + bl.ms) / 3;
			const minMs = Math.min(tl.ms, tr.ms, bl.ms);
			const maxMs = Math.max(tl.ms, tr.ms, bl.ms);
			const ax = tr.x - tl.x;
			const ay = tr.y - tl.y;
			const bx = bl.x - tl.x;
			const by = bl.y - tl.y;
			const area = Math.abs(ax * by - ay * bx);
			const span = Math.max(Math.abs(ay), Math.abs(by));
			const medianMs = tl.ms + tr.ms + bl.ms - minMs - maxMs;
			const medianEst = span > 0 && medianMs > 0 ? area / (span * medianMs) + 7 : Infinity;
			const length = distance(tl, tr);
			const est = pitch ? length / pitch + 7 : maxMs > 10 / 9 * minMs ? length * 2 / (tl.ms + tr.ms) + 7 : medianEst;
			const snapped = snapSize(est);
			const meanEst = span > 0 && ms > 0 ? area / (span * ms) + 7 : Infinity;
			const mean = snapSize(meanEst);
			for (let i = 0; i < 4; i++) {
				const size = i === 0 ? snapped : i === 1 ? mean : i === 2 ? snapped - 4 : snapped + 4;
				const estimate = i === 1 ? meanEst : est;
				if (i > 0 && size === snapped || i > 1 && size === mean) continue;
				if (size < 21 || size > 177 || Math.abs(size - estimate) > 6) continue;
				this.decodedSize = size;
				const f = 1 - 3 / (size - 7);
				const brEstX = tl.x + (tr.x - tl.x + bl.x - tl.x) * f;
				const brEstY = tl.y + (tr.y - tl.y + bl.y - tl.y) * f;
				let found = false;
				if (size >= 25) {
					if (inverted || !this.perspective(t, t.tl.ms, t.tr.ms, t.bl.ms)) found = this.findBasicAlign(layer, brEstX, brEstY, ms);
					else {
						const ax = tr.x + bl.x - 2 * tl.x;
						const ay = tr.y + bl.y - 2 * tl.y;
						const scale = (ax * (brEstX - tl.x) + ay * (brEstY - tl.y)) / (ax * ax + ay * ay);
						const map = this.map;
						const predictedDen = (map[6] + map[7]) * scale + map[8];
						const dx = ((map[0] + map[1]) * scale + map[2]) / predictedDen - brEstX;
						const dy = ((map[3] + map[4]) * scale + map[5]) / predictedDen - brEstY;
						if (dx * dx + dy * dy <= 9 * ms * ms) found = this.findBasicAlign(layer, brEstX, brEstY, ms);
						else {
							const tlMs = finderPitch(layer, tl);
							const trMs = finderPitch(layer, tr);
							const blMs = finderPitch(layer, bl);
							if (tlMs && trMs && blMs && this.perspective(t, tlMs, trMs, blMs)) {
								const side = 3 / (1 - scale);
								found = this.searchAlign(p, map, scale, side, 0, 0, 1, false);
							}
						}
					}
				}
				failed = FAIL.alignment;
				const attempts = found ? 2 : 1;
				for (let attempt = 0; attempt < attempts; attempt++) {
					const align = !attempt && found;
					const brX = align ? this.alignPoint.x : brEstX;
					const brY = align ? this.alignPoint.y : brEstY;
					const brPoint = ctx.opts.pointsOnDetect ? {
						x: brX,
						y: brY
					} : void 0;
					if (ctx.opts.pointsOnDetect) {
						const inset = size - 6.5;
						const aligners = align ? [{
							point: this.alignPoint,
							x: inset,
							y: inset
						}] : [];
						this.report(t, brPoint, aligners, ms, size, ctx);
					}
					const map = this.map;
					this.mapFinderQuad(map, size, t, brX, brY);
					const version = (size - 17) / 4;
					if (version < 7) {
						failed = this.projectMap(p, map, size, ctx);
						if (!(failed instanceof Error)) break project;
						if (this.upgrade(p, map, ctx)) {
							failed = this.projectMap(this.finePlane, this.to, size, ctx);
							if (!(failed instanceof Error)) break project;
						}
					} else {
						const fine = this.upgrade(p, map, ctx);
						const sp = fine ? this.finePlane : p;
						const sm = fine ? this.to : map;
						let confirmed = this.confirm(sp, sm, size);
						if (!confirmed && fine) confirmed = this.confirm(p, map, size);
						if (confirmed) {
							tiles: {
								const sc = sp === this.finePlane ? fine : 1;
								const off = (sc - 1) / 2;
								const count = this.setAlignments(version);
								const positions = this.tmp8;
								const nodes = this.tmp64;
								const located = this.tmp64;
								const last = positions[count - 1];
								const c = .5;
								let locatedCount = 0;
								let tileBrX = 0;
								let tileBrY = 0;
								let hasTileBr = false;
								for (let yi = 0; yi < count; yi++) for (let xi = 0; xi < count; xi++) {
									const x = positions[xi];
									const y = positions[yi];
									const overlapsFinder = x === 6 && (y === 6 || y === last) || x === last && y === 6;
									const node = (yi * count + xi) * 2;
									if (!overlapsFinder && this.searchAlign(sp, sm, c, 1, x, y, c, true)) {
										const pos = 98 + locatedCount * 4;
										located[pos] = this.alignPoint.x;
										located[pos + 1] = this.alignPoint.y;
										located[pos + 2] = x + c;
										located[pos + 3] = y + c;
										locatedCount++;
										if (x === last && y === last) {
											hasTileBr = true;
											tileBrX = this.alignPoint.x;
											tileBrY = this.alignPoint.y;
										}
										nodes[node] = this.alignPoint.x;
										nodes[node + 1] = this.alignPoint.y;
									} else {
										const q = mapPoint(sm, x + c, y + c);
										nodes[node] = q.x;
										nodes[node + 1] = q.y;
									}
								}
								if (!locatedCount) {
									failed = FAIL.alignment;
									break tiles;
								}
								for (let yi = 0; yi < count - 1; yi++) for (let xi = 0; xi < count - 1; xi++) {
									const left = positions[xi];
									const right = positions[xi + 1];
									const top = positions[yi];
									const bottom = positions[yi + 1];
									const tlNode = (yi * count + xi) * 2;
									const trNode = tlNode + 2;
									const blNode = ((yi + 1) * count + xi) * 2;
									const brNode = blNode + 2;
									const tile = this.map;
									packQuad(this.from, left + c, top + c, right + c, top + c, right + c, bottom + c, left + c, bottom + c);
									packQuad(this.to, nodes[tlNode], nodes[tlNode + 1], nodes[trNode], nodes[trNode + 1], nodes[brNode], nodes[brNode + 1], nodes[blNode], nodes[blNode + 1]);
									this.mapQuad(tile);
									this.projectQuad(sp, tile, size, xi ? left : 0, xi === count - 2 ? size : right, yi ? top : 0, yi === count - 2 ? size : bottom);
								}
								if (ctx.opts.pointsOnDetect) {
									const reportAligners = [];
									for (let i = 0; i < locatedCount; i++) {
										const pos = 98 + i * 4;
										reportAligners.push({
											point: {
												x: (located[pos] - off) / sc,
												y: (located[pos + 1] - off) / sc
											},
											x: located[pos + 2],
											y: located[pos + 3]
										});
									}
									this.report(t, hasTileBr ? {
										x: (tileBrX - off) / sc,
										y: (tileBrY - off) / sc
									} : brPoint, reportAligners, ms, size, ctx);
								}
								failed = this.decodeGrid(size, ctx);
							}
							if (!(failed instanceof Error)) break project;
							failed = this.projectMap(sp, sm, size, ctx);
							if (!(failed instanceof Error)) break project;
							if (fine) {
								failed = this.projectMap(p, map, size, ctx);
								if (!(failed instanceof Error)) break project;
							}
						} else failed = FAIL.version;
					}
				}
			}
		}
		this.invertedProjection = false;
		return failed;
	}
	*scan(cooperative) {
		if (!this.staged) throw new Error("expected addImage before decode");
		const layers = this.layers;
		this.points = void 0;
		let failed = FAIL.finder;
		if (!this.resized) {
			for (let i = 1; i < layers.length; i++) {
				const layer = layers[i];
				if (!layer.used) break;
				const src = layers[i - 1].luma;
				const dst = layer.luma;
				const width = layers[i - 1].width;
				const rows = cooperative ? 64 : layer.height;
				for (let y = 0; y < layer.height; y += rows) {
					scanRows.resize(src, dst, width, layer.width, y, Math.min(layer.height, y + rows));
					if (cooperative && y + rows < layer.height) this.retryStart += yield;
				}
			}
			this.resized = true;
		}
		walk: for (let mandatory = true;; mandatory = false) {
			let attempted = false;
			for (let i = layers.length - 1; i >= 0; i--) {
				if (!mandatory && (!this.retries || this.timeLimit !== Infinity && Date.now() - this.retryStart >= this.timeLimit)) break walk;
				const layer = layers[i];
				if (!layer.used) continue;
				/**
				* The frame reader has already written grayscale luma. Keeping thresholding on that plane
				* avoids packed-color conversion in the dominant camera path.
				*/
				if (!layer.found) {
					const bHeight = layer.blockHeight;
					const blockRows = cooperative ? 16 : bHeight;
					for (let y = 0; y < bHeight; y += blockRows) {
						scanRows.blocks(layer, y, Math.min(bHeight, y + blockRows));
						if (cooperative && y + blockRows < bHeight) this.retryStart += yield;
					}
					layer.bitmap.fill(0, 0, layer.words * layer.height);
					for (let y = 0; y < bHeight; y += blockRows) {
						scanRows.bitmap(layer, y, Math.min(bHeight, y + blockRows));
						if (cooperative && y + blockRows < bHeight) this.retryStart += yield;
					}
					if (this.opts.imageOnBitmap) this.opts.imageOnBitmap(darkToImage(layer.width, layer.height, (x, y) => bit(layer, x, y)));
					layer.patternCount = 0;
					const finderRows = cooperative ? 32 : layer.height;
					for (let y = 0; y < layer.height; y += finderRows) {
						scanRows.find(layer, y, Math.min(layer.height, y + finderRows));
						if (cooperative && y + finderRows < layer.height) this.retryStart += yield;
					}
					layer.found = true;
				}
				let triple;
				if (mandatory) {
					this.exclude(layer);
					const ordinary = this.pickPolarity(layer, 0);
					const inverted = this.pickPolarity(layer, 1);
					if (ordinary || inverted) {
						const state = this.tmp64;
						const pts = layer.patterns;
						let polarity = 0;
						if (inverted) {
							const ordConfidence = ordinary ? pts[state[0] * 4 + 3] + pts[state[1] * 4 + 3] + pts[state[2] * 4 + 3] : 0;
							const invConfidence = pts[state[4] * 4 + 3] + pts[state[5] * 4 + 3] + pts[state[6] * 4 + 3];
							if (!ordinary || (state[7] + .1) * ordConfidence < (state[3] + .1) * invConfidence) polarity = 1;
						}
						const base = polarity * 4;
						const w0 = state[base] | 0;
						const w1 = state[base + 1] | 0;
						const w2 = state[base + 2] | 0;
						layer.pickSum = w0 + w1 + w2;
						layer.pickLo = Math.min(w0, w1, w2);
						layer.pickHi = Math.max(w0, w1, w2);
						triple = this.makeTriple(layer, w0, w1, w2);
						triple.inverted = polarity === 1;
					}
				} else {
					schedule: {
						if (layer.setsReady) break schedule;
						layer.setsReady = true;
						layer.setCount = 0;
						layer.setCursor = 0;
						let eligible = 0;
						for (let i = 0; i < layer.patternCount; i++) {
							if (layer.inverted[i] & 2) continue;
							eligible++;
						}
						if (eligible < 3) break schedule;
						const pts = layer.patterns;
						const neighbors = this.tmp32;
						const useFilters = eligible > 5;
						for (let i = 0; i < layer.patternCount - 2; i++) {
							if (cooperative && i && !(i & 7)) this.retryStart += yield;
							const state = layer.inverted[i];
							if (state & 2) continue;
							const inverted = !!(state & 1);
							const p0 = i * 4;
							const maxDistance = pts[p0 + 2] * 177 * 1.5;
							const maxDistance2 = maxDistance * maxDistance;
							let count = 0;
							for (let index = i + 1; index < layer.patternCount; index++) {
								const otherState = layer.inverted[index];
								if (otherState & 2 || !!(otherState & 1) !== inverted) continue;
								const pos = index * 4;
								const smallest = Math.min(pts[p0 + 2], pts[pos + 2]);
								const largest = Math.max(pts[p0 + 2], pts[pos + 2]);
								if (useFilters && largest > 2.4 * smallest + 2 / 7) continue;
								const dx = pts[p0] - pts[pos];
								const dy = pts[p0 + 1] - pts[pos + 1];
								const distance = dx * dx + dy * dy;
								if (distance > maxDistance2) continue;
								const rank = distance / pts[pos + 3];
								count = this.retain(index, rank, count, 15);
							}
							for (let u = 0; u < count - 1; u++) {
								const i1 = neighbors[u];
								const p1 = i1 * 4;
								const d01 = dist2(pts, p0, p1);
								for (let v = u + 1; v < count; v++) {
									const i2 = neighbors[v];
									const p2 = i2 * 4;
									const d12 = dist2(pts, p1, p2);
									const d02 = dist2(pts, p0, p2);
									const a = Math.min(d01, d12, d02);
									const c = Math.max(d01, d12, d02);
									const b = d01 + d12 + d02 - a - c;
									if (!a || !b || useFilters && (a > 4 * b || b > 4 * a)) continue;
									const da = Math.sqrt(a);
									const db = Math.sqrt(b);
									const moduleCount = (da + db) / (2 * ((pts[p0 + 2] + pts[p1 + 2] + pts[p2 + 2]) / 3)) + 7;
									if (moduleCount < 16.8 || moduleCount > 265.5) continue;
									const cosine = (a + b - c) / (2 * Math.sqrt(a * b));
									if (useFilters && Math.abs(cosine) > .5) continue;
									const confidence = pts[p0 + 3] + pts[p1 + 3] + pts[p2 + 3];
									const score = (da + db + Math.abs(da - db)) / confidence;
									retain: {
										const sets = layer.sets;
										let index = layer.setCount;
										if (index < 256) layer.setCount++;
										else {
											if (score >= sets[0]) break retain;
											index = 0;
										}
										const pos = index * 5;
										sets[pos] = score;
										sets[pos + 1] = +inverted;
										sets[pos + 2] = i;
										sets[pos + 3] = i1;
										sets[pos + 4] = i2;
										while (index) {
											const parent = index - 1 >> 1;
											if (sets[parent * 5] >= sets[index * 5]) break retain;
											swapSet(layer, parent, index);
											index = parent;
										}
										siftDown(layer, layer.setCount);
									}
								}
							}
						}
						for (let end = layer.setCount - 1; end > 0; end--) {
							swapSet(layer, 0, end);
							siftDown(layer, end);
						}
					}
					const sets = layer.sets;
					while (layer.setCursor < layer.setCount) {
						const pos = layer.setCursor++ * 5;
						const i0 = sets[pos + 2] | 0;
						const i1 = sets[pos + 3] | 0;
						const i2 = sets[pos + 4] | 0;
						if (layer.inverted[i0] & 2 || layer.inverted[i1] & 2 || layer.inverted[i2] & 2) continue;
						if (i0 + i1 + i2 === layer.pickSum && Math.min(i0, i1, i2) === layer.pickLo && Math.max(i0, i1, i2) === layer.pickHi) continue;
						triple = this.makeTriple(layer, i0, i1, i2);
						triple.inverted = !!sets[pos + 1];
						break;
					}
				}
				if (!triple) {
					if (cooperative) this.retryStart += yield;
					continue;
				}
				if (!mandatory && this.retries !== Infinity) this.retries--;
				attempted = true;
				let pitch = !this.blocked && Math.abs(triple.tr.y - triple.tl.y) > Math.abs(triple.tr.x - triple.tl.x) ? edgePitch(layer, triple.tl, triple.tr, triple.inverted) : 0;
				const fit = !!(pitch && distance(triple.tl, triple.tr) / pitch + 7 >= 45);
				if (fit) {
					fitPattern(layer, triple.tl, triple.inverted);
					fitPattern(layer, triple.tr, triple.inverted);
					fitPattern(layer, triple.bl, triple.inverted);
					refineTriple(layer, triple);
					pitch = edgePitch(layer, triple.tl, triple.tr, triple.inverted);
				}
				let done = this.projectWith(layer, triple, pitch);
				if (done instanceof Error && !fit && refineTriple(layer, triple)) done = this.projectWith(layer, triple, pitch);
				const opts = layer.context.opts;
				const result = done;
				if (!(done instanceof Error)) {
					if (opts.imageOnResult) opts.imageOnResult(darkToImage(this.decodedSize, this.decodedSize, (x, y) => this.grid[y * this.decodedSize + x]));
					const padding = 3.5 / (this.decodedSize - 7);
					const p = layer.patterns;
					const tl = 4 * triple.tlIndex;
					const tr = 4 * triple.trIndex;
					const bl = 4 * triple.blIndex;
					p[tl] = triple.tl.x;
					p[tl + 1] = triple.tl.y;
					p[tl + 2] = triple.trIndex;
					p[tl + 3] = triple.blIndex;
					p[tr] = triple.tr.x;
					p[tr + 1] = triple.tr.y;
					p[tr + 2] = padding;
					p[bl] = triple.bl.x;
					p[bl + 1] = triple.bl.y;
					if (!(layer.inverted[triple.tlIndex] & 2)) this.blocked++;
					if (!(layer.inverted[triple.trIndex] & 2)) this.blocked++;
					if (!(layer.inverted[triple.blIndex] & 2)) this.blocked++;
					layer.inverted[triple.tlIndex] |= 6;
					layer.inverted[triple.trIndex] |= 10;
					layer.inverted[triple.blIndex] |= 10;
					for (const source of layers) {
						if (!source.found) continue;
						this.exclude(source);
					}
					if (this.points) this.opts.pointsOnDetect?.(this.points, result);
				}
				if (!(result instanceof Error)) return result;
				failed = result;
				if (cooperative) this.retryStart += yield;
			}
			if (!mandatory && !attempted) break;
		}
		if (this.points) this.opts.pointsOnDetect?.(this.points, failed);
		return failed;
	}
	*walk(cooperative, all) {
		this.retryStart = Date.now();
		this.retries = this.effort === Infinity ? Infinity : this.effort - 1;
		const results = [];
		for (;;) {
			const result = yield* this.scan(cooperative);
			results.push(result);
			if (!all) return results;
			if (result instanceof Error) return results;
			if (cooperative) this.retryStart += yield;
		}
	}
	decode(all = false) {
		this.beginOperation();
		try {
			return runDecode(this.walk(false, all));
		} finally {
			this.endOperation();
		}
	}
	async decodeAsync(all = false) {
		this.beginOperation();
		try {
			return await runDecodeAsync(this.walk(true, all), this.timeLimit);
		} finally {
			this.endOperation();
		}
	}
};
/**
* Decodes the first QR through the fixed coarse-to-fine pyramid scan.
*/
var decodeQR = (img, opts = {}) => {
	validateOpts(opts);
	validateImage(img, opts.format);
	const scanner = new _QRScanner({
		...opts,
		maxSize: {
			height: img.height,
			width: img.width
		}
	});
	try {
		scanner.addImage(img, opts.format);
		const result = scanner.decode()[0];
		if (result instanceof Error) throw new Error(result.message);
		return result;
	} finally {
		scanner.clean();
	}
};
// src/components/contact/read.ts
/** Pixels along the longer side that are looked at: enough for an invite's code, few enough for each frame. */
var SIDE_MAX = 1200;
/** A picture that the reader chose is worth a longer look than a camera's frame. */
var PICTURE_MS = 2e3;
var FRAME_MS = 80;
/** The words of the code in `source`; null when there is none that can be read. */
function readCode(source, width, height, timeLimit = FRAME_MS) {
	const scale = Math.min(1, SIDE_MAX / Math.max(width, height, 1));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(width * scale));
	canvas.height = Math.max(1, Math.round(height * scale));
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) return null;
	context.fillStyle = "#fff";
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(source, 0, 0, canvas.width, canvas.height);
	try {
		return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { timeLimit });
	} catch {
		return null;
	}
}
/** The same for a picture's file. */
async function readPicture(file) {
	try {
		const bitmap = await createImageBitmap(file);
		return readCode(bitmap, bitmap.width, bitmap.height, PICTURE_MS);
	} catch {
		return null;
	}
}
// src/components/contact/Scanner.svelte
var root$51 = /* @__PURE__ */ from_html(`<video playsinline="" class="svelte-1a3iqgl"></video>`, 2);
function Scanner($$anchor, $$props) {
	push($$props, true);
	let keep = prop($$props, "keep", 3, false);
	const LOOK_EVERY_MS = 200;
	/** Codes of a sequence change three times a second. */
	const KEEP_LOOKING_MS = 70;
	/** A sequence's codes have many modules: the camera gives its better picture, and looking may take its time. */
	const WIDTH = 1280;
	const KEEP_FRAME_MS = 200;
	let video;
	user_effect(() => {
		let stream;
		let timer;
		let stopped = false;
		function look() {
			if (stopped) return;
			const found = video.videoWidth === 0 ? null : readCode(video, video.videoWidth, video.videoHeight, keep() ? KEEP_FRAME_MS : void 0);
			if (found !== null) $$props.onfound(found);
			if (found === null || keep()) timer = setTimeout(look, keep() ? KEEP_LOOKING_MS : LOOK_EVERY_MS);
		}
		async function begin() {
			stream = await navigator.mediaDevices.getUserMedia({ video: {
				facingMode: "environment",
				...keep() ? { width: { ideal: WIDTH } } : {}
			} });
			if (stopped) return stream.getTracks().forEach((track) => track.stop());
			video.srcObject = stream;
			await video.play();
			look();
		}
		begin().catch(() => !stopped && $$props.onfailed());
		return () => {
			stopped = true;
			clearTimeout(timer);
			stream?.getTracks().forEach((track) => track.stop());
		};
	});
	var video_1 = root$51();
	video_1.muted = true;
	bind_this(video_1, ($$value) => video = $$value, () => video);
	template_effect(() => set_attribute(video_1, "aria-label", i18n.t.contact.scanLabel));
	append($$anchor, video_1);
	pop();
}
// src/components/contact/LinkField.svelte
var root$50 = /* @__PURE__ */ from_html(`<!> <button type="button" class="button"><!> </button>`, 1);
var root_1$41 = /* @__PURE__ */ from_html(`<label class="label svelte-158hnbz"> </label> <textarea class="field mono svelte-158hnbz" dir="ltr" rows="4" spellcheck="false" autocomplete="off"></textarea> <!> <label class="button file svelte-158hnbz"><!> <input type="file" accept="image/*" class="sr-only"/></label>`, 1);
function LinkField($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let link = prop($$props, "link", 15), error = prop($$props, "error", 15);
	const canScan = navigator.mediaDevices !== void 0;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let scanning = /* @__PURE__ */ state(false);
	/** A picture of somebody's code, such as a screenshot. */
	async function readFile(input) {
		const [file] = input.files ?? [];
		if (file === void 0) return;
		error("");
		const found = await readPicture(file);
		input.value = "";
		if (found === null) error(get(t).contact.noCode);
		else link(found);
	}
	var fragment = root_1$41();
	var label = first_child(fragment);
	var text = only_child(label, true);
	var textarea = sibling(label, 2);
	remove_textarea_child(textarea);
	var node = sibling(textarea, 2);
	var consequent_1 = ($$anchor) => {
		var fragment_1 = root$50();
		var node_1 = first_child(fragment_1);
		var consequent = ($$anchor) => {
			Scanner($$anchor, {
				onfound: (found) => {
					link(found);
					set(scanning, false);
					$$props.onscan();
				},
				onfailed: () => (($$value) => {
					var $$array = to_array($$value, 2);
					set(scanning, $$array[0], true);
					error($$array[1]);
					return $$value;
				})([false, get(t).contact.noCamera])
			});
		};
		if_block(node_1, ($$render) => {
			if (get(scanning)) $$render(consequent);
		});
		var button = sibling(node_1, 2);
		var node_2 = child(button);
		Icon(node_2, {
			name: "camera",
			size: 18
		});
		var text_1 = sibling(node_2, 1, true);
		reset(button);
		template_effect(() => set_text(text_1, get(scanning) ? get(t).contact.stopScan : get(t).contact.scan));
		delegated("click", button, () => set(scanning, !get(scanning)));
		append($$anchor, fragment_1);
	};
	if_block(node, ($$render) => {
		if (canScan) $$render(consequent_1);
	});
	var label_1 = sibling(node, 2);
	var node_3 = child(label_1);
	Icon(node_3, {
		name: "camera",
		size: 18
	});
	var text_2 = sibling(node_3);
	var input_1 = sibling(text_2);
	reset(label_1);
	template_effect(() => {
		set_attribute(label, "for", `${id}-link`);
		set_text(text, get(t).contact.paste);
		set_attribute(textarea, "id", `${id}-link`);
		textarea.dir = textarea.dir;
		set_text(text_2, `${get(t).contact.scanFile ?? ""} `);
	});
	delegated("input", textarea, () => error(""));
	bind_value(textarea, link);
	delegated("change", input_1, (change) => void readFile(change.currentTarget));
	append($$anchor, fragment);
	pop();
}
delegate([
	"input",
	"click",
	"change"
]);
// src/components/contact/OtherLink.svelte
var root$49 = /* @__PURE__ */ from_html(`<p class="other svelte-23giix" role="status"><!><span> </span></p> <button type="button" class="button primary"> </button>`, 1);
function OtherLink($$anchor, $$props) {
	push($$props, true);
	let words = /* @__PURE__ */ user_derived(() => i18n.t.otherLink[$$props.kind]);
	function take() {
		$$props.onclose();
		ui.link = {
			kind: $$props.kind,
			text: $$props.link
		};
	}
	var fragment = root$49();
	var p = first_child(fragment);
	var node = child(p);
	Icon(node, {
		name: "info",
		size: 20
	});
	var text = only_child(sibling(node), true);
	reset(p);
	var button = sibling(p, 2);
	var text_1 = only_child(button, true);
	template_effect(() => {
		set_text(text, get(words).text);
		set_text(text_1, get(words).go);
	});
	delegated("click", button, take);
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/QrPicture.svelte
var root$48 = /* @__PURE__ */ from_svg(`<svg role="img" shape-rendering="crispEdges" class="svelte-2515s3"><rect width="100%" height="100%" fill="#fff"></rect><path fill="#0b1a18"></path></svg>`);
function QrPicture($$anchor, $$props) {
	push($$props, true);
	const QUIET = 3;
	function path({ size, modules }) {
		let d = "";
		for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (modules[y * size + x] === "1") d += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
		return d;
	}
	var svg = root$48();
	var path_1 = sibling(child(svg));
	reset(svg);
	template_effect(($0) => {
		set_attribute(svg, "viewBox", `0 0 ${$$props.code.size + 6} ${$$props.code.size + 6}`);
		set_attribute(svg, "aria-label", $$props.label);
		set_attribute(path_1, "d", $0);
	}, [() => path($$props.code)]);
	append($$anchor, svg);
	pop();
}
// src/components/QrCode.svelte
var root$47 = /* @__PURE__ */ from_html(`<span class="word svelte-1t1nt6u" role="alert"> </span> <button type="button" class="button small"> </button>`, 1);
var root_1$40 = /* @__PURE__ */ from_html(`<span class="word svelte-1t1nt6u" role="status"> </span>`);
var root_2$35 = /* @__PURE__ */ from_html(`<div class="qr svelte-1t1nt6u"><!></div>`);
function QrCode($$anchor, $$props) {
	push($$props, true);
	let again = /* @__PURE__ */ state(0);
	let code = /* @__PURE__ */ user_derived(() => (get(again), app.call("qr.encode", { text: $$props.text })));
	var div = root_2$35();
	await_block(child(div), () => get(code), ($$anchor) => {
		var span_1 = root_1$40();
		var text_3 = only_child(span_1, true);
		template_effect(() => set_text(text_3, i18n.t.loading));
		append($$anchor, span_1);
	}, ($$anchor, code) => {
		QrPicture($$anchor, {
			get code() {
				return get(code);
			},
			get label() {
				return $$props.label;
			}
		});
	}, ($$anchor, failure) => {
		var fragment_1 = root$47();
		var span = first_child(fragment_1);
		var text_1 = only_child(span, true);
		var button = sibling(span, 2);
		var text_2 = only_child(button, true);
		template_effect(($0) => {
			set_text(text_1, $0);
			set_text(text_2, i18n.t.retry);
		}, [() => explain(get(failure))]);
		delegated("click", button, () => set(again, get(again) + 1));
		append($$anchor, fragment_1);
	});
	reset(div);
	append($$anchor, div);
	pop();
}
delegate(["click"]);
// src/components/contact/ShownLink.svelte
var root$46 = /* @__PURE__ */ from_html(`<div class="beside"><!> <div><p class="muted"> </p> <p class="link mono svelte-gfmzoy"><bdi dir="ltr"> </bdi></p> <button type="button" class="button primary"><!> </button> <p class="muted small svelte-gfmzoy"> <!></p></div></div>`);
function ShownLink($$anchor, $$props) {
	push($$props, true);
	/** `label` names the code, `text` says what to do with it, `more` is said after until when the link is good. */
	let more = prop($$props, "more", 3, "");
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var div = root$46();
	var node = child(div);
	QrCode(node, {
		get text() {
			return $$props.link;
		},
		get label() {
			return $$props.label;
		}
	});
	var div_1 = sibling(node, 2);
	var p = child(div_1);
	var text_1 = only_child(p, true);
	var p_1 = sibling(p, 2);
	var bdi = child(p_1);
	var text_2 = only_child(bdi, true);
	reset(p_1);
	var button = sibling(p_1, 2);
	var node_1 = child(button);
	Icon(node_1, {
		name: "copy",
		size: 18
	});
	var text_3 = sibling(node_1, 1, true);
	reset(button);
	var p_2 = sibling(button, 2);
	var text_4 = child(p_2, true);
	var node_2 = sibling(text_4);
	var consequent = ($$anchor) => {
		var text_5 = text();
		template_effect(() => set_text(text_5, `. ${more() ?? ""}`));
		append($$anchor, text_5);
	};
	if_block(node_2, ($$render) => {
		if (more() !== "") $$render(consequent);
	});
	reset(p_2);
	reset(div_1);
	reset(div);
	template_effect(($0) => {
		set_text(text_1, $$props.text);
		set_text(text_2, $$props.link);
		bdi.dir = bdi.dir;
		set_text(text_3, get(t).contact.copyLink);
		set_text(text_4, $0);
	}, [() => get(t).contact.expires(i18n.dateTime($$props.expires))]);
	delegated("click", button, () => ui.copy($$props.link));
	append($$anchor, div);
	pop();
}
delegate(["click"]);
// src/components/contact/ContactDialog.svelte
var root$45 = /* @__PURE__ */ from_html(`<button type="button" role="tab" class="svelte-1sx943n"> </button>`);
var root_1$39 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_2$34 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_3$28 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
var root_4$24 = /* @__PURE__ */ from_html(`<button type="button" class="button primary"> </button>`);
var root_5$17 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_6$13 = /* @__PURE__ */ from_html(`<div class="tabs svelte-1sx943n" role="tablist"></div> <div role="tabpanel" class="panel svelte-1sx943n"><!> <!></div>`, 1);
function ContactDialog($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let given = prop($$props, "link", 3, "");
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const first = untrack(() => given());
	let tab = /* @__PURE__ */ state(proxy(first === "" ? "invite" : "add"));
	let invite = /* @__PURE__ */ state(null);
	let link = /* @__PURE__ */ state(proxy(first));
	let own = /* @__PURE__ */ user_derived(() => ownLink(get(link)));
	let error = /* @__PURE__ */ state("");
	let busy = /* @__PURE__ */ state(false);
	let other = /* @__PURE__ */ user_derived(() => kindOfLink(get(own)) === "bridge");
	async function make() {
		set(error, "");
		set(invite, null);
		try {
			set(invite, await app.call("contact.invite"));
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	async function add() {
		if (get(own) === "" || get(busy) || get(other)) return;
		set(busy, true);
		set(error, "");
		try {
			const contact = await app.call("contact.add", { link: get(own) });
			const list = await app.call("conversation.list");
			ui.say(get(t).contact.added);
			$$props.onclose();
			const made = list.find((one) => one.title === contact.name);
			if (made === void 0) return;
			app.takeConversation(made);
			router.go(to.chat(made.id));
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(busy, false);
		}
	}
	function choose(which) {
		set(tab, which, true);
		if (which === "invite" && get(invite) === null) make();
		set(error, "");
	}
	function onkeydown(key) {
		if (key.key !== "ArrowLeft" && key.key !== "ArrowRight") return;
		choose(get(tab) === "invite" ? "add" : "invite");
		document.getElementById(`${id}-${get(tab)}`)?.focus();
	}
	if (first === "") make();
	Dialog($$anchor, {
		get title() {
			return get(t).contact.title;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var fragment_1 = root_6$13();
			var div = first_child(fragment_1);
			each(div, 20, () => ["invite", "add"], (one) => one, ($$anchor, one) => {
				var button = root$45();
				var text = only_child(button, true);
				template_effect(() => {
					set_attribute(button, "id", `${id}-${one ?? ""}`);
					set_attribute(button, "aria-selected", get(tab) === one);
					set_attribute(button, "aria-controls", `${id}-panel`);
					set_attribute(button, "tabindex", get(tab) === one ? 0 : -1);
					set_attribute(button, "data-focus", get(tab) === one ? "" : void 0);
					set_text(text, get(t).contact[one]);
				});
				delegated("click", button, () => choose(one));
				delegated("keydown", button, onkeydown);
				append($$anchor, button);
			});
			reset(div);
			var div_1 = sibling(div, 2);
			var node = child(div_1);
			var consequent_3 = ($$anchor) => {
				var fragment_2 = root_3$28();
				var node_1 = first_child(fragment_2);
				var consequent = ($$anchor) => {
					ShownLink($$anchor, {
						get link() {
							return get(invite).link;
						},
						get label() {
							return get(t).contact.qr;
						},
						get text() {
							return get(t).contact.inviteText;
						},
						get expires() {
							return get(invite).expires_ms;
						}
					});
				};
				var consequent_1 = ($$anchor) => {
					var p = root_1$39();
					var text_1 = only_child(p, true);
					template_effect(() => set_text(text_1, get(t).contact.making));
					append($$anchor, p);
				};
				if_block(node_1, ($$render) => {
					if (get(invite)) $$render(consequent);
					else if (get(error) === "") $$render(consequent_1, 1);
				});
				var node_2 = sibling(node_1, 2);
				var consequent_2 = ($$anchor) => {
					var button_1 = root_2$34();
					var text_2 = only_child(button_1, true);
					template_effect(() => set_text(text_2, get(t).contact.again));
					delegated("click", button_1, make);
					append($$anchor, button_1);
				};
				if_block(node_2, ($$render) => {
					if (get(error) !== "") $$render(consequent_2);
				});
				append($$anchor, fragment_2);
			};
			var alternate_1 = ($$anchor) => {
				var fragment_4 = root_3$28();
				var node_3 = first_child(fragment_4);
				LinkField(node_3, {
					onscan: add,
					get link() {
						return get(link);
					},
					set link($$value) {
						set(link, $$value, true);
					},
					get error() {
						return get(error);
					},
					set error($$value) {
						set(error, $$value, true);
					}
				});
				var node_4 = sibling(node_3, 2);
				var consequent_4 = ($$anchor) => {
					OtherLink($$anchor, {
						kind: "bridge",
						get link() {
							return get(own);
						},
						get onclose() {
							return $$props.onclose;
						}
					});
				};
				var alternate = ($$anchor) => {
					var button_2 = root_4$24();
					var text_3 = only_child(button_2, true);
					template_effect(() => {
						button_2.disabled = get(own) === "";
						set_attribute(button_2, "aria-disabled", get(busy));
						set_text(text_3, get(busy) ? get(t).contact.adding : get(t).contact.addGo);
					});
					delegated("click", button_2, add);
					append($$anchor, button_2);
				};
				if_block(node_4, ($$render) => {
					if (get(other)) $$render(consequent_4);
					else $$render(alternate, -1);
				});
				append($$anchor, fragment_4);
			};
			if_block(node, ($$render) => {
				if (get(tab) === "invite") $$render(consequent_3);
				else $$render(alternate_1, -1);
			});
			var node_5 = sibling(node, 2);
			var consequent_5 = ($$anchor) => {
				var p_1 = root_5$17();
				var text_4 = only_child(p_1, true);
				template_effect(() => set_text(text_4, get(error)));
				append($$anchor, p_1);
			};
			if_block(node_5, ($$render) => {
				if (get(error) !== "") $$render(consequent_5);
			});
			reset(div_1);
			template_effect(() => {
				set_attribute(div, "aria-label", get(t).contact.title);
				set_attribute(div_1, "id", `${id}-panel`);
				set_attribute(div_1, "aria-labelledby", `${id}-${get(tab) ?? ""}`);
			});
			append($$anchor, fragment_1);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click", "keydown"]);
// src/stores/ids.ts
var ID_BYTES = 16;
/** 32 hexadecimal digits that nobody chose before. */
function newId() {
	return [...crypto.getRandomValues(new Uint8Array(ID_BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
// src/stores/drafts.svelte.ts
var KEY$1 = "simurgh.drafts";
function kept() {
	try {
		return JSON.parse(sessionStorage.getItem(KEY$1) ?? "[]");
	} catch {
		return [];
	}
}
var Drafts = class {
	#texts = new SvelteMap(kept());
	/** Words whose sending was not answered, with the id they went under. */
	#unanswered = /* @__PURE__ */ new Map();
	/** The id to send words under: the one they may have gone under before, else a new one. */
	idOf(conversation, words) {
		const before = this.#unanswered.get(conversation);
		this.#unanswered.delete(conversation);
		return before?.words === words ? before.id : newId();
	}
	/** What came back from sending so far, at the head of the draft. */
	#returned = /* @__PURE__ */ new Map();
	/** Words that could not be sent stand again where they were written: in their order, before what was written since. */
	giveBack(conversation, words) {
		const draft = this.get(conversation);
		const before = this.#returned.get(conversation);
		const more = before !== void 0 && (draft === before || draft.startsWith(`${before}\n`));
		const returned = more ? `${before}\n${words}` : words;
		const since = more ? draft.slice(before.length + 1) : draft;
		this.#returned.set(conversation, returned);
		this.set(conversation, since === "" ? returned : `${returned}\n${since}`);
	}
	keepId(conversation, words, id) {
		this.#unanswered.set(conversation, {
			words,
			id
		});
	}
	get(conversation) {
		return this.#texts.get(conversation) ?? "";
	}
	set(conversation, text) {
		if (text === "") this.#texts.delete(conversation);
		else this.#texts.set(conversation, text);
		sessionStorage.setItem(KEY$1, JSON.stringify([...this.#texts]));
	}
};
var drafts = new Drafts();
// src/stores/names.ts
/** What the daemon calls a contact who has not answered yet, numbered when there are several. */
var PLACEHOLDER = /^…(?: \(?(\d+)\)?)?$/;
function shownName(title) {
	const name = cleanName(title);
	const placeholder = PLACEHOLDER.exec(name);
	if (placeholder === null) return name;
	const number = placeholder[1];
	return number === void 0 ? i18n.t.chats.unnamed : `${i18n.t.chats.unnamed} ${i18n.plain(number)}`;
}
// src/components/Avatar.svelte
var root$44 = /* @__PURE__ */ from_html(`<span aria-hidden="true"><span> </span></span>`);
function Avatar($$anchor, $$props) {
	push($$props, true);
	let size = prop($$props, "size", 3, "m");
	var span = root$44();
	var text = only_child(child(span), true);
	reset(span);
	template_effect(($0, $1) => {
		set_class(span, 1, `avatar ${size() ?? ""} hue${$0 ?? ""}`, "svelte-1pre9qb");
		set_text(text, $1);
	}, [() => hue($$props.name, 8), () => initials($$props.name)]);
	append($$anchor, span);
	pop();
}
// src/components/Ticks.svelte
var root$43 = /* @__PURE__ */ from_svg(`<circle cx="13" cy="6" r="4.800"></circle><path d="M13 3.500V6l1.800 1.200"></path>`, 1);
var root_1$38 = /* @__PURE__ */ from_svg(`<path d="m7.500 6.500 3.200 3.200L17.500 2.300"></path>`);
var root_2$33 = /* @__PURE__ */ from_svg(`<circle cx="13" cy="6" r="5.200"></circle><path d="M13 3.200v3.300M13 8.600v.2"></path>`, 1);
var root_3$27 = /* @__PURE__ */ from_svg(`<path d="M2.500 6.500 5.700 9.700 12.500 2.300M8.900 9 9.700 9.700 17 2.300"></path>`);
var root_4$23 = /* @__PURE__ */ from_html(`<span><span class="sr-only"> </span> <svg viewBox="0 0 20 12" width="20" height="12" aria-hidden="true" class="svelte-16w00qy"><!></svg></span>`);
function Ticks($$anchor, $$props) {
	push($$props, true);
	var fragment = comment();
	var node = first_child(fragment);
	var consequent_3 = ($$anchor) => {
		var span = root_4$23();
		var span_1 = child(span);
		var text = only_child(span_1, true);
		var svg = sibling(span_1, 2);
		var node_1 = child(svg);
		var consequent = ($$anchor) => {
			var fragment_1 = root$43();
			next();
			append($$anchor, fragment_1);
		};
		var consequent_1 = ($$anchor) => {
			append($$anchor, root_1$38());
		};
		var consequent_2 = ($$anchor) => {
			var fragment_2 = root_2$33();
			next();
			append($$anchor, fragment_2);
		};
		var alternate = ($$anchor) => {
			append($$anchor, root_3$27());
		};
		if_block(node_1, ($$render) => {
			if ($$props.state === "pending") $$render(consequent);
			else if ($$props.state === "accepted") $$render(consequent_1, 1);
			else if ($$props.state === "failed") $$render(consequent_2, 2);
			else $$render(alternate, -1);
		});
		reset(svg);
		reset(span);
		template_effect(() => {
			set_class(span, 1, `ticks ${$$props.state ?? ""}`, "svelte-16w00qy");
			set_attribute(span, "data-state", $$props.state);
			set_attribute(span, "title", i18n.t.state[$$props.state]);
			set_text(text, i18n.t.state[$$props.state]);
		});
		append($$anchor, span);
	};
	if_block(node, ($$render) => {
		if ($$props.state !== "received") $$render(consequent_3);
	});
	append($$anchor, fragment);
	pop();
}
// src/components/chats/preview.ts
var LINE_CHARACTERS = 160;
/** What the program says in a conversation. */
function noticeOf(message) {
	const { notices } = i18n.t.thread;
	return message.notice === void 0 ? notices.other : notices[message.notice];
}
function preview(message) {
	if (message.kind === "payment" && message.payment) {
		const amount = i18n.gram(message.payment.amount);
		const words = i18n.t.chats;
		const what = message.mine ? words.paymentOut(amount) : words.paymentIn(amount);
		const sum = `${amount} ${i18n.t.gram}`;
		const { payment } = i18n.t;
		const line = {
			final: what,
			sending: sum,
			promised: `${message.mine ? payment.promising : payment.promise} ${sum}`,
			unconfirmed: `${message.mine ? payment.leaving : payment.arriving} ${sum}`,
			failed: `${payment.failed} ${sum}`
		}[message.payment.state];
		return message.payment.comment === "" ? line : `${line} · ${cleanText(message.payment.comment)}`;
	}
	if (message.kind === "notice") return noticeOf(message);
	return cleanText(message.text).replace(/\s+/g, " ").slice(0, LINE_CHARACTERS);
}
// src/components/chats/ConversationItem.svelte
var root$42 = /* @__PURE__ */ from_html(`<span class="when svelte-1tp3r4o"><!> </span>`);
var root_1$37 = /* @__PURE__ */ from_html(`<span class="draft svelte-1tp3r4o"> </span><bdi class="cut"> </bdi>`, 1);
var root_2$32 = /* @__PURE__ */ from_html(`<em class="cut svelte-1tp3r4o"> </em>`);
var root_3$26 = /* @__PURE__ */ from_html(`<em class="cut failed svelte-1tp3r4o"> </em>`);
var root_4$22 = /* @__PURE__ */ from_html(`<span class="you svelte-1tp3r4o"> </span>`);
var root_5$16 = /* @__PURE__ */ from_html(`<!><bdi class="cut"> </bdi>`, 1);
var root_6$12 = /* @__PURE__ */ from_html(`<span class="cut"> </span>`);
var root_7$8 = /* @__PURE__ */ from_html(`<span class="badge svelte-1tp3r4o"><span aria-hidden="true"> </span> <span class="sr-only"> </span></span>`);
var root_8$4 = /* @__PURE__ */ from_html(`<li><a><!> <span class="text svelte-1tp3r4o"><span class="line svelte-1tp3r4o"><bdi class="name cut svelte-1tp3r4o"> </bdi> <!></span> <span class="line svelte-1tp3r4o"><span class="last svelte-1tp3r4o"><!></span> <!></span></span></a></li>`);
function ConversationItem($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let name = /* @__PURE__ */ user_derived(() => shownName($$props.conversation.title));
	let draft = /* @__PURE__ */ user_derived(() => $$props.current ? "" : drafts.get($$props.conversation.id));
	let last = /* @__PURE__ */ user_derived(() => $$props.conversation.last);
	var li = root_8$4();
	var a = child(li);
	let classes;
	var node = child(a);
	Avatar(node, { get name() {
		return get(name);
	} });
	var span = sibling(node, 2);
	var span_1 = child(span);
	var bdi = child(span_1);
	var text = only_child(bdi, true);
	var node_1 = sibling(bdi, 2);
	var consequent_1 = ($$anchor) => {
		var span_2 = root$42();
		var node_2 = child(span_2);
		var consequent = ($$anchor) => {
			Ticks($$anchor, { get state() {
				return get(last).state;
			} });
		};
		if_block(node_2, ($$render) => {
			if (get(last).mine) $$render(consequent);
		});
		var text_1 = sibling(node_2);
		reset(span_2);
		template_effect(($0) => set_text(text_1, ` ${$0 ?? ""}`), [() => i18n.listTime(get(last).at_ms)]);
		append($$anchor, span_2);
	};
	if_block(node_1, ($$render) => {
		if (get(last)) $$render(consequent_1);
	});
	reset(span_1);
	var span_3 = sibling(span_1, 2);
	var span_4 = child(span_3);
	var node_3 = child(span_4);
	var consequent_2 = ($$anchor) => {
		var fragment_1 = root_1$37();
		var span_5 = first_child(fragment_1);
		var text_2 = only_child(span_5);
		var text_3 = only_child(sibling(span_5), true);
		template_effect(($0) => {
			set_text(text_2, `${get(t).chats.draft ?? ""}:`);
			set_text(text_3, $0);
		}, [() => get(draft).slice(0, 120)]);
		append($$anchor, fragment_1);
	};
	var consequent_3 = ($$anchor) => {
		var em = root_2$32();
		var text_4 = only_child(em, true);
		template_effect(() => set_text(text_4, get(t).chats.invited));
		append($$anchor, em);
	};
	var consequent_4 = ($$anchor) => {
		var em_1 = root_3$26();
		var text_5 = only_child(em_1, true);
		template_effect(() => set_text(text_5, get(t).chats.failed));
		append($$anchor, em_1);
	};
	var consequent_6 = ($$anchor) => {
		var fragment_2 = root_5$16();
		var node_4 = first_child(fragment_2);
		var consequent_5 = ($$anchor) => {
			var span_6 = root_4$22();
			var text_6 = only_child(span_6);
			template_effect(() => set_text(text_6, `${get(t).chats.you ?? ""}:`));
			append($$anchor, span_6);
		};
		if_block(node_4, ($$render) => {
			if (get(last).mine && get(last).kind === "text") $$render(consequent_5);
		});
		var text_7 = only_child(sibling(node_4), true);
		template_effect(($0) => set_text(text_7, $0), [() => preview(get(last))]);
		append($$anchor, fragment_2);
	};
	var alternate = ($$anchor) => {
		var span_7 = root_6$12();
		var text_8 = only_child(span_7, true);
		template_effect(() => set_text(text_8, get(t).chats.noMessages));
		append($$anchor, span_7);
	};
	if_block(node_3, ($$render) => {
		if (get(draft) !== "") $$render(consequent_2);
		else if ($$props.conversation.peer_state === "invited") $$render(consequent_3, 1);
		else if ($$props.conversation.peer_state === "failed") $$render(consequent_4, 2);
		else if (get(last)) $$render(consequent_6, 3);
		else $$render(alternate, -1);
	});
	reset(span_4);
	var node_5 = sibling(span_4, 2);
	var consequent_7 = ($$anchor) => {
		var span_8 = root_7$8();
		var span_9 = child(span_8);
		var text_9 = only_child(span_9, true);
		var text_10 = only_child(sibling(span_9, 2), true);
		reset(span_8);
		template_effect(($0, $1) => {
			set_text(text_9, $0);
			set_text(text_10, $1);
		}, [() => i18n.number($$props.conversation.unread), () => get(t).chats.unread(i18n.counted($$props.conversation.unread))]);
		append($$anchor, span_8);
	};
	if_block(node_5, ($$render) => {
		if ($$props.conversation.unread > 0) $$render(consequent_7);
	});
	reset(span_3);
	reset(span);
	reset(a);
	reset(li);
	template_effect(($0) => {
		set_attribute(a, "href", $0);
		set_attribute(a, "aria-current", $$props.current ? "page" : void 0);
		classes = set_class(a, 1, "svelte-1tp3r4o", null, classes, { current: $$props.current });
		set_text(text, get(name));
	}, [() => to.chat($$props.conversation.id)]);
	append($$anchor, li);
	pop();
}
// src/components/chats/SearchResults.svelte
var root$41 = /* @__PURE__ */ from_html(`<h2 id="found-people" class="svelte-ky06du"> </h2> <ul aria-labelledby="found-people"></ul>`, 1);
var root_1$36 = /* @__PURE__ */ from_html(`<li><a class="svelte-ky06du"><!> <span class="text svelte-ky06du"><span class="line svelte-ky06du"><bdi class="name cut svelte-ky06du"> </bdi><span class="when svelte-ky06du"> </span></span> <bdi class="words cut svelte-ky06du"> <mark class="svelte-ky06du"> </mark> </bdi></span></a></li>`);
var root_2$31 = /* @__PURE__ */ from_html(`<h2 id="found-messages" class="svelte-ky06du"> </h2> <ul aria-labelledby="found-messages" class="messages svelte-ky06du"></ul>`, 1);
var root_3$25 = /* @__PURE__ */ from_html(`<div class="none svelte-ky06du"><p class="error-text" role="alert"> </p> <button type="button" class="button small"> </button></div>`);
var root_4$21 = /* @__PURE__ */ from_html(`<!> <!> <!> <p class="none svelte-ky06du" role="status"> </p>`, 1);
function SearchResults($$anchor, $$props) {
	push($$props, true);
	const RESULTS_MAX = 60;
	const PAUSE_MS = 120;
	const CONTEXT_CHARACTERS = 40;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let found = /* @__PURE__ */ state([]);
	let asked = /* @__PURE__ */ state("");
	let error = /* @__PURE__ */ state("");
	let again = /* @__PURE__ */ state(0);
	let people = /* @__PURE__ */ user_derived(() => app.conversations.filter((one) => shownName(one.title).toLocaleLowerCase().includes($$props.query.toLocaleLowerCase())));
	user_effect(() => {
		const asking = $$props.query;
		get(again), app.epoch;
		const timer = setTimeout(async () => {
			try {
				const answer = await app.call("message.search", {
					query: asking,
					limit: RESULTS_MAX
				});
				if (asking === $$props.query) (($$value) => {
					var $$array = to_array($$value, 3);
					set(found, $$array[0]);
					set(asked, $$array[1], true);
					set(error, $$array[2], true);
				})([
					answer,
					asking,
					""
				]);
			} catch (failure) {
				if (!(failure instanceof CallFailed)) throw failure;
				if (asking === $$props.query) (($$value) => {
					var $$array_1 = to_array($$value, 3);
					set(found, $$array_1[0]);
					set(asked, $$array_1[1], true);
					set(error, $$array_1[2], true);
				})([
					[],
					asking,
					explain(failure)
				]);
			}
		}, PAUSE_MS);
		return () => clearTimeout(timer);
	});
	function pieces(message) {
		const line = preview(message);
		const word = get(asked).split(/\s+/)[0] ?? "";
		const at = line.toLocaleLowerCase().indexOf(word.toLocaleLowerCase());
		if (at < 0 || word === "") return {
			before: line,
			hit: "",
			after: ""
		};
		const from = at > CONTEXT_CHARACTERS ? at - CONTEXT_CHARACTERS / 2 : 0;
		return {
			before: (from > 0 ? "…" : "") + line.slice(from, at),
			hit: line.slice(at, at + word.length),
			after: line.slice(at + word.length)
		};
	}
	var fragment = root_4$21();
	var node = first_child(fragment);
	var consequent = ($$anchor) => {
		var fragment_1 = root$41();
		var h2 = first_child(fragment_1);
		var text = only_child(h2, true);
		var ul = sibling(h2, 2);
		each(ul, 21, () => get(people), (conversation) => conversation.id, ($$anchor, conversation) => {
			ConversationItem($$anchor, {
				get conversation() {
					return get(conversation);
				},
				current: false
			});
		});
		reset(ul);
		template_effect(() => set_text(text, get(t).chats.foundPeople));
		append($$anchor, fragment_1);
	};
	if_block(node, ($$render) => {
		if (get(people).length > 0) $$render(consequent);
	});
	var node_1 = sibling(node, 2);
	var consequent_1 = ($$anchor) => {
		var fragment_3 = root_2$31();
		var h2_1 = first_child(fragment_3);
		var text_1 = only_child(h2_1, true);
		var ul_1 = sibling(h2_1, 2);
		each(ul_1, 21, () => get(found), (message) => message.conversation + message.id, ($$anchor, message) => {
			const title = /* @__PURE__ */ user_derived(() => shownName(app.conversation(get(message).conversation)?.title ?? get(message).from));
			const line = /* @__PURE__ */ user_derived(() => pieces(get(message)));
			var li = root_1$36();
			var a = child(li);
			var node_2 = child(a);
			Avatar(node_2, {
				get name() {
					return get(title);
				},
				size: "s"
			});
			var span = sibling(node_2, 2);
			var span_1 = child(span);
			var bdi = child(span_1);
			var text_2 = only_child(bdi, true);
			var text_3 = only_child(sibling(bdi), true);
			reset(span_1);
			var bdi_1 = sibling(span_1, 2);
			var text_4 = child(bdi_1, true);
			var mark = sibling(text_4);
			var text_5 = only_child(mark, true);
			var text_6 = sibling(mark, 1, true);
			reset(bdi_1);
			reset(span);
			reset(a);
			reset(li);
			template_effect(($0, $1) => {
				set_attribute(a, "href", $0);
				set_text(text_2, get(title));
				set_text(text_3, $1);
				set_text(text_4, get(line).before);
				set_text(text_5, get(line).hit);
				set_text(text_6, get(line).after);
			}, [() => to.message(get(message).conversation, get(message).id), () => i18n.listTime(get(message).at_ms)]);
			append($$anchor, li);
		});
		reset(ul_1);
		template_effect(() => set_text(text_1, get(t).chats.foundMessages));
		append($$anchor, fragment_3);
	};
	if_block(node_1, ($$render) => {
		if (get(found).length > 0) $$render(consequent_1);
	});
	var node_3 = sibling(node_1, 2);
	var consequent_2 = ($$anchor) => {
		var div = root_3$25();
		var p = child(div);
		var text_7 = only_child(p, true);
		var button = sibling(p, 2);
		var text_8 = only_child(button, true);
		reset(div);
		template_effect(() => {
			set_text(text_7, get(error));
			set_text(text_8, get(t).retry);
		});
		delegated("click", button, () => set(again, get(again) + 1));
		append($$anchor, div);
	};
	if_block(node_3, ($$render) => {
		if (get(error) !== "") $$render(consequent_2);
	});
	var text_9 = only_child(sibling(node_3, 2), true);
	template_effect(() => set_text(text_9, get(asked) !== $$props.query ? get(t).loading : get(error) === "" && get(people).length === 0 && get(found).length === 0 ? get(t).chats.foundNothing : ""));
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/chats/ConversationList.svelte
var root$40 = /* @__PURE__ */ from_html(`<button type="button" class="icon-button clear svelte-10mt255"><!></button>`);
var root_1$35 = /* @__PURE__ */ from_html(`<div class="empty svelte-10mt255"><h2> </h2> <p class="muted"> </p> <button type="button" class="button primary"> </button></div>`);
var root_2$30 = /* @__PURE__ */ from_html(`<ul></ul>`);
var root_3$24 = /* @__PURE__ */ from_html(`<section class="pane svelte-10mt255"><header class="svelte-10mt255"><span class="bird svelte-10mt255"><!></span> <h1 class="svelte-10mt255"> </h1> <!> <button type="button" class="icon-button add svelte-10mt255"><!></button></header> <div class="search svelte-10mt255" role="search"><!> <input class="field svelte-10mt255" type="search" dir="auto" autocomplete="off"/> <!></div> <div class="rows scroll svelte-10mt255"><!></div></section> <!>`, 1);
function ConversationList($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let query = /* @__PURE__ */ state("");
	let adding = /* @__PURE__ */ state(false);
	let field;
	let list = /* @__PURE__ */ state(void 0);
	function onkeydown(key) {
		if ((key.ctrlKey || key.metaKey) && key.key.toLowerCase() === "k") {
			key.preventDefault();
			field.focus();
			field.select();
		}
	}
	function clear() {
		set(query, "");
		field.focus();
	}
	/** Arrow keys walk through the list. */
	function walk(key) {
		if (key.key !== "ArrowDown" && key.key !== "ArrowUp") return;
		const links = [...get(list)?.querySelectorAll("a") ?? []];
		const next = links[links.indexOf(document.activeElement) + (key.key === "ArrowDown" ? 1 : -1)];
		if (next) {
			key.preventDefault();
			next.focus();
		}
	}
	var fragment = root_3$24();
	event("keydown", $window, onkeydown);
	var section = first_child(fragment);
	var header = child(section);
	var span = child(header);
	Bird(child(span), { size: 34 });
	reset(span);
	var h1 = sibling(span, 2);
	var text = only_child(h1, true);
	var node_1 = sibling(h1, 2);
	Shield(node_1, {});
	var button = sibling(node_1, 2);
	Icon(child(button), { name: "plus" });
	reset(button);
	reset(header);
	var div = sibling(header, 2);
	var node_3 = child(div);
	Icon(node_3, {
		name: "search",
		size: 18
	});
	var input = sibling(node_3, 2);
	remove_input_defaults(input);
	bind_this(input, ($$value) => field = $$value, () => field);
	var node_4 = sibling(input, 2);
	var consequent = ($$anchor) => {
		var button_1 = root$40();
		Icon(child(button_1), {
			name: "close",
			size: 17
		});
		reset(button_1);
		template_effect(() => {
			set_attribute(button_1, "aria-label", get(t).chats.searchClear);
			set_attribute(button_1, "title", get(t).chats.searchClear);
		});
		delegated("click", button_1, clear);
		append($$anchor, button_1);
	};
	if_block(node_4, ($$render) => {
		if (get(query) !== "") $$render(consequent);
	});
	reset(div);
	var div_1 = sibling(div, 2);
	var node_6 = child(div_1);
	var consequent_1 = ($$anchor) => {
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(query).trim());
			SearchResults($$anchor, { get query() {
				return get($0);
			} });
		}
	};
	var d = /* @__PURE__ */ user_derived(() => get(query).trim() !== "");
	var consequent_2 = ($$anchor) => {
		var div_2 = root_1$35();
		var h2 = child(div_2);
		var text_1 = only_child(h2, true);
		var p = sibling(h2, 2);
		var text_2 = only_child(p, true);
		var button_2 = sibling(p, 2);
		var text_3 = only_child(button_2, true);
		reset(div_2);
		template_effect(() => {
			set_text(text_1, get(t).chats.empty);
			set_text(text_2, get(t).chats.emptyText);
			set_text(text_3, get(t).chats.add);
		});
		delegated("click", button_2, () => set(adding, true));
		append($$anchor, div_2);
	};
	var alternate = ($$anchor) => {
		var ul = root_2$30();
		each(ul, 21, () => app.conversations, (conversation) => conversation.id, ($$anchor, conversation) => {
			{
				let $0 = /* @__PURE__ */ user_derived(() => get(conversation).id === $$props.current);
				ConversationItem($$anchor, {
					get conversation() {
						return get(conversation);
					},
					get current() {
						return get($0);
					}
				});
			}
		});
		reset(ul);
		template_effect(() => set_attribute(ul, "aria-label", get(t).chats.title));
		append($$anchor, ul);
	};
	if_block(node_6, ($$render) => {
		if (get(d)) $$render(consequent_1);
		else if (app.conversations.length === 0) $$render(consequent_2, 1);
		else $$render(alternate, -1);
	});
	reset(div_1);
	bind_this(div_1, ($$value) => set(list, $$value), () => get(list));
	reset(section);
	var node_7 = sibling(section, 2);
	var consequent_3 = ($$anchor) => {
		ContactDialog($$anchor, { onclose: () => set(adding, false) });
	};
	if_block(node_7, ($$render) => {
		if (get(adding)) $$render(consequent_3);
	});
	template_effect(() => {
		set_attribute(section, "aria-label", get(t).chats.title);
		set_text(text, get(t).chats.title);
		set_attribute(button, "aria-label", get(t).chats.add);
		set_attribute(button, "title", get(t).chats.add);
		set_attribute(input, "placeholder", get(t).chats.search);
		set_attribute(input, "aria-label", get(t).chats.searchLabel);
		input.dir = input.dir;
	});
	delegated("click", button, () => set(adding, true));
	delegated("keydown", input, (key) => {
		if (key.key === "Escape") set(query, "");
		walk(key);
	});
	bind_value(input, () => get(query), ($$value) => set(query, $$value));
	delegated("keydown", div_1, walk);
	append($$anchor, fragment);
	pop();
}
delegate(["click", "keydown"]);
/** The newest page of `total` rows. */
function newest$1(total) {
	return {
		start: Math.max(0, total - 50),
		end: total
	};
}
/** One step towards the past; the far end lets go of what exceeds the bound. */
function older({ start, end }) {
	const from = Math.max(0, start - 20);
	return {
		start: from,
		end: Math.min(end, from + 150)
	};
}
/** One step towards the present. */
function newer({ start, end }, total) {
	const upTo = Math.min(total, end + 20);
	return {
		start: Math.max(start, upTo - 150),
		end: upTo
	};
}
/** Rows around one. */
function around(index, total) {
	const start = Math.max(0, Math.min(index - 75, total - 150));
	return {
		start,
		end: Math.min(total, start + 150)
	};
}
/** `count` rows were put before all others. */
function prepended({ start, end }, count) {
	return {
		start: start + count,
		end: end + count
	};
}
/** A row was added at the end: a reader at the end follows it, one who reads above stays. */
function appended({ start, end }, total, following) {
	if (!(end === total - 1)) return {
		start,
		end
	};
	if (following) return {
		start: Math.max(start, total - 150),
		end: total
	};
	return end - start < 150 ? {
		start,
		end: total
	} : {
		start,
		end
	};
}
// src/stores/thread.svelte.ts
var FETCH_ROWS = 100;
var REVEAL_ROWS = 200;
var UNREAD_ROWS_MAX = 1e3;
var REVEAL_FETCHES_MAX = 200;
var Thread = class {
	id;
	#all = /* @__PURE__ */ state([]);
	get all() {
		return get(this.#all);
	}
	set all(value) {
		set(this.#all, value);
	}
	#span = /* @__PURE__ */ state({
		start: 0,
		end: 0
	});
	get span() {
		return get(this.#span);
	}
	set span(value) {
		set(this.#span, value);
	}
	#loaded = /* @__PURE__ */ state(false);
	get loaded() {
		return get(this.#loaded);
	}
	set loaded(value) {
		set(this.#loaded, value, true);
	}
	#hasOlder = /* @__PURE__ */ state(true);
	get hasOlder() {
		return get(this.#hasOlder);
	}
	set hasOlder(value) {
		set(this.#hasOlder, value, true);
	}
	#visible = /* @__PURE__ */ user_derived(() => this.all.slice(this.span.start, this.span.end));
	get visible() {
		return get(this.#visible);
	}
	set visible(value) {
		set(this.#visible, value);
	}
	#atEnd = /* @__PURE__ */ user_derived(() => this.span.end === this.all.length);
	get atEnd() {
		return get(this.#atEnd);
	}
	set atEnd(value) {
		set(this.#atEnd, value);
	}
	following = true;
	#unreadFrom = /* @__PURE__ */ state(null);
	get unreadFrom() {
		return get(this.#unreadFrom);
	}
	set unreadFrom(value) {
		set(this.#unreadFrom, value, true);
	}
	place = null;
	#fetching = null;
	#readings = /* @__PURE__ */ new Set();
	#fromEnd = /* @__PURE__ */ new Map();
	#indexed = null;
	constructor(id) {
		this.id = id;
	}
	/** Reads the newest page; what is known and joins on to it is kept. */
	async load() {
		const unread = app.conversation(this.id)?.unread ?? 0;
		const since = /* @__PURE__ */ new Map();
		this.#readings.add(since);
		const page = await this.#newest(unread).finally(() => this.#readings.delete(since));
		const fetched = withNews(page, since);
		const first = fetched[0];
		const joint = first === void 0 ? -1 : this.all.findIndex((message) => message.id === first.id);
		if (this.loaded && joint >= 0) {
			const before = this.all.length;
			this.all = [...this.all.slice(0, joint), ...fetched];
			if (this.following || this.span.end > this.all.length) this.span = newest$1(this.all.length);
			else if (before === this.span.end) this.span = newer(this.span, this.all.length);
		} else {
			this.all = fetched;
			this.span = newest$1(fetched.length);
			this.hasOlder = page.length >= FETCH_ROWS;
		}
		this.unreadFrom = this.all[this.unreadIndex(unread)]?.id ?? null;
		this.loaded = true;
	}
	/** The newest page, and what is unread before it. */
	async #newest(unread) {
		let rows = await app.call("message.list", {
			conversation: this.id,
			limit: FETCH_ROWS
		});
		while (rows.length < UNREAD_ROWS_MAX && rows.filter((message) => !message.mine).length < unread) {
			const first = rows[0];
			if (first === void 0) break;
			const older = await app.call("message.list", {
				conversation: this.id,
				before: first.id,
				limit: REVEAL_ROWS
			});
			if (older.length === 0) break;
			rows = [...older, ...rows];
		}
		return rows;
	}
	/** Where so many unread messages begin among those known; -1 when there are none, or it is farther back. */
	unreadIndex(unread) {
		let left = unread;
		if (left > 0) {
			for (let at = this.all.length - 1; at >= 0; at -= 1) if (!this.all[at]?.mine && (left -= 1) === 0) return at;
		}
		return -1;
	}
	/** The reader comes: what is unread is shown from its beginning; true when there is some. */
	enter() {
		const first = this.unreadIndex(app.conversation(this.id)?.unread ?? 0);
		this.unreadFrom = this.all[first]?.id ?? null;
		if (first < 0) return false;
		this.place = null;
		this.following = false;
		this.span = around(first, this.all.length);
		return true;
	}
	take(event) {
		if (event.kind !== "message" || event.message.conversation !== this.id) return;
		const { message } = event;
		for (const since of this.#readings) since.set(message.id, message);
		if (!this.loaded) return;
		const at = this.all.findLastIndex((known) => known.id === message.id);
		if (at >= 0) {
			this.all = this.all.with(at, message);
			return;
		}
		this.all = [...this.all, message];
		this.span = appended(this.span, this.all.length, this.following);
	}
	/** More of the past is within reach at once; otherwise it is being fetched. */
	get olderReady() {
		return this.span.start > 0;
	}
	showOlder() {
		this.span = older(this.span);
	}
	showNewer() {
		this.span = newer(this.span, this.all.length);
	}
	showNewest() {
		this.following = true;
		this.span = newest$1(this.all.length);
	}
	/** Fetches ahead, so that scrolling up does not wait. */
	async fetchOlder(rows = FETCH_ROWS, apply = (change) => change()) {
		if (!this.hasOlder || !this.loaded) return;
		this.#fetching ??= this.#fetch(rows, apply).finally(() => this.#fetching = null);
		await this.#fetching;
	}
	async #fetch(limit, apply) {
		const first = this.all[0];
		if (first === void 0) return;
		try {
			const fetched = await app.call("message.list", {
				conversation: this.id,
				before: first.id,
				limit
			});
			if (this.all[0]?.id !== first.id) return;
			apply(() => {
				this.all = [...fetched, ...this.all];
				this.span = prepended(this.span, fetched.length);
				this.hasOlder = fetched.length > 0;
			});
		} catch (error) {
			if (!(error instanceof CallFailed)) throw error;
		}
	}
	/** Brings a message into the window, fetching back to it; false when it is not to be found. */
	async reveal(id) {
		for (let fetches = 0; fetches < REVEAL_FETCHES_MAX; fetches += 1) {
			const index = this.all.findIndex((message) => message.id === id);
			if (index >= 0) {
				this.following = false;
				this.span = around(index, this.all.length);
				return true;
			}
			if (!this.hasOlder) return false;
			await this.fetchOlder(REVEAL_ROWS);
		}
		return false;
	}
	find(id) {
		const { all } = this;
		if (this.#indexed !== all) {
			const same = this.#indexed !== null && this.#indexed.at(-1)?.id === all.at(-1)?.id;
			const known = same ? this.#fromEnd.size : 0;
			if (!same) this.#fromEnd.clear();
			for (let back = known + 1; back <= all.length; back += 1) this.#fromEnd.set(all[all.length - back]?.id ?? "", back);
			this.#indexed = all;
		}
		const back = this.#fromEnd.get(id);
		const found = back === void 0 ? void 0 : all.at(-back);
		return found?.id === id ? found : all.find((message) => message.id === id);
	}
};
/** A page as it was answered, with what came meanwhile; changes to messages before the page are left out. */
function withNews(page, since) {
	if (since.size === 0) return page;
	const known = new Set(page.map((message) => message.id));
	const begin = page.length < FETCH_ROWS ? 0 : page[0]?.at_ms ?? 0;
	const news = [...since.values()].filter((message) => !known.has(message.id) && message.at_ms >= begin);
	return [...page.map((message) => since.get(message.id) ?? message), ...news];
}
var THREADS_MAX = 20;
/** The conversations read lately, the last one last. */
var Threads = class {
	#open = /* @__PURE__ */ new Map();
	constructor() {
		app.listen((event) => {
			for (const thread of this.#open.values()) thread.take(event);
		});
	}
	get(id) {
		const thread = this.#open.get(id) ?? new Thread(id);
		this.#open.delete(id);
		this.#open.set(id, thread);
		const oldest = this.#open.keys().next().value;
		if (this.#open.size > THREADS_MAX && oldest !== void 0) this.#open.delete(oldest);
		return thread;
	}
};
var threads = new Threads();
// src/components/chats/problems.ts
function problemOf(contact) {
	const words = i18n.t.contact;
	if (contact.problem_code !== void 0) return words.problems[contact.problem_code];
	return contact.state === "failed" ? words.problem : i18n.t.chats.invited;
}
// src/components/contact/ContactInfo.svelte
var root$39 = /* @__PURE__ */ from_html(`<p class="error-text"> </p>`);
var root_1$34 = /* @__PURE__ */ from_html(`<!> <p class="muted"> </p> <p class="muted small svelte-2dmihv"><!> </p>`, 1);
var root_2$29 = /* @__PURE__ */ from_html(`<form><label class="label"> </label> <div class="line svelte-2dmihv"><input class="field svelte-2dmihv" dir="auto" maxlength="64" autocomplete="off"/> <button type="submit" class="button primary"> </button></div></form>`);
var root_3$23 = /* @__PURE__ */ from_html(`<p> </p> <div class="line svelte-2dmihv"><button type="button" class="button"> </button> <button type="button" class="button danger"> </button></div>`, 1);
var root_4$20 = /* @__PURE__ */ from_html(`<button type="button" class="button"><!> </button>`);
var root_5$15 = /* @__PURE__ */ from_html(`<div class="choices svelte-2dmihv"><!> <button type="button" class="button"> </button> <button type="button" class="button danger"> </button></div>`);
var root_6$11 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_7$7 = /* @__PURE__ */ from_html(`<div class="head svelte-2dmihv"><!> <p class="name svelte-2dmihv"><bdi> </bdi></p> <!></div> <!> <!>`, 1);
function ContactInfo($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let removing = prop($$props, "removing", 7, false);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let contact = /* @__PURE__ */ user_derived(() => app.contacts.find((one) => one.name === $$props.conversation.title));
	let name = /* @__PURE__ */ user_derived(() => shownName($$props.conversation.title));
	let renaming = /* @__PURE__ */ state(false);
	let newName = /* @__PURE__ */ state("");
	let error = /* @__PURE__ */ state("");
	async function attempt(work) {
		set(error, "");
		try {
			await work();
			$$props.onclose();
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	function rename(submit) {
		submit.preventDefault();
		if (get(newName).trim() === "") return;
		attempt(() => app.call("contact.rename", {
			name: $$props.conversation.title,
			to: get(newName).trim()
		}));
	}
	/** A view that takes another's place takes its focus. */
	const focus = (element) => element.focus();
	const remove = () => attempt(async () => {
		await app.call("contact.remove", { name: $$props.conversation.title });
		router.go(to.chats);
	});
	Dialog($$anchor, {
		get title() {
			return get(t).thread.details;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var fragment_1 = root_7$7();
			var div = first_child(fragment_1);
			var node = child(div);
			Avatar(node, {
				get name() {
					return get(name);
				},
				size: "l"
			});
			var p = sibling(node, 2);
			var text = only_child(child(p), true);
			reset(p);
			var node_1 = sibling(p, 2);
			var consequent_1 = ($$anchor) => {
				var fragment_2 = root_1$34();
				var node_2 = first_child(fragment_2);
				var consequent = ($$anchor) => {
					var p_1 = root$39();
					var text_1 = only_child(p_1, true);
					template_effect(($0) => set_text(text_1, $0), [() => problemOf(get(contact))]);
					append($$anchor, p_1);
				};
				if_block(node_2, ($$render) => {
					if (get(contact).state === "failed" || get(contact).problem) $$render(consequent);
				});
				var p_2 = sibling(node_2, 2);
				var text_2 = only_child(p_2, true);
				var p_3 = sibling(p_2, 2);
				var node_3 = child(p_3);
				Icon(node_3, {
					name: "shield",
					size: 16
				});
				var text_3 = sibling(node_3, 1, true);
				reset(p_3);
				template_effect(($0) => {
					set_text(text_2, $0);
					set_text(text_3, get(contact).verified ? get(t).contact.verified : get(t).contact.unverified);
				}, [() => get(contact).state === "invited" ? get(t).chats.invited : get(contact).state === "failed" ? get(t).chats.failed : get(t).contact.since(longDate(get(contact).added_ms, i18n.style))]);
				append($$anchor, fragment_2);
			};
			if_block(node_1, ($$render) => {
				if (get(contact)) $$render(consequent_1);
			});
			reset(div);
			var node_4 = sibling(div, 2);
			var consequent_2 = ($$anchor) => {
				var form = root_2$29();
				var label = child(form);
				var text_4 = only_child(label, true);
				var div_1 = sibling(label, 2);
				var input = child(div_1);
				remove_input_defaults(input);
				attach(input, () => focus);
				var button = sibling(input, 2);
				var text_5 = only_child(button, true);
				reset(div_1);
				reset(form);
				template_effect(($0) => {
					set_attribute(label, "for", `${id}-name`);
					set_text(text_4, get(t).contact.newName);
					set_attribute(input, "id", `${id}-name`);
					input.dir = input.dir;
					button.disabled = $0;
					set_text(text_5, get(t).contact.rename);
				}, [() => get(newName).trim() === ""]);
				event("submit", form, rename);
				bind_value(input, () => get(newName), ($$value) => set(newName, $$value));
				append($$anchor, form);
			};
			var consequent_3 = ($$anchor) => {
				var fragment_3 = root_3$23();
				var p_4 = first_child(fragment_3);
				var text_6 = only_child(p_4, true);
				var div_2 = sibling(p_4, 2);
				var button_1 = child(div_2);
				var text_7 = only_child(button_1, true);
				attach(button_1, () => focus);
				var button_2 = sibling(button_1, 2);
				var text_8 = only_child(button_2, true);
				reset(div_2);
				template_effect(($0) => {
					set_text(text_6, $0);
					set_text(text_7, get(t).cancel);
					set_text(text_8, get(t).contact.removeGo);
				}, [() => get(t).contact.removeAsk(get(name))]);
				delegated("click", button_1, () => removing(false));
				delegated("click", button_2, remove);
				append($$anchor, fragment_3);
			};
			var alternate = ($$anchor) => {
				var div_3 = root_5$15();
				var node_5 = child(div_3);
				var consequent_4 = ($$anchor) => {
					var button_3 = root_4$20();
					var node_6 = child(button_3);
					Icon(node_6, {
						name: "coin",
						size: 19
					});
					var text_9 = sibling(node_6, 1, true);
					reset(button_3);
					template_effect(() => set_text(text_9, get(t).thread.pay));
					delegated("click", button_3, function(...$$args) {
						$$props.onpay?.apply(this, $$args);
					});
					append($$anchor, button_3);
				};
				if_block(node_5, ($$render) => {
					if ($$props.conversation.peer_state === "connected") $$render(consequent_4);
				});
				var button_4 = sibling(node_5, 2);
				var text_10 = only_child(button_4, true);
				var button_5 = sibling(button_4, 2);
				var text_11 = only_child(button_5, true);
				reset(div_3);
				template_effect(() => {
					set_text(text_10, get(t).contact.rename);
					set_text(text_11, get(t).contact.remove);
				});
				delegated("click", button_4, () => (($$value) => {
					var $$array = to_array($$value, 2);
					set(newName, $$array[0], true);
					set(renaming, $$array[1], true);
					return $$value;
				})([get(name), true]));
				delegated("click", button_5, () => removing(true));
				append($$anchor, div_3);
			};
			if_block(node_4, ($$render) => {
				if (get(renaming)) $$render(consequent_2);
				else if (removing()) $$render(consequent_3, 1);
				else $$render(alternate, -1);
			});
			var node_7 = sibling(node_4, 2);
			var consequent_5 = ($$anchor) => {
				var p_5 = root_6$11();
				var text_12 = only_child(p_5, true);
				template_effect(() => set_text(text_12, get(error)));
				append($$anchor, p_5);
			};
			if_block(node_7, ($$render) => {
				if (get(error) !== "") $$render(consequent_5);
			});
			template_effect(() => set_text(text, get(name)));
			append($$anchor, fragment_1);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click"]);
// src/stores/turns.ts
var newest = /* @__PURE__ */ new Map();
/** Sends when what was written before in this conversation has gone or failed. */
function inTurn(conversation, send) {
	const before = newest.get(conversation);
	const turn = before === void 0 ? send() : before.then(send, send);
	newest.set(conversation, turn);
	const leave = () => {
		if (newest.get(conversation) === turn) newest.delete(conversation);
	};
	turn.then(leave, leave);
	return turn;
}
// src/components/Amount.svelte
var root$38 = /* @__PURE__ */ from_html(`<span><bdi dir="ltr"> </bdi> <span class="unit svelte-1b1jvig"> </span></span>`);
function Amount($$anchor, $$props) {
	push($$props, true);
	let sign = prop($$props, "sign", 3, ""), decimals = prop($$props, "decimals", 3, 9), breaks = prop($$props, "breaks", 3, false);
	var span = root$38();
	let classes;
	var bdi = child(span);
	var text = only_child(bdi);
	var text_1 = only_child(sibling(bdi, 2), true);
	reset(span);
	template_effect(($0) => {
		classes = set_class(span, 1, "amount svelte-1b1jvig", null, classes, { breaks: breaks() });
		set_text(text, `${sign() ?? ""}${$0 ?? ""}`);
		bdi.dir = bdi.dir;
		set_text(text_1, i18n.t.gram);
	}, [() => i18n.gram($$props.nano, decimals())]);
	append($$anchor, span);
	pop();
}
// src/components/pay/PayForm.svelte
var root$37 = /* @__PURE__ */ from_html(`<label class="label svelte-1yy6ldx"> </label> <input class="field" dir="auto" autocomplete="off" spellcheck="false" data-focus=""/>`, 1);
var root_1$33 = /* @__PURE__ */ from_html(`<p class="about svelte-1yy6ldx"> </p>`);
var root_2$28 = /* @__PURE__ */ from_html(`<p class="about promise svelte-1yy6ldx"> </p>`);
var root_3$22 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_4$19 = /* @__PURE__ */ from_html(`<form novalidate="" class="svelte-1yy6ldx"><!> <label class="label svelte-1yy6ldx"> </label> <div class="amount svelte-1yy6ldx"><input inputmode="decimal" autocomplete="off" dir="ltr" class="svelte-1yy6ldx"/> <span class="svelte-1yy6ldx"> </span></div> <p> </p> <label class="label svelte-1yy6ldx"> </label> <input class="field" dir="auto" autocomplete="off"/> <!> <!> <!> <button type="submit" class="button primary wide svelte-1yy6ldx"> </button></form>`);
var root_5$14 = /* @__PURE__ */ from_html(`<p class="comment svelte-1yy6ldx"><bdi> </bdi></p>`);
var root_6$10 = /* @__PURE__ */ from_html(`<dl class="svelte-1yy6ldx"><div class="svelte-1yy6ldx"><dt class="svelte-1yy6ldx"> </dt><dd class="svelte-1yy6ldx"><!></dd></div> <div class="svelte-1yy6ldx"><dt class="svelte-1yy6ldx"> </dt><dd class="svelte-1yy6ldx"><!></dd></div> <div class="total svelte-1yy6ldx"><dt class="svelte-1yy6ldx"> </dt><dd class="svelte-1yy6ldx"><!></dd></div></dl> <!> <p> </p> <!> <!> <div class="choice svelte-1yy6ldx"><button type="button" class="button"> </button> <button type="button" class="button primary wide svelte-1yy6ldx"> </button></div>`, 1);
function PayForm($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let name = prop($$props, "name", 3, null), first = prop($$props, "first", 19, () => ({
		amount: "",
		comment: ""
	})), commentIsPublic = prop($$props, "commentIsPublic", 3, () => false);
	const COMMENT_CHARACTERS_MAX = 200;
	const ADDRESS_CHARACTERS_MIN = 40;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let amount = /* @__PURE__ */ state(proxy(first().amount === "" ? "" : typedGram(first().amount, i18n.digits)));
	let to = /* @__PURE__ */ state("");
	let comment$1 = /* @__PURE__ */ state(proxy(first().comment));
	let quote = /* @__PURE__ */ state(null);
	let busy = /* @__PURE__ */ state(false);
	let error = /* @__PURE__ */ state("");
	let payment = "";
	let returned = /* @__PURE__ */ state(false);
	let amountField = /* @__PURE__ */ state(void 0);
	/** It was to go on without an amount. */
	let missing = /* @__PURE__ */ state(false);
	/** Nothing gets to the chain: what is agreed to now is paid later. */
	let promise = /* @__PURE__ */ user_derived(() => app.chainState === "lost");
	let parsed = /* @__PURE__ */ user_derived(() => parseGram(get(amount)));
	let wrong = /* @__PURE__ */ user_derived(() => {
		if (get(parsed).ok) return "";
		if (get(parsed).why === "empty") return get(missing) ? get(t).pay.noNumber : "";
		return {
			no_number: get(t).pay.noNumber,
			zero: get(t).pay.noNumber,
			ambiguous: get(t).pay.ambiguous,
			too_fine: get(t).pay.tooFine,
			too_large: get(t).pay.tooLarge
		}[get(parsed).why];
	});
	async function review(submit) {
		submit.preventDefault();
		if (get(busy)) return;
		set(error, "");
		if (!get(parsed).ok) {
			set(missing, true);
			get(amountField)?.focus();
			return;
		}
		if (name() === null && get(to).trim() === "") return set(error, get(t).pay.noAddress, true);
		await attempt(explain, async () => {
			set(quote, await $$props.ask(get(to).trim(), get(parsed).ok ? get(parsed).nano : "0", get(comment$1).trim()));
			payment = newId();
		});
	}
	async function confirm() {
		const agreed = get(quote);
		if (agreed === null || get(busy) || !agreed.sufficient) return;
		await attempt(explainSending, () => $$props.pay(get(to).trim(), agreed.amount, get(comment$1).trim(), payment));
	}
	async function attempt(say, work) {
		set(busy, true);
		set(error, "");
		try {
			await work();
		} catch (failure) {
			set(error, say(failure), true);
		} finally {
			set(busy, false);
		}
	}
	function edit() {
		if (get(busy)) return;
		(($$value) => {
			var $$array = to_array($$value, 3);
			set(quote, $$array[0]);
			set(returned, $$array[1], true);
			set(error, $$array[2], true);
		})([
			null,
			true,
			""
		]);
	}
	function onkeydown(key) {
		if (key.repeat) key.preventDefault();
	}
	/** A contact's name, or an address by its ends. */
	const payee = (to) => to.length > ADDRESS_CHARACTERS_MIN && !to.includes(" ") ? shorten(to) : shownName(to);
	/** The decision has the focus as soon as there is one. */
	function begin(element) {
		element.focus();
	}
	var fragment = comment();
	var node = first_child(fragment);
	var consequent_4 = ($$anchor) => {
		var form = root_4$19();
		var node_1 = child(form);
		var consequent = ($$anchor) => {
			var fragment_1 = root$37();
			var label = first_child(fragment_1);
			var text = only_child(label, true);
			var input = sibling(label, 2);
			remove_input_defaults(input);
			template_effect(() => {
				set_attribute(label, "for", `${id}-to`);
				set_text(text, get(t).pay.to);
				set_attribute(input, "id", `${id}-to`);
				set_attribute(input, "placeholder", get(t).pay.toHint);
				input.dir = input.dir;
			});
			bind_value(input, () => get(to), ($$value) => set(to, $$value));
			append($$anchor, fragment_1);
		};
		if_block(node_1, ($$render) => {
			if (name() === null) $$render(consequent);
		});
		var label_1 = sibling(node_1, 2);
		var text_1 = only_child(label_1, true);
		var div = sibling(label_1, 2);
		var input_1 = child(div);
		remove_input_defaults(input_1);
		bind_this(input_1, ($$value) => set(amountField, $$value), () => get(amountField));
		attach(input_1, () => (element) => void (get(returned) && element.focus()));
		var text_2 = only_child(sibling(input_1, 2), true);
		reset(div);
		var p = sibling(div, 2);
		let classes;
		var text_3 = only_child(p, true);
		var label_2 = sibling(p, 2);
		var text_4 = only_child(label_2, true);
		var input_2 = sibling(label_2, 2);
		remove_input_defaults(input_2);
		set_attribute(input_2, "maxlength", COMMENT_CHARACTERS_MAX);
		var node_2 = sibling(input_2, 2);
		var consequent_1 = ($$anchor) => {
			var p_1 = root_1$33();
			var text_5 = only_child(p_1, true);
			template_effect(() => set_text(text_5, get(t).pay.commentPublic));
			append($$anchor, p_1);
		};
		var d = /* @__PURE__ */ user_derived(() => commentIsPublic()(get(to).trim()));
		if_block(node_2, ($$render) => {
			if (get(d)) $$render(consequent_1);
		});
		var node_3 = sibling(node_2, 2);
		var consequent_2 = ($$anchor) => {
			var p_2 = root_2$28();
			var text_6 = only_child(p_2, true);
			template_effect(() => set_text(text_6, get(t).pay.promise));
			append($$anchor, p_2);
		};
		if_block(node_3, ($$render) => {
			if (get(promise)) $$render(consequent_2);
		});
		var node_4 = sibling(node_3, 2);
		var consequent_3 = ($$anchor) => {
			var p_3 = root_3$22();
			var text_7 = only_child(p_3, true);
			template_effect(() => set_text(text_7, get(error)));
			append($$anchor, p_3);
		};
		if_block(node_4, ($$render) => {
			if (get(error) !== "") $$render(consequent_3);
		});
		var button = sibling(node_4, 2);
		var text_8 = only_child(button, true);
		reset(form);
		template_effect(($0, $1) => {
			set_attribute(label_1, "for", `${id}-amount`);
			set_text(text_1, get(t).pay.amount);
			set_attribute(input_1, "id", `${id}-amount`);
			set_attribute(input_1, "placeholder", $0);
			set_attribute(input_1, "aria-invalid", get(wrong) !== "");
			set_attribute(input_1, "aria-describedby", `${id}-about`);
			set_attribute(input_1, "data-focus", name() === null ? void 0 : "");
			input_1.dir = input_1.dir;
			set_text(text_2, get(t).gram);
			set_attribute(p, "id", `${id}-about`);
			classes = set_class(p, 1, "about svelte-1yy6ldx", null, classes, { "error-text": get(wrong) !== "" });
			set_text(text_3, $1);
			set_attribute(label_2, "for", `${id}-comment`);
			set_text(text_4, get(t).pay.comment);
			set_attribute(input_2, "id", `${id}-comment`);
			set_attribute(input_2, "placeholder", get(t).pay.commentHint);
			input_2.dir = input_2.dir;
			set_attribute(button, "aria-disabled", get(busy));
			set_text(text_8, get(busy) ? get(t).pay.asking : get(t).pay.review);
		}, [() => i18n.plain("0"), () => get(wrong) !== "" ? get(wrong) : app.balance ? get(t).pay.balance(i18n.gram(app.balance.balance)) : ""]);
		event("submit", form, review);
		delegated("input", input_1, () => set(missing, false));
		bind_value(input_1, () => get(amount), ($$value) => set(amount, $$value));
		bind_value(input_2, () => get(comment$1), ($$value) => set(comment$1, $$value));
		append($$anchor, form);
	};
	var alternate = ($$anchor) => {
		var fragment_2 = root_6$10();
		var dl = first_child(fragment_2);
		var div_1 = child(dl);
		var dt = child(div_1);
		var text_9 = only_child(dt, true);
		var dd = sibling(dt);
		Amount(child(dd), {
			get nano() {
				return get(quote).amount;
			},
			breaks: true
		});
		reset(dd);
		reset(div_1);
		var div_2 = sibling(div_1, 2);
		var dt_1 = child(div_2);
		var text_10 = only_child(dt_1, true);
		var dd_1 = sibling(dt_1);
		Amount(child(dd_1), {
			get nano() {
				return get(quote).fee;
			},
			breaks: true
		});
		reset(dd_1);
		reset(div_2);
		var div_3 = sibling(div_2, 2);
		var dt_2 = child(div_3);
		var text_11 = only_child(dt_2, true);
		var dd_2 = sibling(dt_2);
		Amount(child(dd_2), {
			get nano() {
				return get(quote).total;
			},
			breaks: true
		});
		reset(dd_2);
		reset(div_3);
		reset(dl);
		var node_8 = sibling(dl, 2);
		var consequent_5 = ($$anchor) => {
			var p_4 = root_5$14();
			var text_12 = only_child(child(p_4), true);
			reset(p_4);
			template_effect(($0) => set_text(text_12, $0), [() => cleanText(get(comment$1).trim())]);
			append($$anchor, p_4);
		};
		var d_1 = /* @__PURE__ */ user_derived(() => get(comment$1).trim() !== "");
		if_block(node_8, ($$render) => {
			if (get(d_1)) $$render(consequent_5);
		});
		var p_5 = sibling(node_8, 2);
		let classes_1;
		var text_13 = only_child(p_5, true);
		var node_9 = sibling(p_5, 2);
		var consequent_6 = ($$anchor) => {
			var p_6 = root_3$22();
			var text_14 = only_child(p_6);
			template_effect(($0) => set_text(text_14, `${get(t).pay.insufficient ?? ""} ${$0 ?? ""}`), [() => get(t).pay.balance(i18n.gram(get(quote).balance))]);
			append($$anchor, p_6);
		};
		if_block(node_9, ($$render) => {
			if (!get(quote).sufficient) $$render(consequent_6);
		});
		var node_10 = sibling(node_9, 2);
		var consequent_7 = ($$anchor) => {
			var p_7 = root_3$22();
			var text_15 = only_child(p_7, true);
			template_effect(() => set_text(text_15, get(error)));
			append($$anchor, p_7);
		};
		if_block(node_10, ($$render) => {
			if (get(error) !== "") $$render(consequent_7);
		});
		var div_4 = sibling(node_10, 2);
		var button_1 = child(div_4);
		var text_16 = only_child(button_1, true);
		var button_2 = sibling(button_1, 2);
		var text_17 = only_child(button_2, true);
		attach(button_2, () => begin);
		reset(div_4);
		template_effect(($0, $1) => {
			set_text(text_9, $0);
			set_text(text_10, get(t).pay.fee);
			set_text(text_11, get(t).pay.total);
			classes_1 = set_class(p_5, 1, "about svelte-1yy6ldx", null, classes_1, { promise: get(promise) });
			set_text(text_13, get(promise) ? get(t).pay.promise : get(t).pay.finality);
			set_attribute(button_1, "aria-disabled", get(busy));
			set_text(text_16, get(t).pay.edit);
			set_attribute(button_2, "aria-disabled", get(busy) || !get(quote).sufficient);
			set_text(text_17, $1);
		}, [() => get(t).pay.receives(name() ?? payee(get(quote).to)), () => get(busy) ? get(t).pay.busy : (get(promise) ? get(t).pay.promiseGo : get(t).pay.confirm)(i18n.gram(get(quote).total))]);
		delegated("click", button_1, edit);
		delegated("click", button_2, confirm);
		delegated("keydown", button_2, onkeydown);
		append($$anchor, fragment_2);
	};
	if_block(node, ($$render) => {
		if (get(quote) === null) $$render(consequent_4);
		else $$render(alternate, -1);
	});
	append($$anchor, fragment);
	pop();
}
delegate([
	"input",
	"click",
	"keydown"
]);
// src/components/pay/PayDialog.svelte
function PayDialog($$anchor, $$props) {
	push($$props, true);
	let name = /* @__PURE__ */ user_derived(() => shownName($$props.conversation.title));
	{
		let $0 = /* @__PURE__ */ user_derived(() => i18n.t.pay.title(get(name)));
		Dialog($$anchor, {
			get title() {
				return get($0);
			},
			get onclose() {
				return $$props.onclose;
			},
			children: ($$anchor, $$slotProps) => {
				{
					let $0 = /* @__PURE__ */ user_derived(() => $$props.again ?? void 0);
					PayForm($$anchor, {
						get name() {
							return get(name);
						},
						get first() {
							return get($0);
						},
						ask: (_to, amount) => app.call("payment.quote", {
							conversation: $$props.conversation.id,
							amount
						}),
						pay: async (_to, amount, comment, id) => {
							const words = comment === "" ? {} : { comment };
							app.take(await inTurn($$props.conversation.id, () => app.call("payment.send", {
								conversation: $$props.conversation.id,
								amount,
								id,
								...words
							})));
							$$props.onclose();
						}
					});
				}
			},
			$$slots: { default: true }
		});
	}
	pop();
}
// src/components/chats/Compose.svelte
var root$36 = /* @__PURE__ */ from_html(`<div class="reply svelte-jr1850"><!> <span class="what svelte-jr1850"><span class="who cut svelte-jr1850"> </span> <bdi class="line cut svelte-jr1850"> </bdi></span> <button type="button" class="icon-button"><!></button></div>`);
var root_1$32 = /* @__PURE__ */ from_html(`<p class="error-text svelte-jr1850" role="alert"> </p>`);
var root_2$27 = /* @__PURE__ */ from_html(`<p class="error-text svelte-jr1850" role="status"> </p>`);
var root_3$21 = /* @__PURE__ */ from_html(`<div class="compose svelte-jr1850"><!> <!> <!> <form class="svelte-jr1850"><button type="button" class="icon-button pay svelte-jr1850"><!></button> <textarea class="field scroll svelte-jr1850" rows="1" dir="auto"></textarea> <button type="submit" class="send svelte-jr1850"><!></button></form></div>`);
function Compose($$anchor, $$props) {
	push($$props, true);
	let replyTo = prop($$props, "replyTo", 15);
	const TEXT_BYTES_MAX = 65536;
	const HEIGHT_MAX_PX = 180;
	const encoder = new TextEncoder();
	/** On a touch keyboard Enter makes a line; there is a button to send. */
	const touch = matchMedia("(pointer: coarse)").matches;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let text = /* @__PURE__ */ user_derived(() => drafts.get($$props.conversation.id));
	/** What went wrong in which conversation, until the line is new or something is sent there. */
	let failure = /* @__PURE__ */ state(null);
	let error = /* @__PURE__ */ user_derived(() => get(failure)?.conversation === $$props.conversation.id && get(failure).epoch === app.epoch ? get(failure).text : "");
	let field;
	let failed = /* @__PURE__ */ user_derived(() => $$props.conversation.peer_state === "failed");
	let over = /* @__PURE__ */ user_derived(() => get(text).length * 3 > TEXT_BYTES_MAX ? encoder.encode(get(text)).length - TEXT_BYTES_MAX : 0);
	function focus() {
		field.focus();
	}
	user_effect(() => {
		get(text);
		field.style.height = "auto";
		field.style.height = `${Math.min(field.scrollHeight, HEIGHT_MAX_PX)}px`;
	});
	async function send() {
		const words = get(text).trim();
		if (words === "" || get(over) > 0 || get(failed)) return;
		const { id } = $$props.conversation;
		const answered = replyTo();
		const sendId = drafts.idOf(id, words);
		drafts.set(id, "");
		set(failure, null);
		replyTo(null);
		field.focus();
		try {
			const reply = answered ? { reply_to: answered.id } : {};
			app.take(await inTurn(id, () => app.call("message.send", {
				conversation: id,
				text: words,
				id: sendId,
				...reply
			})));
		} catch (thrown) {
			drafts.giveBack(id, words);
			if (id === $$props.conversation.id) replyTo(replyTo() ?? answered);
			const alone = drafts.get(id) === words;
			if (alone && thrown instanceof CallFailed && thrown.outcomeUnknown) drafts.keepId(id, words, sendId);
			set(failure, {
				conversation: id,
				epoch: app.epoch,
				text: alone ? explainSending(thrown) : explain(thrown)
			});
		}
	}
	function onkeydown(key) {
		if (key.key === "Enter" && !key.shiftKey && !key.isComposing && !touch) {
			key.preventDefault();
			send();
		} else if (key.key === "Escape" && replyTo()) replyTo(null);
	}
	var $$exports = { focus };
	var div = root_3$21();
	var node = child(div);
	var consequent = ($$anchor) => {
		var div_1 = root$36();
		var node_1 = child(div_1);
		Icon(node_1, {
			name: "reply",
			size: 20
		});
		var span = sibling(node_1, 2);
		var span_1 = child(span);
		var text_1 = only_child(span_1, true);
		var text_2 = only_child(sibling(span_1, 2), true);
		reset(span);
		var button = sibling(span, 2);
		Icon(child(button), {
			name: "close",
			size: 18
		});
		reset(button);
		reset(div_1);
		template_effect(($0, $1) => {
			set_text(text_1, $0);
			set_text(text_2, $1);
			set_attribute(button, "aria-label", get(t).thread.cancelReply);
		}, [() => replyTo().mine ? get(t).thread.replyToSelf : get(t).thread.replyTo(shownName(replyTo().from)), () => preview(replyTo())]);
		delegated("click", button, () => replyTo(null));
		append($$anchor, div_1);
	};
	if_block(node, ($$render) => {
		if (replyTo()) $$render(consequent);
	});
	var node_3 = sibling(node, 2);
	var consequent_1 = ($$anchor) => {
		var p = root_1$32();
		var text_3 = only_child(p, true);
		template_effect(() => set_text(text_3, get(error)));
		append($$anchor, p);
	};
	if_block(node_3, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
	});
	var node_4 = sibling(node_3, 2);
	var consequent_2 = ($$anchor) => {
		var p_1 = root_2$27();
		var text_4 = only_child(p_1, true);
		template_effect(($0) => set_text(text_4, $0), [() => get(t).thread.tooLong(i18n.counted(get(over)))]);
		append($$anchor, p_1);
	};
	if_block(node_4, ($$render) => {
		if (get(over) > 0) $$render(consequent_2);
	});
	var form = sibling(node_4, 2);
	var button_1 = child(form);
	Icon(child(button_1), {
		name: "coin",
		size: 24
	});
	reset(button_1);
	var textarea = sibling(button_1, 2);
	remove_textarea_child(textarea);
	bind_this(textarea, ($$value) => field = $$value, () => field);
	var button_2 = sibling(textarea, 2);
	Icon(child(button_2), { name: "send" });
	reset(button_2);
	reset(form);
	reset(div);
	template_effect(($0) => {
		set_attribute(button_1, "aria-label", get(t).thread.pay);
		set_attribute(button_1, "title", get(t).thread.pay);
		button_1.disabled = $$props.conversation.peer_state !== "connected";
		textarea.disabled = get(failed);
		set_attribute(textarea, "placeholder", get(t).thread.compose);
		set_attribute(textarea, "aria-label", get(t).thread.compose);
		set_attribute(textarea, "enterkeyhint", touch ? "enter" : "send");
		textarea.dir = textarea.dir;
		button_2.disabled = $0;
		set_attribute(button_2, "aria-label", get(t).thread.send);
		set_attribute(button_2, "title", get(t).thread.send);
	}, [() => get(text).trim() === "" || get(over) > 0 || get(failed)]);
	event("submit", form, (submit) => {
		submit.preventDefault();
		send();
	});
	delegated("click", button_1, function(...$$args) {
		$$props.onpay?.apply(this, $$args);
	});
	delegated("keydown", textarea, onkeydown);
	bind_value(textarea, () => get(text), (value) => drafts.set($$props.conversation.id, value));
	append($$anchor, div);
	return pop($$exports);
}
delegate(["click", "keydown"]);
// src/components/RichText.svelte
var root$35 = /* @__PURE__ */ from_html(`<a target="_blank" rel="noopener noreferrer nofollow" class="svelte-19anedb"><bdi dir="ltr"> </bdi></a>`);
var root_1$31 = /* @__PURE__ */ from_html(`<button type="button" class="invite svelte-19anedb"> <bdi class="mono" dir="ltr"> </bdi></button>`);
function RichText($$anchor, $$props) {
	push($$props, true);
	let parts = /* @__PURE__ */ user_derived(() => splitLinks(cleanText($$props.text)));
	var fragment = comment();
	each(first_child(fragment), 17, () => get(parts), index, ($$anchor, part) => {
		var fragment_1 = comment();
		var node_1 = first_child(fragment_1);
		var consequent = ($$anchor) => {
			var a = root$35();
			var bdi = child(a);
			var text_1 = only_child(bdi, true);
			reset(a);
			template_effect(() => {
				set_attribute(a, "href", get(part).href);
				set_attribute(a, "title", i18n.t.thread.linkWarn);
				set_text(text_1, get(part).text);
				bdi.dir = bdi.dir;
			});
			append($$anchor, a);
		};
		var consequent_1 = ($$anchor) => {
			var button = root_1$31();
			var text_2 = child(button);
			var bdi_1 = sibling(text_2);
			var text_3 = only_child(bdi_1, true);
			reset(button);
			template_effect(() => {
				set_attribute(button, "title", i18n.t.thread.linkWarns[get(part).kind]);
				set_text(text_2, `${i18n.t.thread.linkNames[get(part).kind] ?? ""} `);
				set_text(text_3, get(part).text);
				bdi_1.dir = bdi_1.dir;
			});
			delegated("click", button, () => ui.link = {
				kind: get(part).kind,
				text: get(part).link
			});
			append($$anchor, button);
		};
		var alternate = ($$anchor) => {
			var text_4 = text();
			template_effect(() => set_text(text_4, get(part).text));
			append($$anchor, text_4);
		};
		if_block(node_1, ($$render) => {
			if (get(part).kind === "link") $$render(consequent);
			else if (get(part).kind !== "text") $$render(consequent_1, 1);
			else $$render(alternate, -1);
		});
		append($$anchor, fragment_1);
	});
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/pay/failure.ts
function failureOf({ problem, refusal }) {
	const words = i18n.t.payment;
	if (problem === void 0) return "";
	return problem === "refused" && refusal !== void 0 ? words.refusals[refusal] : words.problems[problem];
}
// src/components/pay/PaymentBubble.svelte
var root$34 = /* @__PURE__ */ from_html(`<p class="svelte-1ia2r81"><bdi><!></bdi></p>`);
var root_1$30 = /* @__PURE__ */ from_html(`<span class="dot svelte-1ia2r81" aria-hidden="true"></span> `, 1);
var root_2$26 = /* @__PURE__ */ from_html(`<!><span> </span>`, 1);
var root_3$20 = /* @__PURE__ */ from_html(`<span class="fee svelte-1ia2r81"> </span>`);
var root_4$18 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
var root_5$13 = /* @__PURE__ */ from_html(`<button type="button" class="button small svelte-1ia2r81"> </button>`);
var root_6$9 = /* @__PURE__ */ from_html(`<a class="svelte-1ia2r81"> <!></a>`);
var root_7$6 = /* @__PURE__ */ from_html(`<div><div class="top svelte-1ia2r81"><span class="coin svelte-1ia2r81"><!></span> <span class="text svelte-1ia2r81"><span class="what svelte-1ia2r81"> </span> <span class="sum svelte-1ia2r81"><!></span></span></div> <!> <div class="state svelte-1ia2r81" role="status"><!></div> <!> <!></div>`);
function PaymentBubble($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let what = /* @__PURE__ */ user_derived(() => ({
		sending: $$props.mine ? get(t).payment.leaving : get(t).payment.arriving,
		promised: $$props.mine ? get(t).payment.promising : get(t).payment.promise,
		unconfirmed: $$props.mine ? get(t).payment.leaving : get(t).payment.arriving,
		final: $$props.mine ? get(t).payment.sent : get(t).payment.received,
		failed: get(t).payment.payment
	})[$$props.payment.state]);
	var div = root_7$6();
	var div_1 = child(div);
	var span = child(div_1);
	var node = child(span);
	{
		let $0 = /* @__PURE__ */ user_derived(() => $$props.mine ? "out" : "in");
		Icon(node, {
			get name() {
				return get($0);
			},
			size: 20
		});
	}
	reset(span);
	var span_1 = sibling(span, 2);
	var span_2 = child(span_1);
	var text = only_child(span_2, true);
	var span_3 = sibling(span_2, 2);
	Amount(child(span_3), {
		get nano() {
			return $$props.payment.amount;
		},
		breaks: true
	});
	reset(span_3);
	reset(span_1);
	reset(div_1);
	var node_2 = sibling(div_1, 2);
	var consequent = ($$anchor) => {
		var p = root$34();
		var bdi = child(p);
		RichText(child(bdi), { get text() {
			return $$props.payment.comment;
		} });
		reset(bdi);
		reset(p);
		append($$anchor, p);
	};
	if_block(node_2, ($$render) => {
		if ($$props.payment.comment !== "") $$render(consequent);
	});
	var div_2 = sibling(node_2, 2);
	var node_4 = child(div_2);
	var consequent_1 = ($$anchor) => {
		var fragment = root_1$30();
		var text_1 = sibling(first_child(fragment), 1, true);
		template_effect(() => set_text(text_1, get(t).payment.sending));
		append($$anchor, fragment);
	};
	var consequent_2 = ($$anchor) => {
		var fragment_1 = root_2$26();
		var node_5 = first_child(fragment_1);
		Icon(node_5, {
			name: "warning",
			size: 15
		});
		var text_2 = only_child(sibling(node_5), true);
		template_effect(() => set_text(text_2, $$props.mine ? get(t).payment.promised : get(t).payment.promisedIn));
		append($$anchor, fragment_1);
	};
	var consequent_3 = ($$anchor) => {
		var fragment_2 = root_2$26();
		var node_6 = first_child(fragment_2);
		Icon(node_6, {
			name: "warning",
			size: 15
		});
		var text_3 = only_child(sibling(node_6), true);
		template_effect(() => set_text(text_3, $$props.mine ? get(t).payment.unconfirmed : get(t).payment.unconfirmedIn));
		append($$anchor, fragment_2);
	};
	var consequent_5 = ($$anchor) => {
		var fragment_3 = root_4$18();
		var node_7 = first_child(fragment_3);
		Icon(node_7, {
			name: "check",
			size: 15
		});
		var text_4 = sibling(node_7);
		var node_8 = sibling(text_4);
		var consequent_4 = ($$anchor) => {
			var span_6 = root_3$20();
			var text_5 = only_child(span_6);
			template_effect(($0) => set_text(text_5, `· ${$0 ?? ""}`), [() => get(t).payment.fee(i18n.gram($$props.payment.fee))]);
			append($$anchor, span_6);
		};
		if_block(node_8, ($$render) => {
			if ($$props.mine) $$render(consequent_4);
		});
		template_effect(() => set_text(text_4, `${get(t).payment.final ?? ""} `));
		append($$anchor, fragment_3);
	};
	var alternate = ($$anchor) => {
		var fragment_4 = root_2$26();
		var node_9 = first_child(fragment_4);
		Icon(node_9, {
			name: "warning",
			size: 15
		});
		var text_6 = only_child(sibling(node_9));
		template_effect(($0) => set_text(text_6, `${get(t).payment.failed ?? ""} ${$0 ?? ""}`), [() => failureOf($$props.payment)]);
		append($$anchor, fragment_4);
	};
	if_block(node_4, ($$render) => {
		if ($$props.payment.state === "sending") $$render(consequent_1);
		else if ($$props.payment.state === "promised") $$render(consequent_2, 1);
		else if ($$props.payment.state === "unconfirmed") $$render(consequent_3, 2);
		else if ($$props.payment.state === "final") $$render(consequent_5, 3);
		else $$render(alternate, -1);
	});
	reset(div_2);
	var node_10 = sibling(div_2, 2);
	var consequent_6 = ($$anchor) => {
		var button = root_5$13();
		var text_7 = only_child(button, true);
		template_effect(() => set_text(text_7, get(t).retry));
		delegated("click", button, () => $$props.onagain($$props.payment));
		append($$anchor, button);
	};
	if_block(node_10, ($$render) => {
		if ($$props.payment.state === "failed" && $$props.mine) $$render(consequent_6);
	});
	var node_11 = sibling(node_10, 2);
	var consequent_7 = ($$anchor) => {
		var a = root_6$9();
		var text_8 = child(a, true);
		Icon(sibling(text_8), {
			name: "forward",
			size: 15
		});
		reset(a);
		template_effect(($0) => {
			set_attribute(a, "href", $0);
			set_text(text_8, get(t).payment.transaction);
		}, [() => to.transaction($$props.payment.transaction)]);
		append($$anchor, a);
	};
	if_block(node_11, ($$render) => {
		if ($$props.payment.transaction) $$render(consequent_7);
	});
	reset(div);
	template_effect(() => {
		set_class(div, 1, `payment ${$$props.payment.state ?? ""}`, "svelte-1ia2r81");
		set_attribute(div, "data-payment", $$props.payment.state);
		set_text(text, get(what));
	});
	append($$anchor, div);
	pop();
}
delegate(["click"]);
// src/components/chats/Separator.svelte
var root$33 = /* @__PURE__ */ from_html(`<div><span class="svelte-ghw8br"> </span></div>`);
function Separator($$anchor, $$props) {
	let strong = prop($$props, "strong", 3, false);
	var div = root$33();
	var text_1 = only_child(child(div), true);
	reset(div);
	template_effect(() => {
		set_class(div, 1, `separator ${strong() ? "unread" : "day"}`, "svelte-ghw8br");
		set_text(text_1, $$props.text);
	});
	append($$anchor, div);
}
// src/components/chats/MessageRow.svelte
var HELD_AFTER_MS = 5e3;
var root$32 = /* @__PURE__ */ from_html(`<span class="meta svelte-8wepzn"><span class="at svelte-8wepzn"> <!></span></span>`);
var root_1$29 = /* @__PURE__ */ from_html(`<p class="words svelte-8wepzn"> </p>`);
var root_2$25 = /* @__PURE__ */ from_html(`<button type="button" class="quote svelte-8wepzn"><bdi class="who cut svelte-8wepzn"> </bdi> <bdi class="cut svelte-8wepzn"> </bdi></button>`);
var root_3$19 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
var root_4$17 = /* @__PURE__ */ from_html(`<p dir="auto"><!><!></p>`);
var root_5$12 = /* @__PURE__ */ from_html(`<br class="svelte-8wepzn"/><a class="svelte-8wepzn"> </a>`, 1);
var root_6$8 = /* @__PURE__ */ from_html(`<p class="held svelte-8wepzn"> <!></p>`);
var root_7$5 = /* @__PURE__ */ from_html(`<div class="bubble svelte-8wepzn"><!> <!> <!></div> <span class="actions svelte-8wepzn"><button type="button" class="svelte-8wepzn"><!></button> <button type="button" class="svelte-8wepzn"><!></button></span>`, 1);
var root_8$3 = /* @__PURE__ */ from_html(`<!> <!> <div role="article" tabindex="-1"><!></div>`, 1);
function MessageRow($$anchor, $$props) {
	push($$props, true);
	const meta = ($$anchor) => {
		var span = root$32();
		var span_1 = child(span);
		var text = child(span_1, true);
		var node = sibling(text);
		var consequent = ($$anchor) => {
			Ticks($$anchor, { get state() {
				return get(message).state;
			} });
		};
		if_block(node, ($$render) => {
			if (get(message).mine) $$render(consequent);
		});
		reset(span_1);
		reset(span);
		template_effect(($0, $1) => {
			set_attribute(span_1, "dir", i18n.direction);
			set_attribute(span_1, "title", $0);
			set_text(text, $1);
			span_1.dir = span_1.dir;
		}, [() => i18n.dateTime(get(message).at_ms), () => i18n.clock(get(message).at_ms)]);
		append($$anchor, span);
	};
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let entered = /* @__PURE__ */ state(false);
	let stop = /* @__PURE__ */ user_derived(() => get(entered) ? 0 : -1);
	let message = /* @__PURE__ */ user_derived(() => $$props.row.message);
	let held = /* @__PURE__ */ user_derived(() => get(message).mine && get(message).state === "pending" ? heldBy(app.health) : null);
	let waited = /* @__PURE__ */ state(false);
	user_effect(() => {
		if (get(held) === null) return;
		const timer = setTimeout(() => set(waited, true), Math.max(0, get(message).at_ms + HELD_AFTER_MS - Date.now()));
		return () => {
			clearTimeout(timer);
			set(waited, false);
		};
	});
	let why = /* @__PURE__ */ user_derived(() => get(waited) && get(held) !== null ? get(t).thread.held[get(held)] : "");
	let author = /* @__PURE__ */ user_derived(() => get(message).mine ? get(t).chats.you : shownName(get(message).from));
	let label = /* @__PURE__ */ user_derived(() => `${get(author)}, ${i18n.clock(get(message).at_ms)}: ${preview(get(message))}${get(message).mine ? `. ${get(t).state[get(message).state]}` : ""}${get(why) === "" ? "" : `. ${get(why)}`}`);
	var fragment_1 = root_8$3();
	var node_1 = first_child(fragment_1);
	var consequent_1 = ($$anchor) => {
		{
			let $0 = /* @__PURE__ */ user_derived(() => i18n.day(get(message).at_ms));
			Separator($$anchor, { get text() {
				return get($0);
			} });
		}
	};
	if_block(node_1, ($$render) => {
		if ($$props.row.day) $$render(consequent_1);
	});
	var node_2 = sibling(node_1, 2);
	var consequent_2 = ($$anchor) => {
		Separator($$anchor, {
			get text() {
				return get(t).thread.unreadFrom;
			},
			strong: true
		});
	};
	if_block(node_2, ($$render) => {
		if ($$props.unread) $$render(consequent_2);
	});
	var div = sibling(node_2, 2);
	let classes;
	var node_3 = child(div);
	var consequent_3 = ($$anchor) => {
		var p = root_1$29();
		var text_1 = only_child(p, true);
		template_effect(($0) => set_text(text_1, $0), [() => noticeOf(get(message))]);
		append($$anchor, p);
	};
	var alternate_1 = ($$anchor) => {
		var fragment_4 = root_7$5();
		var div_1 = first_child(fragment_4);
		var node_4 = child(div_1);
		var consequent_4 = ($$anchor) => {
			var button = root_2$25();
			var bdi = child(button);
			var text_2 = only_child(bdi, true);
			var text_3 = only_child(sibling(bdi, 2), true);
			reset(button);
			template_effect(($0, $1) => {
				set_attribute(button, "tabindex", get(stop));
				set_text(text_2, $0);
				set_text(text_3, $1);
			}, [() => $$props.quoted ? $$props.quoted.mine ? get(t).chats.you : shownName($$props.quoted.from) : "", () => $$props.quoted ? preview($$props.quoted) : get(t).thread.quoteGone]);
			delegated("click", button, () => get(message).reply_to && $$props.onquote(get(message).reply_to));
			append($$anchor, button);
		};
		if_block(node_4, ($$render) => {
			if (get(message).reply_to) $$render(consequent_4);
		});
		var node_5 = sibling(node_4, 2);
		var consequent_5 = ($$anchor) => {
			var fragment_5 = root_3$19();
			var node_6 = first_child(fragment_5);
			PaymentBubble(node_6, {
				get payment() {
					return get(message).payment;
				},
				get mine() {
					return get(message).mine;
				},
				get onagain() {
					return $$props.onpayagain;
				}
			});
			var node_7 = sibling(node_6, 2);
			meta(node_7);
			append($$anchor, fragment_5);
		};
		var alternate = ($$anchor) => {
			var p_1 = root_4$17();
			let classes_1;
			var node_8 = child(p_1);
			RichText(node_8, { get text() {
				return get(message).text;
			} });
			var node_9 = sibling(node_8);
			meta(node_9);
			reset(p_1);
			template_effect(($0) => {
				classes_1 = set_class(p_1, 1, "words svelte-8wepzn", null, classes_1, { emoji: $0 });
				p_1.dir = p_1.dir;
			}, [() => fewEmoji(get(message).text)]);
			append($$anchor, p_1);
		};
		if_block(node_5, ($$render) => {
			if (get(message).payment) $$render(consequent_5);
			else $$render(alternate, -1);
		});
		var node_10 = sibling(node_5, 2);
		var consequent_7 = ($$anchor) => {
			var p_2 = root_6$8();
			var text_4 = child(p_2, true);
			var node_11 = sibling(text_4);
			var consequent_6 = ($$anchor) => {
				var fragment_6 = root_5$12();
				var a = sibling(first_child(fragment_6));
				var text_5 = only_child(a, true);
				template_effect(() => {
					set_attribute(a, "href", to.offline);
					set_attribute(a, "tabindex", get(stop));
					set_text(text_5, get(t).shield.apart);
				});
				append($$anchor, fragment_6);
			};
			if_block(node_11, ($$render) => {
				if (get(held) === "bad" && $$props.row.last) $$render(consequent_6);
			});
			reset(p_2);
			template_effect(() => set_text(text_4, get(why)));
			append($$anchor, p_2);
		};
		if_block(node_10, ($$render) => {
			if (get(why) !== "") $$render(consequent_7);
		});
		reset(div_1);
		var span_2 = sibling(div_1, 2);
		var button_1 = child(span_2);
		Icon(child(button_1), {
			name: "reply",
			size: 17
		});
		reset(button_1);
		var button_2 = sibling(button_1, 2);
		Icon(child(button_2), {
			name: "copy",
			size: 17
		});
		reset(button_2);
		reset(span_2);
		template_effect(() => {
			set_attribute(button_1, "tabindex", get(stop));
			set_attribute(button_1, "title", get(t).thread.reply);
			set_attribute(button_1, "aria-label", get(t).thread.reply);
			set_attribute(button_2, "tabindex", get(stop));
			set_attribute(button_2, "title", get(t).thread.copyText);
			set_attribute(button_2, "aria-label", get(t).thread.copyText);
		});
		delegated("click", button_1, () => $$props.onreply(get(message)));
		delegated("click", button_2, () => ui.copy(get(message).text || preview(get(message))));
		append($$anchor, fragment_4);
	};
	if_block(node_3, ($$render) => {
		if (get(message).kind === "notice") $$render(consequent_3);
		else $$render(alternate_1, -1);
	});
	reset(div);
	template_effect(() => {
		classes = set_class(div, 1, "row svelte-8wepzn", null, classes, {
			mine: get(message).mine,
			first: $$props.row.first,
			last: $$props.row.last,
			flash: $$props.flash,
			notice: get(message).kind === "notice"
		});
		set_attribute(div, "data-message", get(message).id);
		set_attribute(div, "aria-label", get(label));
	});
	delegated("focusin", div, () => set(entered, true));
	delegated("focusout", div, (leave) => set(entered, leave.currentTarget.contains(leave.relatedTarget), true));
	append($$anchor, fragment_1);
	pop();
}
delegate([
	"focusin",
	"focusout",
	"click"
]);
// src/components/chats/MessageList.svelte
var root$31 = /* @__PURE__ */ from_html(`<div class="empty svelte-1b70iiv"><h2> </h2> <p class="svelte-1b70iiv"> </p></div>`);
var root_1$28 = /* @__PURE__ */ from_html(`<p> </p>`);
var root_2$24 = /* @__PURE__ */ from_html(`<span class="fresh svelte-1b70iiv"><span aria-hidden="true"> </span><span class="sr-only"> </span></span>`);
var root_3$18 = /* @__PURE__ */ from_html(`<button type="button" class="newest svelte-1b70iiv"><!> <span class="sr-only"> </span> <!></button>`);
var root_4$16 = /* @__PURE__ */ from_html(`<div class="around svelte-1b70iiv"><div class="log scroll svelte-1b70iiv" role="log" aria-live="off" tabindex="0"><div class="content svelte-1b70iiv"><!> <!></div></div> <div class="sr-only" aria-live="polite"><!></div> <!></div>`);
function MessageList($$anchor, $$props) {
	push($$props, true);
	let thread = prop($$props, "thread", 7);
	/** Nearer than this to an end, the window moves on. */
	const EDGE_PX = 900;
	const BOTTOM_PX = 48;
	/** So much is seen above what is unread: its line, and a little of what was read. */
	const CONTEXT_PX = 96;
	const RUN_MS = 3e5;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let box;
	let content;
	let away = /* @__PURE__ */ state(false);
	let unread = /* @__PURE__ */ user_derived(() => app.conversation(thread().id)?.unread ?? 0);
	let flash = /* @__PURE__ */ state(null);
	let announced = /* @__PURE__ */ state("");
	/** Two equal messages are two announcements: each has an element of its own. */
	let announcement = /* @__PURE__ */ state(0);
	/** Rows that did not change stay the same objects, so that only what is new is rendered. */
	let lastRows = /* @__PURE__ */ new Map();
	let rows = /* @__PURE__ */ user_derived(() => {
		const { all, span, visible } = thread();
		const made = visible.map((message, index) => {
			const before = all[span.start + index - 1];
			const after = all[span.start + index + 1];
			const day = before === void 0 || !sameDay(before.at_ms, message.at_ms);
			const row = {
				message,
				day,
				first: day || !joins(before, message),
				last: after === void 0 || !joins(message, after)
			};
			const same = lastRows.get(message.id);
			return same && same.message === message && same.day === day && same.first === row.first && same.last === row.last ? same : row;
		});
		lastRows = new Map(made.map((row) => [row.message.id, row]));
		return made;
	});
	function joins(a, b) {
		return a.mine === b.mine && a.kind !== "notice" && b.kind !== "notice" && b.at_ms - a.at_ms < RUN_MS && sameDay(a.at_ms, b.at_ms);
	}
	const below = () => box.scrollHeight - box.scrollTop - box.clientHeight;
	/** Changes the rows and leaves what the reader sees where it is. */
	function keepingPlace(change) {
		if (!box?.isConnected) return change();
		const top = box.getBoundingClientRect().top;
		const anchor = [...content.querySelectorAll("[data-message]")].find((element) => element.getBoundingClientRect().bottom > top);
		const before = anchor?.getBoundingClientRect().top ?? 0;
		flushSync(change);
		if (anchor?.isConnected) box.scrollTop += anchor.getBoundingClientRect().top - before;
	}
	/** The reader comes: to what is unread, to where they left, or to the newest. */
	async function begin() {
		if ($$props.goto !== void 0) {
			thread().following = false;
			return;
		}
		const { place } = thread();
		const news = thread().enter();
		await tick();
		if (!box?.isConnected) return;
		if (news) {
			const first = thread().unreadFrom === null ? null : rowOf(thread().unreadFrom);
			if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - CONTEXT_PX;
		} else if (place !== null && place.first === get(rows)[0]?.message.id) box.scrollTop = place.top;
		else if (!thread().following) await toNewest();
		onscroll();
	}
	const rowOf = (id) => content?.querySelector(`[data-message="${CSS.escape(id)}"]`) ?? null;
	function onscroll() {
		if (!box?.isConnected) return;
		const under = below();
		thread().following = thread().atEnd && under < BOTTOM_PX;
		thread().place = thread().following ? null : {
			first: get(rows)[0]?.message.id ?? "",
			top: box.scrollTop
		};
		set(away, !thread().atEnd || under > 320, true);
		markRead();
		if (box.scrollTop < EDGE_PX) {
			if (thread().olderReady) keepingPlace(() => thread().showOlder());
			if (thread().span.start < 100) thread().fetchOlder(void 0, keepingPlace).then(showFetched);
		} else if (under < EDGE_PX && !thread().atEnd) keepingPlace(() => thread().showNewer());
	}
	function showFetched() {
		if (box?.isConnected && box.scrollTop < EDGE_PX && thread().olderReady) keepingPlace(() => thread().showOlder());
	}
	/** The last message that is told as read, so that it is told once. */
	let marked = "";
	/** Tells how far the reader has seen. */
	function markRead() {
		if (get(unread) === 0 || !thread().loaded || document.hidden) return;
		const seen = thread().following ? thread().all.length - 1 : lastSeen();
		const at = thread().all.findLastIndex((message, index) => index <= seen && !message.mine);
		const last = thread().all[at];
		if (last === void 0 || last.id === marked || at < thread().unreadIndex(get(unread))) return;
		marked = last.id;
		app.call("message.mark_read", {
			conversation: thread().id,
			up_to: last.id
		}).catch((error) => {
			if (!(error instanceof CallFailed)) throw error;
			marked = "";
		});
	}
	/** The last message whose end is within sight. */
	function lastSeen() {
		const { bottom } = box.getBoundingClientRect();
		const elements = [...content.querySelectorAll("[data-message]")];
		return thread().span.start + elements.findLastIndex((element) => element.getBoundingClientRect().bottom <= bottom + BOTTOM_PX);
	}
	async function toNewest() {
		thread().showNewest();
		await tick();
		box.scrollTop = box.scrollHeight;
		set(away, false);
		markRead();
	}
	async function reveal(id) {
		if (!await thread().reveal(id)) {
			ui.say(get(t).thread.quoteGone);
			if (id === $$props.goto) await toNewest();
			return;
		}
		await tick();
		rowOf(id)?.scrollIntoView({ block: "center" });
		set(flash, id, true);
		setTimeout(() => set(flash, get(flash) === id ? null : get(flash), true), 1700);
	}
	let begun = false;
	user_effect(() => {
		if (begun || !thread().loaded) return;
		begun = true;
		untrack(() => void begin());
	});
	user_effect(() => {
		get(rows);
		if (thread().following) box.scrollTop = box.scrollHeight;
	});
	let newestId = "";
	user_effect(() => {
		const newest = thread().all.at(-1);
		if (newest === void 0 || newest.id === newestId) return;
		const first = newestId === "";
		newestId = newest.id;
		untrack(() => {
			if (thread().following || newest.mine) {
				if (newest.mine && !first && !thread().following) toNewest();
				else markRead();
			}
			if (!newest.mine && !first) (($$value) => {
				var $$array = to_array($$value, 2);
				set(announced, $$array[0], true);
				set(announcement, $$array[1], true);
			})([get(t).thread.incoming($$props.title, preview(newest)), get(announcement) + 1]);
		});
	});
	user_effect(() => {
		if (get(unread) > 0 && thread().loaded && thread().following) untrack(markRead);
	});
	user_effect(() => {
		const observer = new ResizeObserver(() => {
			if (thread().following) box.scrollTop = box.scrollHeight;
		});
		observer.observe(box);
		observer.observe(content);
		return () => observer.disconnect();
	});
	user_effect(() => {
		if ($$props.goto !== void 0 && thread().loaded) untrack(() => void reveal($$props.goto));
	});
	function onkeydown(key) {
		if (key.ctrlKey || key.metaKey || key.altKey) return;
		const elements = [...content.querySelectorAll("[data-message]")];
		const at = elements.findIndex((element) => element.contains(document.activeElement));
		const focused = thread().find(elements[at]?.dataset["message"] ?? "");
		if (key.key === "ArrowUp" || key.key === "ArrowDown") {
			const next = at < 0 ? elements.at(-1) : elements[at + (key.key === "ArrowUp" ? -1 : 1)];
			if (next === void 0) return;
			key.preventDefault();
			next.focus({ preventScroll: true });
			next.scrollIntoView({ block: "nearest" });
		} else if (key.key === "Escape") $$props.oncompose();
		else if (focused && key.code === "KeyR") {
			key.preventDefault();
			$$props.onreply(focused);
		} else if (focused && key.code === "KeyC") ui.copy(focused.text || preview(focused));
	}
	var div = root_4$16();
	event("visibilitychange", $document, markRead);
	var div_1 = child(div);
	var div_2 = child(div_1);
	var node = child(div_2);
	var consequent = ($$anchor) => {
		var div_3 = root$31();
		var h2 = child(div_3);
		var text = only_child(h2, true);
		var text_1 = only_child(sibling(h2, 2), true);
		reset(div_3);
		template_effect(($0) => {
			set_text(text, get(t).thread.empty);
			set_text(text_1, $0);
		}, [() => get(t).thread.emptyText($$props.title)]);
		append($$anchor, div_3);
	};
	var d = /* @__PURE__ */ user_derived(() => thread().loaded && thread().all.length === 0 && app.conversation(thread().id)?.peer_state !== "failed");
	if_block(node, ($$render) => {
		if (get(d)) $$render(consequent);
	});
	each(sibling(node, 2), 17, () => get(rows), (row) => row.message.id, ($$anchor, row) => {
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(row).message.reply_to ? thread().find(get(row).message.reply_to) : void 0);
			let $1 = /* @__PURE__ */ user_derived(() => get(row).message.id === thread().unreadFrom);
			let $2 = /* @__PURE__ */ user_derived(() => get(row).message.id === get(flash));
			MessageRow($$anchor, {
				get row() {
					return get(row);
				},
				get quoted() {
					return get($0);
				},
				get unread() {
					return get($1);
				},
				get flash() {
					return get($2);
				},
				get onreply() {
					return $$props.onreply;
				},
				get onpayagain() {
					return $$props.onpayagain;
				},
				onquote: reveal
			});
		}
	});
	reset(div_2);
	bind_this(div_2, ($$value) => content = $$value, () => content);
	reset(div_1);
	bind_this(div_1, ($$value) => box = $$value, () => box);
	var div_4 = sibling(div_1, 2);
	key(child(div_4), () => get(announcement), ($$anchor) => {
		var p_1 = root_1$28();
		var text_2 = only_child(p_1, true);
		template_effect(() => set_text(text_2, get(announced)));
		append($$anchor, p_1);
	});
	reset(div_4);
	var node_3 = sibling(div_4, 2);
	var consequent_2 = ($$anchor) => {
		var button = root_3$18();
		var node_4 = child(button);
		Icon(node_4, { name: "down" });
		var span_1 = sibling(node_4, 2);
		var text_3 = only_child(span_1, true);
		var node_5 = sibling(span_1, 2);
		var consequent_1 = ($$anchor) => {
			var span_2 = root_2$24();
			var span_3 = child(span_2);
			var text_4 = only_child(span_3, true);
			var text_5 = only_child(sibling(span_3), true);
			reset(span_2);
			template_effect(($0, $1) => {
				set_text(text_4, $0);
				set_text(text_5, $1);
			}, [() => i18n.number(get(unread)), () => get(t).chats.unread(i18n.counted(get(unread)))]);
			append($$anchor, span_2);
		};
		if_block(node_5, ($$render) => {
			if (get(unread) > 0) $$render(consequent_1);
		});
		reset(button);
		template_effect(() => {
			set_attribute(button, "title", get(t).thread.newest);
			set_text(text_3, get(t).thread.newest);
		});
		delegated("click", button, toNewest);
		append($$anchor, button);
	};
	if_block(node_3, ($$render) => {
		if (get(away)) $$render(consequent_2);
	});
	reset(div);
	template_effect(($0) => set_attribute(div_1, "aria-label", $0), [() => get(t).thread.label($$props.title)]);
	event("scroll", div_1, onscroll);
	delegated("keydown", div_1, onkeydown);
	append($$anchor, div);
	pop();
}
delegate(["keydown", "click"]);
// src/components/chats/ThreadView.svelte
var root$30 = /* @__PURE__ */ from_html(`<span class="failed svelte-9igej7"><!> </span>`);
var root_1$27 = /* @__PURE__ */ from_html(`<!> `, 1);
var root_2$23 = /* @__PURE__ */ from_html(`<div class="wait svelte-9igej7"><p class="error-text" role="alert"> </p> <button type="button" class="button small"> </button></div>`);
var root_3$17 = /* @__PURE__ */ from_html(`<p class="wait svelte-9igej7" role="status"> </p>`);
var root_4$15 = /* @__PURE__ */ from_html(`<p> </p>`);
var root_5$11 = /* @__PURE__ */ from_html(`<div class="invited svelte-9igej7"><p> </p> <!></div>`);
var root_6$7 = /* @__PURE__ */ from_html(`<div class="invited failed svelte-9igej7" role="alert"><p> </p> <button type="button" class="button small danger svelte-9igej7"> </button></div>`);
var root_7$4 = /* @__PURE__ */ from_html(`<section class="thread svelte-9igej7"><h1 class="sr-only"><bdi> </bdi></h1> <header class="svelte-9igej7"><a class="icon-button back svelte-9igej7"><!></a> <button type="button" class="who svelte-9igej7"><!> <span class="names svelte-9igej7"><bdi class="name cut svelte-9igej7"> </bdi> <span class="under svelte-9igej7"><!></span></span></button> <button type="button" class="icon-button"><!></button></header> <!> <!> <!> <!></section> <!> <!>`, 1);
function ThreadView($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let id = /* @__PURE__ */ user_derived(() => $$props.conversation.id);
	let thread = /* @__PURE__ */ user_derived(() => threads.get(get(id)));
	let name = /* @__PURE__ */ user_derived(() => shownName($$props.conversation.title));
	let reply = /* @__PURE__ */ state(null);
	let paying = /* @__PURE__ */ state(false);
	/** A payment that failed and is tried again. */
	let again = /* @__PURE__ */ state(null);
	let details = /* @__PURE__ */ state("closed");
	let error = /* @__PURE__ */ state("");
	let asked = /* @__PURE__ */ state(0);
	let contact = /* @__PURE__ */ user_derived(() => app.contacts.find((one) => one.name === $$props.conversation.title));
	let compose = /* @__PURE__ */ state(void 0);
	user_effect(() => {
		app.epoch, get(asked);
		const reading = get(thread);
		set(error, "");
		untrack(() => reading.load()).catch((failure) => set(error, explain(failure), true));
	});
	user_effect(() => {
		get(id);
		set(reply, null);
		if (matchMedia("(pointer: fine) and (min-width: 761px)").matches) get(compose)?.focus();
	});
	function pay(failed = null) {
		(($$value) => {
			var $$array = to_array($$value, 2);
			set(again, $$array[0]);
			set(paying, $$array[1], true);
		})([failed, true]);
	}
	function answer(message) {
		set(reply, message);
		get(compose)?.focus();
	}
	var fragment = root_7$4();
	var section = first_child(fragment);
	var h1 = child(section);
	var text$5 = only_child(child(h1), true);
	reset(h1);
	var header = sibling(h1, 2);
	var a = child(header);
	Icon(child(a), { name: "back" });
	reset(a);
	var button = sibling(a, 2);
	var node_1 = child(button);
	Avatar(node_1, {
		get name() {
			return get(name);
		},
		size: "s"
	});
	var span = sibling(node_1, 2);
	var bdi_1 = child(span);
	var text_1 = only_child(bdi_1, true);
	var span_1 = sibling(bdi_1, 2);
	var node_2 = child(span_1);
	var consequent = ($$anchor) => {
		var text_2 = text();
		template_effect(() => set_text(text_2, get(t).chats.invited));
		append($$anchor, text_2);
	};
	var consequent_1 = ($$anchor) => {
		var span_2 = root$30();
		var node_3 = child(span_2);
		Icon(node_3, {
			name: "warning",
			size: 13
		});
		var text_3 = sibling(node_3, 1, true);
		reset(span_2);
		template_effect(() => set_text(text_3, get(t).chats.failed));
		append($$anchor, span_2);
	};
	var alternate = ($$anchor) => {
		var fragment_2 = root_1$27();
		var node_4 = first_child(fragment_2);
		Icon(node_4, {
			name: "lock",
			size: 13
		});
		var text_4 = sibling(node_4, 1, true);
		template_effect(() => set_text(text_4, get(t).thread.encrypted));
		append($$anchor, fragment_2);
	};
	if_block(node_2, ($$render) => {
		if ($$props.conversation.peer_state === "invited") $$render(consequent);
		else if ($$props.conversation.peer_state === "failed") $$render(consequent_1, 1);
		else $$render(alternate, -1);
	});
	reset(span_1);
	reset(span);
	reset(button);
	var button_1 = sibling(button, 2);
	Icon(child(button_1), { name: "info" });
	reset(button_1);
	reset(header);
	var node_6 = sibling(header, 2);
	var consequent_2 = ($$anchor) => {
		var div = root_2$23();
		var p = child(div);
		var text_5 = only_child(p, true);
		var button_2 = sibling(p, 2);
		var text_6 = only_child(button_2, true);
		reset(div);
		template_effect(() => {
			set_text(text_5, get(error));
			set_text(text_6, get(t).retry);
		});
		delegated("click", button_2, () => set(asked, get(asked) + 1));
		append($$anchor, div);
	};
	var consequent_3 = ($$anchor) => {
		var p_1 = root_3$17();
		var text_7 = only_child(p_1, true);
		template_effect(() => set_text(text_7, get(t).loading));
		append($$anchor, p_1);
	};
	if_block(node_6, ($$render) => {
		if (get(error) !== "" && !get(thread).loaded) $$render(consequent_2);
		else if (!get(thread).loaded) $$render(consequent_3, 1);
	});
	var node_7 = sibling(node_6, 2);
	key(node_7, () => get(id), ($$anchor) => {
		MessageList($$anchor, {
			get thread() {
				return get(thread);
			},
			get title() {
				return get(name);
			},
			get goto() {
				return $$props.goto;
			},
			onreply: answer,
			onpayagain: pay,
			oncompose: () => get(compose)?.focus()
		});
	});
	var node_8 = sibling(node_7, 2);
	var consequent_5 = ($$anchor) => {
		var div_1 = root_5$11();
		var p_2 = child(div_1);
		var text_8 = only_child(p_2, true);
		var node_9 = sibling(p_2, 2);
		var consequent_4 = ($$anchor) => {
			var p_3 = root_4$15();
			var text_9 = only_child(p_3, true);
			template_effect(($0) => set_text(text_9, $0), [() => problemOf(get(contact))]);
			append($$anchor, p_3);
		};
		if_block(node_9, ($$render) => {
			if (get(contact)?.problem) $$render(consequent_4);
		});
		reset(div_1);
		template_effect(() => set_text(text_8, get(t).thread.invited));
		append($$anchor, div_1);
	};
	var consequent_6 = ($$anchor) => {
		var div_2 = root_6$7();
		var p_4 = child(div_2);
		var text_10 = only_child(p_4);
		var button_3 = sibling(p_4, 2);
		var text_11 = only_child(button_3, true);
		reset(div_2);
		template_effect(($0) => {
			set_text(text_10, `${$0 ?? ""} ${get(t).thread.failed ?? ""}`);
			set_text(text_11, get(t).thread.again);
		}, [() => get(contact) ? problemOf(get(contact)) : get(t).contact.problem]);
		delegated("click", button_3, () => set(details, "removing"));
		append($$anchor, div_2);
	};
	if_block(node_8, ($$render) => {
		if ($$props.conversation.peer_state === "invited") $$render(consequent_5);
		else if ($$props.conversation.peer_state === "failed") $$render(consequent_6, 1);
	});
	bind_this(Compose(sibling(node_8, 2), {
		get conversation() {
			return $$props.conversation;
		},
		onpay: () => pay(),
		get replyTo() {
			return get(reply);
		},
		set replyTo($$value) {
			set(reply, $$value);
		}
	}), ($$value) => set(compose, $$value, true), () => get(compose));
	reset(section);
	var node_11 = sibling(section, 2);
	var consequent_7 = ($$anchor) => {
		PayDialog($$anchor, {
			get conversation() {
				return $$props.conversation;
			},
			get again() {
				return get(again);
			},
			onclose: () => set(paying, false)
		});
	};
	if_block(node_11, ($$render) => {
		if (get(paying)) $$render(consequent_7);
	});
	var node_12 = sibling(node_11, 2);
	var consequent_8 = ($$anchor) => {
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(details) === "removing");
			ContactInfo($$anchor, {
				get conversation() {
					return $$props.conversation;
				},
				get removing() {
					return get($0);
				},
				onclose: () => set(details, "closed"),
				onpay: () => (pay(), set(details, "closed"))
			});
		}
	};
	if_block(node_12, ($$render) => {
		if (get(details) !== "closed") $$render(consequent_8);
	});
	template_effect(($0) => {
		set_attribute(section, "aria-label", $0);
		set_text(text$5, get(name));
		set_attribute(a, "href", to.chats);
		set_attribute(a, "aria-label", get(t).back);
		set_attribute(button, "title", get(t).thread.details);
		set_text(text_1, get(name));
		set_attribute(button_1, "aria-label", get(t).thread.details);
		set_attribute(button_1, "title", get(t).thread.details);
	}, [() => get(t).thread.label(get(name))]);
	delegated("click", button, () => set(details, "open"));
	delegated("click", button_1, () => set(details, "open"));
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/chats/ChatsPage.svelte
var root$29 = /* @__PURE__ */ from_html(`<div class="none svelte-utxqw"><!> <h2 class="svelte-utxqw"> </h2> <p class="muted svelte-utxqw"> </p></div>`);
var root_1$26 = /* @__PURE__ */ from_html(`<div><div class="list svelte-utxqw"><!></div> <div class="one svelte-utxqw" id="content" tabindex="-1"><!></div></div>`);
function ChatsPage($$anchor, $$props) {
	push($$props, true);
	let open = /* @__PURE__ */ user_derived(() => $$props.id === null ? void 0 : app.named($$props.id));
	let pane;
	user_effect(() => {
		if (get(open)?.id === void 0 || !matchMedia("(max-width: 760px)").matches) return;
		tick().then(() => {
			if (document.activeElement === document.body || document.activeElement?.checkVisibility() === false) pane.focus();
		});
	});
	user_effect(() => {
		if (get(open) && get(open).id !== $$props.id) router.replace(to.chat(get(open).id));
	});
	var div = root_1$26();
	let classes;
	var div_1 = child(div);
	var node = child(div_1);
	{
		let $0 = /* @__PURE__ */ user_derived(() => get(open)?.id ?? null);
		ConversationList(node, { get current() {
			return get($0);
		} });
	}
	reset(div_1);
	var div_2 = sibling(div_1, 2);
	var node_1 = child(div_2);
	var consequent = ($$anchor) => {
		ThreadView($$anchor, {
			get conversation() {
				return get(open);
			},
			get goto() {
				return $$props.goto;
			}
		});
	};
	var alternate = ($$anchor) => {
		var div_3 = root$29();
		var node_2 = child(div_3);
		Bird(node_2, { size: 120 });
		var h2 = sibling(node_2, 2);
		var text = only_child(h2, true);
		var text_1 = only_child(sibling(h2, 2), true);
		reset(div_3);
		template_effect(() => {
			set_text(text, $$props.id === null ? i18n.t.chats.pick : i18n.t.thread.gone);
			set_text(text_1, i18n.t.chats.pickText);
		});
		append($$anchor, div_3);
	};
	if_block(node_1, ($$render) => {
		if (get(open)) $$render(consequent);
		else $$render(alternate, -1);
	});
	reset(div_2);
	bind_this(div_2, ($$value) => pane = $$value, () => pane);
	reset(div);
	template_effect(() => classes = set_class(div, 1, "chats svelte-utxqw", null, classes, { open: get(open) !== void 0 }));
	append($$anchor, div);
	pop();
}
// src/stores/checklist.svelte.ts
var STEPS = [
	"write",
	"pay",
	"see",
	"stopValidator",
	"stopRelay",
	"still"
];
var KEY = "simurgh.demo.done";
var FIVE_GRAM = 5000000000n;
var Checklist = class {
	#done = /* @__PURE__ */ state(/* @__PURE__ */ new Set());
	get done() {
		return get(this.#done);
	}
	set done(value) {
		set(this.#done, value);
	}
	#all = /* @__PURE__ */ user_derived(() => this.done.size === STEPS.length);
	get all() {
		return get(this.#all);
	}
	set all(value) {
		set(this.#all, value);
	}
	#bothDownSince = null;
	#keep;
	#now;
	constructor(keep, now = Date.now) {
		this.#keep = keep;
		this.#now = now;
		const kept = (keep.getItem(KEY) ?? "").split(" ");
		this.done = new Set(STEPS.filter((step) => kept.includes(step)));
	}
	hear(event) {
		if (event.kind === "message") this.#message(event.message);
		if (event.kind === "demo") this.status(event.demo);
	}
	status(demo) {
		const validatorDown = demo.validators.some((validator) => !validator.running);
		const relayDown = demo.relays.some((relay) => !relay.running);
		if (validatorDown) this.#tick("stopValidator");
		if (relayDown) this.#tick("stopRelay");
		if (validatorDown && relayDown) this.#bothDownSince ??= this.#now();
		else this.#bothDownSince = null;
	}
	/** A transaction was looked at in the explorer. */
	seen() {
		this.#tick("see");
	}
	#message(message) {
		const arrived = message.state === "delivered" || message.state === "read" || message.state === "received";
		if (message.kind === "text" && arrived) {
			this.#tick("write");
			if (this.#bothDownSince !== null && message.at_ms >= this.#bothDownSince) this.#tick("still");
		}
		const { payment } = message;
		if (payment?.state === "final" && BigInt(payment.amount) >= FIVE_GRAM) this.#tick("pay");
	}
	#tick(step) {
		if (this.done.has(step)) return;
		this.done = /* @__PURE__ */ new Set([...this.done, step]);
		this.#keep.setItem(KEY, [...this.done].join(" "));
	}
};
// src/components/demo/DemoChecklist.svelte
var root$28 = /* @__PURE__ */ from_html(`<p class="muted svelte-1f4atw3"> </p>`);
var root_1$25 = /* @__PURE__ */ from_html(`<li><span class="box svelte-1f4atw3"><!></span> <div class="svelte-1f4atw3"><p class="what svelte-1f4atw3"> <span class="sr-only svelte-1f4atw3"> </span></p> <!></div></li>`);
var root_2$22 = /* @__PURE__ */ from_html(`<section class="card svelte-1f4atw3" aria-labelledby="checklist"><h2 id="checklist" class="svelte-1f4atw3"> </h2> <p class="muted svelte-1f4atw3" role="status"> </p> <ol class="svelte-1f4atw3"></ol></section>`);
function DemoChecklist($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let validators = /* @__PURE__ */ user_derived(() => $$props.demo?.validators.length ?? 0);
	let relays = /* @__PURE__ */ user_derived(() => $$props.demo?.relays.length ?? 0);
	let n = /* @__PURE__ */ user_derived(() => i18n.counted);
	/** Whether the network as it was started goes on with one validator, one relay less. */
	let spare = /* @__PURE__ */ user_derived(() => ({
		validator: load(get(validators), quorum(get(validators))) === "spare",
		relay: load(get(relays), 2) === "spare"
	}));
	let texts = /* @__PURE__ */ user_derived(() => ({
		write: get(t).demo.writeText,
		pay: get(t).demo.payText,
		see: get(t).demo.seeText,
		stopValidator: get(spare).validator ? get(t).demo.stopValidatorText(get(n)(get(validators) - 1), get(n)(get(validators))) : get(t).demo.stopValidatorHalts(get(n)(get(validators)), get(n)(quorum(get(validators)))),
		stopRelay: get(spare).relay ? get(t).demo.stopRelayText(get(n)(Math.min(get(relays), 3))) : get(t).demo.stopRelayHalts,
		still: get(spare).validator && get(spare).relay ? get(t).demo.stillText : get(t).demo.stillHalts
	}));
	let next = /* @__PURE__ */ user_derived(() => STEPS.find((step) => !$$props.checklist.done.has(step)));
	var section = root_2$22();
	var h2 = child(section);
	var text = only_child(h2, true);
	var p = sibling(h2, 2);
	var text_1 = only_child(p, true);
	var ol = sibling(p, 2);
	each(ol, 20, () => STEPS, (step) => step, ($$anchor, step) => {
		const done = /* @__PURE__ */ user_derived(() => $$props.checklist.done.has(step));
		var li = root_1$25();
		let classes;
		var span = child(li);
		var node = child(span);
		var consequent = ($$anchor) => {
			Icon($$anchor, {
				name: "check",
				size: 16
			});
		};
		if_block(node, ($$render) => {
			if (get(done)) $$render(consequent);
		});
		reset(span);
		var div = sibling(span, 2);
		var p_1 = child(div);
		var text_2 = child(p_1, true);
		var text_3 = only_child(sibling(text_2));
		reset(p_1);
		var node_1 = sibling(p_1, 2);
		var consequent_1 = ($$anchor) => {
			var p_2 = root$28();
			var text_4 = only_child(p_2, true);
			template_effect(() => set_text(text_4, get(texts)[step]));
			append($$anchor, p_2);
		};
		if_block(node_1, ($$render) => {
			if (!get(done) && $$props.demo) $$render(consequent_1);
		});
		reset(div);
		reset(li);
		template_effect(() => {
			set_attribute(li, "data-step", step);
			set_attribute(li, "data-done", get(done));
			classes = set_class(li, 1, "svelte-1f4atw3", null, classes, {
				done: get(done),
				next: step === get(next)
			});
			set_text(text_2, get(t).demo[step]);
			set_text(text_3, `(${(get(done) ? get(t).demo.ticked : get(t).demo.open) ?? ""})`);
		});
		append($$anchor, li);
	});
	reset(ol);
	reset(section);
	template_effect(($0) => {
		set_text(text, get(t).demo.checklist);
		set_text(text_1, $0);
	}, [() => $$props.checklist.all ? get(t).demo.allDone : get(t).demo.progress(i18n.counted($$props.checklist.done.size), i18n.counted(STEPS.length))]);
	append($$anchor, section);
	pop();
}
// src/components/demo/DemoNetwork.svelte
var root$27 = /* @__PURE__ */ from_html(`<li><span aria-hidden="true"></span> <span class="name svelte-62kdol"> </span> <span class="state svelte-62kdol"> </span> <button type="button" role="switch" class="svelte-62kdol"><span class="svelte-62kdol"></span></button></li>`);
var root_1$24 = /* @__PURE__ */ from_html(`<p class="note svelte-62kdol"> </p>`);
var root_2$21 = /* @__PURE__ */ from_html(`<section class="card svelte-62kdol" aria-labelledby="network"><header class="svelte-62kdol"><h2 id="network" class="svelte-62kdol"> </h2> <span class="height svelte-62kdol"><span aria-hidden="true"></span> <strong class="svelte-62kdol"> </strong></span></header> <ul class="svelte-62kdol"></ul> <div role="status"></div></section>`);
function DemoNetwork($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let busy = /* @__PURE__ */ state(null);
	/** By their ids, as a person's page has them: `Relay 2` is the same on both. */
	let relays = /* @__PURE__ */ user_derived(() => $$props.demo.relays.map((part, index) => ({
		...part,
		index,
		kind: "relay"
	})).sort((one, other) => one.id < other.id ? -1 : 1));
	let parts = /* @__PURE__ */ user_derived(() => [...$$props.demo.validators.map((part, index) => ({
		...part,
		index,
		place: index,
		kind: "validator"
	})), ...get(relays).map((part, place) => ({
		...part,
		place
	}))]);
	const running = (list) => list.filter((part) => part.running).length;
	let validators = /* @__PURE__ */ user_derived(() => load(running($$props.demo.validators), quorum($$props.demo.validators.length)));
	/** What the next stop would do, or what the last one did. */
	let notes = /* @__PURE__ */ user_derived(() => {
		const relays = load(running($$props.demo.relays), 2);
		const words = get(t).demo;
		return [{
			spare: "",
			last: words.haltsValidators,
			halted: words.haltedValidators
		}[get(validators)], {
			spare: "",
			last: words.haltsRelays,
			halted: words.haltedRelays
		}[relays]].filter((note) => note !== "");
	});
	async function turn(kind, index, running) {
		if (get(busy) !== null) return;
		set(busy, `${kind} ${index}`);
		try {
			const now = await app.call(running ? "demo.stop" : "demo.start", {
				kind,
				index
			});
			app.demo = {
				...now,
				people: app.demo?.people ?? now.people
			};
		} catch (failure) {
			$$props.onerror(explain(failure));
		} finally {
			set(busy, null);
		}
	}
	var section = root_2$21();
	var header = child(section);
	var h2 = child(header);
	var text = only_child(h2, true);
	var span = sibling(h2, 2);
	var span_1 = child(span);
	let classes;
	var text_1 = sibling(span_1);
	var text_2 = only_child(sibling(text_1), true);
	reset(span);
	reset(header);
	var ul = sibling(header, 2);
	each(ul, 21, () => get(parts), ({ kind, index, place, running }) => `${kind} ${index}`, ($$anchor, $$item, $$index, $$array) => {
		let kind = () => get($$item).kind;
		let index = () => get($$item).index;
		let place = () => get($$item).place;
		let running = () => get($$item).running;
		const name = /* @__PURE__ */ user_derived(() => get(t).demo[kind()](i18n.plain(place() + 1)));
		var li = root$27();
		let classes_1;
		var span_2 = child(li);
		let classes_2;
		var span_3 = sibling(span_2, 2);
		var text_3 = only_child(span_3, true);
		var span_4 = sibling(span_3, 2);
		var text_4 = only_child(span_4, true);
		var button = sibling(span_4, 2);
		reset(li);
		template_effect(() => {
			classes_1 = set_class(li, 1, "svelte-62kdol", null, classes_1, { relay: kind() === "relay" && place() === 0 });
			classes_2 = set_class(span_2, 1, "dot svelte-62kdol", null, classes_2, { running: running() });
			set_text(text_3, get(name));
			set_text(text_4, running() ? get(t).demo.running : get(t).demo.stopped);
			set_attribute(button, "aria-checked", running());
			set_attribute(button, "aria-label", get(name));
			set_attribute(button, "data-part", `${kind() ?? ""}-${place() ?? ""}`);
			set_attribute(button, "aria-disabled", get(busy) === `${kind()} ${index()}`);
		});
		delegated("click", button, () => turn(kind(), index(), running()));
		append($$anchor, li);
	});
	reset(ul);
	var div = sibling(ul, 2);
	each(div, 20, () => get(notes), (note) => note, ($$anchor, note) => {
		var p = root_1$24();
		var text_5 = only_child(p, true);
		template_effect(() => set_text(text_5, note));
		append($$anchor, p);
	});
	reset(div);
	reset(section);
	template_effect(($0) => {
		set_text(text, get(t).demo.network);
		classes = set_class(span_1, 1, "live svelte-62kdol", null, classes, { halted: get(validators) === "halted" });
		set_text(text_1, `${get(t).demo.height ?? ""} `);
		set_text(text_2, $0);
	}, [() => i18n.number($$props.demo.height)]);
	append($$anchor, section);
	pop();
}
delegate(["click"]);
// src/components/demo/DemoPage.svelte
var root$26 = /* @__PURE__ */ from_html(`<p class="muted svelte-67x840"> </p>`);
var root_1$23 = /* @__PURE__ */ from_html(`<button type="button" class="svelte-67x840"><bdi> </bdi></button>`);
var root_2$20 = /* @__PURE__ */ from_html(`<iframe allow="clipboard-write" class="svelte-67x840"></iframe>`);
var root_3$16 = /* @__PURE__ */ from_html(`<section><h2 class="svelte-67x840"><bdi> </bdi></h2> <!></section>`);
var root_4$14 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_5$10 = /* @__PURE__ */ from_html(`<main><div class="head svelte-67x840"><!> <div class="title svelte-67x840"><h1 class="svelte-67x840"> </h1> <!></div> <button type="button" class="icon-button"><!></button> <button type="button" class="button small"><span> </span></button></div> <div role="group"><!> <button type="button" class="checklist svelte-67x840"> </button></div> <div class="stage svelte-67x840"><!> <aside class="scroll svelte-67x840"><!> <!> <!></aside></div></main>`);
function DemoPage($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const checklist = new Checklist(sessionStorage);
	let people = /* @__PURE__ */ state([]);
	let error = /* @__PURE__ */ state("");
	/** On a narrow screen one of these is shown: a person's index, or the panel. */
	let shown = /* @__PURE__ */ state("panel");
	const wide = new MediaQuery("min-width: 961px");
	/** On a wide screen these two people stand side by side. */
	let pair = /* @__PURE__ */ state([0, 1]);
	/** Whose pages have been opened: the others' tokens wait. */
	let opened = /* @__PURE__ */ state(/* @__PURE__ */ new Set([0, 1]));
	const frames = proxy([]);
	const capital = (name) => cleanName(name).replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());
	user_effect(() => {
		app.epoch;
		app.call("demo.status").then(begin, (failure) => {
			if (failure instanceof CallFailed && failure.reason === "offline") return;
			set(error, explain(failure), true);
		});
	});
	function begin(demo) {
		app.demo = demo;
		checklist.status(demo);
		set(error, "");
		if (get(people).length > 0) return;
		set(people, demo.people.map((person, index) => {
			const other = demo.people[index === 0 ? 1 : 0];
			return {
				...person,
				src: pageAt(person.page, other ? to.chat(other.name) : to.chats)
			};
		}));
	}
	user_effect(() => app.listen((event) => checklist.hear(event)));
	user_effect(() => {
		const { demo } = app;
		if (demo !== null) untrack(() => checklist.status(demo));
	});
	const windows = () => frames.map((frame) => frame?.contentWindow ?? null);
	const look = () => ({
		simurgh: "look",
		language: i18n.settings.language,
		theme: i18n.settings.theme
	});
	user_effect(() => hearFrames(windows, (word, from) => {
		if (word.simurgh === "seen") checklist.seen();
		if (word.simurgh === "hello") from.postMessage(look(), "*");
	}));
	user_effect(() => {
		const word = look();
		for (const frame of windows()) frame?.postMessage(word, "*");
	});
	/** Brings a person's page up: alone on a narrow screen, in place of the second on a wide one. */
	function choose(index) {
		set(shown, index, true);
		set(opened, /* @__PURE__ */ new Set([...get(opened), index]));
		if (!get(pair).includes(index)) set(pair, [get(pair)[0] ?? 0, index]);
	}
	const save = (change) => app.saveSettings(change).catch((failure) => set(error, explain(failure), true));
	var main = root_5$10();
	let classes;
	var div = child(main);
	var node = child(div);
	Bird(node, { size: 40 });
	var div_1 = sibling(node, 2);
	var h1 = child(div_1);
	var text = only_child(h1, true);
	var node_1 = sibling(h1, 2);
	var consequent = ($$anchor) => {
		var p = root$26();
		var text_1 = only_child(p, true);
		template_effect(($0) => set_text(text_1, $0), [() => get(t).demo.lead(i18n.counted(app.demo.people.length), i18n.counted(app.demo.validators.length), i18n.counted(app.demo.relays.length))]);
		append($$anchor, p);
	};
	if_block(node_1, ($$render) => {
		if (app.demo) $$render(consequent);
	});
	reset(div_1);
	var button = sibling(div_1, 2);
	Icon(child(button), { name: "sun" });
	reset(button);
	var button_1 = sibling(button, 2);
	var span = child(button_1);
	var text_2 = only_child(span, true);
	reset(button_1);
	reset(div);
	var div_2 = sibling(div, 2);
	let classes_1;
	var node_3 = child(div_2);
	each(node_3, 19, () => get(people), (person) => person.name, ($$anchor, person, index) => {
		var button_2 = root_1$23();
		var text_3 = only_child(child(button_2), true);
		reset(button_2);
		template_effect(($0, $1) => {
			set_attribute(button_2, "aria-pressed", $0);
			set_text(text_3, $1);
		}, [() => wide.current ? get(pair).includes(get(index)) : get(shown) === get(index), () => capital(get(person).name)]);
		delegated("click", button_2, () => choose(get(index)));
		append($$anchor, button_2);
	});
	var button_3 = sibling(node_3, 2);
	var text_4 = only_child(button_3, true);
	reset(div_2);
	var div_3 = sibling(div_2, 2);
	var node_4 = child(div_3);
	each(node_4, 19, () => get(people), (person) => person.name, ($$anchor, person, index) => {
		var section = root_3$16();
		let classes_2;
		var h2 = child(section);
		var text_5 = only_child(child(h2), true);
		reset(h2);
		var node_5 = sibling(h2, 2);
		var consequent_1 = ($$anchor) => {
			var iframe = root_2$20();
			bind_this(iframe, ($$value, index) => frames[index] = $$value, (index) => frames?.[index], () => [get(index)]);
			template_effect(($0) => {
				set_attribute(iframe, "src", get(person).src);
				set_attribute(iframe, "title", $0);
			}, [() => get(t).demo.page(capital(get(person).name))]);
			append($$anchor, iframe);
		};
		var d = /* @__PURE__ */ user_derived(() => get(opened).has(get(index)));
		if_block(node_5, ($$render) => {
			if (get(d)) $$render(consequent_1);
		});
		reset(section);
		template_effect(($0, $1, $2) => {
			classes_2 = set_class(section, 1, "person svelte-67x840", null, classes_2, {
				shown: get(shown) === get(index),
				paired: $0
			});
			set_attribute(section, "aria-label", $1);
			set_text(text_5, $2);
		}, [
			() => get(pair).includes(get(index)),
			() => get(t).demo.page(capital(get(person).name)),
			() => capital(get(person).name)
		]);
		append($$anchor, section);
	});
	var aside = sibling(node_4, 2);
	var node_6 = child(aside);
	var consequent_2 = ($$anchor) => {
		var p_1 = root_4$14();
		var text_6 = only_child(p_1, true);
		template_effect(() => set_text(text_6, get(error)));
		append($$anchor, p_1);
	};
	if_block(node_6, ($$render) => {
		if (get(error) !== "") $$render(consequent_2);
	});
	var node_7 = sibling(node_6, 2);
	DemoChecklist(node_7, {
		get checklist() {
			return checklist;
		},
		get demo() {
			return app.demo;
		}
	});
	var node_8 = sibling(node_7, 2);
	var consequent_3 = ($$anchor) => {
		DemoNetwork($$anchor, {
			get demo() {
				return app.demo;
			},
			onerror: (sentence) => set(error, sentence, true)
		});
	};
	if_block(node_8, ($$render) => {
		if (app.demo) $$render(consequent_3);
	});
	reset(aside);
	reset(div_3);
	reset(main);
	template_effect(() => {
		classes = set_class(main, 1, "demo svelte-67x840", null, classes, { panel: get(shown) === "panel" });
		set_attribute(main, "aria-label", get(t).demo.title);
		set_text(text, get(t).demo.title);
		set_attribute(button, "aria-label", get(t).demo.theme);
		set_attribute(button, "title", get(t).demo.theme);
		set_attribute(span, "lang", i18n.language === "fa" ? "en" : "fa");
		set_text(text_2, get(t).demo.language);
		classes_1 = set_class(div_2, 1, "tabs svelte-67x840", null, classes_1, { many: get(people).length > 2 });
		set_attribute(div_2, "aria-label", get(t).demo.people);
		set_attribute(button_3, "aria-pressed", get(shown) === "panel");
		set_text(text_4, get(t).demo.checklist);
		set_attribute(aside, "aria-label", get(t).demo.panel);
	});
	delegated("click", button, () => save({ theme: i18n.theme === "dark" ? "light" : "dark" }));
	delegated("click", button_1, () => save({ language: i18n.language === "fa" ? "en" : "fa" }));
	delegated("click", button_3, () => set(shown, "panel"));
	append($$anchor, main);
	pop();
}
delegate(["click"]);
// src/components/Failed.svelte
var root$25 = /* @__PURE__ */ from_html(`<div class="svelte-1970l0v"><p class="error-text" role="alert"> </p> <button type="button" class="button small"> </button></div>`);
function Failed($$anchor, $$props) {
	push($$props, true);
	var div = root$25();
	var p = child(div);
	var text = only_child(p, true);
	var button = sibling(p, 2);
	var text_1 = only_child(button, true);
	reset(div);
	template_effect(() => {
		set_text(text, $$props.error);
		set_text(text_1, i18n.t.retry);
	});
	delegated("click", button, function(...$$args) {
		$$props.onretry?.apply(this, $$args);
	});
	append($$anchor, div);
	pop();
}
delegate(["click"]);
// src/components/Hash.svelte
var root$24 = /* @__PURE__ */ from_html(`<a class="mono"><bdi dir="ltr"> </bdi></a>`);
var root_1$22 = /* @__PURE__ */ from_html(`<bdi class="mono" dir="ltr"> </bdi>`);
var root_2$19 = /* @__PURE__ */ from_html(`<button type="button" class="svelte-15b5zs8"><!></button>`);
var root_3$15 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
function Hash($$anchor, $$props) {
	push($$props, true);
	let href = prop($$props, "href", 3, null), whole = prop($$props, "whole", 3, false), copy = prop($$props, "copy", 3, "");
	/** What it is; with it, a button copies it. */
	let label = /* @__PURE__ */ user_derived(() => i18n.t.explorer.copy(copy()));
	var fragment = root_3$15();
	var node = first_child(fragment);
	var consequent = ($$anchor) => {
		var a = root$24();
		var bdi = child(a);
		var text = only_child(bdi, true);
		reset(a);
		template_effect(($0) => {
			set_attribute(a, "href", href());
			set_attribute(a, "title", $$props.value);
			set_text(text, $0);
			bdi.dir = bdi.dir;
		}, [() => whole() ? $$props.value : shorten($$props.value, 8, 6)]);
		append($$anchor, a);
	};
	var alternate = ($$anchor) => {
		var bdi_1 = root_1$22();
		var text_1 = only_child(bdi_1, true);
		template_effect(($0) => {
			set_attribute(bdi_1, "title", $$props.value);
			set_text(text_1, $0);
			bdi_1.dir = bdi_1.dir;
		}, [() => whole() ? $$props.value : shorten($$props.value, 8, 6)]);
		append($$anchor, bdi_1);
	};
	if_block(node, ($$render) => {
		if (href() !== null) $$render(consequent);
		else $$render(alternate, -1);
	});
	var node_1 = sibling(node, 2);
	var consequent_1 = ($$anchor) => {
		var button = root_2$19();
		Icon(child(button), {
			name: "copy",
			size: 16
		});
		reset(button);
		template_effect(() => {
			set_attribute(button, "aria-label", get(label));
			set_attribute(button, "title", get(label));
		});
		delegated("click", button, () => ui.copy($$props.value));
		append($$anchor, button);
	};
	if_block(node_1, ($$render) => {
		if (copy() !== "") $$render(consequent_1);
	});
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/explorer/Facts.svelte
var root$23 = /* @__PURE__ */ from_html(`<dl class="card svelte-1nk3f0d"><!></dl>`);
function Facts($$anchor, $$props) {
	var dl = root$23();
	snippet(child(dl), () => $$props.children);
	reset(dl);
	append($$anchor, dl);
}
// src/components/explorer/TransactionList.svelte
var root$22 = /* @__PURE__ */ from_html(`<li><a class="svelte-1c5v7xs"><span><!></span> <span class="text svelte-1c5v7xs"><!> <span class="muted svelte-1c5v7xs"> </span></span> <span class="sum svelte-1c5v7xs"><!></span></a></li>`);
var root_1$21 = /* @__PURE__ */ from_html(`<ul class="card svelte-1c5v7xs"></ul>`);
function TransactionList($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var ul = root_1$21();
	each(ul, 23, () => $$props.transactions, (one, index) => `${one.hash} ${index}`, ($$anchor, one) => {
		var li = root$22();
		var a = child(li);
		var span = child(a);
		let classes;
		var node = child(span);
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(one).success ? get(one).direction : "warning");
			Icon(node, {
				get name() {
					return get($0);
				},
				size: 18
			});
		}
		reset(span);
		var span_1 = sibling(span, 2);
		var node_1 = child(span_1);
		Hash(node_1, { get value() {
			return get(one).hash;
		} });
		var text = only_child(sibling(node_1, 2));
		reset(span_1);
		var span_3 = sibling(span_1, 2);
		var node_2 = child(span_3);
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(one).value === "0" ? "" : get(one).direction === "in" ? "+" : "−");
			Amount(node_2, {
				get nano() {
					return get(one).value;
				},
				get sign() {
					return get($0);
				},
				decimals: 4
			});
		}
		reset(span_3);
		reset(a);
		reset(li);
		template_effect(($0, $1) => {
			set_attribute(a, "href", $0);
			classes = set_class(span, 1, `icon ${get(one).direction ?? ""}`, "svelte-1c5v7xs", classes, { failed: !get(one).success });
			set_text(text, `${(get(one).success ? get(t).explorer.success : get(t).explorer.failure) ?? ""} · ${$1 ?? ""}`);
		}, [() => to.transaction(get(one).hash), () => i18n.moment(get(one).at_ms)]);
		append($$anchor, li);
	});
	reset(ul);
	append($$anchor, ul);
	pop();
}
// src/components/explorer/focus.ts
function takeFocus(heading) {
	if (document.activeElement === null || document.activeElement === document.body) heading.focus({ preventScroll: true });
}
// src/components/explorer/load.svelte.ts
var Loaded = class {
	#value = /* @__PURE__ */ state(null);
	get value() {
		return get(this.#value);
	}
	set value(value) {
		set(this.#value, value);
	}
	#error = /* @__PURE__ */ state("");
	get error() {
		return get(this.#error);
	}
	set error(value) {
		set(this.#error, value, true);
	}
	#again = /* @__PURE__ */ state(0);
	constructor(read) {
		user_effect(() => {
			get(this.#again), app.epoch;
			let stale = false;
			read().then((value) => {
				if (!stale) [this.value, this.error] = [value, ""];
			}, (failure) => {
				if (!stale) [this.value, this.error] = [null, explain(failure)];
			});
			return () => stale = true;
		});
	}
	retry = () => {
		this.error = "";
		set(this.#again, get(this.#again) + 1);
	};
};
// src/components/explorer/AccountView.svelte
var root$21 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><!></dd></div>`);
var root_1$20 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><bdi dir="ltr"> </bdi> · <!></dd></div>`);
var root_2$18 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><strong><!></strong></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd> </dd></div> <!> <!>`, 1);
var root_3$14 = /* @__PURE__ */ from_html(`<p><!> </p> <!> <h3> </h3> <!>`, 1);
var root_4$13 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_5$9 = /* @__PURE__ */ from_html(`<h2 tabindex="-1"> </h2> <!>`, 1);
function AccountView($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const loaded = new Loaded(() => app.call("chain.account", { address: $$props.address }));
	let account = /* @__PURE__ */ user_derived(() => loaded.value);
	var fragment = root_5$9();
	var h2 = first_child(fragment);
	var text = only_child(h2, true);
	attach(h2, () => takeFocus);
	var node = sibling(h2, 2);
	var consequent = ($$anchor) => {
		Failed($$anchor, {
			get error() {
				return loaded.error;
			},
			get onretry() {
				return loaded.retry;
			}
		});
	};
	var consequent_4 = ($$anchor) => {
		var fragment_2 = root_3$14();
		var p = first_child(fragment_2);
		let classes;
		var node_1 = child(p);
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(account).verified ? "shield" : "info");
			Icon(node_1, {
				get name() {
					return get($0);
				},
				size: 18
			});
		}
		var text_1 = sibling(node_1, 1, true);
		reset(p);
		var node_2 = sibling(p, 2);
		Facts(node_2, {
			children: ($$anchor, $$slotProps) => {
				var fragment_3 = root_2$18();
				var div = first_child(fragment_3);
				var dt = child(div);
				var text_2 = only_child(dt, true);
				var dd = sibling(dt);
				var strong = child(dd);
				Amount(child(strong), { get nano() {
					return get(account).balance;
				} });
				reset(strong);
				reset(dd);
				reset(div);
				var div_1 = sibling(div, 2);
				var dt_1 = child(div_1);
				var text_3 = only_child(dt_1, true);
				var dd_1 = sibling(dt_1);
				Hash(child(dd_1), {
					get value() {
						return get(account).address;
					},
					whole: true,
					get copy() {
						return get(t).explorer.account;
					}
				});
				reset(dd_1);
				reset(div_1);
				var div_2 = sibling(div_1, 2);
				var dt_2 = child(div_2);
				var text_4 = only_child(dt_2, true);
				var dd_2 = sibling(dt_2);
				Hash(child(dd_2), {
					get value() {
						return get(account).raw;
					},
					whole: true,
					get copy() {
						return get(t).explorer.raw;
					}
				});
				reset(dd_2);
				reset(div_2);
				var div_3 = sibling(div_2, 2);
				var dt_3 = child(div_3);
				var text_5 = only_child(dt_3, true);
				var text_6 = only_child(sibling(dt_3), true);
				reset(div_3);
				var node_6 = sibling(div_3, 2);
				var consequent_1 = ($$anchor) => {
					var div_4 = root$21();
					var dt_4 = child(div_4);
					var text_7 = only_child(dt_4, true);
					var dd_4 = sibling(dt_4);
					Hash(child(dd_4), {
						get value() {
							return get(account).code_hash;
						},
						whole: true,
						get copy() {
							return get(t).explorer.code;
						}
					});
					reset(dd_4);
					reset(div_4);
					template_effect(() => set_text(text_7, get(t).explorer.code));
					append($$anchor, div_4);
				};
				if_block(node_6, ($$render) => {
					if (get(account).code_hash) $$render(consequent_1);
				});
				var node_8 = sibling(node_6, 2);
				var consequent_2 = ($$anchor) => {
					var div_5 = root_1$20();
					var dt_5 = child(div_5);
					var text_8 = only_child(dt_5, true);
					var dd_5 = sibling(dt_5);
					var bdi = child(dd_5);
					var text_9 = only_child(bdi, true);
					var node_9 = sibling(bdi, 2);
					{
						let $0 = /* @__PURE__ */ user_derived(() => to.transaction(get(account).last_hash));
						Hash(node_9, {
							get value() {
								return get(account).last_hash;
							},
							get href() {
								return get($0);
							}
						});
					}
					reset(dd_5);
					reset(div_5);
					template_effect(($0) => {
						set_text(text_8, get(t).explorer.lastLt);
						set_text(text_9, $0);
						bdi.dir = bdi.dir;
					}, [() => i18n.number(get(account).last_lt)]);
					append($$anchor, div_5);
				};
				if_block(node_8, ($$render) => {
					if (get(account).last_hash !== "") $$render(consequent_2);
				});
				template_effect(() => {
					set_text(text_2, get(t).explorer.balance);
					set_text(text_3, get(t).explorer.account);
					set_text(text_4, get(t).explorer.raw);
					set_text(text_5, get(t).explorer.state);
					set_text(text_6, get(t).explorer.states[get(account).state]);
				});
				append($$anchor, fragment_3);
			},
			$$slots: { default: true }
		});
		var h3 = sibling(node_2, 2);
		var text_10 = only_child(h3, true);
		var node_10 = sibling(h3, 2);
		var consequent_3 = ($$anchor) => {
			TransactionList($$anchor, { get transactions() {
				return get(account).transactions;
			} });
		};
		if_block(node_10, ($$render) => {
			if (get(account).transactions.length > 0) $$render(consequent_3);
		});
		template_effect(($0) => {
			classes = set_class(p, 1, "proof svelte-pct67a", null, classes, { proven: get(account).verified });
			set_text(text_1, get(account).verified ? get(t).explorer.verified : get(t).explorer.unverified);
			set_text(text_10, $0);
		}, [() => get(t).explorer.transactions(i18n.counted(get(account).transactions.length))]);
		append($$anchor, fragment_2);
	};
	var alternate = ($$anchor) => {
		var p_1 = root_4$13();
		var text_11 = only_child(p_1, true);
		template_effect(() => set_text(text_11, get(t).loading));
		append($$anchor, p_1);
	};
	if_block(node, ($$render) => {
		if (loaded.error !== "") $$render(consequent);
		else if (get(account)) $$render(consequent_4, 1);
		else $$render(alternate, -1);
	});
	template_effect(() => set_text(text, get(t).explorer.account));
	append($$anchor, fragment);
	pop();
}
// src/components/explorer/BlockList.svelte
var root$20 = /* @__PURE__ */ from_html(`<div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div>`);
var root_1$19 = /* @__PURE__ */ from_html(`<p class="muted" role="status"> </p>`);
var root_2$17 = /* @__PURE__ */ from_html(`<small class="svelte-59ct57"> </small>`);
var root_3$13 = /* @__PURE__ */ from_html(`<li><a class="svelte-59ct57"><span class="number svelte-59ct57"> <!></span> <span> </span> <span class="hash svelte-59ct57"><!></span> <span class="when svelte-59ct57"> </span></a></li>`);
var root_4$12 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_5$8 = /* @__PURE__ */ from_html(`<section class="facts svelte-59ct57"><div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div> <div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div> <div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div> <!></section> <section aria-labelledby="blocks" class="svelte-59ct57"><h2 id="blocks" class="svelte-59ct57"><span class="live svelte-59ct57" aria-hidden="true"></span> </h2> <!> <ul class="card svelte-59ct57"></ul> <!></section>`, 1);
function BlockList($$anchor, $$props) {
	push($$props, true);
	const PAGE_ROWS = 20;
	/** Blocks come several times a second; a list that jumps so often can't be read. */
	const REFRESH_MS = 1e3;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let blocks = /* @__PURE__ */ state([]);
	let older = /* @__PURE__ */ state([]);
	let error = /* @__PURE__ */ state("");
	let loaded = /* @__PURE__ */ state(false);
	let again = /* @__PURE__ */ state(0);
	const name = (block) => `${block.workchain} ${block.shard} ${block.seqno}`;
	/** The masterchain's pulse, and of the shards the blocks in which something happened. */
	let rows = /* @__PURE__ */ user_derived(() => {
		return [...new Map([...get(older), ...get(blocks)].map((block) => [name(block), block])).values()].filter((block) => block.workchain === -1 || block.transactions > 0).sort((a, b) => b.at_ms - a.at_ms || b.workchain - a.workchain);
	});
	let oldest = /* @__PURE__ */ user_derived(() => get(rows).findLast((block) => block.workchain === -1));
	let now = /* @__PURE__ */ state(proxy(Date.now()));
	user_effect(() => {
		get(again), app.epoch;
		let shown = -1;
		let stopped = false;
		async function refresh() {
			set(now, Date.now(), true);
			if (stopped || app.chain?.seqno === shown) return;
			try {
				set(blocks, await app.call("chain.blocks", { limit: PAGE_ROWS }));
				shown = app.chain?.seqno ?? -1;
				(($$value) => {
					var $$array = to_array($$value, 2);
					set(error, $$array[0], true);
					set(loaded, $$array[1], true);
				})(["", true]);
			} catch (failure) {
				if (!(failure instanceof CallFailed)) throw failure;
				set(error, explain(failure), true);
			}
		}
		untrack(() => void refresh());
		const timer = setInterval(() => void refresh(), REFRESH_MS);
		return () => {
			stopped = true;
			clearInterval(timer);
		};
	});
	async function showOlder() {
		if (!get(oldest)) return;
		try {
			set(older, [...get(older), ...await app.call("chain.blocks", {
				before: get(oldest).seqno,
				limit: PAGE_ROWS
			})]);
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	let age = /* @__PURE__ */ user_derived(() => app.chain ? Math.max(0, Math.round((get(now) - app.chain.at_ms) / 1e3)) : null);
	var fragment = root_5$8();
	var section = first_child(fragment);
	var div = child(section);
	var span = child(div);
	var text = only_child(span, true);
	var text_1 = only_child(sibling(span), true);
	reset(div);
	var div_1 = sibling(div, 2);
	var span_1 = child(div_1);
	var text_2 = only_child(span_1, true);
	var text_3 = only_child(sibling(span_1), true);
	reset(div_1);
	var div_2 = sibling(div_1, 2);
	var span_2 = child(div_2);
	var text_4 = only_child(span_2, true);
	var text_5 = only_child(sibling(span_2), true);
	reset(div_2);
	var node = sibling(div_2, 2);
	var consequent = ($$anchor) => {
		var div_3 = root$20();
		var span_3 = child(div_3);
		var text_6 = only_child(span_3, true);
		var text_7 = only_child(sibling(span_3), true);
		reset(div_3);
		template_effect(($0) => {
			set_text(text_6, get(t).explorer.tps);
			set_text(text_7, $0);
		}, [() => i18n.plain(app.chain.tps.toFixed(1))]);
		append($$anchor, div_3);
	};
	if_block(node, ($$render) => {
		if (app.chain?.tps !== void 0) $$render(consequent);
	});
	reset(section);
	var section_1 = sibling(section, 2);
	var h2 = child(section_1);
	var text_8 = sibling(child(h2), 1, true);
	reset(h2);
	var node_1 = sibling(h2, 2);
	var consequent_1 = ($$anchor) => {
		Failed($$anchor, {
			get error() {
				return get(error);
			},
			onretry: () => set(again, get(again) + 1)
		});
	};
	var consequent_2 = ($$anchor) => {
		var p = root_1$19();
		var text_9 = only_child(p, true);
		template_effect(() => set_text(text_9, get(loaded) ? get(t).explorer.noBlocks : get(t).loading));
		append($$anchor, p);
	};
	if_block(node_1, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
		else if (get(rows).length === 0) $$render(consequent_2, 1);
	});
	var ul = sibling(node_1, 2);
	each(ul, 21, () => get(rows), (block) => name(block), ($$anchor, block) => {
		var li = root_3$13();
		var a_1 = child(li);
		var span_4 = child(a_1);
		var text_10 = child(span_4, true);
		var node_2 = sibling(text_10);
		var consequent_3 = ($$anchor) => {
			var small = root_2$17();
			var text_11 = only_child(small, true);
			template_effect(() => set_text(text_11, get(t).explorer.basechain));
			append($$anchor, small);
		};
		if_block(node_2, ($$render) => {
			if (get(block).workchain !== -1) $$render(consequent_3);
		});
		reset(span_4);
		var span_5 = sibling(span_4, 2);
		let classes;
		var text_12 = only_child(span_5, true);
		var span_6 = sibling(span_5, 2);
		Hash(child(span_6), { get value() {
			return get(block).root_hash;
		} });
		reset(span_6);
		var text_13 = only_child(sibling(span_6, 2), true);
		reset(a_1);
		reset(li);
		template_effect(($0, $1, $2, $3) => {
			set_attribute(a_1, "href", $0);
			set_text(text_10, $1);
			classes = set_class(span_5, 1, "count svelte-59ct57", null, classes, { some: get(block).transactions > 0 });
			set_text(text_12, $2);
			set_text(text_13, $3);
		}, [
			() => to.block(get(block).workchain, get(block).seqno, get(block).shard),
			() => i18n.number(get(block).seqno),
			() => get(t).explorer.transactions(i18n.counted(get(block).transactions)),
			() => i18n.moment(get(block).at_ms)
		]);
		append($$anchor, li);
	});
	reset(ul);
	var node_4 = sibling(ul, 2);
	var consequent_4 = ($$anchor) => {
		var button = root_4$12();
		var text_14 = only_child(button, true);
		template_effect(() => set_text(text_14, get(t).explorer.older));
		delegated("click", button, showOlder);
		append($$anchor, button);
	};
	if_block(node_4, ($$render) => {
		if (get(oldest) && get(oldest).seqno > 1) $$render(consequent_4);
	});
	reset(section_1);
	template_effect(($0, $1, $2) => {
		set_attribute(section, "aria-label", get(t).explorer.live);
		set_text(text, get(t).explorer.height);
		set_text(text_1, $0);
		set_text(text_2, get(t).explorer.validators);
		set_text(text_3, $1);
		set_text(text_4, get(t).explorer.age);
		set_text(text_5, $2);
		set_text(text_8, get(t).explorer.blocks);
	}, [
		() => app.chain ? i18n.number(app.chain.seqno) : "…",
		() => app.chain ? i18n.number(app.chain.validators) : "…",
		() => get(age) === null ? "…" : get(t).explorer.seconds(i18n.number(get(age)))
	]);
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/explorer/BlockView.svelte
var root$19 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd> </dd></div> <div><dt> </dt><dd><bdi dir="ltr"> </bdi> <bdi class="mono" dir="ltr"> </bdi></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt> <dd><!></dd></div>`, 1);
var root_1$18 = /* @__PURE__ */ from_html(`<p class="muted"> </p>`);
var root_2$16 = /* @__PURE__ */ from_html(`<!> <h3> </h3> <!>`, 1);
var root_3$12 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_4$11 = /* @__PURE__ */ from_html(`<h2 tabindex="-1"> <small class="muted"> </small></h2> <!>`, 1);
function BlockView($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const loaded = new Loaded(() => app.call("chain.block", {
		workchain: $$props.workchain,
		seqno: $$props.seqno,
		...$$props.shard === void 0 ? {} : { shard: $$props.shard }
	}));
	let block = /* @__PURE__ */ user_derived(() => loaded.value);
	var fragment = root_4$11();
	var h2 = first_child(fragment);
	var text = child(h2);
	var text_1 = only_child(sibling(text), true);
	reset(h2);
	attach(h2, () => takeFocus);
	var node = sibling(h2, 2);
	var consequent = ($$anchor) => {
		Failed($$anchor, {
			get error() {
				return loaded.error;
			},
			get onretry() {
				return loaded.retry;
			}
		});
	};
	var consequent_2 = ($$anchor) => {
		var fragment_2 = root_2$16();
		var node_1 = first_child(fragment_2);
		Facts(node_1, {
			children: ($$anchor, $$slotProps) => {
				var fragment_3 = root$19();
				var div = first_child(fragment_3);
				var dt = child(div);
				var text_2 = only_child(dt, true);
				var text_3 = only_child(sibling(dt), true);
				reset(div);
				var div_1 = sibling(div, 2);
				var dt_1 = child(div_1);
				var text_4 = only_child(dt_1, true);
				var dd_1 = sibling(dt_1);
				var bdi = child(dd_1);
				var text_5 = only_child(bdi, true);
				var text_6 = sibling(bdi);
				var bdi_1 = sibling(text_6);
				var text_7 = only_child(bdi_1, true);
				reset(dd_1);
				reset(div_1);
				var div_2 = sibling(div_1, 2);
				var dt_2 = child(div_2);
				var text_8 = only_child(dt_2, true);
				var dd_2 = sibling(dt_2);
				Hash(child(dd_2), {
					get value() {
						return get(block).root_hash;
					},
					whole: true,
					get copy() {
						return get(t).explorer.rootHash;
					}
				});
				reset(dd_2);
				reset(div_2);
				var div_3 = sibling(div_2, 2);
				var dt_3 = child(div_3);
				var text_9 = only_child(dt_3, true);
				var dd_3 = sibling(dt_3);
				Hash(child(dd_3), {
					get value() {
						return get(block).file_hash;
					},
					whole: true,
					get copy() {
						return get(t).explorer.fileHash;
					}
				});
				reset(dd_3);
				reset(div_3);
				var div_4 = sibling(div_3, 2);
				var dt_4 = child(div_4);
				var text_10 = only_child(dt_4, true);
				var dd_4 = sibling(dt_4, 2);
				var node_4 = child(dd_4);
				{
					let $0 = /* @__PURE__ */ user_derived(() => get(block).seqno > 1 ? to.block(get(block).workchain, get(block).seqno - 1, get(block).shard) : null);
					Hash(node_4, {
						get value() {
							return get(block).parent_hash;
						},
						whole: true,
						get href() {
							return get($0);
						}
					});
				}
				reset(dd_4);
				reset(div_4);
				template_effect(($0, $1) => {
					set_text(text_2, get(t).explorer.time);
					set_text(text_3, $0);
					set_text(text_4, get(t).explorer.workchain);
					set_text(text_5, $1);
					bdi.dir = bdi.dir;
					set_text(text_6, ` · ${get(t).explorer.shard ?? ""} `);
					set_text(text_7, get(block).shard);
					bdi_1.dir = bdi_1.dir;
					set_text(text_8, get(t).explorer.rootHash);
					set_text(text_9, get(t).explorer.fileHash);
					set_text(text_10, get(t).explorer.parent);
				}, [() => i18n.dateTime(get(block).at_ms), () => i18n.plain(String(get(block).workchain).replace("-", "−"))]);
				append($$anchor, fragment_3);
			},
			$$slots: { default: true }
		});
		var h3 = sibling(node_1, 2);
		var text_11 = only_child(h3, true);
		var node_5 = sibling(h3, 2);
		var consequent_1 = ($$anchor) => {
			TransactionList($$anchor, { get transactions() {
				return get(block).transactions_list;
			} });
		};
		var alternate = ($$anchor) => {
			var p = root_1$18();
			var text_12 = only_child(p, true);
			template_effect(() => set_text(text_12, get(t).explorer.empty));
			append($$anchor, p);
		};
		if_block(node_5, ($$render) => {
			if (get(block).transactions_list.length > 0) $$render(consequent_1);
			else $$render(alternate, -1);
		});
		template_effect(($0) => set_text(text_11, $0), [() => get(t).explorer.transactions(i18n.counted(get(block).transactions))]);
		append($$anchor, fragment_2);
	};
	var alternate_1 = ($$anchor) => {
		var p_1 = root_3$12();
		var text_13 = only_child(p_1, true);
		template_effect(() => set_text(text_13, get(t).loading));
		append($$anchor, p_1);
	};
	if_block(node, ($$render) => {
		if (loaded.error !== "") $$render(consequent);
		else if (get(block)) $$render(consequent_2, 1);
		else $$render(alternate_1, -1);
	});
	template_effect(($0) => {
		set_text(text, `${$0 ?? ""} `);
		set_text(text_1, $$props.workchain === -1 ? get(t).explorer.masterchain : get(t).explorer.basechain);
	}, [() => get(t).explorer.blockName(i18n.number($$props.seqno))]);
	append($$anchor, fragment);
	pop();
}
// src/components/explorer/TransactionView.svelte
var root$18 = /* @__PURE__ */ from_html(`<span class="muted"> </span>`);
var root_1$17 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><bdi> </bdi></dd></div>`);
var root_2$15 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><strong><!></strong></dd></div> <!>`, 1);
var root_3$11 = /* @__PURE__ */ from_html(`<p class="sum svelte-11o6maj"><!></p>`);
var root_4$10 = /* @__PURE__ */ from_html(` <bdi dir="ltr"> </bdi>`, 1);
var root_5$7 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd> </dd></div> <div><dt> </dt> <dd><a> </a> </dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt> <dd><bdi dir="ltr"> </bdi><!></dd></div> <div><dt> </dt><dd><bdi dir="ltr"> </bdi></dd></div>`, 1);
var root_6$6 = /* @__PURE__ */ from_html(`<h3> </h3> <!>`, 1);
var root_7$3 = /* @__PURE__ */ from_html(`<div class="head svelte-11o6maj"><!> <p><!> </p></div> <!> <!> <!>`, 1);
var root_8$2 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_9$1 = /* @__PURE__ */ from_html(`<h2 tabindex="-1"> </h2> <!>`, 1);
function TransactionView($$anchor, $$props) {
	push($$props, true);
	const party = ($$anchor, address = noop) => {
		var fragment = comment();
		var node = first_child(fragment);
		var consequent = ($$anchor) => {
			var span = root$18();
			var text = only_child(span, true);
			template_effect(() => set_text(text, get(t).explorer.external));
			append($$anchor, span);
		};
		var alternate = ($$anchor) => {
			{
				let $0 = /* @__PURE__ */ user_derived(() => to.account(address()));
				Hash($$anchor, {
					get value() {
						return address();
					},
					get href() {
						return get($0);
					}
				});
			}
		};
		if_block(node, ($$render) => {
			if (address() === null) $$render(consequent);
			else $$render(alternate, -1);
		});
		append($$anchor, fragment);
	};
	const message = ($$anchor, sent = noop) => {
		Facts($$anchor, {
			children: ($$anchor, $$slotProps) => {
				var fragment_3 = root_2$15();
				var div = first_child(fragment_3);
				var dt = child(div);
				var text_1 = only_child(dt, true);
				var dd = sibling(dt);
				var node_1 = child(dd);
				party(node_1, () => sent().from);
				reset(dd);
				reset(div);
				var div_1 = sibling(div, 2);
				var dt_1 = child(div_1);
				var text_2 = only_child(dt_1, true);
				var dd_1 = sibling(dt_1);
				var node_2 = child(dd_1);
				party(node_2, () => sent().to);
				reset(dd_1);
				reset(div_1);
				var div_2 = sibling(div_1, 2);
				var dt_2 = child(div_2);
				var text_3 = only_child(dt_2, true);
				var dd_2 = sibling(dt_2);
				var strong = child(dd_2);
				Amount(child(strong), { get nano() {
					return sent().value;
				} });
				reset(strong);
				reset(dd_2);
				reset(div_2);
				var node_4 = sibling(div_2, 2);
				var consequent_1 = ($$anchor) => {
					var div_3 = root_1$17();
					var dt_3 = child(div_3);
					var text_4 = only_child(dt_3, true);
					var dd_3 = sibling(dt_3);
					var text_5 = only_child(child(dd_3), true);
					reset(dd_3);
					reset(div_3);
					template_effect(($0) => {
						set_text(text_4, get(t).explorer.comment);
						set_text(text_5, $0);
					}, [() => cleanText(sent().comment)]);
					append($$anchor, div_3);
				};
				if_block(node_4, ($$render) => {
					if (sent().comment !== "") $$render(consequent_1);
				});
				template_effect(() => {
					set_text(text_1, get(t).explorer.from);
					set_text(text_2, get(t).explorer.to);
					set_text(text_3, get(t).explorer.value);
				});
				append($$anchor, fragment_3);
			},
			$$slots: { default: true }
		});
	};
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const loaded = new Loaded(() => app.call("chain.transaction", { hash: $$props.hash }));
	let one = /* @__PURE__ */ user_derived(() => loaded.value);
	user_effect(() => {
		if (get(one) !== null) tellParent({
			simurgh: "seen",
			transaction: get(one).hash
		});
	});
	var fragment_4 = root_9$1();
	var h2 = first_child(fragment_4);
	var text_6 = only_child(h2, true);
	attach(h2, () => takeFocus);
	var node_5 = sibling(h2, 2);
	var consequent_2 = ($$anchor) => {
		Failed($$anchor, {
			get error() {
				return loaded.error;
			},
			get onretry() {
				return loaded.retry;
			}
		});
	};
	var consequent_7 = ($$anchor) => {
		var fragment_6 = root_7$3();
		var div_4 = first_child(fragment_6);
		var node_6 = child(div_4);
		var consequent_3 = ($$anchor) => {
			var p = root_3$11();
			var node_7 = child(p);
			{
				let $0 = /* @__PURE__ */ user_derived(() => get(one).direction === "in" ? "+" : "−");
				Amount(node_7, {
					get nano() {
						return get(one).value;
					},
					get sign() {
						return get($0);
					}
				});
			}
			reset(p);
			append($$anchor, p);
		};
		if_block(node_6, ($$render) => {
			if (get(one).value !== "0") $$render(consequent_3);
		});
		var p_1 = sibling(node_6, 2);
		let classes;
		var node_8 = child(p_1);
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(one).success ? "check" : "warning");
			Icon(node_8, {
				get name() {
					return get($0);
				},
				size: 20
			});
		}
		var text_7 = sibling(node_8, 1, true);
		reset(p_1);
		reset(div_4);
		var node_9 = sibling(div_4, 2);
		Facts(node_9, {
			children: ($$anchor, $$slotProps) => {
				var fragment_7 = root_5$7();
				var div_5 = first_child(fragment_7);
				var dt_4 = child(div_5);
				var text_8 = only_child(dt_4, true);
				var dd_4 = sibling(dt_4);
				Hash(child(dd_4), {
					get value() {
						return get(one).hash;
					},
					whole: true,
					get copy() {
						return get(t).explorer.hash;
					}
				});
				reset(dd_4);
				reset(div_5);
				var div_6 = sibling(div_5, 2);
				var dt_5 = child(div_6);
				var text_9 = only_child(dt_5, true);
				var dd_5 = sibling(dt_5);
				var node_11 = child(dd_5);
				{
					let $0 = /* @__PURE__ */ user_derived(() => to.account(get(one).account));
					Hash(node_11, {
						get value() {
							return get(one).account;
						},
						get href() {
							return get($0);
						}
					});
				}
				reset(dd_5);
				reset(div_6);
				var div_7 = sibling(div_6, 2);
				var dt_6 = child(div_7);
				var text_10 = only_child(dt_6, true);
				var text_11 = only_child(sibling(dt_6), true);
				reset(div_7);
				var div_8 = sibling(div_7, 2);
				var dt_7 = child(div_8);
				var text_12 = only_child(dt_7, true);
				var dd_7 = sibling(dt_7, 2);
				var a = child(dd_7);
				var text_13 = only_child(a, true);
				var text_14 = sibling(a);
				reset(dd_7);
				reset(div_8);
				var div_9 = sibling(div_8, 2);
				var dt_8 = child(div_9);
				var text_15 = only_child(dt_8, true);
				var dd_8 = sibling(dt_8);
				Amount(child(dd_8), { get nano() {
					return get(one).fee;
				} });
				reset(dd_8);
				reset(div_9);
				var div_10 = sibling(div_9, 2);
				var dt_9 = child(div_10);
				var text_16 = only_child(dt_9, true);
				var dd_9 = sibling(dt_9, 2);
				var bdi_1 = child(dd_9);
				var text_17 = only_child(bdi_1, true);
				var node_13 = sibling(bdi_1);
				var consequent_4 = ($$anchor) => {
					var fragment_8 = root_4$10();
					var text_18 = first_child(fragment_8);
					var bdi_2 = sibling(text_18);
					var text_19 = only_child(bdi_2, true);
					template_effect(($0) => {
						set_text(text_18, ` · ${get(t).explorer.exit ?? ""} `);
						set_text(text_19, $0);
						bdi_2.dir = bdi_2.dir;
					}, [() => i18n.plain(get(one).exit_code)]);
					append($$anchor, fragment_8);
				};
				if_block(node_13, ($$render) => {
					if (get(one).exit_code !== null) $$render(consequent_4);
				});
				reset(dd_9);
				reset(div_10);
				var div_11 = sibling(div_10, 2);
				var dt_10 = child(div_11);
				var text_20 = only_child(dt_10, true);
				var dd_10 = sibling(dt_10);
				var bdi_3 = child(dd_10);
				var text_21 = only_child(bdi_3, true);
				reset(dd_10);
				reset(div_11);
				template_effect(($0, $1, $2, $3, $4) => {
					set_text(text_8, get(t).explorer.hash);
					set_text(text_9, get(t).explorer.account);
					set_text(text_10, get(t).explorer.time);
					set_text(text_11, $0);
					set_text(text_12, get(t).explorer.block);
					set_attribute(a, "href", $1);
					set_text(text_13, $2);
					set_text(text_14, ` ${(get(one).block.workchain === -1 ? get(t).explorer.masterchain : get(t).explorer.basechain) ?? ""}`);
					set_text(text_15, get(t).explorer.fee);
					set_text(text_16, get(t).explorer.gas);
					set_text(text_17, $3);
					bdi_1.dir = bdi_1.dir;
					set_text(text_20, get(t).explorer.lt);
					set_text(text_21, $4);
					bdi_3.dir = bdi_3.dir;
				}, [
					() => i18n.dateTime(get(one).at_ms),
					() => to.block(get(one).block.workchain, get(one).block.seqno, get(one).block.shard),
					() => i18n.number(get(one).block.seqno),
					() => i18n.number(get(one).gas_used),
					() => i18n.number(get(one).lt)
				]);
				append($$anchor, fragment_7);
			},
			$$slots: { default: true }
		});
		var node_14 = sibling(node_9, 2);
		var consequent_5 = ($$anchor) => {
			var fragment_9 = root_6$6();
			var h3 = first_child(fragment_9);
			var text_22 = only_child(h3, true);
			var node_15 = sibling(h3, 2);
			message(node_15, () => get(one).in_message);
			template_effect(() => set_text(text_22, get(t).explorer.inMessage));
			append($$anchor, fragment_9);
		};
		if_block(node_14, ($$render) => {
			if (get(one).in_message) $$render(consequent_5);
		});
		var node_16 = sibling(node_14, 2);
		var consequent_6 = ($$anchor) => {
			var fragment_10 = root_6$6();
			var h3_1 = first_child(fragment_10);
			var text_23 = only_child(h3_1, true);
			each(sibling(h3_1, 2), 17, () => get(one).out_messages, index, ($$anchor, sent) => {
				message($$anchor, () => get(sent));
			});
			template_effect(() => set_text(text_23, get(t).explorer.outMessages));
			append($$anchor, fragment_10);
		};
		if_block(node_16, ($$render) => {
			if (get(one).out_messages.length > 0) $$render(consequent_6);
		});
		template_effect(() => {
			classes = set_class(p_1, 1, "result svelte-11o6maj", null, classes, { failed: !get(one).success });
			set_text(text_7, get(one).success ? get(t).explorer.success : get(t).explorer.failure);
		});
		append($$anchor, fragment_6);
	};
	var alternate_1 = ($$anchor) => {
		var p_2 = root_8$2();
		var text_24 = only_child(p_2, true);
		template_effect(() => set_text(text_24, get(t).loading));
		append($$anchor, p_2);
	};
	if_block(node_5, ($$render) => {
		if (loaded.error !== "") $$render(consequent_2);
		else if (get(one)) $$render(consequent_7, 1);
		else $$render(alternate_1, -1);
	});
	template_effect(() => set_text(text_6, get(t).explorer.transaction));
	append($$anchor, fragment_4);
	pop();
}
// src/components/explorer/ExplorerPage.svelte
var root$17 = /* @__PURE__ */ from_html(`<a class="icon-button svelte-1z05buo"><!></a>`);
var root_1$16 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_2$14 = /* @__PURE__ */ from_html(`<div class="page scroll svelte-1z05buo" id="content" tabindex="-1"><div class="column svelte-1z05buo"><header class="svelte-1z05buo"><!> <h1 class="svelte-1z05buo"> </h1></header> <form role="search" class="svelte-1z05buo"><input class="field svelte-1z05buo" dir="auto" autocomplete="off" spellcheck="false"/> <button type="submit" class="button primary"> </button></form> <!> <!></div></div>`);
function ExplorerPage($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let query = /* @__PURE__ */ state("");
	let error = /* @__PURE__ */ state("");
	async function find(submit) {
		submit.preventDefault();
		const words = get(query).trim();
		if (words === "") return;
		set(error, "");
		try {
			const latin = toLatin(words);
			const found = await app.call("chain.search", { query: /^\d+$/.test(latin) ? latin : words });
			if (found.kind === "block") router.go(to.block(found.block.workchain, found.block.seqno, found.block.shard));
			else if (found.kind === "account") router.go(to.account(found.address));
			else if (found.kind === "transaction") router.go(to.transaction(found.hash));
			else set(error, get(t).explorer.none, true);
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	var div = root_2$14();
	var div_1 = child(div);
	var header = child(div_1);
	var node = child(header);
	var consequent = ($$anchor) => {
		const label = /* @__PURE__ */ user_derived(() => router.from === null ? get(t).explorer.backToBlocks : get(t).back);
		var a = root$17();
		Icon(child(a), { name: "back" });
		reset(a);
		template_effect(() => {
			set_attribute(a, "href", router.from ?? to.explorer);
			set_attribute(a, "aria-label", get(label));
			set_attribute(a, "title", get(label));
		});
		append($$anchor, a);
	};
	if_block(node, ($$render) => {
		if ($$props.view.kind !== "blocks") $$render(consequent);
	});
	var text = only_child(sibling(node, 2), true);
	reset(header);
	var form = sibling(header, 2);
	var input = child(form);
	remove_input_defaults(input);
	var text_1 = only_child(sibling(input, 2), true);
	reset(form);
	var node_2 = sibling(form, 2);
	var consequent_1 = ($$anchor) => {
		var p = root_1$16();
		var text_2 = only_child(p, true);
		template_effect(() => set_text(text_2, get(error)));
		append($$anchor, p);
	};
	if_block(node_2, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
	});
	var node_3 = sibling(node_2, 2);
	var consequent_2 = ($$anchor) => {
		BlockList($$anchor, {});
	};
	var consequent_3 = ($$anchor) => {
		BlockView($$anchor, {
			get workchain() {
				return $$props.view.workchain;
			},
			get seqno() {
				return $$props.view.seqno;
			},
			get shard() {
				return $$props.view.shard;
			}
		});
	};
	var consequent_4 = ($$anchor) => {
		AccountView($$anchor, { get address() {
			return $$props.view.address;
		} });
	};
	var alternate = ($$anchor) => {
		TransactionView($$anchor, { get hash() {
			return $$props.view.hash;
		} });
	};
	if_block(node_3, ($$render) => {
		if ($$props.view.kind === "blocks") $$render(consequent_2);
		else if ($$props.view.kind === "block") $$render(consequent_3, 1);
		else if ($$props.view.kind === "account") $$render(consequent_4, 2);
		else $$render(alternate, -1);
	});
	reset(div_1);
	reset(div);
	template_effect(() => {
		set_text(text, get(t).explorer.title);
		set_attribute(input, "placeholder", get(t).explorer.search);
		set_attribute(input, "aria-label", get(t).explorer.search);
		input.dir = input.dir;
		set_text(text_1, get(t).explorer.searchGo);
	});
	event("submit", form, find);
	bind_value(input, () => get(query), ($$value) => set(query, $$value));
	append($$anchor, div);
	pop();
}
// src/components/contact/BridgeDialog.svelte
var root$16 = /* @__PURE__ */ from_html(`<button type="button" class="button primary"> </button>`);
var root_1$15 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_2$13 = /* @__PURE__ */ from_html(`<div class="panel svelte-jos460"><p class="muted"> </p> <!> <!> <!></div>`);
function BridgeDialog($$anchor, $$props) {
	push($$props, true);
	let given = prop($$props, "link", 3, "");
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let link = /* @__PURE__ */ state(proxy(untrack(() => given())));
	let own = /* @__PURE__ */ user_derived(() => ownLink(get(link)));
	let error = /* @__PURE__ */ state("");
	let busy = /* @__PURE__ */ state(false);
	/** It is no link to a bridge, but to a person. */
	let other = /* @__PURE__ */ user_derived(() => kindOfLink(get(own)) === "invite");
	async function add() {
		if (get(own) === "" || get(busy) || get(other)) return;
		set(busy, true);
		set(error, "");
		try {
			app.carrier = await app.call("carrier.add", { link: get(own) });
			ui.say(get(t).bridge.added);
			$$props.onclose();
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(busy, false);
		}
	}
	Dialog($$anchor, {
		get title() {
			return get(t).bridge.add;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var div = root_2$13();
			var p = child(div);
			var text = only_child(p, true);
			var node = sibling(p, 2);
			LinkField(node, {
				onscan: add,
				get link() {
					return get(link);
				},
				set link($$value) {
					set(link, $$value, true);
				},
				get error() {
					return get(error);
				},
				set error($$value) {
					set(error, $$value, true);
				}
			});
			var node_1 = sibling(node, 2);
			var consequent = ($$anchor) => {
				OtherLink($$anchor, {
					kind: "invite",
					get link() {
						return get(own);
					},
					get onclose() {
						return $$props.onclose;
					}
				});
			};
			var alternate = ($$anchor) => {
				var button = root$16();
				var text_1 = only_child(button, true);
				template_effect(() => {
					button.disabled = get(own) === "";
					set_attribute(button, "aria-disabled", get(busy));
					set_text(text_1, get(busy) ? get(t).bridge.adding : get(t).bridge.add);
				});
				delegated("click", button, add);
				append($$anchor, button);
			};
			if_block(node_1, ($$render) => {
				if (get(other)) $$render(consequent);
				else $$render(alternate, -1);
			});
			var node_2 = sibling(node_1, 2);
			var consequent_1 = ($$anchor) => {
				var p_1 = root_1$15();
				var text_2 = only_child(p_1, true);
				template_effect(() => set_text(text_2, get(error)));
				append($$anchor, p_1);
			};
			if_block(node_2, ($$render) => {
				if (get(error) !== "") $$render(consequent_1);
			});
			reset(div);
			template_effect(() => set_text(text, get(t).bridge.addText));
			append($$anchor, div);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click"]);
// src/format/bundle.ts
/** What a bundle begins with. */
var MAGIC = "SIMURGHB";
/** Where the length of the body stands, and what a bundle has around its body. */
var LENGTH_AT = 9;
/** How many of a file's bytes the daemon is to judge: the bundle that it begins with, or enough to see that it does not. */
function bundleBytes(head, fileBytes) {
	if (head.length < 45) return fileBytes;
	if ([...MAGIC].some((letter, place) => head[place] !== letter.charCodeAt(0))) return 45;
	return new DataView(head.buffer, head.byteOffset).getUint32(LENGTH_AT, true) + 45;
}
// src/stores/bundles.ts
/** Bytes of a piece before they become base64: what the daemon takes at most. */
var PART_BYTES = 262144;
/** What a program in a file begins with. */
var PROGRAM = "SIMURGHP";
/** Bytes of a bundle that is shown as QR codes: what the daemon cuts into frames at most. */
var SEQUENCE_BYTES = 65536;
/** Has the daemon make a bundle, sealed for these people or open, and fetches it. */
async function exportBundle(to) {
	const made = await app.call("bundle.export", {
		to,
		carry: false
	});
	const parts = [];
	let offset = 0;
	for (let end = false; !end;) {
		const part = await app.call("bundle.read", {
			id: made.id,
			offset
		});
		const bytes = bytesOf(part.data);
		parts.push(bytes);
		offset += bytes.length;
		end = part.end;
	}
	return {
		made,
		file: new Blob(parts, { type: "application/octet-stream" })
	};
}
/** Where the bundle ends that a file begins with. What follows stays where it is; a head that is none is the daemon's to judge. */
async function bundleEnd(file) {
	return bundleBytes(new Uint8Array(await file.slice(0, 45).arrayBuffer()), file.size);
}
/** Whether a file has a program in it, and messages before that. */
async function hasProgram(file) {
	const beginsAt = async (place) => await file.slice(place, place + 8).text() === PROGRAM;
	if (await beginsAt(0)) return {
		program: true,
		messages: false
	};
	return {
		program: await beginsAt(await bundleEnd(file)),
		messages: true
	};
}
/** Gives the daemon the bundle that a file begins with. */
async function importBundle(file) {
	const bundle = file.slice(0, await bundleEnd(file));
	const { id } = await app.call("bundle.begin", { bytes: bundle.size });
	for (let offset = 0; offset < bundle.size; offset += PART_BYTES) {
		const data = base64Of(new Uint8Array(await bundle.slice(offset, offset + PART_BYTES).arrayBuffer()));
		await app.call("bundle.write", {
			id,
			offset,
			data
		});
	}
	return app.call("bundle.import", { id });
}
/** Has the daemon make a bundle that QR codes can carry. */
var exportCodes = (to) => app.call("bundle.export", {
	to,
	carry: false,
	bytes_max: SEQUENCE_BYTES
});
/** One of its codes, counted from 0. */
var codeOf = (made, index) => app.call("bundle.frame", {
	id: made.id,
	index
});
/** Brings what a code held to those that were read before. */
var scanned = (id, frame) => app.call("bundle.scan", id === void 0 ? { frame } : {
	id,
	frame
});
/** Takes the bundle that a whole collection is. */
var importCodes = (id) => app.call("bundle.import", { id });
// src/components/Sentence.svelte
var root$15 = /* @__PURE__ */ from_html(`<bdi class="svelte-1j93kpv"> </bdi>`);
function Sentence($$anchor, $$props) {
	push($$props, true);
	var fragment = comment();
	each(first_child(fragment), 17, () => splitIsolates($$props.text), index, ($$anchor, part) => {
		var fragment_1 = comment();
		var node_1 = first_child(fragment_1);
		var consequent = ($$anchor) => {
			var bdi = root$15();
			var text_1 = only_child(bdi, true);
			template_effect(() => set_text(text_1, get(part).text));
			append($$anchor, bdi);
		};
		var alternate = ($$anchor) => {
			var text_2 = text();
			template_effect(() => set_text(text_2, get(part).text));
			append($$anchor, text_2);
		};
		if_block(node_1, ($$render) => {
			if (get(part).isolated) $$render(consequent);
			else $$render(alternate, -1);
		});
		append($$anchor, fragment_1);
	});
	append($$anchor, fragment);
	pop();
}
// src/components/settings/ScanCodes.svelte
var root$14 = /* @__PURE__ */ from_html(`<progress class="svelte-1rp346x"></progress> <p class="place svelte-1rp346x"> </p>`, 1);
var root_1$14 = /* @__PURE__ */ from_html(`<p class="place svelte-1rp346x"> </p>`);
var root_2$12 = /* @__PURE__ */ from_html(`<p role="alert"> </p> <button type="button" class="button"> </button>`, 1);
var root_3$10 = /* @__PURE__ */ from_html(`<p role="alert"> </p>`);
var root_4$9 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_5$6 = /* @__PURE__ */ from_html(`<button type="button" class="button"><!> </button>`);
var root_6$5 = /* @__PURE__ */ from_html(`<div class="panel svelte-1rp346x"><p class="muted"> </p> <!> <!> <p class="sr-only" role="status"> </p> <!> <!> <!> <label class="button file svelte-1rp346x"><!> <input type="file" accept="image/*" multiple="" class="sr-only"/></label> <button type="button" class="button" data-focus="" data-do="cancel-scan"> </button></div>`);
function ScanCodes($$anchor, $$props) {
	push($$props, true);
	/** Said aloud at each quarter only: a voice that counts codes helps nobody. */
	const QUARTERS = 4;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const canScan = navigator.mediaDevices !== void 0;
	let looking = /* @__PURE__ */ state(canScan);
	let id;
	let have = /* @__PURE__ */ state(0);
	let total = /* @__PURE__ */ state(0);
	let hint = /* @__PURE__ */ state("");
	let error = /* @__PURE__ */ state("");
	let whole = /* @__PURE__ */ state(false);
	let quarter = /* @__PURE__ */ user_derived(() => get(total) === 0 ? 0 : Math.floor(get(have) * QUARTERS / get(total)));
	let said = /* @__PURE__ */ user_derived(() => get(quarter) === 0 ? "" : get(t).codes.read(i18n.number(Math.ceil(get(quarter) * get(total) / QUARTERS)), i18n.number(get(total))));
	/** What was read already: the camera sees each code many times. */
	let heard = /* @__PURE__ */ new Set();
	let busy = false;
	function forget() {
		(($$value) => {
			var $$array = to_array($$value, 6);
			id = $$array[0];
			set(have, $$array[1], true);
			set(total, $$array[2], true);
			set(whole, $$array[3], true);
			set(hint, $$array[4], true);
			set(error, $$array[5], true);
		})([
			void 0,
			0,
			0,
			false,
			"",
			""
		]);
		heard = /* @__PURE__ */ new Set();
	}
	function refused(failure) {
		const reason = failure instanceof CallFailed ? failure.reason : "";
		if (reason === "bad_bundle" && !get(whole)) return set(hint, "noFrame");
		forget();
		set(error, reason === "newer_version" ? get(t).codes.newer : explain(failure), true);
	}
	async function hear(text) {
		if (busy || get(whole) || heard.has(text)) return;
		busy = true;
		try {
			const now = await scanned(id, text);
			if (now.other) {
				set(hint, "other");
				return;
			}
			heard.add(text);
			(($$value) => {
				var $$array_1 = to_array($$value, 6);
				id = $$array_1[0];
				set(have, $$array_1[1], true);
				set(total, $$array_1[2], true);
				set(whole, $$array_1[3], true);
				set(hint, $$array_1[4], true);
				set(error, $$array_1[5], true);
			})([
				now.id,
				now.have,
				now.total,
				now.whole,
				"",
				""
			]);
			if (!get(whole)) return;
			set(looking, false);
			$$props.ontaken(await importCodes(now.id));
		} catch (failure) {
			refused(failure);
		} finally {
			busy = false;
		}
	}
	/** Pictures of codes: screenshots, or those that somebody was sent. */
	async function readFiles(input) {
		const files = [...input.files ?? []];
		input.value = "";
		for (const file of files) {
			const found = await readPicture(file);
			if (found === null) set(hint, "noCode");
			else await hear(found);
		}
	}
	Dialog($$anchor, {
		get title() {
			return get(t).codes.scanTitle;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var div = root_6$5();
			var p = child(div);
			var text_1 = only_child(p, true);
			var node = sibling(p, 2);
			var consequent = ($$anchor) => {
				Scanner($$anchor, {
					keep: true,
					onfound: (text) => void hear(text),
					onfailed: () => (($$value) => {
						var $$array_2 = to_array($$value, 2);
						set(looking, $$array_2[0], true);
						set(error, $$array_2[1], true);
						return $$value;
					})([false, get(t).codes.noCamera])
				});
			};
			if_block(node, ($$render) => {
				if (canScan && get(looking)) $$render(consequent);
			});
			var node_1 = sibling(node, 2);
			var consequent_1 = ($$anchor) => {
				var fragment_2 = root$14();
				var progress = first_child(fragment_2);
				var p_1 = sibling(progress, 2);
				var text_2 = only_child(p_1, true);
				template_effect(($0) => {
					set_value(progress, get(have));
					set_attribute(progress, "max", get(total));
					set_attribute(progress, "aria-label", get(t).codes.scanTitle);
					set_attribute(p_1, "data-have", get(have));
					set_attribute(p_1, "data-total", get(total));
					set_text(text_2, $0);
				}, [() => get(t).codes.read(i18n.number(get(have)), i18n.number(get(total)))]);
				append($$anchor, fragment_2);
			};
			var consequent_2 = ($$anchor) => {
				var p_2 = root_1$14();
				var text_3 = only_child(p_2, true);
				template_effect(() => set_text(text_3, get(t).codes.searching));
				append($$anchor, p_2);
			};
			if_block(node_1, ($$render) => {
				if (get(total) > 0) $$render(consequent_1);
				else if (get(looking)) $$render(consequent_2, 1);
			});
			var p_3 = sibling(node_1, 2);
			var text_4 = only_child(p_3, true);
			var node_2 = sibling(p_3, 2);
			var consequent_3 = ($$anchor) => {
				var fragment_3 = root_2$12();
				var p_4 = first_child(fragment_3);
				var text_5 = only_child(p_4, true);
				var button = sibling(p_4, 2);
				var text_6 = only_child(button, true);
				template_effect(() => {
					set_text(text_5, get(t).codes.other);
					set_text(text_6, get(t).codes.again);
				});
				delegated("click", button, forget);
				append($$anchor, fragment_3);
			};
			var consequent_4 = ($$anchor) => {
				var p_5 = root_3$10();
				var text_7 = only_child(p_5, true);
				template_effect(() => set_text(text_7, get(hint) === "noCode" ? get(t).codes.noCode : get(t).codes.noFrame));
				append($$anchor, p_5);
			};
			if_block(node_2, ($$render) => {
				if (get(hint) === "other") $$render(consequent_3);
				else if (get(hint) !== "") $$render(consequent_4, 1);
			});
			var node_3 = sibling(node_2, 2);
			var consequent_5 = ($$anchor) => {
				var p_6 = root_4$9();
				var text_8 = only_child(p_6, true);
				template_effect(() => set_text(text_8, get(error)));
				append($$anchor, p_6);
			};
			if_block(node_3, ($$render) => {
				if (get(error) !== "") $$render(consequent_5);
			});
			var node_4 = sibling(node_3, 2);
			var consequent_6 = ($$anchor) => {
				var button_1 = root_5$6();
				var node_5 = child(button_1);
				Icon(node_5, {
					name: "camera",
					size: 18
				});
				var text_9 = sibling(node_5, 1, true);
				reset(button_1);
				template_effect(() => set_text(text_9, get(t).codes.camera));
				delegated("click", button_1, () => (($$value) => {
					var $$array_3 = to_array($$value, 2);
					set(looking, $$array_3[0], true);
					set(error, $$array_3[1], true);
					return $$value;
				})([true, ""]));
				append($$anchor, button_1);
			};
			if_block(node_4, ($$render) => {
				if (canScan && !get(looking) && !get(whole)) $$render(consequent_6);
			});
			var label = sibling(node_4, 2);
			var node_6 = child(label);
			Icon(node_6, {
				name: "camera",
				size: 18
			});
			var text_10 = sibling(node_6);
			var input_1 = sibling(text_10);
			reset(label);
			var button_2 = sibling(label, 2);
			var text_11 = only_child(button_2, true);
			reset(div);
			template_effect(() => {
				set_text(text_1, get(t).codes.scanText);
				set_text(text_4, get(said));
				set_text(text_10, `${get(t).codes.pictures ?? ""} `);
				set_text(text_11, get(t).cancel);
			});
			delegated("change", input_1, (change) => void readFiles(change.currentTarget));
			delegated("click", button_2, function(...$$args) {
				$$props.onclose?.apply(this, $$args);
			});
			append($$anchor, div);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click", "change"]);
// src/components/settings/ShowCodes.svelte
var root$13 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_1$13 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_2$11 = /* @__PURE__ */ from_html(`<p> </p>`);
var root_3$9 = /* @__PURE__ */ from_html(`<div class="beside"><div class="qr svelte-6zj8kl"><!></div> <div><p class="place svelte-6zj8kl"> </p> <div class="line svelte-6zj8kl"><button type="button" class="icon-button"><span class="around svelte-6zj8kl"><!></span></button> <button type="button" class="button primary" data-focus="" data-do="pause"> </button> <button type="button" class="icon-button"><!></button></div> <label class="slow svelte-6zj8kl"><input type="checkbox" class="svelte-6zj8kl"/> </label> <!> <p class="muted"> </p></div></div>`);
var root_4$8 = /* @__PURE__ */ from_html(`<div class="panel svelte-6zj8kl"><!></div>`);
function ShowCodes($$anchor, $$props) {
	push($$props, true);
	/** Fewer than three changes a second, since flicker makes some people ill; cameras look ten times. */
	const SHOWN_MS = 350;
	const SLOW = 2;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let made = /* @__PURE__ */ state(null);
	let codes = /* @__PURE__ */ state([]);
	let at = /* @__PURE__ */ state(0);
	let paused = /* @__PURE__ */ state(false);
	let slow = /* @__PURE__ */ state(false);
	let error = /* @__PURE__ */ state("");
	let total = /* @__PURE__ */ user_derived(() => get(codes)[0]?.total ?? 0);
	let code = /* @__PURE__ */ user_derived(() => get(codes)[get(at)]);
	let place = /* @__PURE__ */ user_derived(() => get(t).codes.place(i18n.number(get(at) + 1), i18n.number(get(total))));
	onMount(() => {
		let gone = false;
		async function fetchAll() {
			set(made, await exportCodes($$props.to === "" ? [] : [$$props.to]));
			if (get(made).cells + get(made).carried === 0) return;
			const first = await codeOf(get(made), 0);
			set(codes, [first]);
			while (!gone && get(codes).length < first.total) set(codes, [...get(codes), await codeOf(get(made), get(codes).length)]);
		}
		fetchAll().catch((failure) => set(error, explain(failure), true));
		return () => gone = true;
	});
	user_effect(() => {
		if (get(paused) || get(total) < 2) return;
		const timer = setInterval(() => step(1), get(slow) ? SLOW * SHOWN_MS : SHOWN_MS);
		return () => clearInterval(timer);
	});
	/** What is not there yet is waited for. */
	function step(by) {
		const next = (get(at) + by + get(total)) % get(total);
		if (get(codes)[next] !== void 0) set(at, next);
	}
	function turn(by) {
		set(paused, true);
		step(by);
	}
	Dialog($$anchor, {
		get title() {
			return get(t).codes.showTitle;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var div = root_4$8();
			var node = child(div);
			var consequent = ($$anchor) => {
				var p = root$13();
				var text = only_child(p, true);
				template_effect(() => set_text(text, get(error)));
				append($$anchor, p);
			};
			var consequent_1 = ($$anchor) => {
				var p_1 = root_1$13();
				var text_1 = only_child(p_1, true);
				template_effect(() => set_text(text_1, get(t).codes.nothing));
				append($$anchor, p_1);
			};
			var consequent_2 = ($$anchor) => {
				var p_2 = root_1$13();
				var text_2 = only_child(p_2, true);
				template_effect(() => set_text(text_2, get(t).codes.drawing));
				append($$anchor, p_2);
			};
			var alternate = ($$anchor) => {
				var div_1 = root_3$9();
				var div_2 = child(div_1);
				var node_1 = child(div_2);
				{
					let $0 = /* @__PURE__ */ user_derived(() => get(t).codes.label(get(place)));
					QrPicture(node_1, {
						get code() {
							return get(code).qr;
						},
						get label() {
							return get($0);
						}
					});
				}
				reset(div_2);
				var div_3 = sibling(div_2, 2);
				var p_3 = child(div_3);
				var text_3 = only_child(p_3, true);
				var div_4 = sibling(p_3, 2);
				var button = child(div_4);
				var span = child(button);
				Icon(child(span), { name: "forward" });
				reset(span);
				reset(button);
				var button_1 = sibling(button, 2);
				var text_4 = only_child(button_1, true);
				var button_2 = sibling(button_1, 2);
				Icon(child(button_2), { name: "forward" });
				reset(button_2);
				reset(div_4);
				var label = sibling(div_4, 2);
				var input = child(label);
				remove_input_defaults(input);
				var text_5 = sibling(input, 1, true);
				reset(label);
				var node_4 = sibling(label, 2);
				var consequent_3 = ($$anchor) => {
					var p_4 = root_2$11();
					var text_6 = only_child(p_4, true);
					template_effect(() => set_text(text_6, get(t).codes.leftOut));
					append($$anchor, p_4);
				};
				if_block(node_4, ($$render) => {
					if (get(made) !== null && get(made).left_out > 0) $$render(consequent_3);
				});
				var text_7 = only_child(sibling(node_4, 2), true);
				reset(div_3);
				reset(div_1);
				template_effect(() => {
					set_attribute(div_2, "data-code", get(code).text);
					set_attribute(p_3, "data-place", get(at) + 1);
					set_text(text_3, get(place));
					button.disabled = get(total) < 2;
					set_attribute(button, "aria-label", get(t).codes.before);
					button_1.disabled = get(total) < 2;
					set_text(text_4, get(paused) ? get(t).codes.goOn : get(t).codes.pause);
					button_2.disabled = get(total) < 2;
					set_attribute(button_2, "aria-label", get(t).codes.after);
					set_text(text_5, get(t).codes.slow);
					set_text(text_7, get(t).codes.showText);
				});
				delegated("click", button, () => turn(-1));
				delegated("click", button_1, () => set(paused, !get(paused)));
				delegated("click", button_2, () => turn(1));
				bind_checked(input, () => get(slow), ($$value) => set(slow, $$value));
				append($$anchor, div_1);
			};
			if_block(node, ($$render) => {
				if (get(error) !== "") $$render(consequent);
				else if (get(made) !== null && get(made).cells + get(made).carried === 0) $$render(consequent_1, 1);
				else if (get(code) === void 0) $$render(consequent_2, 2);
				else $$render(alternate, -1);
			});
			reset(div);
			append($$anchor, div);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click"]);
// src/components/settings/OfflineCard.svelte
var root$12 = /* @__PURE__ */ from_html(`<option> </option>`);
var root_1$12 = /* @__PURE__ */ from_html(`<p> </p>`);
var root_2$10 = /* @__PURE__ */ from_html(`<p> </p><p class="mono command svelte-n7m5ut"><bdi dir="ltr"> </bdi></p>`, 1);
var root_3$8 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_4$7 = /* @__PURE__ */ from_html(`<p role="status"><!></p>`);
var root_5$5 = /* @__PURE__ */ from_html(`<section class="card" aria-labelledby="offline"><h2 id="offline" tabindex="-1" class="svelte-n7m5ut"> </h2> <p class="muted"> </p> <div class="setting"><label for="bundle-to"> </label> <select id="bundle-to" class="field"><option> </option><!></select></div> <div class="line svelte-n7m5ut"><button type="button" class="button" data-do="save-bundle"> </button> <button type="button" class="button" data-do="take-bundle"> </button> <input type="file" hidden=""/></div> <div class="line svelte-n7m5ut"><button type="button" class="button" data-do="show-codes"><!> </button> <button type="button" class="button" data-do="scan-codes"><!> </button></div> <div role="status" class="said svelte-n7m5ut"><!><!></div> <!> <hr class="svelte-n7m5ut"/> <label class="switch svelte-n7m5ut"><input type="checkbox" role="switch" class="svelte-n7m5ut"/> <span> </span></label> <p class="muted"> </p> <!> <!></section> <!> <!>`, 1);
function OfflineCard($$anchor, $$props) {
	push($$props, true);
	/** Who is here changes without a word from the daemon: it is asked while this card is open. */
	const LOOK_EVERY_MS = 3e3;
	const FILE_NAME = "letters.bundle";
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let lan = /* @__PURE__ */ state(null);
	let lanError = /* @__PURE__ */ state("");
	let to = /* @__PURE__ */ state("");
	let busy = /* @__PURE__ */ state("");
	let said = /* @__PURE__ */ state([]);
	let error = /* @__PURE__ */ state("");
	let codes = /* @__PURE__ */ state("");
	/** A file that was chosen has a program in it: what to type for it. */
	let command = /* @__PURE__ */ state("");
	let input = /* @__PURE__ */ state(void 0);
	let heading;
	let connected = /* @__PURE__ */ user_derived(() => app.contacts.filter((contact) => contact.state === "connected"));
	let here = /* @__PURE__ */ user_derived(() => (get(lan)?.contacts ?? []).map((name) => isolate(cleanName(name))).join(i18n.language === "fa" ? "، " : ", "));
	async function look(on) {
		try {
			set(lan, await app.call("carrier.lan", on === void 0 ? {} : { on }));
			set(lanError, "");
		} catch (failure) {
			set(lanError, explain(failure), true);
		}
	}
	/** Shows what is, not what was wished: who wants to be unseen must not believe to be. */
	async function turn(lever) {
		await look(lever.checked);
		lever.checked = get(lan)?.on ?? false;
	}
	onMount(() => {
		look();
		const timer = setInterval(() => get(lan)?.on && void look(), LOOK_EVERY_MS);
		return () => clearInterval(timer);
	});
	/** Whoever was led here from a place where nothing gets through finds it before the eyes. */
	user_effect(() => {
		if (router.route.page !== "settings" || router.route.card !== "offline") return;
		heading.scrollIntoView();
		heading.focus();
	});
	function savedWords(made) {
		const pieces = made.cells + made.carried;
		return [pieces === 0 ? get(t).offline.savedNothing : get(t).offline.saved(i18n.counted(pieces)), ...made.left_out > 0 ? [get(t).offline.leftOut] : []];
	}
	function takenWords(taken) {
		const words = taken.messages > 0 ? [get(t).offline.messages(i18n.counted(taken.messages))] : [];
		if (taken.messages === 0 && taken.cells > 0) words.push(get(t).offline.receipts);
		if (taken.carried > 0) words.push(get(t).offline.carried(i18n.counted(taken.carried)));
		if (words.length === 0) words.push(get(t).offline.nothingNew);
		if (taken.no_room > 0) words.push(get(t).offline.noRoom);
		if (taken.from_future) words.push(get(t).offline.fromFuture);
		return words;
	}
	async function run(what, work) {
		if (get(busy) !== "") return;
		(($$value) => {
			var $$array = to_array($$value, 4);
			set(busy, $$array[0], true);
			set(said, $$array[1]);
			set(error, $$array[2], true);
			set(command, $$array[3], true);
		})([
			what,
			[],
			"",
			""
		]);
		try {
			set(said, await work());
		} catch (failure) {
			const newer = failure instanceof CallFailed && failure.reason === "newer_version";
			set(error, newer ? get(t).offline.newer : explain(failure), true);
		} finally {
			set(busy, "");
		}
	}
	const save = () => run("saving", async () => {
		const { made, file } = await exportBundle(get(to) === "" ? [] : [get(to)]);
		const link = document.createElement("a");
		link.href = URL.createObjectURL(file);
		link.download = FILE_NAME;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
		return savedWords(made);
	});
	function chosen() {
		const file = get(input)?.files?.[0];
		if (file === void 0) return;
		run("taking", async () => {
			const { program, messages } = await hasProgram(file);
			if (program) set(command, `simurgh bundle import ${/^[\w.-]+$/.test(file.name) ? file.name : "FILE"} --program-to simurgh-new`);
			return messages ? takenWords(await importBundle(file)) : [];
		});
		if (get(input)) get(input).value = "";
	}
	function taken(what) {
		(($$value) => {
			var $$array_1 = to_array($$value, 4);
			set(codes, $$array_1[0], true);
			set(said, $$array_1[1]);
			set(error, $$array_1[2], true);
			set(command, $$array_1[3], true);
		})([
			"",
			takenWords(what),
			"",
			""
		]);
	}
	var fragment = root_5$5();
	var section = first_child(fragment);
	var h2 = child(section);
	var text$4 = only_child(h2, true);
	bind_this(h2, ($$value) => heading = $$value, () => heading);
	var p = sibling(h2, 2);
	var text_1 = only_child(p, true);
	var div = sibling(p, 2);
	var label = child(div);
	var text_2 = only_child(label, true);
	var select = sibling(label, 2);
	var option = child(select);
	var text_3 = only_child(option, true);
	option.value = option.__value = "";
	each(sibling(option), 17, () => get(connected), (contact) => contact.name, ($$anchor, contact) => {
		var option_1 = root$12();
		var text_4 = only_child(option_1, true);
		var option_1_value = {};
		template_effect(($0) => {
			set_text(text_4, $0);
			if (option_1_value !== (option_1_value = get(contact).name)) option_1.value = (option_1.__value = option_1_value) ?? "";
		}, [() => cleanName(get(contact).name)]);
		append($$anchor, option_1);
	});
	reset(select);
	init_select(select);
	reset(div);
	var div_1 = sibling(div, 2);
	var button = child(div_1);
	var text_5 = only_child(button, true);
	var button_1 = sibling(button, 2);
	var text_6 = only_child(button_1, true);
	var input_1 = sibling(button_1, 2);
	bind_this(input_1, ($$value) => set(input, $$value), () => get(input));
	reset(div_1);
	var div_2 = sibling(div_1, 2);
	var button_2 = child(div_2);
	var node_1 = child(button_2);
	Icon(node_1, {
		name: "qr",
		size: 18
	});
	var text_7 = sibling(node_1, 1, true);
	reset(button_2);
	var button_3 = sibling(button_2, 2);
	var node_2 = child(button_3);
	Icon(node_2, {
		name: "camera",
		size: 18
	});
	var text_8 = sibling(node_2, 1, true);
	reset(button_3);
	reset(div_2);
	var div_3 = sibling(div_2, 2);
	var node_3 = child(div_3);
	each(node_3, 16, () => get(said), (words) => words, ($$anchor, words) => {
		var p_1 = root_1$12();
		var text_9 = only_child(p_1, true);
		template_effect(() => set_text(text_9, words));
		append($$anchor, p_1);
	});
	var node_4 = sibling(node_3);
	var consequent = ($$anchor) => {
		var fragment_1 = root_2$10();
		var p_2 = first_child(fragment_1);
		var text_10 = only_child(p_2, true);
		var p_3 = sibling(p_2);
		var bdi = child(p_3);
		var text_11 = only_child(bdi, true);
		reset(p_3);
		template_effect(() => {
			set_text(text_10, get(t).codes.program);
			set_text(text_11, get(command));
			bdi.dir = bdi.dir;
		});
		append($$anchor, fragment_1);
	};
	if_block(node_4, ($$render) => {
		if (get(command) !== "") $$render(consequent);
	});
	reset(div_3);
	var node_5 = sibling(div_3, 2);
	var consequent_1 = ($$anchor) => {
		var p_4 = root_3$8();
		var text_12 = only_child(p_4, true);
		template_effect(() => set_text(text_12, get(error)));
		append($$anchor, p_4);
	};
	if_block(node_5, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
	});
	var label_1 = sibling(node_5, 4);
	var input_2 = child(label_1);
	remove_input_defaults(input_2);
	var text_13 = only_child(sibling(input_2, 2), true);
	reset(label_1);
	var p_5 = sibling(label_1, 2);
	var text_14 = only_child(p_5, true);
	var node_6 = sibling(p_5, 2);
	var consequent_4 = ($$anchor) => {
		var p_6 = root_4$7();
		var node_7 = child(p_6);
		var consequent_2 = ($$anchor) => {
			var text_15 = text();
			template_effect(() => set_text(text_15, get(t).offline.lanProblem));
			append($$anchor, text_15);
		};
		var consequent_3 = ($$anchor) => {
			var text_16 = text();
			template_effect(() => set_text(text_16, get(t).offline.lanNobody));
			append($$anchor, text_16);
		};
		var alternate = ($$anchor) => {
			{
				let $0 = /* @__PURE__ */ user_derived(() => get(t).offline.lanHere(get(here)));
				Sentence($$anchor, { get text() {
					return get($0);
				} });
			}
		};
		if_block(node_7, ($$render) => {
			if (get(lan).problem) $$render(consequent_2);
			else if (get(here) === "") $$render(consequent_3, 1);
			else $$render(alternate, -1);
		});
		reset(p_6);
		append($$anchor, p_6);
	};
	if_block(node_6, ($$render) => {
		if (get(lan)?.on) $$render(consequent_4);
	});
	var node_8 = sibling(node_6, 2);
	var consequent_5 = ($$anchor) => {
		var p_7 = root_3$8();
		var text_17 = only_child(p_7, true);
		template_effect(() => set_text(text_17, get(lanError)));
		append($$anchor, p_7);
	};
	if_block(node_8, ($$render) => {
		if (get(lanError) !== "") $$render(consequent_5);
	});
	reset(section);
	var node_9 = sibling(section, 2);
	var consequent_6 = ($$anchor) => {
		ShowCodes($$anchor, {
			get to() {
				return get(to);
			},
			onclose: () => set(codes, "")
		});
	};
	if_block(node_9, ($$render) => {
		if (get(codes) === "show") $$render(consequent_6);
	});
	var node_10 = sibling(node_9, 2);
	var consequent_7 = ($$anchor) => {
		ScanCodes($$anchor, {
			ontaken: taken,
			onclose: () => set(codes, "")
		});
	};
	if_block(node_10, ($$render) => {
		if (get(codes) === "scan") $$render(consequent_7);
	});
	template_effect(() => {
		set_text(text$4, get(t).offline.title);
		set_text(text_1, get(t).offline.text);
		set_text(text_2, get(t).offline.to);
		set_text(text_3, get(t).offline.everybody);
		set_attribute(button, "aria-disabled", get(busy) !== "");
		set_text(text_5, get(busy) === "saving" ? get(t).offline.saving : get(t).offline.save);
		set_attribute(button_1, "aria-disabled", get(busy) !== "");
		set_text(text_6, get(busy) === "taking" ? get(t).offline.taking : get(t).offline.take);
		set_attribute(input_1, "aria-label", get(t).offline.take);
		set_attribute(button_2, "aria-disabled", get(busy) !== "");
		set_text(text_7, get(t).codes.show);
		set_attribute(button_3, "aria-disabled", get(busy) !== "");
		set_text(text_8, get(t).codes.scan);
		set_checked(input_2, get(lan)?.on ?? false);
		input_2.disabled = get(lan) === null;
		set_text(text_13, get(t).offline.lan);
		set_text(text_14, get(t).offline.lanText);
	});
	bind_select_value(select, () => get(to), ($$value) => set(to, $$value));
	delegated("click", button, save);
	delegated("click", button_1, () => get(input)?.click());
	delegated("change", input_1, chosen);
	delegated("click", button_2, () => set(codes, "show"));
	delegated("click", button_3, () => set(codes, "scan"));
	delegated("change", input_2, (change) => turn(change.currentTarget));
	append($$anchor, fragment);
	pop();
}
delegate(["click", "change"]);
// src/components/contact/FriendDialog.svelte
var root$11 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_1$11 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p> <button type="button" class="button"> </button>`, 1);
var root_2$9 = /* @__PURE__ */ from_html(`<div class="panel svelte-estodf"><!></div>`);
function FriendDialog($$anchor, $$props) {
	push($$props, true);
	let friend = /* @__PURE__ */ user_derived(() => i18n.t.bridge.friend);
	let told = /* @__PURE__ */ state(null);
	let error = /* @__PURE__ */ state("");
	async function ask() {
		(($$value) => {
			var $$array = to_array($$value, 2);
			set(told, $$array[0]);
			set(error, $$array[1], true);
		})([null, ""]);
		try {
			set(told, await app.call("carrier.invite", { id: $$props.bridge.id }));
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	function why(said) {
		return said.kind === "not_yet" ? get(friend).not_yet(i18n.dateTime(said.from_ms)) : get(friend)[said.kind];
	}
	ask();
	Dialog($$anchor, {
		get title() {
			return get(friend).title;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var div = root_2$9();
			var node = child(div);
			var consequent = ($$anchor) => {
				const computed_const = /* @__PURE__ */ user_derived(() => {
					return get(told);
				});
				{
					let $0 = /* @__PURE__ */ user_derived(() => get(computed_const).left === 0 ? get(friend).last : get(friend).again(i18n.plain(get(computed_const).left)));
					ShownLink($$anchor, {
						get link() {
							return get(computed_const).link;
						},
						get label() {
							return get(friend).qr;
						},
						get text() {
							return get(friend).text;
						},
						get expires() {
							return get(computed_const).expires_ms;
						},
						get more() {
							return get($0);
						}
					});
				}
			};
			var consequent_1 = ($$anchor) => {
				var p = root$11();
				var text = only_child(p, true);
				template_effect(($0) => set_text(text, $0), [() => why(get(told))]);
				append($$anchor, p);
			};
			var consequent_2 = ($$anchor) => {
				var p_1 = root$11();
				var text_1 = only_child(p_1, true);
				template_effect(() => set_text(text_1, get(friend).asking));
				append($$anchor, p_1);
			};
			var alternate = ($$anchor) => {
				var fragment_2 = root_1$11();
				var p_2 = first_child(fragment_2);
				var text_2 = only_child(p_2, true);
				var button = sibling(p_2, 2);
				var text_3 = only_child(button, true);
				template_effect(() => {
					set_text(text_2, get(error));
					set_text(text_3, i18n.t.retry);
				});
				delegated("click", button, ask);
				append($$anchor, fragment_2);
			};
			if_block(node, ($$render) => {
				if (get(told)?.kind === "link") $$render(consequent);
				else if (get(told)) $$render(consequent_1, 1);
				else if (get(error) === "") $$render(consequent_2, 2);
				else $$render(alternate, -1);
			});
			reset(div);
			append($$anchor, div);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click"]);
// src/components/settings/CarrierField.svelte
var root$10 = /* @__PURE__ */ from_html(`<option> </option>`);
var root_1$10 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_2$8 = /* @__PURE__ */ from_html(`<div class="setting"><label for="carrier"> </label> <select id="carrier" class="field" aria-describedby="carrier-hint"><option> </option><!></select></div> <p class="muted" id="carrier-hint"> </p> <!>`, 1);
function CarrierField($$anchor, $$props) {
	push($$props, true);
	const AUTO = "auto";
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let choices = /* @__PURE__ */ user_derived(() => app.carrier?.choices ?? []);
	let chosen = /* @__PURE__ */ user_derived(() => app.carrier?.pinned ?? AUTO);
	let error = /* @__PURE__ */ state("");
	function nameOf(carrier) {
		if (carrier === "https") return get(t).carrier.kept;
		if (carrier === "browser") return get(t).carrier.browser;
		if (carrier === "dns") return get(t).carrier.dns;
		return carrier === "https-rotating" ? get(t).carrier.rotating : carrier;
	}
	async function use(select) {
		set(error, "");
		try {
			app.carrier = await app.call("carrier.use", { name: select.value });
		} catch (failure) {
			set(error, explain(failure), true);
			select.value = get(chosen);
		}
	}
	var fragment = comment();
	var node = first_child(fragment);
	var consequent_1 = ($$anchor) => {
		var fragment_1 = root_2$8();
		var div = first_child(fragment_1);
		var label = child(div);
		var text = only_child(label, true);
		var select_1 = sibling(label, 2);
		var option = child(select_1);
		var text_1 = only_child(option, true);
		option.value = option.__value = AUTO;
		each(sibling(option), 16, () => get(choices), (carrier) => carrier, ($$anchor, carrier) => {
			var option_1 = root$10();
			var text_2 = only_child(option_1, true);
			var option_1_value = {};
			template_effect(($0) => {
				set_text(text_2, $0);
				if (option_1_value !== (option_1_value = carrier)) option_1.value = (option_1.__value = option_1_value) ?? "";
			}, [() => nameOf(carrier)]);
			append($$anchor, option_1);
		});
		reset(select_1);
		var select_1_value;
		init_select(select_1);
		reset(div);
		var p = sibling(div, 2);
		var text_3 = only_child(p, true);
		var node_2 = sibling(p, 2);
		var consequent = ($$anchor) => {
			var p_1 = root_1$10();
			var text_4 = only_child(p_1, true);
			template_effect(() => set_text(text_4, get(error)));
			append($$anchor, p_1);
		};
		if_block(node_2, ($$render) => {
			if (get(error) !== "") $$render(consequent);
		});
		template_effect(() => {
			set_text(text, get(t).carrier.label);
			set_text(text_1, get(t).carrier.auto);
			if (select_1_value !== (select_1_value = get(chosen))) select_1.value = (select_1.__value = select_1_value) ?? "", select_option(select_1, select_1_value);
			set_text(text_3, get(t).carrier.hint);
		});
		delegated("change", select_1, (change) => use(change.currentTarget));
		append($$anchor, fragment_1);
	};
	if_block(node, ($$render) => {
		if (get(choices).length > 0) $$render(consequent_1);
	});
	append($$anchor, fragment);
	pop();
}
delegate(["change"]);
// src/components/settings/RegionField.svelte
var root$9 = /* @__PURE__ */ from_html(`<option> </option>`);
var root_1$9 = /* @__PURE__ */ from_html(`<p class="muted" role="status"> </p>`);
var root_2$7 = /* @__PURE__ */ from_html(`<div class="setting"><label for="region"> </label> <select id="region" class="field" aria-describedby="region-hint"><option> </option><!></select></div> <p class="muted" id="region-hint"> </p> <!>`, 1);
var root_3$7 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_4$6 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
function RegionField($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let status = /* @__PURE__ */ state(null);
	let error = /* @__PURE__ */ state("");
	let own = /* @__PURE__ */ user_derived(() => get(status)?.region ?? "");
	let names = /* @__PURE__ */ user_derived(() => new Intl.DisplayNames([i18n.language], { type: "region" }));
	let choices = /* @__PURE__ */ user_derived(() => {
		const codes = new Set((get(status)?.relays ?? []).map((one) => one.region));
		if (get(own) !== "") codes.add(get(own));
		return [...codes].map((code) => ({
			code,
			name: get(names).of(code) ?? code
		})).sort((one, other) => one.name.localeCompare(other.name, i18n.language));
	});
	async function ask(asked, select) {
		set(error, "");
		try {
			set(status, await app.call("carrier.region", asked));
		} catch (failure) {
			set(error, explain(failure), true);
			if (select) select.value = get(own);
		}
	}
	onMount(() => void ask({}));
	var fragment = root_4$6();
	var node = first_child(fragment);
	var consequent_1 = ($$anchor) => {
		var fragment_1 = root_2$7();
		var div = first_child(fragment_1);
		var label = child(div);
		var text = only_child(label, true);
		var select_1 = sibling(label, 2);
		var option = child(select_1);
		var text_1 = only_child(option, true);
		option.value = option.__value = "";
		each(sibling(option), 17, () => get(choices), ({ code, name }) => code, ($$anchor, $$item) => {
			let code = () => get($$item).code;
			let name = () => get($$item).name;
			var option_1 = root$9();
			var text_2 = only_child(option_1, true);
			var option_1_value = {};
			template_effect(() => {
				set_text(text_2, name());
				if (option_1_value !== (option_1_value = code())) option_1.value = (option_1.__value = option_1_value) ?? "";
			});
			append($$anchor, option_1);
		});
		reset(select_1);
		var select_1_value;
		init_select(select_1);
		reset(div);
		var p = sibling(div, 2);
		var text_3 = only_child(p, true);
		var node_2 = sibling(p, 2);
		var consequent = ($$anchor) => {
			var p_1 = root_1$9();
			var text_4 = only_child(p_1, true);
			template_effect(($0) => set_text(text_4, $0), [() => get(t).region.elsewhere(i18n.counted(get(status).contacts_elsewhere))]);
			append($$anchor, p_1);
		};
		if_block(node_2, ($$render) => {
			if (get(status) && get(status).contacts_elsewhere > 0) $$render(consequent);
		});
		template_effect(() => {
			set_text(text, get(t).region.label);
			set_text(text_1, get(t).region.unsaid);
			if (select_1_value !== (select_1_value = get(own))) select_1.value = (select_1.__value = select_1_value) ?? "", select_option(select_1, select_1_value);
			set_text(text_3, get(t).region.hint);
		});
		delegated("change", select_1, (change) => ask({ region: change.currentTarget.value }, change.currentTarget));
		append($$anchor, fragment_1);
	};
	if_block(node, ($$render) => {
		if (get(choices).length > 0) $$render(consequent_1);
	});
	var node_3 = sibling(node, 2);
	var consequent_2 = ($$anchor) => {
		var p_2 = root_3$7();
		var text_5 = only_child(p_2, true);
		template_effect(() => set_text(text_5, get(error)));
		append($$anchor, p_2);
	};
	if_block(node_3, ($$render) => {
		if (get(error) !== "") $$render(consequent_2);
	});
	append($$anchor, fragment);
	pop();
}
delegate(["change"]);
// src/components/settings/RelaysCard.svelte
var root$8 = /* @__PURE__ */ from_html(`<p class="muted" role="status"> </p>`);
var root_1$8 = /* @__PURE__ */ from_html(`<p class="none svelte-1jfxq76"> </p>`);
var root_2$6 = /* @__PURE__ */ from_html(`<button type="button" class="button small"> </button>`);
var root_3$6 = /* @__PURE__ */ from_html(`<!> <button type="button" class="button small danger"> </button>`, 1);
var root_4$5 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_5$4 = /* @__PURE__ */ from_html(`<li><!> <span class="svelte-1jfxq76"><!></span></li>`);
var root_6$4 = /* @__PURE__ */ from_html(`<li class="svelte-1jfxq76"> </li>`);
var root_7$2 = /* @__PURE__ */ from_html(`<div role="status"><ul class="svelte-1jfxq76"><!> <!></ul></div>`);
var root_8$1 = /* @__PURE__ */ from_html(`<p> </p> <!> <div class="line svelte-1jfxq76"><button type="button" class="button" data-focus=""> </button> <button type="button" class="button danger"> </button></div>`, 1);
var root_9 = /* @__PURE__ */ from_html(`<section class="card" aria-labelledby="relays"><h2 id="relays" class="svelte-1jfxq76"> </h2> <p class="muted"> </p> <!> <!> <!> <!> <h3 id="bridges" class="svelte-1jfxq76"> </h3> <p class="muted"> </p> <!> <div class="bridges"><!></div> <button type="button" class="button" data-do="add-bridge"><!> </button> <hr class="svelte-1jfxq76"/> <button type="button" class="button" data-do="check"> </button> <!> <!></section> <!> <!>`, 1);
function RelaysCard($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let findings = /* @__PURE__ */ state(null);
	let running = /* @__PURE__ */ state(false);
	let error = /* @__PURE__ */ state("");
	/** The bridge of which it is asked whether it should go. */
	let leaving = /* @__PURE__ */ state(null);
	let removeError = /* @__PURE__ */ state("");
	/** The bridge to which a friend is to be invited. */
	let inviting = /* @__PURE__ */ state(null);
	let bridgeList;
	let addButton;
	async function check() {
		if (get(running)) return;
		set(running, true);
		set(error, "");
		try {
			set(findings, await app.call("doctor.look"));
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(running, false);
		}
	}
	async function remove(bridge) {
		set(removeError, "");
		const place = app.bridges.findIndex((one) => one.id === bridge.id);
		try {
			app.carrier = await app.call("carrier.remove", { id: bridge.id });
			set(leaving, null);
			ui.say(get(t).bridge.removed);
			await tick();
			const next = [...bridgeList.querySelectorAll(".danger")];
			(next[place] ?? next.at(-1) ?? addButton).focus();
		} catch (failure) {
			set(removeError, explain(failure), true);
		}
	}
	var fragment = root_9();
	var section = first_child(fragment);
	var h2 = child(section);
	var text = only_child(h2, true);
	var p = sibling(h2, 2);
	var text_1 = only_child(p, true);
	var node = sibling(p, 2);
	var consequent = ($$anchor) => {
		var p_1 = root$8();
		var text_2 = only_child(p_1, true);
		template_effect(() => set_text(text_2, get(t).shield.noRelays));
		append($$anchor, p_1);
	};
	if_block(node, ($$render) => {
		if (app.relays.length === 0) $$render(consequent);
	});
	var node_1 = sibling(node, 2);
	RelayList(node_1, { get relays() {
		return app.relays;
	} });
	var node_2 = sibling(node_1, 2);
	CarrierField(node_2, {});
	var node_3 = sibling(node_2, 2);
	RegionField(node_3, {});
	var h3 = sibling(node_3, 2);
	var text_3 = only_child(h3, true);
	var p_2 = sibling(h3, 2);
	var text_4 = only_child(p_2, true);
	var node_4 = sibling(p_2, 2);
	var consequent_1 = ($$anchor) => {
		var p_3 = root_1$8();
		var text_5 = only_child(p_3, true);
		template_effect(() => set_text(text_5, get(t).bridge.none));
		append($$anchor, p_3);
	};
	if_block(node_4, ($$render) => {
		if (app.bridges.length === 0) $$render(consequent_1);
	});
	var div = sibling(node_4, 2);
	var node_5 = child(div);
	{
		const tool = ($$anchor, bridge = noop, name = noop) => {
			var fragment_1 = root_3$6();
			var node_6 = first_child(fragment_1);
			var consequent_2 = ($$anchor) => {
				var button = root_2$6();
				var text_6 = only_child(button, true);
				template_effect(($0) => {
					set_attribute(button, "aria-label", $0);
					set_text(text_6, get(t).bridge.friend.open);
				}, [() => get(t).bridge.friend.openLabel(name())]);
				delegated("click", button, () => set(inviting, bridge()));
				append($$anchor, button);
			};
			if_block(node_6, ($$render) => {
				if (bridge().redeemed) $$render(consequent_2);
			});
			var button_1 = sibling(node_6, 2);
			var text_7 = only_child(button_1, true);
			template_effect(($0) => {
				set_attribute(button_1, "aria-label", $0);
				set_text(text_7, get(t).bridge.remove);
			}, [() => get(t).bridge.removeLabel(name())]);
			delegated("click", button_1, () => (($$value) => {
				var $$array = to_array($$value, 2);
				set(leaving, $$array[0]);
				set(removeError, $$array[1], true);
				return $$value;
			})([bridge(), ""]));
			append($$anchor, fragment_1);
		};
		RelayList(node_5, {
			get relays() {
				return app.bridges;
			},
			tool,
			$$slots: { tool: true }
		});
	}
	reset(div);
	bind_this(div, ($$value) => bridgeList = $$value, () => bridgeList);
	var button_2 = sibling(div, 2);
	var node_7 = child(button_2);
	Icon(node_7, {
		name: "plus",
		size: 18
	});
	var text_8 = sibling(node_7, 1, true);
	reset(button_2);
	bind_this(button_2, ($$value) => addButton = $$value, () => addButton);
	var button_3 = sibling(button_2, 4);
	var text_9 = only_child(button_3, true);
	var node_8 = sibling(button_3, 2);
	var consequent_3 = ($$anchor) => {
		var p_4 = root_4$5();
		var text_10 = only_child(p_4, true);
		template_effect(() => set_text(text_10, get(error)));
		append($$anchor, p_4);
	};
	if_block(node_8, ($$render) => {
		if (get(error) !== "") $$render(consequent_3);
	});
	var node_9 = sibling(node_8, 2);
	var consequent_5 = ($$anchor) => {
		var div_1 = root_7$2();
		var ul = child(div_1);
		var node_10 = child(ul);
		each(node_10, 17, () => get(findings), index, ($$anchor, seen) => {
			var li = root_5$4();
			let classes;
			var node_11 = child(li);
			{
				let $0 = /* @__PURE__ */ user_derived(() => isWell(get(seen)) ? "check" : "warning");
				Icon(node_11, {
					get name() {
						return get($0);
					},
					size: 18
				});
			}
			var span = sibling(node_11, 2);
			var node_12 = child(span);
			{
				let $0 = /* @__PURE__ */ user_derived(() => findingLine(get(t).doctor, get(seen), i18n.number));
				Sentence(node_12, { get text() {
					return get($0);
				} });
			}
			reset(span);
			reset(li);
			template_effect(($0) => classes = set_class(li, 1, "svelte-1jfxq76", null, classes, { bad: $0 }), [() => !isWell(get(seen))]);
			append($$anchor, li);
		});
		var node_13 = sibling(node_10, 2);
		var consequent_4 = ($$anchor) => {
			var li_1 = root_6$4();
			var text_11 = only_child(li_1, true);
			template_effect(() => set_text(text_11, get(t).settings.doctorOk));
			append($$anchor, li_1);
		};
		var d = /* @__PURE__ */ user_derived(() => get(findings).every(isWell));
		if_block(node_13, ($$render) => {
			if (get(d)) $$render(consequent_4);
		});
		reset(ul);
		reset(div_1);
		append($$anchor, div_1);
	};
	if_block(node_9, ($$render) => {
		if (get(findings)) $$render(consequent_5);
	});
	reset(section);
	var node_14 = sibling(section, 2);
	var consequent_6 = ($$anchor) => {
		FriendDialog($$anchor, {
			get bridge() {
				return get(inviting);
			},
			onclose: () => set(inviting, null)
		});
	};
	if_block(node_14, ($$render) => {
		if (get(inviting)) $$render(consequent_6);
	});
	var node_15 = sibling(node_14, 2);
	var consequent_8 = ($$anchor) => {
		const bridge = /* @__PURE__ */ user_derived(() => get(leaving));
		Dialog($$anchor, {
			get title() {
				return get(t).bridge.removeTitle;
			},
			onclose: () => set(leaving, null),
			children: ($$anchor, $$slotProps) => {
				var fragment_4 = root_8$1();
				var p_5 = first_child(fragment_4);
				var text_12 = only_child(p_5, true);
				var node_16 = sibling(p_5, 2);
				var consequent_7 = ($$anchor) => {
					var p_6 = root_4$5();
					var text_13 = only_child(p_6, true);
					template_effect(() => set_text(text_13, get(removeError)));
					append($$anchor, p_6);
				};
				if_block(node_16, ($$render) => {
					if (get(removeError) !== "") $$render(consequent_7);
				});
				var div_2 = sibling(node_16, 2);
				var button_4 = child(div_2);
				var text_14 = only_child(button_4, true);
				var button_5 = sibling(button_4, 2);
				var text_15 = only_child(button_5, true);
				reset(div_2);
				template_effect(($0) => {
					set_text(text_12, $0);
					set_text(text_14, get(t).cancel);
					set_text(text_15, get(t).bridge.remove);
				}, [() => get(t).bridge.removeAsk(get(bridge).host)]);
				delegated("click", button_4, () => set(leaving, null));
				delegated("click", button_5, () => remove(get(bridge)));
				append($$anchor, fragment_4);
			},
			$$slots: { default: true }
		});
	};
	if_block(node_15, ($$render) => {
		if (get(leaving)) $$render(consequent_8);
	});
	template_effect(() => {
		set_text(text, get(t).settings.network);
		set_text(text_1, get(t).settings.networkText);
		set_text(text_3, get(t).bridge.title);
		set_text(text_4, get(t).bridge.text);
		set_text(text_8, get(t).bridge.add);
		set_attribute(button_3, "aria-disabled", get(running));
		set_text(text_9, get(running) ? get(t).settings.doctorRunning : get(t).settings.doctor);
	});
	delegated("click", button_2, () => ui.link = {
		kind: "bridge",
		text: ""
	});
	delegated("click", button_3, check);
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/settings/WordsCard.svelte
var root$7 = /* @__PURE__ */ from_html(`<li class="svelte-coyb4b"><span class="svelte-coyb4b"></span> </li>`);
var root_1$7 = /* @__PURE__ */ from_html(`<p class="look svelte-coyb4b"><!> </p> <ol dir="ltr" translate="no" lang="en" class="svelte-coyb4b"></ol>`, 1);
var root_2$5 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_3$5 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_4$4 = /* @__PURE__ */ from_html(`<button type="button" class="button primary"> </button>`);
var root_5$3 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button> <!>`, 1);
var root_6$3 = /* @__PURE__ */ from_html(`<p class="done svelte-coyb4b"><!> </p>`);
var root_7$1 = /* @__PURE__ */ from_html(`<section class="card" aria-labelledby="words"><h2 id="words" class="svelte-coyb4b"><!> </h2> <p class="muted"> </p> <!> <!> <div class="choices svelte-coyb4b"><!> <!></div></section>`);
function WordsCard($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let words = /* @__PURE__ */ state([]);
	let error = /* @__PURE__ */ state("");
	async function attempt(work) {
		set(error, "");
		try {
			await work();
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	/** One button takes another's place, and its focus. */
	let pressed = false;
	function keepFocus(button) {
		if (pressed) button.focus();
		return () => pressed = true;
	}
	const show = () => attempt(async () => void set(words, (await app.call("wallet.words")).words));
	const saved = () => attempt(async () => {
		await app.call("wallet.words_saved");
		app.profile = await app.call("profile.get");
		set(words, []);
	});
	var section = root_7$1();
	var h2 = child(section);
	var node = child(h2);
	Icon(node, {
		name: "words",
		size: 20
	});
	var text = sibling(node, 1, true);
	reset(h2);
	var p = sibling(h2, 2);
	var text_1 = only_child(p, true);
	var node_1 = sibling(p, 2);
	var consequent = ($$anchor) => {
		var fragment = root_1$7();
		var p_1 = first_child(fragment);
		var node_2 = child(p_1);
		Icon(node_2, {
			name: "warning",
			size: 18
		});
		var text_2 = sibling(node_2, 1, true);
		reset(p_1);
		var ol = sibling(p_1, 2);
		each(ol, 21, () => get(words), index, ($$anchor, word, index) => {
			var li = root$7();
			var span = child(li);
			span.textContent = index + 1;
			var text_3 = sibling(span, 1, true);
			reset(li);
			template_effect(() => set_text(text_3, get(word)));
			append($$anchor, li);
		});
		reset(ol);
		template_effect(() => {
			set_text(text_2, get(t).settings.wordsLook);
			ol.dir = ol.dir;
		});
		append($$anchor, fragment);
	};
	if_block(node_1, ($$render) => {
		if (get(words).length > 0) $$render(consequent);
	});
	var node_3 = sibling(node_1, 2);
	var consequent_1 = ($$anchor) => {
		var p_2 = root_2$5();
		var text_4 = only_child(p_2, true);
		template_effect(() => set_text(text_4, get(error)));
		append($$anchor, p_2);
	};
	if_block(node_3, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
	});
	var div = sibling(node_3, 2);
	var node_4 = child(div);
	var consequent_2 = ($$anchor) => {
		var button_1 = root_3$5();
		var text_5 = only_child(button_1, true);
		attach(button_1, () => keepFocus);
		template_effect(() => set_text(text_5, get(t).settings.wordsShow));
		delegated("click", button_1, show);
		append($$anchor, button_1);
	};
	var alternate = ($$anchor) => {
		var fragment_1 = root_5$3();
		var button_2 = first_child(fragment_1);
		var text_6 = only_child(button_2, true);
		attach(button_2, () => keepFocus);
		var node_5 = sibling(button_2, 2);
		var consequent_3 = ($$anchor) => {
			var button_3 = root_4$4();
			var text_7 = only_child(button_3, true);
			template_effect(() => set_text(text_7, get(t).settings.wordsSaved));
			delegated("click", button_3, saved);
			append($$anchor, button_3);
		};
		if_block(node_5, ($$render) => {
			if (!app.profile?.words_saved) $$render(consequent_3);
		});
		template_effect(() => set_text(text_6, get(t).settings.wordsHide));
		delegated("click", button_2, () => set(words, []));
		append($$anchor, fragment_1);
	};
	if_block(node_4, ($$render) => {
		if (get(words).length === 0) $$render(consequent_2);
		else $$render(alternate, -1);
	});
	var node_6 = sibling(node_4, 2);
	var consequent_4 = ($$anchor) => {
		var p_3 = root_6$3();
		var node_7 = child(p_3);
		Icon(node_7, {
			name: "check",
			size: 18
		});
		var text_8 = sibling(node_7, 1, true);
		reset(p_3);
		template_effect(() => set_text(text_8, get(t).settings.wordsDone));
		append($$anchor, p_3);
	};
	if_block(node_6, ($$render) => {
		if (app.profile?.words_saved && get(words).length === 0) $$render(consequent_4);
	});
	reset(div);
	reset(section);
	template_effect(() => {
		set_text(text, get(t).settings.words);
		set_text(text_1, get(t).settings.wordsText);
	});
	append($$anchor, section);
	pop();
}
delegate(["click"]);
// src/components/settings/SettingsPage.svelte
var root$6 = /* @__PURE__ */ from_html(`<form class="svelte-14m9a10"><label class="sr-only" for="own-name"> </label> <input id="own-name" class="field svelte-14m9a10" dir="auto" maxlength="64" autocomplete="nickname"/> <button type="submit" class="button primary"> </button></form>`);
var root_1$6 = /* @__PURE__ */ from_html(`<p class="name svelte-14m9a10"><bdi> </bdi></p> <p class="muted"> <bdi dir="ltr"> </bdi></p>`, 1);
var root_2$4 = /* @__PURE__ */ from_html(`<button type="button" class="button small svelte-14m9a10"> </button>`);
var root_3$4 = /* @__PURE__ */ from_html(`<section class="card you svelte-14m9a10"><!> <div class="who svelte-14m9a10"><!></div> <!></section>`);
var root_4$3 = /* @__PURE__ */ from_html(`<option> </option>`);
var root_5$2 = /* @__PURE__ */ from_html(`<div class="setting"><label> </label> <select class="field"></select></div>`);
var root_6$2 = /* @__PURE__ */ from_html(`<div class="page scroll svelte-14m9a10" id="content" tabindex="-1"><div class="column svelte-14m9a10"><h1 class="svelte-14m9a10"> </h1> <!> <section class="card" aria-labelledby="look"><h2 id="look" class="svelte-14m9a10"> </h2> <!> <p class="muted sample svelte-14m9a10"> <bdi dir="ltr"> </bdi> </p></section> <!> <!> <!> <section class="card about svelte-14m9a10" aria-labelledby="about"><!> <div><h2 id="about" class="svelte-14m9a10"> </h2> <p> </p> <p class="muted"> </p> <p class="muted small svelte-14m9a10"> <a href="/vazirmatn-OFL.txt" target="_blank">OFL</a></p></div></section></div></div>`);
function SettingsPage($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let choices = /* @__PURE__ */ user_derived(() => [
		{
			key: "language",
			label: get(t).settings.language,
			options: [
				["auto", get(t).settings.auto],
				["fa", "فارسی"],
				["en", "English"]
			]
		},
		{
			key: "theme",
			label: get(t).settings.theme,
			options: [
				["auto", get(t).settings.auto],
				["dark", get(t).settings.dark],
				["light", get(t).settings.light]
			]
		},
		{
			key: "digits",
			label: get(t).settings.digits,
			options: [
				["auto", get(t).settings.autoLanguage],
				["persian", get(t).settings.persian],
				["latin", get(t).settings.latin]
			]
		},
		{
			key: "calendar",
			label: get(t).settings.calendar,
			options: [
				["auto", get(t).settings.autoLanguage],
				["jalali", get(t).settings.jalali],
				["gregorian", get(t).settings.gregorian]
			]
		}
	]);
	let renaming = /* @__PURE__ */ state(false);
	let renameButton = /* @__PURE__ */ state(void 0);
	let newName = /* @__PURE__ */ state("");
	async function rename(submit) {
		submit.preventDefault();
		try {
			app.profile = await app.call("profile.rename", { name: get(newName).trim() });
			set(renaming, false);
			await tick();
			get(renameButton)?.focus();
		} catch (failure) {
			ui.say(explain(failure));
		}
	}
	function set$1(key, value) {
		app.saveSettings({ [key]: value }).catch((failure) => ui.say(explain(failure)));
	}
	var div = root_6$2();
	var div_1 = child(div);
	var h1 = child(div_1);
	var text = only_child(h1, true);
	var node = sibling(h1, 2);
	var consequent_2 = ($$anchor) => {
		var section = root_3$4();
		var node_1 = child(section);
		Avatar(node_1, {
			get name() {
				return app.profile.name;
			},
			size: "l"
		});
		var div_2 = sibling(node_1, 2);
		var node_2 = child(div_2);
		var consequent = ($$anchor) => {
			var form = root$6();
			var label_1 = child(form);
			var text_1 = only_child(label_1, true);
			var input = sibling(label_1, 2);
			remove_input_defaults(input);
			attach(input, () => (element) => element.focus());
			var button = sibling(input, 2);
			var text_2 = only_child(button, true);
			reset(form);
			template_effect(($0) => {
				set_text(text_1, get(t).welcome.name);
				input.dir = input.dir;
				button.disabled = $0;
				set_text(text_2, get(t).done);
			}, [() => get(newName).trim() === ""]);
			event("submit", form, rename);
			bind_value(input, () => get(newName), ($$value) => set(newName, $$value));
			append($$anchor, form);
		};
		var alternate = ($$anchor) => {
			var fragment = root_1$6();
			var p = first_child(fragment);
			var text_3 = only_child(child(p), true);
			reset(p);
			var p_1 = sibling(p, 2);
			var text_4 = child(p_1);
			var bdi_1 = sibling(text_4);
			var text_5 = only_child(bdi_1, true);
			reset(p_1);
			template_effect(($0) => {
				set_text(text_3, $0);
				set_text(text_4, `${get(t).settings.networkName ?? ""}: `);
				set_text(text_5, app.profile.network);
				bdi_1.dir = bdi_1.dir;
			}, [() => cleanName(app.profile.name)]);
			append($$anchor, fragment);
		};
		if_block(node_2, ($$render) => {
			if (get(renaming)) $$render(consequent);
			else $$render(alternate, -1);
		});
		reset(div_2);
		var node_3 = sibling(div_2, 2);
		var consequent_1 = ($$anchor) => {
			var button_1 = root_2$4();
			var text_6 = only_child(button_1, true);
			bind_this(button_1, ($$value) => set(renameButton, $$value), () => get(renameButton));
			template_effect(() => set_text(text_6, get(t).contact.rename));
			delegated("click", button_1, () => (($$value) => {
				var $$array = to_array($$value, 2);
				set(newName, $$array[0], true);
				set(renaming, $$array[1], true);
				return $$value;
			})([app.profile?.name ?? "", true]));
			append($$anchor, button_1);
		};
		if_block(node_3, ($$render) => {
			if (!get(renaming)) $$render(consequent_1);
		});
		reset(section);
		template_effect(() => set_attribute(section, "aria-label", get(t).settings.you));
		append($$anchor, section);
	};
	if_block(node, ($$render) => {
		if (app.profile) $$render(consequent_2);
	});
	var section_1 = sibling(node, 2);
	var h2 = child(section_1);
	var text_7 = only_child(h2, true);
	var node_4 = sibling(h2, 2);
	each(node_4, 17, () => get(choices), ({ key, label, options }) => key, ($$anchor, $$item) => {
		let key = () => get($$item).key;
		let label = () => get($$item).label;
		let options = () => get($$item).options;
		var div_3 = root_5$2();
		var label_2 = child(div_3);
		var text_8 = only_child(label_2, true);
		var select = sibling(label_2, 2);
		each(select, 21, options, ([value, name]) => value, ($$anchor, $$item) => {
			var $$array_1 = /* @__PURE__ */ user_derived(() => to_array(get($$item), 2));
			let value = () => get($$array_1)[0];
			let name = () => get($$array_1)[1];
			var option = root_4$3();
			var text_9 = only_child(option, true);
			var option_value = {};
			template_effect(() => {
				set_text(text_9, name());
				if (option_value !== (option_value = value())) option.value = (option.__value = option_value) ?? "";
			});
			append($$anchor, option);
		});
		reset(select);
		var select_value;
		init_select(select);
		reset(div_3);
		template_effect(() => {
			set_attribute(label_2, "for", `set-${key() ?? ""}`);
			set_text(text_8, label());
			set_attribute(select, "id", `set-${key() ?? ""}`);
			if (select_value !== (select_value = i18n.settings[key()])) select.value = (select.__value = select_value) ?? "", select_option(select, select_value);
		});
		delegated("change", select, (change) => set$1(key(), change.currentTarget.value));
		append($$anchor, div_3);
	});
	var p_2 = sibling(node_4, 2);
	var text_10 = child(p_2);
	var bdi_2 = sibling(text_10);
	var text_11 = only_child(bdi_2, true);
	var text_12 = sibling(bdi_2);
	reset(p_2);
	reset(section_1);
	var node_5 = sibling(section_1, 2);
	WordsCard(node_5, {});
	var node_6 = sibling(node_5, 2);
	RelaysCard(node_6, {});
	var node_7 = sibling(node_6, 2);
	OfflineCard(node_7, {});
	var section_2 = sibling(node_7, 2);
	var node_8 = child(section_2);
	Bird(node_8, { size: 72 });
	var div_4 = sibling(node_8, 2);
	var h2_1 = child(div_4);
	var text_13 = only_child(h2_1, true);
	var p_3 = sibling(h2_1, 2);
	var text_14 = only_child(p_3, true);
	var p_4 = sibling(p_3, 2);
	var text_15 = only_child(p_4, true);
	var p_5 = sibling(p_4, 2);
	var text_16 = child(p_5);
	next();
	reset(p_5);
	reset(div_4);
	reset(section_2);
	reset(div_1);
	reset(div);
	template_effect(($0, $1) => {
		set_text(text, get(t).settings.title);
		set_text(text_7, get(t).settings.look);
		set_text(text_10, `${$0 ?? ""} · `);
		set_text(text_11, $1);
		bdi_2.dir = bdi_2.dir;
		set_text(text_12, ` ${get(t).gram ?? ""}`);
		set_text(text_13, get(t).settings.about);
		set_text(text_14, get(t).settings.aboutText);
		set_text(text_15, get(t).settings.aboutName);
		set_text(text_16, `${get(t).settings.font ?? ""} · `);
	}, [() => i18n.dateTime(i18n.now), () => i18n.gram("12345500000000")]);
	append($$anchor, div);
	pop();
}
delegate(["click", "change"]);
// src/stores/transfers.svelte.ts
var ASK_EVERY_MS = 700;
var SHOWN_MAX = 5;
var Transfers$1 = class {
	#list = /* @__PURE__ */ state([]);
	get list() {
		return get(this.#list);
	}
	set list(value) {
		set(this.#list, value);
	}
	#finals = /* @__PURE__ */ state(0);
	get finals() {
		return get(this.#finals);
	}
	set finals(value) {
		set(this.#finals, value, true);
	}
	add(transfer) {
		this.list = [transfer, ...this.list].slice(0, SHOWN_MAX);
		this.#follow(transfer);
	}
	dismiss(id) {
		this.list = this.list.filter((transfer) => transfer.id !== id);
	}
	#follow(transfer) {
		if (transfer.state === "final" || transfer.state === "failed") return;
		setTimeout(async () => {
			let now = transfer;
			try {
				now = {
					...transfer,
					...await app.call("wallet.transfer", { id: transfer.id })
				};
			} catch (error) {
				if (!(error instanceof CallFailed)) throw error;
			}
			if (!this.list.some((other) => other.id === transfer.id)) return;
			this.list = this.list.map((other) => other.id === now.id ? now : other);
			if (now.state === "final") this.finals += 1;
			this.#follow(now);
		}, ASK_EVERY_MS);
	}
};
var transfers = new Transfers$1();
// src/components/wallet/History.svelte
var root$5 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p> <button type="button" class="button small"> </button>`, 1);
var root_1$5 = /* @__PURE__ */ from_html(`<p class="muted" role="status"> </p>`);
var root_2$3 = /* @__PURE__ */ from_html(`<div class="card empty svelte-1skjtky"><p><strong> </strong></p> <p class="muted"> </p></div>`);
var root_3$3 = /* @__PURE__ */ from_html(`<li class="day svelte-1skjtky"> </li>`);
var root_4$2 = /* @__PURE__ */ from_html(`<bdi class="comment cut svelte-1skjtky"> </bdi>`);
var root_5$1 = /* @__PURE__ */ from_html(`<!> <li><a class="svelte-1skjtky"><span><!></span> <span class="text svelte-1skjtky"><span class="what svelte-1skjtky"><!></span> <!></span> <span class="right svelte-1skjtky"><span><!></span> <span class="when svelte-1skjtky"> </span></span></a></li>`, 1);
var root_6$1 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_7 = /* @__PURE__ */ from_html(`<ul class="card svelte-1skjtky"></ul> <!>`, 1);
var root_8 = /* @__PURE__ */ from_html(`<section aria-labelledby="history" class="svelte-1skjtky"><h2 id="history" class="svelte-1skjtky"> </h2> <!> <!></section>`);
function History($$anchor, $$props) {
	push($$props, true);
	const PAGE_ROWS = 30;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let entries = /* @__PURE__ */ state([]);
	let more = /* @__PURE__ */ state(false);
	let loaded = /* @__PURE__ */ state(false);
	let error = /* @__PURE__ */ state("");
	user_effect(() => {
		app.balance?.balance, transfers.finals, app.epoch;
		load();
	});
	async function load(after) {
		try {
			const from = after === void 0 ? {} : {
				before_lt: after.lt,
				before_place: after.place
			};
			const page = await app.call("wallet.history", {
				limit: PAGE_ROWS,
				...from
			});
			set(entries, after === void 0 ? page : [...get(entries), ...page]);
			set(more, page.length === PAGE_ROWS);
			set(loaded, true);
			set(error, "");
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	/** A contact's name as it is, an address by its ends. */
	const peer = (name) => name.length > 40 && !name.includes(" ") ? shorten(name) : shownName(name);
	var section = root_8();
	var h2 = child(section);
	var text$3 = only_child(h2, true);
	var node = sibling(h2, 2);
	var consequent = ($$anchor) => {
		var fragment = root$5();
		var p = first_child(fragment);
		var text_1 = only_child(p, true);
		var button = sibling(p, 2);
		var text_2 = only_child(button, true);
		template_effect(() => {
			set_text(text_1, get(error));
			set_text(text_2, get(t).retry);
		});
		delegated("click", button, () => load());
		append($$anchor, fragment);
	};
	var consequent_1 = ($$anchor) => {
		var p_1 = root_1$5();
		var text_3 = only_child(p_1, true);
		template_effect(() => set_text(text_3, get(t).loading));
		append($$anchor, p_1);
	};
	if_block(node, ($$render) => {
		if (get(error) !== "") $$render(consequent);
		else if (!get(loaded)) $$render(consequent_1, 1);
	});
	var node_1 = sibling(node, 2);
	var consequent_2 = ($$anchor) => {
		var div = root_2$3();
		var p_2 = child(div);
		var text_4 = only_child(child(p_2), true);
		reset(p_2);
		var text_5 = only_child(sibling(p_2, 2), true);
		reset(div);
		template_effect(() => {
			set_text(text_4, get(t).wallet.empty);
			set_text(text_5, get(t).wallet.emptyText);
		});
		append($$anchor, div);
	};
	var consequent_7 = ($$anchor) => {
		var fragment_1 = root_7();
		var ul = first_child(fragment_1);
		each(ul, 23, () => get(entries), (entry) => `${entry.hash} ${entry.lt} ${entry.place}`, ($$anchor, entry, index) => {
			var fragment_2 = root_5$1();
			var node_2 = first_child(fragment_2);
			var consequent_3 = ($$anchor) => {
				var li = root_3$3();
				var text_6 = only_child(li, true);
				template_effect(($0) => set_text(text_6, $0), [() => i18n.day(get(entry).at_ms)]);
				append($$anchor, li);
			};
			var d = /* @__PURE__ */ user_derived(() => get(index) === 0 || !sameDay(get(entries)[get(index) - 1]?.at_ms ?? 0, get(entry).at_ms));
			if_block(node_2, ($$render) => {
				if (get(d)) $$render(consequent_3);
			});
			var li_1 = sibling(node_2, 2);
			var a = child(li_1);
			var span = child(a);
			Icon(child(span), {
				get name() {
					return get(entry).direction;
				},
				size: 19
			});
			reset(span);
			var span_1 = sibling(span, 2);
			var span_2 = child(span_1);
			var node_4 = child(span_2);
			var consequent_4 = ($$anchor) => {
				var text_7 = text();
				template_effect(() => set_text(text_7, get(entry).direction === "in" ? get(t).wallet.in : get(t).wallet.out));
				append($$anchor, text_7);
			};
			var alternate = ($$anchor) => {
				var text_8 = text();
				template_effect(($0) => set_text(text_8, $0), [() => get(entry).direction === "in" ? get(t).wallet.from(peer(get(entry).peer)) : get(t).wallet.to(peer(get(entry).peer))]);
				append($$anchor, text_8);
			};
			if_block(node_4, ($$render) => {
				if (get(entry).peer === "") $$render(consequent_4);
				else $$render(alternate, -1);
			});
			reset(span_2);
			var node_5 = sibling(span_2, 2);
			var consequent_5 = ($$anchor) => {
				var bdi = root_4$2();
				var text_9 = only_child(bdi, true);
				template_effect(($0) => set_text(text_9, $0), [() => cleanText(get(entry).comment)]);
				append($$anchor, bdi);
			};
			if_block(node_5, ($$render) => {
				if (get(entry).comment !== "") $$render(consequent_5);
			});
			reset(span_1);
			var span_3 = sibling(span_1, 2);
			var span_4 = child(span_3);
			var node_6 = child(span_4);
			{
				let $0 = /* @__PURE__ */ user_derived(() => get(entry).direction === "in" ? "+" : "−");
				Amount(node_6, {
					get nano() {
						return get(entry).amount;
					},
					get sign() {
						return get($0);
					},
					decimals: 4
				});
			}
			reset(span_4);
			var text_10 = only_child(sibling(span_4, 2), true);
			reset(span_3);
			reset(a);
			reset(li_1);
			template_effect(($0, $1) => {
				set_attribute(a, "href", $0);
				set_class(span, 1, `icon ${get(entry).direction ?? ""}`, "svelte-1skjtky");
				set_class(span_4, 1, `sum ${get(entry).direction ?? ""}`, "svelte-1skjtky");
				set_text(text_10, $1);
			}, [() => to.transaction(get(entry).hash), () => i18n.clock(get(entry).at_ms)]);
			append($$anchor, fragment_2);
		});
		reset(ul);
		var node_7 = sibling(ul, 2);
		var consequent_6 = ($$anchor) => {
			var button_1 = root_6$1();
			var text_11 = only_child(button_1, true);
			template_effect(() => set_text(text_11, get(t).wallet.older));
			delegated("click", button_1, () => load(get(entries).at(-1)));
			append($$anchor, button_1);
		};
		if_block(node_7, ($$render) => {
			if (get(more)) $$render(consequent_6);
		});
		append($$anchor, fragment_1);
	};
	if_block(node_1, ($$render) => {
		if (get(loaded) && get(entries).length === 0) $$render(consequent_2);
		else if (get(entries).length > 0) $$render(consequent_7, 1);
	});
	reset(section);
	template_effect(() => set_text(text$3, get(t).wallet.history));
	append($$anchor, section);
	pop();
}
delegate(["click"]);
// src/components/wallet/ReceiveDialog.svelte
var root$4 = /* @__PURE__ */ from_html(`<div class="beside"><!> <div><p class="address mono svelte-xep4gt"><bdi dir="ltr"> </bdi></p> <button type="button" class="button primary"><!> </button> <p class="muted svelte-xep4gt"> </p></div></div>`);
var root_1$4 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
function ReceiveDialog($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let again = /* @__PURE__ */ state(0);
	let asked = /* @__PURE__ */ user_derived(() => (get(again), app.call("wallet.address")));
	Dialog($$anchor, {
		get title() {
			return get(t).wallet.address;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var fragment_1 = comment();
			await_block(first_child(fragment_1), () => get(asked), ($$anchor) => {
				var p_2 = root_1$4();
				var text_3 = only_child(p_2, true);
				template_effect(() => set_text(text_3, get(t).loading));
				append($$anchor, p_2);
			}, ($$anchor, $$source) => {
				var $$value = /* @__PURE__ */ user_derived(() => {
					var { address } = get($$source);
					return { address };
				});
				var address = /* @__PURE__ */ user_derived(() => get($$value).address);
				var div = root$4();
				var node_1 = child(div);
				QrCode(node_1, {
					get text() {
						return get(address);
					},
					get label() {
						return get(t).wallet.address;
					}
				});
				var div_1 = sibling(node_1, 2);
				var p = child(div_1);
				var bdi = child(p);
				var text = only_child(bdi, true);
				reset(p);
				var button = sibling(p, 2);
				var node_2 = child(button);
				Icon(node_2, {
					name: "copy",
					size: 18
				});
				var text_1 = sibling(node_2, 1, true);
				reset(button);
				var text_2 = only_child(sibling(button, 2), true);
				reset(div_1);
				reset(div);
				template_effect(() => {
					set_text(text, get(address));
					bdi.dir = bdi.dir;
					set_text(text_1, get(t).wallet.copyAddress);
					set_text(text_2, get(t).wallet.addressText);
				});
				delegated("click", button, () => ui.copy(get(address)));
				append($$anchor, div);
			}, ($$anchor, error) => {
				{
					let $0 = /* @__PURE__ */ user_derived(() => explain(get(error)));
					Failed($$anchor, {
						get error() {
							return get($0);
						},
						onretry: () => set(again, get(again) + 1)
					});
				}
			});
			append($$anchor, fragment_1);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click"]);
// src/components/wallet/SendDialog.svelte
function SendDialog($$anchor, $$props) {
	push($$props, true);
	/** To a contact the comment travels in the conversation: nobody else reads it, and the chain takes nothing for it. */
	const toContact = (to) => app.contacts.some((contact) => contact.name.toLowerCase() === to.toLowerCase());
	const withComment = (to, comment) => comment === "" || toContact(to) ? {} : { comment };
	Dialog($$anchor, {
		get title() {
			return i18n.t.pay.sendTitle;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			PayForm($$anchor, {
				commentIsPublic: (to) => !toContact(to),
				ask: (to, amount, comment) => app.call("payment.quote", {
					to,
					amount,
					...withComment(to, comment)
				}),
				pay: async (to, amount, comment, id) => {
					const sent = await app.call("wallet.send", {
						to,
						amount,
						id,
						...comment === "" ? {} : { comment }
					});
					transfers.add({
						...sent,
						amount,
						to
					});
					$$props.onclose();
				}
			});
		},
		$$slots: { default: true }
	});
	pop();
}
// src/components/wallet/Transfers.svelte
var root$3 = /* @__PURE__ */ from_html(`<!> `, 1);
var root_1$3 = /* @__PURE__ */ from_html(`<a> </a>`);
var root_2$2 = /* @__PURE__ */ from_html(`<button type="button" class="icon-button"><!></button>`);
var root_3$2 = /* @__PURE__ */ from_html(`<section role="status"><p class="svelte-14iw5ie"><!></p> <!> <!></section>`);
function Transfers($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var fragment = comment();
	each(first_child(fragment), 17, () => transfers.list, (transfer) => transfer.id, ($$anchor, transfer) => {
		const amount = /* @__PURE__ */ user_derived(() => i18n.gram(get(transfer).amount));
		var section = root_3$2();
		var p = child(section);
		var node_1 = child(p);
		var consequent = ($$anchor) => {
			var text$2 = text();
			template_effect(($0) => set_text(text$2, `${$0 ?? ""} · ${get(t).payment.sending ?? ""}`), [() => get(t).wallet.sendingTo(get(amount))]);
			append($$anchor, text$2);
		};
		var consequent_1 = ($$anchor) => {
			var fragment_2 = root$3();
			var node_2 = first_child(fragment_2);
			Icon(node_2, {
				name: "warning",
				size: 18
			});
			var text_1 = sibling(node_2);
			template_effect(() => set_text(text_1, `${get(t).payment.promising ?? ""} ${get(amount) ?? ""} ${get(t).gram ?? ""} · ${get(t).payment.promised ?? ""}`));
			append($$anchor, fragment_2);
		};
		var consequent_2 = ($$anchor) => {
			var fragment_3 = root$3();
			var node_3 = first_child(fragment_3);
			Icon(node_3, {
				name: "warning",
				size: 18
			});
			var text_2 = sibling(node_3);
			template_effect(($0) => set_text(text_2, `${$0 ?? ""} · ${get(t).payment.unconfirmed ?? ""}`), [() => get(t).wallet.sendingTo(get(amount))]);
			append($$anchor, fragment_3);
		};
		var consequent_3 = ($$anchor) => {
			var fragment_4 = root$3();
			var node_4 = first_child(fragment_4);
			Icon(node_4, {
				name: "check",
				size: 18
			});
			var text_3 = sibling(node_4, 1, true);
			template_effect(($0) => set_text(text_3, $0), [() => get(t).wallet.sendFinal(get(amount))]);
			append($$anchor, fragment_4);
		};
		var alternate = ($$anchor) => {
			var fragment_5 = root$3();
			var node_5 = first_child(fragment_5);
			Icon(node_5, {
				name: "warning",
				size: 18
			});
			var text_4 = sibling(node_5);
			template_effect(($0) => set_text(text_4, `${get(t).wallet.sendFailed ?? ""} ${$0 ?? ""}`), [() => failureOf(get(transfer))]);
			append($$anchor, fragment_5);
		};
		if_block(node_1, ($$render) => {
			if (get(transfer).state === "sending") $$render(consequent);
			else if (get(transfer).state === "promised") $$render(consequent_1, 1);
			else if (get(transfer).state === "unconfirmed") $$render(consequent_2, 2);
			else if (get(transfer).state === "final") $$render(consequent_3, 3);
			else $$render(alternate, -1);
		});
		reset(p);
		var node_6 = sibling(p, 2);
		var consequent_4 = ($$anchor) => {
			var a = root_1$3();
			var text_5 = only_child(a, true);
			template_effect(($0) => {
				set_attribute(a, "href", $0);
				set_text(text_5, get(t).payment.transaction);
			}, [() => to.transaction(get(transfer).transaction)]);
			append($$anchor, a);
		};
		if_block(node_6, ($$render) => {
			if (get(transfer).transaction) $$render(consequent_4);
		});
		var node_7 = sibling(node_6, 2);
		var consequent_5 = ($$anchor) => {
			var button = root_2$2();
			Icon(child(button), {
				name: "close",
				size: 18
			});
			reset(button);
			template_effect(() => set_attribute(button, "aria-label", get(t).close));
			delegated("click", button, () => transfers.dismiss(get(transfer).id));
			append($$anchor, button);
		};
		if_block(node_7, ($$render) => {
			if (get(transfer).state === "final" || get(transfer).state === "failed") $$render(consequent_5);
		});
		reset(section);
		template_effect(() => {
			set_class(section, 1, `card ${get(transfer).state ?? ""}`, "svelte-14iw5ie");
			set_attribute(section, "data-transfer", get(transfer).state);
		});
		append($$anchor, section);
	});
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/wallet/WalletPage.svelte
var root$2 = /* @__PURE__ */ from_html(`<p class="pending svelte-1jruw9k"> </p>`);
var root_1$2 = /* @__PURE__ */ from_html(`<p class="proven svelte-1jruw9k"><!> <span> </span></p>`);
var root_2$1 = /* @__PURE__ */ from_html(`<p> </p>`);
var root_3$1 = /* @__PURE__ */ from_html(`<section class="remind card svelte-1jruw9k"><!> <div class="svelte-1jruw9k"><h2 class="svelte-1jruw9k"> </h2> <p class="muted"> </p></div> <a class="button small"> </a></section>`);
var root_4$1 = /* @__PURE__ */ from_html(`<div class="page scroll svelte-1jruw9k" id="content" tabindex="-1"><div class="column svelte-1jruw9k"><h1 class="svelte-1jruw9k"> </h1> <section class="balance svelte-1jruw9k"><p class="label-line svelte-1jruw9k"> </p> <p class="sum svelte-1jruw9k"><!></p> <!> <!> <div class="choices svelte-1jruw9k"><button type="button" class="button svelte-1jruw9k"><!> </button> <button type="button" class="button svelte-1jruw9k"><!> </button></div> <!></section> <!> <!> <!></div></div> <!> <!>`, 1);
function WalletPage($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let receiving = /* @__PURE__ */ state(false);
	let sending = /* @__PURE__ */ state(false);
	/** Since what is proven is true of a time, the time is told. */
	let newest = /* @__PURE__ */ user_derived(() => app.chain ? ` · ${get(t).wallet.newest(i18n.moment(app.chain.at_ms))}` : "");
	let rich = /* @__PURE__ */ user_derived(() => app.balance !== null && app.balance.balance !== "0");
	var fragment = root_4$1();
	var div = first_child(fragment);
	var div_1 = child(div);
	var h1 = child(div_1);
	var text$1 = only_child(h1, true);
	var section = sibling(h1, 2);
	var p = child(section);
	var text_1 = only_child(p, true);
	var p_1 = sibling(p, 2);
	var node = child(p_1);
	var consequent = ($$anchor) => {
		Amount($$anchor, {
			get nano() {
				return app.balance.balance;
			},
			breaks: true
		});
	};
	var alternate = ($$anchor) => {
		append($$anchor, text("…"));
	};
	if_block(node, ($$render) => {
		if (app.balance) $$render(consequent);
		else $$render(alternate, -1);
	});
	reset(p_1);
	var node_1 = sibling(p_1, 2);
	var consequent_1 = ($$anchor) => {
		var p_2 = root$2();
		var text_3 = only_child(p_2, true);
		template_effect(($0) => set_text(text_3, $0), [() => get(t).wallet.pending(i18n.gram(app.balance.pending))]);
		append($$anchor, p_2);
	};
	if_block(node_1, ($$render) => {
		if (app.balance && app.balance.pending !== "0") $$render(consequent_1);
	});
	var node_2 = sibling(node_1, 2);
	var consequent_2 = ($$anchor) => {
		var p_3 = root_1$2();
		var node_3 = child(p_3);
		{
			let $0 = /* @__PURE__ */ user_derived(() => app.chainState === "fresh" ? "shield" : "warning");
			Icon(node_3, {
				get name() {
					return get($0);
				},
				size: 16
			});
		}
		var text_4 = only_child(sibling(node_3, 2));
		reset(p_3);
		template_effect(() => {
			set_attribute(p_3, "data-chain", app.chainState);
			set_text(text_4, `${(app.chainState === "fresh" ? get(t).wallet.proven : get(t).wallet.asOf[app.chainState]) ?? ""}${get(newest) ?? ""}`);
		});
		append($$anchor, p_3);
	};
	if_block(node_2, ($$render) => {
		if (app.balance && app.chainState !== "unknown") $$render(consequent_2);
	});
	var div_2 = sibling(node_2, 2);
	var button = child(div_2);
	var node_4 = child(button);
	Icon(node_4, {
		name: "in",
		size: 19
	});
	var text_5 = sibling(node_4, 1, true);
	reset(button);
	var button_1 = sibling(button, 2);
	var node_5 = child(button_1);
	Icon(node_5, {
		name: "out",
		size: 19
	});
	var text_6 = sibling(node_5, 1, true);
	reset(button_1);
	reset(div_2);
	var node_6 = sibling(div_2, 2);
	var consequent_3 = ($$anchor) => {
		var p_4 = root_2$1();
		var text_7 = only_child(p_4, true);
		template_effect(() => set_text(text_7, get(t).pay.locked));
		append($$anchor, p_4);
	};
	if_block(node_6, ($$render) => {
		if (app.profile?.spending === "locked") $$render(consequent_3);
	});
	reset(section);
	var node_7 = sibling(section, 2);
	var consequent_4 = ($$anchor) => {
		var section_1 = root_3$1();
		var node_8 = child(section_1);
		Icon(node_8, {
			name: "words",
			size: 26
		});
		var div_3 = sibling(node_8, 2);
		var h2 = child(div_3);
		var text_8 = only_child(h2, true);
		var text_9 = only_child(sibling(h2, 2), true);
		reset(div_3);
		var a = sibling(div_3, 2);
		var text_10 = only_child(a, true);
		reset(section_1);
		template_effect(() => {
			set_text(text_8, get(t).wallet.remind);
			set_text(text_9, get(t).wallet.remindText);
			set_attribute(a, "href", to.settings);
			set_text(text_10, get(t).wallet.remindGo);
		});
		append($$anchor, section_1);
	};
	if_block(node_7, ($$render) => {
		if (get(rich) && app.profile?.words_saved === false) $$render(consequent_4);
	});
	var node_9 = sibling(node_7, 2);
	Transfers(node_9, {});
	History(sibling(node_9, 2), {});
	reset(div_1);
	reset(div);
	var node_11 = sibling(div, 2);
	var consequent_5 = ($$anchor) => {
		ReceiveDialog($$anchor, { onclose: () => set(receiving, false) });
	};
	if_block(node_11, ($$render) => {
		if (get(receiving)) $$render(consequent_5);
	});
	var node_12 = sibling(node_11, 2);
	var consequent_6 = ($$anchor) => {
		SendDialog($$anchor, { onclose: () => set(sending, false) });
	};
	if_block(node_12, ($$render) => {
		if (get(sending)) $$render(consequent_6);
	});
	template_effect(() => {
		set_text(text$1, get(t).wallet.title);
		set_attribute(section, "aria-label", get(t).wallet.balance);
		set_text(text_1, get(t).wallet.balance);
		set_text(text_5, get(t).wallet.receive);
		button_1.disabled = !get(rich) || app.profile?.spending === "locked";
		set_text(text_6, get(t).wallet.send);
	});
	delegated("click", button, () => set(receiving, true));
	delegated("click", button_1, () => set(sending, true));
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/Shell.svelte
var root$1 = /* @__PURE__ */ from_html(`<button type="button" class="skip svelte-12hq2y2"> </button>`);
var root_1$1 = /* @__PURE__ */ from_html(`<p class="devnet svelte-12hq2y2" role="note"> </p>`);
var root_2 = /* @__PURE__ */ from_html(`<p class="offline svelte-12hq2y2" role="status"><!> </p>`);
var root_3 = /* @__PURE__ */ from_html(`<header class="svelte-12hq2y2"><!> <!></header>`);
var root_4 = /* @__PURE__ */ from_html(`<div class="nav svelte-12hq2y2"><!></div> <main class="svelte-12hq2y2"><!></main>`, 1);
var root_5 = /* @__PURE__ */ from_html(`<span class="svelte-12hq2y2"> </span>`);
var root_6 = /* @__PURE__ */ from_html(`<!> <div><!> <!></div> <!> <!> <div class="toast svelte-12hq2y2" role="status"><!></div>`, 1);
function Shell($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let route = /* @__PURE__ */ user_derived(() => router.route);
	let devnet = /* @__PURE__ */ user_derived(() => app.profile?.devnet === true && !framed);
	let cut = /* @__PURE__ */ user_derived(() => app.connection !== "open");
	user_effect(() => followParent((look) => {
		if (!(look.language === i18n.settings.language && look.theme === i18n.settings.theme)) app.saveSettings(look).catch((failure) => ui.say(explain(failure)));
	}));
	var fragment = root_6();
	var node = first_child(fragment);
	var consequent = ($$anchor) => {
		var button = root$1();
		var text = only_child(button, true);
		template_effect(() => set_text(text, get(t).skip));
		delegated("click", button, () => document.getElementById("content")?.focus());
		append($$anchor, button);
	};
	if_block(node, ($$render) => {
		if (get(route).page !== "demo") $$render(consequent);
	});
	var div = sibling(node, 2);
	let classes;
	var node_1 = child(div);
	var consequent_3 = ($$anchor) => {
		var header = root_3();
		var node_2 = child(header);
		var consequent_1 = ($$anchor) => {
			var p = root_1$1();
			var text_1 = only_child(p, true);
			template_effect(() => set_text(text_1, get(t).devnet));
			append($$anchor, p);
		};
		if_block(node_2, ($$render) => {
			if (get(devnet)) $$render(consequent_1);
		});
		var node_3 = sibling(node_2, 2);
		var consequent_2 = ($$anchor) => {
			var p_1 = root_2();
			var node_4 = child(p_1);
			Icon(node_4, {
				name: "warning",
				size: 17
			});
			var text_2 = sibling(node_4, 1, true);
			reset(p_1);
			template_effect(() => set_text(text_2, get(t).connection.offline));
			append($$anchor, p_1);
		};
		if_block(node_3, ($$render) => {
			if (get(cut)) $$render(consequent_2);
		});
		reset(header);
		append($$anchor, header);
	};
	if_block(node_1, ($$render) => {
		if (get(devnet) || get(cut)) $$render(consequent_3);
	});
	var node_5 = sibling(node_1, 2);
	var consequent_4 = ($$anchor) => {
		DemoPage($$anchor, {});
	};
	var alternate_1 = ($$anchor) => {
		var fragment_2 = root_4();
		var div_1 = first_child(fragment_2);
		Nav(child(div_1), {});
		reset(div_1);
		var main = sibling(div_1, 2);
		var node_7 = child(main);
		var consequent_5 = ($$anchor) => {
			ChatsPage($$anchor, {
				get id() {
					return get(route).conversation;
				},
				get goto() {
					return get(route).message;
				}
			});
		};
		var consequent_6 = ($$anchor) => {
			WalletPage($$anchor, {});
		};
		var consequent_7 = ($$anchor) => {
			ExplorerPage($$anchor, { get view() {
				return get(route).view;
			} });
		};
		var alternate = ($$anchor) => {
			SettingsPage($$anchor, {});
		};
		if_block(node_7, ($$render) => {
			if (get(route).page === "chats") $$render(consequent_5);
			else if (get(route).page === "wallet") $$render(consequent_6, 1);
			else if (get(route).page === "explorer") $$render(consequent_7, 2);
			else $$render(alternate, -1);
		});
		reset(main);
		template_effect(($0) => set_attribute(main, "aria-label", `${$0 ?? ""}: ${get(t).nav[get(route).page] ?? ""}`), [() => isolate(cleanName(app.profile?.name ?? ""))]);
		append($$anchor, fragment_2);
	};
	if_block(node_5, ($$render) => {
		if (get(route).page === "demo") $$render(consequent_4);
		else $$render(alternate_1, -1);
	});
	reset(div);
	var node_8 = sibling(div, 2);
	var consequent_8 = ($$anchor) => {
		ContactDialog($$anchor, {
			get link() {
				return ui.link.text;
			},
			onclose: () => ui.link = null
		});
	};
	if_block(node_8, ($$render) => {
		if (ui.link?.kind === "invite") $$render(consequent_8);
	});
	var node_9 = sibling(node_8, 2);
	var consequent_9 = ($$anchor) => {
		BridgeDialog($$anchor, {
			get link() {
				return ui.link.text;
			},
			onclose: () => ui.link = null
		});
	};
	if_block(node_9, ($$render) => {
		if (ui.link?.kind === "bridge") $$render(consequent_9);
	});
	var div_2 = sibling(node_9, 2);
	var node_10 = child(div_2);
	var consequent_10 = ($$anchor) => {
		var span = root_5();
		var text_3 = only_child(span, true);
		template_effect(() => set_text(text_3, ui.toast));
		append($$anchor, span);
	};
	if_block(node_10, ($$render) => {
		if (ui.toast !== "") $$render(consequent_10);
	});
	reset(div_2);
	template_effect(($0) => classes = set_class(div, 1, "shell svelte-12hq2y2", null, classes, { reading: $0 }), [() => get(route).page === "chats" && get(route).conversation !== null && app.named(get(route).conversation) !== void 0]);
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/Welcome.svelte
var root = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_1 = /* @__PURE__ */ from_html(`<main class="svelte-1nkx84k"><button type="button" class="button small language svelte-1nkx84k"><span> </span></button> <form class="svelte-1nkx84k"><!> <h1> </h1> <p class="muted"> </p> <label class="sr-only" for="welcome-name"> </label> <input id="welcome-name" class="field svelte-1nkx84k" dir="auto" autocomplete="nickname"/> <!> <button type="submit" class="button primary svelte-1nkx84k"> </button></form></main>`);
function Welcome($$anchor, $$props) {
	push($$props, true);
	const NAME_CHARACTERS_MAX = 64;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let name = /* @__PURE__ */ state("");
	let error = /* @__PURE__ */ state("");
	let busy = /* @__PURE__ */ state(false);
	async function begin(submit) {
		submit.preventDefault();
		if (get(name).trim() === "" || get(busy)) return;
		set(busy, true);
		set(error, "");
		try {
			app.profile = await app.call("profile.create", { name: get(name).trim() });
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(busy, false);
		}
	}
	var main = root_1();
	var button = child(main);
	var span = child(button);
	var text = only_child(span, true);
	reset(button);
	var form = sibling(button, 2);
	var node = child(form);
	Bird(node, { size: 110 });
	var h1 = sibling(node, 2);
	var text_1 = only_child(h1, true);
	var p = sibling(h1, 2);
	var text_2 = only_child(p, true);
	var label = sibling(p, 2);
	var text_3 = only_child(label, true);
	var input = sibling(label, 2);
	remove_input_defaults(input);
	set_attribute(input, "maxlength", NAME_CHARACTERS_MAX);
	attach(input, () => (element) => element.focus());
	var node_1 = sibling(input, 2);
	var consequent = ($$anchor) => {
		var p_1 = root();
		var text_4 = only_child(p_1, true);
		template_effect(() => set_text(text_4, get(error)));
		append($$anchor, p_1);
	};
	if_block(node_1, ($$render) => {
		if (get(error) !== "") $$render(consequent);
	});
	var button_1 = sibling(node_1, 2);
	var text_5 = only_child(button_1, true);
	reset(form);
	reset(main);
	template_effect(($0) => {
		set_attribute(span, "lang", i18n.language === "fa" ? "en" : "fa");
		set_text(text, get(t).demo.language);
		set_text(text_1, get(t).welcome.title);
		set_text(text_2, get(t).welcome.text);
		set_text(text_3, get(t).welcome.name);
		set_attribute(input, "placeholder", get(t).welcome.name);
		input.dir = input.dir;
		button_1.disabled = $0;
		set_attribute(button_1, "aria-disabled", get(busy));
		set_text(text_5, get(t).welcome.go);
	}, [() => get(name).trim() === ""]);
	delegated("click", button, () => app.saveSettings({ language: i18n.language === "fa" ? "en" : "fa" }));
	event("submit", form, begin);
	bind_value(input, () => get(name), ($$value) => set(name, $$value));
	append($$anchor, main);
	pop();
}
delegate(["click"]);
// src/App.svelte
function App($$anchor, $$props) {
	push($$props, true);
	/** Where one is: with whom, or in which section. */
	let where = /* @__PURE__ */ user_derived(() => {
		const { route } = router;
		if (!app.ready || route.page === "demo") return "";
		const open = route.page === "chats" && route.conversation !== null ? app.named(route.conversation) : void 0;
		return `${open ? shownName(open.title) : i18n.t.nav[route.page]} · `;
	});
	user_effect(() => {
		const root = document.documentElement;
		root.lang = i18n.language;
		root.dir = i18n.direction;
		root.dataset["theme"] = i18n.theme;
	});
	var fragment = comment();
	head("1n46o8q", ($$anchor) => {
		deferred_template_effect(($0) => {
			$document.title = `${$0 ?? ""}${get(where) ?? ""}${i18n.t.app ?? ""}`;
		}, [() => app.unread > 0 ? `(${i18n.number(app.unread)}) ` : ""]);
	});
	var node = first_child(fragment);
	var consequent = ($$anchor) => {
		Connecting($$anchor, {});
	};
	var consequent_1 = ($$anchor) => {
		Welcome($$anchor, {});
	};
	var alternate = ($$anchor) => {
		Shell($$anchor, {});
	};
	if_block(node, ($$render) => {
		if (app.connection === "no_session" || !app.ready) $$render(consequent);
		else if (app.profile?.name === "") $$render(consequent_1, 1);
		else $$render(alternate, -1);
	});
	append($$anchor, fragment);
	pop();
}
// src/main.ts
var target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app");
mount(App, { target });
app.start();
