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
// node_modules/clsx/dist/clsx.mjs
function r(e) {
	var t, f, n = "";
	if ("string" == typeof e || "number" == typeof e) n += e;
	else if ("object" == typeof e) if (Array.isArray(e)) {
		var o = e.length;
		for (t = 0; t < o; t++) e[t] && (f = r(e[t])) && (n && (n += " "), n += f);
	} else for (f in e) e[f] && (n && (n += " "), n += f);
	return n;
}
function clsx$1() {
	for (var e, t, f = 0, n = "", o = arguments.length; f < o; f++) (e = arguments[f]) && (t = r(e)) && (n && (n += " "), n += t);
	return n;
}
// node_modules/svelte/src/internal/shared/attributes.js
/**
* Small wrapper around clsx to preserve Svelte's (weird) handling of falsy values.
* TODO Svelte 6 revisit this, and likely turn all falsy values into the empty string (what clsx also does)
* @param  {any} value
*/
function clsx(value) {
	if (typeof value === "object") return clsx$1(value);
	else return value ?? "";
}
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
/** Reads what people type: Persian, Arabic or Latin digits, any decimal sign, grouping signs dropped. */
function toLatin(text) {
	return [...text].map((sign) => {
		const persian = PERSIAN.indexOf(sign);
		if (persian >= 0) return String(persian);
		const arabic = ARABIC.indexOf(sign);
		if (arabic >= 0) return String(arabic);
		if (sign === "٫" || sign === "/") return ".";
		if (sign === "٬" || sign === "،" || /[\s\u200c\u200e\u200f]/.test(sign)) return "";
		return sign;
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
/** Reads an amount of Gram as people type it. */
function parseGram(text) {
	const latin = toLatin(text.trim());
	if (latin === "") return {
		ok: false,
		why: "empty"
	};
	const plain = latin.split(",").length - 1 === 1 && !latin.includes(".") ? latin.replace(",", ".") : latin.replaceAll(",", "");
	const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
	if (match === null || plain === ".") return {
		ok: false,
		why: "no_number"
	};
	const fraction = (match[2] ?? "").replace(/0+$/, "");
	if (fraction.length > 9) return {
		ok: false,
		why: "too_fine"
	};
	const nano = BigInt(match[1] === "" ? "0" : match[1] ?? "0") * NANO_PER_GRAM + BigInt(fraction.padEnd(9, "0"));
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
/** A list's time: clock today, weekday within a week, else a short date. */
function listTime(at_ms, now, style, yesterday) {
	const days = daysBetween(at_ms, now);
	if (days <= 0) return clock(at_ms, style);
	if (days === 1) return yesterday;
	if (days < 7) return formatter(style, { weekday: "short" }).format(at_ms);
	return formatter(style, {
		day: "numeric",
		month: "short"
	}).format(at_ms);
}
/** A separator's date: today, yesterday, or the date. */
function dayLabel(at_ms, now, style, words) {
	const days = daysBetween(at_ms, now);
	if (days === 0) return words.today;
	if (days === 1) return words.yesterday;
	return longDate(at_ms, style, days > 300 || days < 0);
}
// src/i18n/plural.ts
var rules = {
	en: new Intl.PluralRules("en"),
	fa: new Intl.PluralRules("fa")
};
function plural(language, count, forms) {
	return rules[language].select(count) === "one" ? forms.one : forms.other;
}
// src/i18n/en.ts
var p = (count, one, other) => plural("en", count, {
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
	copy: "Copy",
	copied: "Copied",
	retry: "Try again",
	done: "Done",
	loading: "Loading…",
	more: "More",
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
		expiredText: "For safety an address opens the page once. Take a fresh address from where Simurgh runs, or start it again."
	},
	welcome: {
		title: "Welcome to Simurgh",
		text: "No phone number, no e-mail. Choose the name that your contacts see first; you can be anyone.",
		name: "Your name",
		go: "Begin",
		tooLong: "Up to 64 characters, please."
	},
	chats: {
		title: "Chats",
		search: "Search",
		searchLabel: "Search contacts and messages",
		clear: "Clear the search",
		empty: "Nobody here yet",
		emptyText: "Invite somebody, or paste the link that somebody sent you.",
		add: "New contact",
		pick: "Choose a chat to begin",
		pickText: "Every message here is end-to-end encrypted with keys that a quantum computer can’t break either.",
		noMessages: "No messages yet",
		you: "You",
		unread: (n) => p(n.count, `${n.text} unread message`, `${n.text} unread messages`),
		draft: "Draft",
		foundPeople: "People",
		foundMessages: "Messages",
		foundNothing: "Nothing found",
		invited: "Waiting for their answer",
		paymentIn: (amount) => `Received ${amount} Gram`,
		paymentOut: (amount) => `Sent ${amount} Gram`
	},
	thread: {
		label: (name) => `Conversation with ${name}`,
		compose: "Message",
		send: "Send",
		pay: "Pay",
		reply: "Reply",
		replyTo: (name) => `Reply to ${name}`,
		cancelReply: "Don’t reply",
		copyText: "Copy text",
		newest: "To the newest message",
		unreadFrom: "Unread",
		empty: "Say hello",
		emptyText: (name) => `What you write here, only you and ${name} can read.`,
		invited: "You can write when they have answered. What you write now is kept and sent then.",
		encrypted: "End-to-end encrypted",
		details: "About this contact",
		gone: "This conversation is no longer here.",
		quoteGone: "An earlier message",
		tooLong: (n) => `Too long by ${n.text} bytes`,
		incoming: (name, text) => `${name}: ${text}`,
		actions: "Message actions",
		today: "today",
		linkWarn: "Opens outside Simurgh"
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
		sending: "On its way to a block…",
		arriving: "Arriving…",
		final: "Final",
		failed: "Failed: nothing was paid",
		transaction: "See it on the chain",
		fee: (fee) => `fee ${fee}`
	},
	pay: {
		title: (name) => `Pay ${name}`,
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
		receives: (name) => `${name} receives`,
		insufficient: "That is more than you have.",
		noNumber: "Write a number, such as 12.5.",
		tooFine: "At most nine digits after the point.",
		tooLarge: "There isn’t so much Gram.",
		asking: "Asking for the fee…",
		finality: "Once it is final, nobody can take it back.",
		edit: "Change",
		busy: "Handing it to the network…",
		locked: "Spending is locked. Unlock Simurgh where it runs.",
		noAddress: "Give an address."
	},
	wallet: {
		title: "Wallet",
		balance: "Balance",
		pending: (amount) => `${amount} Gram on its way`,
		send: "Send",
		receive: "Receive",
		history: "History",
		empty: "No payments yet",
		emptyText: "What you receive and send appears here.",
		address: "Your address",
		addressText: "Whoever has it can pay you, and can see this account’s balance. In chats a fresh address is used each time.",
		in: "Received",
		out: "Sent",
		from: (peer) => `From ${peer}`,
		to: (peer) => `To ${peer}`,
		fee: (fee) => `Fee ${fee} Gram`,
		older: "Show older",
		outside: "outside the chain",
		copyAddress: "Copy address",
		sendingTo: (amount) => `Sending ${amount} Gram`,
		sendFinal: (amount) => `${amount} Gram sent. It is final.`,
		sendFailed: "The transfer failed. Nothing was paid.",
		remind: "Write down your 24 words",
		remindText: "There is money here now. Without the words it is lost with this machine.",
		remindGo: "Show me the words",
		proven: "Proven from a block that the validators signed"
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
		stopScan: "Stop the camera",
		scanLabel: "The camera’s picture",
		noCamera: "The camera can’t be used. Paste the link instead.",
		added: (name) => `${name} is now your contact`,
		rename: "Rename",
		newName: "New name",
		remove: "Remove contact",
		removeAsk: (name) => `Remove ${name} and the whole conversation from this machine?`,
		removeGo: "Remove",
		since: (when) => `Contact since ${when}`,
		verified: "Safety number compared",
		unverified: "Safety number not yet compared"
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
		genesis: "Genesis",
		transactions: (n) => p(n.count, `${n.text} transaction`, `${n.text} transactions`),
		empty: "No transactions in this block",
		account: "Account",
		transaction: "Transaction",
		none: "Nothing goes by that here.",
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
		next: "Next block",
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
	shield: {
		label: "How your messages travel",
		good: "Protected",
		some: "Protected, with fewer relays",
		bad: "No relay answers",
		unknown: "Not known yet",
		goodText: "Encrypted end to end, through two relays that can’t tell who talks to whom.",
		someText: "Some relays don’t answer. Messages go through the others; nothing is lost.",
		badText: "Messages wait safely on this machine and go out as soon as a relay answers.",
		carrier: { https: "It looks like ordinary visits to websites (HTTPS)." },
		relays: (ok, all) => `${ok.text} of ${all.text} relays answer`,
		waiting: (n) => p(n.count, `${n.text} exchange under way`, `${n.text} exchanges under way`),
		relay: (n) => `Relay ${n}`,
		ok: "answers",
		notOk: "does not answer",
		never: "not used yet",
		last: (when) => `last at ${when}`
	},
	demo: {
		title: "A whole network on this machine",
		lead: "Two people, four validators, three relays. Nothing is simulated: real keys, real blocks, real encryption.",
		page: (name) => `${name}’s page`,
		people: "People",
		checklist: "Try it in a minute",
		write: "Write a message",
		writeText: "From either side. Watch the ticks: safe at the relays, delivered, read.",
		pay: "Pay 5 Gram",
		payText: "With the coin button beside the message. It is final in about a second.",
		see: "See it on the chain",
		seeText: "Open the link in the payment’s bubble.",
		stopValidator: "Stop a validator",
		stopValidatorText: "Three of four go on making blocks.",
		stopRelay: "Stop a relay",
		stopRelayText: "Each message lies with three; two are enough.",
		still: "Everything still works",
		stillText: "With both stopped, write once more: it arrives.",
		allDone: "That is all. Nobody can switch it off.",
		progress: (done, all) => `${done.text} of ${all.text} done`,
		network: "Network",
		validator: (n) => `Validator ${n}`,
		relay: (n) => `Relay ${n}`,
		running: "running",
		stopped: "stopped",
		stop: "Stop",
		start: "Start",
		stopIt: (what) => `Stop ${what}`,
		startIt: (what) => `Start ${what}`,
		height: "Block",
		none: "There is no demo here. Run “simurgh demo”.",
		language: "فارسی",
		theme: "Dark or light",
		panel: "The demo’s network",
		show: "Show the checklist",
		ticked: "done",
		open: "still to do"
	},
	error: {
		title: "That didn’t work",
		unreachable: "Nobody answered in time. Try again in a moment.",
		offline: "Simurgh on this machine does not answer.",
		bad_link: "This link can’t be used: it is damaged, used up or too old. Ask for a new one.",
		bad_value: "This is no valid address or amount.",
		insufficient: "There isn’t enough in the wallet.",
		locked: "Spending is locked. Unlock Simurgh where it runs.",
		not_found: "There is no such thing here.",
		conflict: "That is already so.",
		busy: "Too much at once. Try again in a moment.",
		refused: "The network refused it.",
		other: "Something is broken here. Try again; “simurgh doctor” may tell why."
	}
};
// src/i18n/fa.ts
var fa = {
	app: "سیمرغ",
	devnet: "شبکهٔ آزمایشی · پول بی‌ارزش برای آزمایش",
	skip: "رفتن به محتوا",
	close: "بستن",
	cancel: "انصراف",
	back: "بازگشت",
	copy: "رونوشت",
	copied: "رونوشت شد",
	retry: "دوباره",
	done: "پایان",
	loading: "در حال بارگذاری…",
	more: "بیشتر",
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
		expiredText: "برای ایمنی، هر نشانی صفحه را تنها یک بار باز می‌کند. از جایی که سیمرغ اجرا می‌شود نشانی تازه بگیرید یا دوباره اجرایش کنید."
	},
	welcome: {
		title: "به سیمرغ خوش آمدید",
		text: "بی شمارهٔ تلفن، بی رایانامه. نامی برگزینید که مخاطبانتان نخست ببینند؛ هر که می‌خواهید باشید.",
		name: "نام شما",
		go: "آغاز",
		tooLong: "لطفاً حداکثر ۶۴ نویسه."
	},
	chats: {
		title: "گفتگوها",
		search: "جستجو",
		searchLabel: "جستجو در مخاطبان و پیام‌ها",
		clear: "پاک کردن جستجو",
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
		paymentIn: (amount) => `${amount} گرام دریافت شد`,
		paymentOut: (amount) => `${amount} گرام فرستاده شد`
	},
	thread: {
		label: (name) => `گفتگو با ${name}`,
		compose: "پیام",
		send: "فرستادن",
		pay: "پرداخت",
		reply: "پاسخ",
		replyTo: (name) => `پاسخ به ${name}`,
		cancelReply: "پاسخ نده",
		copyText: "رونوشت متن",
		newest: "رفتن به تازه‌ترین پیام",
		unreadFrom: "نخوانده",
		empty: "سلام کنید",
		emptyText: (name) => `آنچه اینجا می‌نویسید را تنها شما و ${name} می‌توانید بخوانید.`,
		invited: "وقتی پاسخ دهد می‌توانید گفتگو کنید. آنچه اکنون بنویسید نگه داشته و همان‌گاه فرستاده می‌شود.",
		encrypted: "رمزنگاری سرتاسری",
		details: "دربارهٔ این مخاطب",
		gone: "این گفتگو دیگر اینجا نیست.",
		quoteGone: "پیامی پیشین",
		tooLong: (n) => `${n.text} بایت بیش از اندازه`,
		incoming: (name, text) => `${name}: ${text}`,
		actions: "کارهای پیام",
		today: "امروز",
		linkWarn: "بیرون از سیمرغ باز می‌شود"
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
		sending: "در راه رسیدن به بلوک…",
		arriving: "در راه است…",
		final: "قطعی شد",
		failed: "ناموفق: چیزی پرداخت نشد",
		transaction: "دیدن روی زنجیره",
		fee: (fee) => `کارمزد ${fee}`
	},
	pay: {
		title: (name) => `پرداخت به ${name}`,
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
		receives: (name) => `دریافتی ${name}`,
		insufficient: "بیش از موجودی شماست.",
		noNumber: "عددی بنویسید، مانند ۱۲٫۵.",
		tooFine: "حداکثر نُه رقم پس از ممیز.",
		tooLarge: "این همه گرام وجود ندارد.",
		asking: "پرسیدن کارمزد…",
		finality: "وقتی قطعی شد، هیچ‌کس نمی‌تواند پسش بگیرد.",
		edit: "تغییر",
		busy: "سپردن به شبکه…",
		locked: "خرج کردن قفل است. سیمرغ را همان‌جا که اجرا می‌شود باز کنید.",
		noAddress: "نشانی را بنویسید."
	},
	wallet: {
		title: "کیف پول",
		balance: "موجودی",
		pending: (amount) => `${amount} گرام در راه است`,
		send: "فرستادن",
		receive: "دریافت",
		history: "تاریخچه",
		empty: "هنوز پرداختی نیست",
		emptyText: "آنچه دریافت می‌کنید و می‌فرستید اینجا می‌آید.",
		address: "نشانی شما",
		addressText: "هر که آن را داشته باشد می‌تواند به شما بپردازد و موجودی این حساب را ببیند. در گفتگوها هر بار نشانی تازه‌ای به کار می‌رود.",
		in: "دریافت",
		out: "پرداخت",
		from: (peer) => `از ${peer}`,
		to: (peer) => `به ${peer}`,
		fee: (fee) => `کارمزد ${fee} گرام`,
		older: "دیدن قدیمی‌ترها",
		outside: "بیرون از زنجیره",
		copyAddress: "رونوشت نشانی",
		sendingTo: (amount) => `در حال فرستادن ${amount} گرام`,
		sendFinal: (amount) => `${amount} گرام فرستاده شد و قطعی است.`,
		sendFailed: "انتقال ناموفق بود. چیزی پرداخت نشد.",
		remind: "۲۴ واژهٔ خود را بنویسید",
		remindText: "اکنون اینجا پول هست. بی این واژه‌ها با از دست رفتن این دستگاه از دست می‌رود.",
		remindGo: "واژه‌ها را نشان بده",
		proven: "اثبات‌شده از بلوکی که اعتبارسنج‌ها امضا کرده‌اند"
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
		stopScan: "بستن دوربین",
		scanLabel: "تصویر دوربین",
		noCamera: "نمی‌توان از دوربین استفاده کرد. پیوند را بچسبانید.",
		added: (name) => `${name} اکنون مخاطب شماست`,
		rename: "تغییر نام",
		newName: "نام تازه",
		remove: "حذف مخاطب",
		removeAsk: (name) => `${name} و همهٔ گفتگو از این دستگاه حذف شود؟`,
		removeGo: "حذف",
		since: (when) => `مخاطب از ${when}`,
		verified: "عدد ایمنی سنجیده شده است",
		unverified: "عدد ایمنی هنوز سنجیده نشده است"
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
		genesis: "پیدایش",
		transactions: (n) => `${n.text} تراکنش`,
		empty: "تراکنشی در این بلوک نیست",
		account: "حساب",
		transaction: "تراکنش",
		none: "چیزی با این نشان پیدا نشد.",
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
		next: "بلوک پسین",
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
	shield: {
		label: "پیام‌هایتان چگونه می‌روند",
		good: "ایمن",
		some: "ایمن، با رله‌های کمتر",
		bad: "هیچ رله‌ای پاسخ نمی‌دهد",
		unknown: "هنوز دانسته نیست",
		goodText: "سرتاسر رمز شده، از راه دو رله که نمی‌دانند چه کسی با چه کسی سخن می‌گوید.",
		someText: "برخی رله‌ها پاسخ نمی‌دهند. پیام‌ها از راه بقیه می‌روند؛ چیزی گم نمی‌شود.",
		badText: "پیام‌ها در همین دستگاه ایمن می‌مانند و همین که رله‌ای پاسخ دهد می‌روند.",
		carrier: { https: "مانند دیدن وبگاه‌های عادی به نظر می‌رسد (HTTPS)." },
		relays: (ok, all) => `${ok.text} رله از ${all.text} رله پاسخ می‌دهند`,
		waiting: (n) => `${n.text} تبادل در جریان`,
		relay: (n) => `رلهٔ ${n}`,
		ok: "پاسخ می‌دهد",
		notOk: "پاسخ نمی‌دهد",
		never: "هنوز به کار نرفته",
		last: (when) => `آخرین بار ${when}`
	},
	demo: {
		title: "شبکه‌ای کامل روی همین دستگاه",
		lead: "دو نفر، چهار اعتبارسنج، سه رله. هیچ‌چیز نمایشی نیست: کلیدهای واقعی، بلوک‌های واقعی، رمزنگاری واقعی.",
		page: (name) => `صفحهٔ ${name}`,
		people: "افراد",
		checklist: "در یک دقیقه بیازمایید",
		write: "پیامی بنویسید",
		writeText: "از هر سو که خواستید. نشانه‌ها را ببینید: نزد رله‌ها ایمن، رسید، خوانده شد.",
		pay: "۵ گرام بپردازید",
		payText: "با دکمهٔ سکه کنار پیام. در حدود یک ثانیه قطعی می‌شود.",
		see: "آن را روی زنجیره ببینید",
		seeText: "پیوندِ درون پیامِ پرداخت را باز کنید.",
		stopValidator: "یک اعتبارسنج را خاموش کنید",
		stopValidatorText: "سه تا از چهار تا همچنان بلوک می‌سازند.",
		stopRelay: "یک رله را خاموش کنید",
		stopRelayText: "هر پیام نزد سه رله است؛ دو تا بس است.",
		still: "همه چیز همچنان کار می‌کند",
		stillText: "با هر دو خاموش، یک بار دیگر بنویسید: می‌رسد.",
		allDone: "همین بود. هیچ‌کس نمی‌تواند خاموشش کند.",
		progress: (done, all) => `${done.text} از ${all.text} انجام شد`,
		network: "شبکه",
		validator: (n) => `اعتبارسنج ${n}`,
		relay: (n) => `رلهٔ ${n}`,
		running: "روشن",
		stopped: "خاموش",
		stop: "خاموش",
		start: "روشن",
		stopIt: (what) => `خاموش کردن ${what}`,
		startIt: (what) => `روشن کردن ${what}`,
		height: "بلوک",
		none: "اینجا نمایشی در کار نیست. «simurgh demo» را اجرا کنید.",
		language: "English",
		theme: "تیره یا روشن",
		panel: "شبکهٔ نمایش",
		show: "دیدن فهرست کارها",
		ticked: "انجام شد",
		open: "مانده"
	},
	error: {
		title: "نشد",
		unreachable: "کسی به‌موقع پاسخ نداد. کمی دیگر دوباره بکوشید.",
		offline: "سیمرغِ این دستگاه پاسخ نمی‌دهد.",
		bad_link: "این پیوند به کار نمی‌آید: آسیب‌دیده، مصرف‌شده یا کهنه است. پیوند تازه‌ای بخواهید.",
		bad_value: "این نشانی یا مبلغ درستی نیست.",
		insufficient: "موجودی کیف پول کافی نیست.",
		locked: "خرج کردن قفل است. سیمرغ را همان‌جا که اجرا می‌شود باز کنید.",
		not_found: "چنین چیزی اینجا نیست.",
		conflict: "همین حالا هم چنین است.",
		busy: "یکباره زیاد شد. کمی دیگر دوباره بکوشید.",
		refused: "شبکه آن را نپذیرفت.",
		other: "اینجا چیزی خراب است. دوباره بکوشید؛ شاید «simurgh doctor» بگوید چرا."
	}
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
	listTime = (at_ms) => listTime(at_ms, this.now, this.style, this.t.yesterday);
	day = (at_ms) => dayLabel(at_ms, this.now, this.style, this.t);
};
var i18n = new I18n();
// src/api/rpc.ts
/** A call that failed, with the daemon's sentence and a word to branch on. */
var CallFailed = class extends Error {
	reason;
	constructor(reason, message) {
		super(message);
		this.reason = reason;
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
			if (error instanceof CallFailed && (error.reason === "offline" || error.reason === "timeout")) {
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
		if (frame.method === "event" && frame.params) {
			this.#event(frame.params);
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
			waiting.reject(new CallFailed("offline", "The program does not answer."));
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
// src/stores/app.svelte.ts
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
	#rpc;
	constructor() {
		const scheme = location.protocol === "https:" ? "wss" : "ws";
		this.#rpc = new Rpc({
			url: `${scheme}://${location.host}/rpc`,
			credentials: tabCredentials(),
			onConnection: (connection) => this.connection = connection,
			onResync: () => void this.#resync(),
			onEvent: (event) => this.#apply(event)
		});
	}
	start() {
		this.#rpc.start();
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
	async #resync() {
		const call = this.call;
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
			this.epoch += 1;
		} catch (error) {
			if (!(error instanceof CallFailed)) throw error;
			if (error.reason !== "offline") this.connection = "offline";
			return;
		}
		this.#quietly("wallet.balance", (answer) => this.balance = answer);
		this.#quietly("chain.status", (answer) => this.chain = answer);
		this.#quietly("carrier.status", (answer) => this.carrier = answer);
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
				const others = this.contacts.filter((contact) => contact.name !== event.contact.name);
				this.contacts = [...others, event.contact];
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
var root$45 = /* @__PURE__ */ from_svg(`<svg viewBox="0 0 64 64" aria-hidden="true" class="svelte-1bakmt5"><g class="plumes svelte-1bakmt5"><path d="M27 37C19 39 12 41 7 48" class="svelte-1bakmt5"></path><path d="M29 40C23 44 18 49 16 56" class="svelte-1bakmt5"></path><path d="M32 42C29 47 27 52 28 59" class="svelte-1bakmt5"></path><circle cx="6" cy="49.500" r="2.600" class="svelte-1bakmt5"></circle><circle cx="15.500" cy="57.500" r="2.600" class="svelte-1bakmt5"></circle><circle cx="28.300" cy="60.500" r="2.600" class="svelte-1bakmt5"></circle></g><path class="wing back svelte-1bakmt5" d="M33 27C35 17 41 9 51 4c0 9-2 17-9 23z"></path><path class="wing svelte-1bakmt5" d="M35 31C27 27 18 19 15 6c10 4 20 9 26 19z"></path><path class="body svelte-1bakmt5" d="M25 38c3-8 10-12 17-12 2-5 6-8 11-7 2 .5 3.500 1.800 4 3.300l4.500 1.700-4.800 1.600C55.500 35 47 44 36 44c-5 0-9-2-11-6z"></path><circle class="eye svelte-1bakmt5" cx="53" cy="22.800" r="1.200"></circle><path class="crest svelte-1bakmt5" d="M50 19c-1-3-3-5-6-6M53 18.500c0-3-1-5-3-7"></path></svg>`);
function Bird($$anchor, $$props) {
	let size = prop($$props, "size", 3, 40);
	var svg = root$45();
	template_effect(() => {
		set_attribute(svg, "width", size());
		set_attribute(svg, "height", size());
	});
	append($$anchor, svg);
}
// src/components/Connecting.svelte
var root$44 = /* @__PURE__ */ from_html(`<div class="why svelte-160s8qe" role="alert"><h2 class="svelte-160s8qe"> </h2> <p> </p></div>`);
var root_1$37 = /* @__PURE__ */ from_html(`<p class="why svelte-160s8qe" role="status"> </p>`);
var root_2$30 = /* @__PURE__ */ from_html(`<main class="connecting svelte-160s8qe"><!> <h1 class="svelte-160s8qe"> </h1> <!></main>`);
function Connecting($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var main = root_2$30();
	var node = child(main);
	Bird(node, { size: 96 });
	var h1 = sibling(node, 2);
	var text = only_child(h1, true);
	var node_1 = sibling(h1, 2);
	var consequent = ($$anchor) => {
		var div = root$44();
		var h2 = child(div);
		var text_1 = only_child(h2, true);
		var text_2 = only_child(sibling(h2, 2), true);
		reset(div);
		template_effect(() => {
			set_text(text_1, get(t).connection.expiredTitle);
			set_text(text_2, get(t).connection.expiredText);
		});
		append($$anchor, div);
	};
	var consequent_1 = ($$anchor) => {
		var p_1 = root_1$37();
		var text_3 = only_child(p_1, true);
		template_effect(() => set_text(text_3, get(t).connection.offline));
		append($$anchor, p_1);
	};
	var alternate = ($$anchor) => {
		var p_2 = root_1$37();
		var text_4 = only_child(p_2, true);
		template_effect(() => set_text(text_4, get(t).connection.connecting));
		append($$anchor, p_2);
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
	if (page === "settings") return { page: "settings" };
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
	constructor() {
		addEventListener("hashchange", () => this.route = parse(location.hash));
	}
	go(href) {
		location.hash = href;
	}
	/** Takes the place of the present entry in the history. */
	replace(href) {
		history.replaceState(null, "", href);
		this.route = parse(href);
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
	const words = i18n.t.error;
	switch (error.reason) {
		case "unreachable":
		case "timeout": return words.unreachable;
		case "offline": return words.offline;
		case "bad_link": return words.bad_link;
		case "bad_value": return words.bad_value;
		case "insufficient": return words.insufficient;
		case "locked": return words.locked;
		case "not_found": return words.not_found;
		case "conflict": return words.conflict;
		case "busy": return words.busy;
		case "refused": return `${words.refused} ${error.message}`;
		default: return words.other;
	}
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
var root$43 = /* @__PURE__ */ from_svg(`<path></path>`);
var root_1$36 = /* @__PURE__ */ from_svg(`<svg viewBox="0 0 24 24" aria-hidden="true"></svg>`);
function Icon($$anchor, $$props) {
	push($$props, true);
	let size = prop($$props, "size", 3, 22);
	var svg = root_1$36();
	let classes;
	each(svg, 20, () => shapes[$$props.name], (d) => d, ($$anchor, d) => {
		var path = root$43();
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
// src/components/Nav.svelte
var root$42 = /* @__PURE__ */ from_html(`<span class="badge svelte-1jnx671"><span aria-hidden="true"> </span><span class="sr-only"> </span></span>`);
var root_1$35 = /* @__PURE__ */ from_html(`<li><a><span class="icon svelte-1jnx671"><!><!></span> <span class="name"> </span></a></li>`);
var root_2$29 = /* @__PURE__ */ from_html(`<nav class="svelte-1jnx671"><span class="bird svelte-1jnx671"><!></span> <ul class="svelte-1jnx671"></ul></nav>`);
function Nav($$anchor, $$props) {
	push($$props, true);
	const sections = [
		{
			page: "chats",
			icon: "chats",
			href: to.chats
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
	];
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var nav = root_2$29();
	var span = child(nav);
	Bird(child(span), { size: 38 });
	reset(span);
	var ul = sibling(span, 2);
	each(ul, 21, () => sections, ({ page, icon, href }) => page, ($$anchor, $$item) => {
		let page = () => get($$item).page;
		let icon = () => get($$item).icon;
		let href = () => get($$item).href;
		const current = /* @__PURE__ */ user_derived(() => router.route.page === page());
		var li = root_1$35();
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
			var span_2 = root$42();
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
var LINK = /https?:\/\/[^\s<>"'`{}|\\^«»]+/gi;
var LINKS_MAX = 50;
/** Splits words into text and links; a link shows the host that it leads to, in ASCII. */
function splitLinks(text) {
	const parts = [];
	let end = 0;
	for (const match of text.matchAll(LINK)) {
		if (parts.length >= LINKS_MAX) break;
		const found = trimLink(match[0]);
		const url = safeUrl(found);
		if (url === null) continue;
		if (match.index > end) parts.push({
			kind: "text",
			text: text.slice(end, match.index)
		});
		const honest = /^[\u0021-\u007e]*$/.test(found.split("/")[2] ?? "");
		parts.push({
			kind: "link",
			text: honest ? found : url.href,
			href: url.href
		});
		end = match.index + found.length;
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
// src/components/Dialog.svelte
var root$41 = /* @__PURE__ */ from_html(`<dialog class="svelte-1kwbck4"><div class="inside scroll svelte-1kwbck4"><header class="svelte-1kwbck4"><h2 tabindex="-1" class="svelte-1kwbck4"> </h2> <button type="button" class="icon-button svelte-1kwbck4"><!></button></header> <!></div></dialog>`);
function Dialog($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let dialog;
	let heading;
	user_effect(() => {
		dialog.showModal();
		(dialog.querySelector("[data-focus]") ?? heading).focus();
		return () => dialog.close();
	});
	function onbackdrop(click) {
		if (click.target === dialog) $$props.onclose();
	}
	var dialog_1 = root$41();
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
// src/components/RelayList.svelte
var root$40 = /* @__PURE__ */ from_html(`<li class="svelte-1n9gvy9"><span aria-hidden="true"></span> <span class="name"> <bdi class="mono muted" dir="ltr"> </bdi></span> <span class="how svelte-1n9gvy9"> </span></li>`);
var root_1$34 = /* @__PURE__ */ from_html(`<ul class="svelte-1n9gvy9"></ul>`);
function RelayList($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var ul = root_1$34();
	each(ul, 23, () => $$props.relays, (relay) => relay.id, ($$anchor, relay, index) => {
		const used = /* @__PURE__ */ user_derived(() => get(relay).last_ms > 0 || get(relay).error !== void 0);
		var li = root$40();
		var span = child(li);
		let classes;
		var span_1 = sibling(span, 2);
		var text = child(span_1);
		var bdi = sibling(text);
		var text_1 = only_child(bdi, true);
		reset(span_1);
		var text_2 = only_child(sibling(span_1, 2));
		reset(li);
		template_effect(($0, $1) => {
			classes = set_class(span, 1, "dot svelte-1n9gvy9", null, classes, {
				ok: get(relay).ok,
				bad: !get(relay).ok && get(used)
			});
			set_text(text, `${$0 ?? ""} `);
			set_text(text_1, get(relay).host);
			bdi.dir = bdi.dir;
			set_text(text_2, `${(get(relay).ok ? get(t).shield.ok : get(used) ? get(t).shield.notOk : get(t).shield.never) ?? ""}${$1 ?? ""}`);
		}, [() => get(t).shield.relay(i18n.plain(get(index) + 1)), () => get(relay).last_ms > 0 ? ` · ${get(t).shield.last(i18n.seconds(get(relay).last_ms))}` : ""]);
		append($$anchor, li);
	});
	reset(ul);
	append($$anchor, ul);
	pop();
}
// src/components/Shield.svelte
var root$39 = /* @__PURE__ */ from_html(`<p class="svelte-1fk1hrv"> </p>`);
var root_1$33 = /* @__PURE__ */ from_html(`<p class="muted svelte-1fk1hrv"> </p>`);
var root_2$28 = /* @__PURE__ */ from_html(`<div><!> <div><p class="state svelte-1fk1hrv"> </p> <p class="muted svelte-1fk1hrv"> </p></div></div> <!> <!> <!> <!>`, 1);
var root_3$22 = /* @__PURE__ */ from_html(`<button type="button"><!></button> <!>`, 1);
function Shield($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let open = /* @__PURE__ */ state(false);
	let relays = /* @__PURE__ */ user_derived(() => app.carrier?.relays ?? []);
	let answering = /* @__PURE__ */ user_derived(() => get(relays).filter((relay) => relay.ok).length);
	let health = /* @__PURE__ */ user_derived(() => {
		if (get(relays).length === 0 || get(relays).every((relay) => !relay.ok && relay.last_ms === 0 && !relay.error)) return "unknown";
		return get(answering) === get(relays).length ? "good" : get(answering) > 0 ? "some" : "bad";
	});
	let text = /* @__PURE__ */ user_derived(() => ({
		good: get(t).shield.goodText,
		some: get(t).shield.someText,
		bad: get(t).shield.badText,
		unknown: ""
	})[get(health)]);
	var fragment = root_3$22();
	var button = first_child(fragment);
	var node = child(button);
	{
		let $0 = /* @__PURE__ */ user_derived(() => get(health) === "bad" ? "shieldOff" : "shield");
		Icon(node, { get name() {
			return get($0);
		} });
	}
	reset(button);
	var node_1 = sibling(button, 2);
	var consequent_3 = ($$anchor) => {
		Dialog($$anchor, {
			get title() {
				return get(t).shield.label;
			},
			onclose: () => set(open, false),
			children: ($$anchor, $$slotProps) => {
				var fragment_2 = root_2$28();
				var div = first_child(fragment_2);
				var node_2 = child(div);
				{
					let $0 = /* @__PURE__ */ user_derived(() => get(health) === "bad" ? "shieldOff" : "shield");
					Icon(node_2, {
						get name() {
							return get($0);
						},
						size: 40
					});
				}
				var div_1 = sibling(node_2, 2);
				var p = child(div_1);
				var text_1 = only_child(p, true);
				var text_2 = only_child(sibling(p, 2), true);
				reset(div_1);
				reset(div);
				var node_3 = sibling(div, 2);
				var consequent = ($$anchor) => {
					var p_2 = root$39();
					var text_3 = only_child(p_2, true);
					template_effect(() => set_text(text_3, get(text)));
					append($$anchor, p_2);
				};
				if_block(node_3, ($$render) => {
					if (get(text) !== "") $$render(consequent);
				});
				var node_4 = sibling(node_3, 2);
				var consequent_1 = ($$anchor) => {
					var p_3 = root_1$33();
					var text_4 = only_child(p_3, true);
					template_effect(() => set_text(text_4, get(t).shield.carrier.https));
					append($$anchor, p_3);
				};
				if_block(node_4, ($$render) => {
					if (app.carrier?.carrier === "https") $$render(consequent_1);
				});
				var node_5 = sibling(node_4, 2);
				RelayList(node_5, { get relays() {
					return get(relays);
				} });
				var node_6 = sibling(node_5, 2);
				var consequent_2 = ($$anchor) => {
					var p_4 = root_1$33();
					var text_5 = only_child(p_4, true);
					template_effect(($0) => set_text(text_5, $0), [() => get(t).shield.waiting(i18n.counted(app.carrier.waiting))]);
					append($$anchor, p_4);
				};
				if_block(node_6, ($$render) => {
					if (app.carrier && app.carrier.waiting > 0) $$render(consequent_2);
				});
				template_effect(($0) => {
					set_class(div, 1, `head ${get(health) ?? ""}`, "svelte-1fk1hrv");
					set_text(text_1, get(t).shield[get(health)]);
					set_text(text_2, $0);
				}, [() => get(t).shield.relays(i18n.counted(get(answering)), i18n.counted(get(relays).length))]);
				append($$anchor, fragment_2);
			},
			$$slots: { default: true }
		});
	};
	if_block(node_1, ($$render) => {
		if (get(open)) $$render(consequent_3);
	});
	template_effect(() => {
		set_class(button, 1, `icon-button ${get(health) ?? ""}`, "svelte-1fk1hrv");
		set_attribute(button, "aria-label", `${get(t).shield.label ?? ""}: ${get(t).shield[get(health)] ?? ""}`);
		set_attribute(button, "title", get(t).shield[get(health)]);
	});
	delegated("click", button, () => set(open, true));
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/QrCode.svelte
var root$38 = /* @__PURE__ */ from_svg(`<svg role="img" shape-rendering="crispEdges" class="svelte-1t1nt6u"><rect width="100%" height="100%" fill="#fff"></rect><path fill="#0b1a18"></path></svg>`);
var root_1$32 = /* @__PURE__ */ from_html(`<span class="sr-only"> </span>`);
var root_2$27 = /* @__PURE__ */ from_html(`<div class="qr svelte-1t1nt6u"><!></div>`);
function QrCode($$anchor, $$props) {
	push($$props, true);
	const QUIET = 3;
	function path(size, modules) {
		let d = "";
		for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (modules[y * size + x] === "1") d += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
		return d;
	}
	var div = root_2$27();
	await_block(child(div), () => app.call("qr.encode", { text: $$props.text }), null, ($$anchor, code) => {
		var svg = root$38();
		var path_1 = sibling(child(svg));
		reset(svg);
		template_effect(($0) => {
			set_attribute(svg, "viewBox", `0 0 ${get(code).size + 6} ${get(code).size + 6}`);
			set_attribute(svg, "aria-label", $$props.label);
			set_attribute(path_1, "d", $0);
		}, [() => path(get(code).size, get(code).modules)]);
		append($$anchor, svg);
	}, ($$anchor) => {
		var span = root_1$32();
		var text_1 = only_child(span, true);
		template_effect(() => set_text(text_1, $$props.label));
		append($$anchor, span);
	});
	reset(div);
	append($$anchor, div);
	pop();
}
// src/components/contact/Scanner.svelte
var root$37 = /* @__PURE__ */ from_html(`<video playsinline="" class="svelte-1a3iqgl"></video>`, 2);
function Scanner($$anchor, $$props) {
	push($$props, true);
	/** Not in TypeScript's library yet. */
	const LOOK_EVERY_MS = 200;
	let video;
	user_effect(() => {
		let stream;
		let timer;
		let stopped = false;
		const Make = globalThis.BarcodeDetector;
		async function look(detector) {
			if (stopped) return;
			const [code] = await detector.detect(video);
			if (code) return $$props.onfound(code.rawValue);
			timer = setTimeout(() => void look(detector).catch($$props.onfailed), LOOK_EVERY_MS);
		}
		async function begin() {
			stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
			if (stopped) return stream.getTracks().forEach((track) => track.stop());
			video.srcObject = stream;
			await video.play();
			await look(new Make({ formats: ["qr_code"] }));
		}
		begin().catch(() => !stopped && $$props.onfailed());
		return () => {
			stopped = true;
			clearTimeout(timer);
			stream?.getTracks().forEach((track) => track.stop());
		};
	});
	var video_1 = root$37();
	video_1.muted = true;
	bind_this(video_1, ($$value) => video = $$value, () => video);
	template_effect(() => set_attribute(video_1, "aria-label", i18n.t.contact.scanLabel));
	append($$anchor, video_1);
	pop();
}
// src/components/contact/ContactDialog.svelte
var root$36 = /* @__PURE__ */ from_html(`<button type="button" role="tab" class="svelte-1sx943n"> </button>`);
var root_1$31 = /* @__PURE__ */ from_html(`<!> <p class="link mono svelte-1sx943n"><bdi dir="ltr"> </bdi></p> <button type="button" class="button primary"><!> </button> <p class="muted small svelte-1sx943n"> </p>`, 1);
var root_2$26 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_3$21 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_4$16 = /* @__PURE__ */ from_html(`<p class="muted"> </p> <!> <!>`, 1);
var root_5$13 = /* @__PURE__ */ from_html(`<!> <button type="button" class="button"><!> </button>`, 1);
var root_6$10 = /* @__PURE__ */ from_html(`<label class="label svelte-1sx943n"> </label> <textarea class="field mono svelte-1sx943n" dir="ltr" rows="4" spellcheck="false" autocomplete="off"></textarea> <!> <button type="button" class="button primary"> </button>`, 1);
var root_7$3 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_8$1 = /* @__PURE__ */ from_html(`<div class="tabs svelte-1sx943n" role="tablist"></div> <div role="tabpanel" class="panel svelte-1sx943n"><!> <!></div>`, 1);
function ContactDialog($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	const canScan = "BarcodeDetector" in globalThis && navigator.mediaDevices !== void 0;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let tab = /* @__PURE__ */ state("invite");
	let invite = /* @__PURE__ */ state(null);
	let link = /* @__PURE__ */ state("");
	let error = /* @__PURE__ */ state("");
	let busy = /* @__PURE__ */ state(false);
	let scanning = /* @__PURE__ */ state(false);
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
		if (get(link).trim() === "" || get(busy)) return;
		set(busy, true);
		set(error, "");
		try {
			const contact = await app.call("contact.add", { link: get(link).trim() });
			ui.say(get(t).contact.added(cleanName(contact.name)));
			$$props.onclose();
			router.go(to.chat(contact.name));
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(busy, false);
		}
	}
	function choose(which) {
		set(tab, which, true);
		set(error, "");
		set(scanning, false);
	}
	function onkeydown(key) {
		if (key.key !== "ArrowLeft" && key.key !== "ArrowRight") return;
		choose(get(tab) === "invite" ? "add" : "invite");
		document.getElementById(`${id}-${get(tab)}`)?.focus();
	}
	make();
	Dialog($$anchor, {
		get title() {
			return get(t).contact.title;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var fragment_1 = root_8$1();
			var div = first_child(fragment_1);
			each(div, 20, () => ["invite", "add"], (one) => one, ($$anchor, one) => {
				var button = root$36();
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
				var fragment_2 = root_4$16();
				var p = first_child(fragment_2);
				var text_1 = only_child(p, true);
				var node_1 = sibling(p, 2);
				var consequent = ($$anchor) => {
					var fragment_3 = root_1$31();
					var node_2 = first_child(fragment_3);
					QrCode(node_2, {
						get text() {
							return get(invite).link;
						},
						get label() {
							return get(t).contact.qr;
						}
					});
					var p_1 = sibling(node_2, 2);
					var bdi = child(p_1);
					var text_2 = only_child(bdi, true);
					reset(p_1);
					var button_1 = sibling(p_1, 2);
					var node_3 = child(button_1);
					Icon(node_3, {
						name: "copy",
						size: 18
					});
					var text_3 = sibling(node_3, 1, true);
					reset(button_1);
					var text_4 = only_child(sibling(button_1, 2), true);
					template_effect(($0) => {
						set_text(text_2, get(invite).link);
						bdi.dir = bdi.dir;
						set_text(text_3, get(t).contact.copyLink);
						set_text(text_4, $0);
					}, [() => get(t).contact.expires(i18n.dateTime(get(invite).expires_ms))]);
					delegated("click", button_1, () => get(invite) && ui.copy(get(invite).link));
					append($$anchor, fragment_3);
				};
				var consequent_1 = ($$anchor) => {
					var p_3 = root_2$26();
					var text_5 = only_child(p_3, true);
					template_effect(() => set_text(text_5, get(t).contact.making));
					append($$anchor, p_3);
				};
				if_block(node_1, ($$render) => {
					if (get(invite)) $$render(consequent);
					else if (get(error) === "") $$render(consequent_1, 1);
				});
				var node_4 = sibling(node_1, 2);
				var consequent_2 = ($$anchor) => {
					var button_2 = root_3$21();
					var text_6 = only_child(button_2, true);
					template_effect(() => set_text(text_6, get(t).contact.again));
					delegated("click", button_2, make);
					append($$anchor, button_2);
				};
				if_block(node_4, ($$render) => {
					if (get(error) !== "") $$render(consequent_2);
				});
				template_effect(() => set_text(text_1, get(t).contact.inviteText));
				append($$anchor, fragment_2);
			};
			var alternate = ($$anchor) => {
				var fragment_4 = root_6$10();
				var label = first_child(fragment_4);
				var text_7 = only_child(label, true);
				var textarea = sibling(label, 2);
				remove_textarea_child(textarea);
				var node_5 = sibling(textarea, 2);
				var consequent_5 = ($$anchor) => {
					var fragment_5 = root_5$13();
					var node_6 = first_child(fragment_5);
					var consequent_4 = ($$anchor) => {
						Scanner($$anchor, {
							onfound: (found) => {
								set(link, found, true);
								set(scanning, false);
								add();
							},
							onfailed: () => (($$value) => {
								var $$array = to_array($$value, 2);
								set(scanning, $$array[0], true);
								set(error, $$array[1], true);
								return $$value;
							})([false, get(t).contact.noCamera])
						});
					};
					if_block(node_6, ($$render) => {
						if (get(scanning)) $$render(consequent_4);
					});
					var button_3 = sibling(node_6, 2);
					var node_7 = child(button_3);
					Icon(node_7, {
						name: "camera",
						size: 18
					});
					var text_8 = sibling(node_7, 1, true);
					reset(button_3);
					template_effect(() => set_text(text_8, get(scanning) ? get(t).contact.stopScan : get(t).contact.scan));
					delegated("click", button_3, () => set(scanning, !get(scanning)));
					append($$anchor, fragment_5);
				};
				if_block(node_5, ($$render) => {
					if (canScan) $$render(consequent_5);
				});
				var button_4 = sibling(node_5, 2);
				var text_9 = only_child(button_4, true);
				template_effect(($0) => {
					set_attribute(label, "for", `${id}-link`);
					set_text(text_7, get(t).contact.paste);
					set_attribute(textarea, "id", `${id}-link`);
					textarea.dir = textarea.dir;
					button_4.disabled = $0;
					set_text(text_9, get(busy) ? get(t).contact.adding : get(t).contact.addGo);
				}, [() => get(busy) || get(link).trim() === ""]);
				bind_value(textarea, () => get(link), ($$value) => set(link, $$value));
				delegated("click", button_4, add);
				append($$anchor, fragment_4);
			};
			if_block(node, ($$render) => {
				if (get(tab) === "invite") $$render(consequent_3);
				else $$render(alternate, -1);
			});
			var node_8 = sibling(node, 2);
			var consequent_6 = ($$anchor) => {
				var p_4 = root_7$3();
				var text_10 = only_child(p_4, true);
				template_effect(() => set_text(text_10, get(error)));
				append($$anchor, p_4);
			};
			if_block(node_8, ($$render) => {
				if (get(error) !== "") $$render(consequent_6);
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
// src/components/Avatar.svelte
var root$35 = /* @__PURE__ */ from_html(`<span aria-hidden="true"><span> </span></span>`);
function Avatar($$anchor, $$props) {
	push($$props, true);
	let size = prop($$props, "size", 3, "m");
	var span = root$35();
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
var root$34 = /* @__PURE__ */ from_svg(`<circle cx="13" cy="6" r="4.800"></circle><path d="M13 3.500V6l1.800 1.200"></path>`, 1);
var root_1$30 = /* @__PURE__ */ from_svg(`<path d="m7.500 6.500 3.200 3.200L17.500 2.300"></path>`);
var root_2$25 = /* @__PURE__ */ from_svg(`<circle cx="13" cy="6" r="5.200"></circle><path d="M13 3.200v3.300M13 8.600v.2"></path>`, 1);
var root_3$20 = /* @__PURE__ */ from_svg(`<path d="M2.500 6.500 5.700 9.700 12.500 2.300M8.900 9 9.700 9.700 17 2.300"></path>`);
var root_4$15 = /* @__PURE__ */ from_html(`<span><span class="sr-only"> </span> <svg viewBox="0 0 20 12" width="20" height="12" aria-hidden="true" class="svelte-16w00qy"><!></svg></span>`);
function Ticks($$anchor, $$props) {
	push($$props, true);
	var fragment = comment();
	var node = first_child(fragment);
	var consequent_3 = ($$anchor) => {
		var span = root_4$15();
		var span_1 = child(span);
		var text = only_child(span_1, true);
		var svg = sibling(span_1, 2);
		var node_1 = child(svg);
		var consequent = ($$anchor) => {
			var fragment_1 = root$34();
			next();
			append($$anchor, fragment_1);
		};
		var consequent_1 = ($$anchor) => {
			append($$anchor, root_1$30());
		};
		var consequent_2 = ($$anchor) => {
			var fragment_2 = root_2$25();
			next();
			append($$anchor, fragment_2);
		};
		var alternate = ($$anchor) => {
			append($$anchor, root_3$20());
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
function preview(message) {
	if (message.kind === "payment" && message.payment) {
		const amount = i18n.gram(message.payment.amount);
		const words = i18n.t.chats;
		const what = message.mine ? words.paymentOut(amount) : words.paymentIn(amount);
		const line = message.payment.state === "final" ? what : `${amount} ${i18n.t.gram}`;
		return message.payment.comment === "" ? line : `${line} · ${cleanText(message.payment.comment)}`;
	}
	return cleanText(message.text).replace(/\s+/g, " ").slice(0, LINE_CHARACTERS);
}
// src/components/chats/ConversationItem.svelte
var root$33 = /* @__PURE__ */ from_html(`<span class="when svelte-1tp3r4o"><!> </span>`);
var root_1$29 = /* @__PURE__ */ from_html(`<span class="draft svelte-1tp3r4o"> </span>&nbsp;<bdi> </bdi>`, 1);
var root_2$24 = /* @__PURE__ */ from_html(`<em class="svelte-1tp3r4o"> </em>`);
var root_3$19 = /* @__PURE__ */ from_html(`<span class="you svelte-1tp3r4o"> </span>&nbsp;`, 1);
var root_4$14 = /* @__PURE__ */ from_html(`<!><bdi> </bdi>`, 1);
var root_5$12 = /* @__PURE__ */ from_html(`<span class="badge svelte-1tp3r4o"><span aria-hidden="true"> </span> <span class="sr-only"> </span></span>`);
var root_6$9 = /* @__PURE__ */ from_html(`<li><a><!> <span class="text svelte-1tp3r4o"><span class="line svelte-1tp3r4o"><span class="name svelte-1tp3r4o" dir="auto"> </span> <!></span> <span class="line svelte-1tp3r4o"><span class="last svelte-1tp3r4o"><!></span> <!></span></span></a></li>`);
function ConversationItem($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let name = /* @__PURE__ */ user_derived(() => cleanName($$props.conversation.title));
	let draft = /* @__PURE__ */ user_derived(() => $$props.current ? "" : drafts.get($$props.conversation.id));
	let last = /* @__PURE__ */ user_derived(() => $$props.conversation.last);
	var li = root_6$9();
	var a = child(li);
	let classes;
	var node = child(a);
	Avatar(node, { get name() {
		return get(name);
	} });
	var span = sibling(node, 2);
	var span_1 = child(span);
	var span_2 = child(span_1);
	var text$5 = only_child(span_2, true);
	var node_1 = sibling(span_2, 2);
	var consequent_1 = ($$anchor) => {
		var span_3 = root$33();
		var node_2 = child(span_3);
		var consequent = ($$anchor) => {
			Ticks($$anchor, { get state() {
				return get(last).state;
			} });
		};
		if_block(node_2, ($$render) => {
			if (get(last).mine) $$render(consequent);
		});
		var text_1 = sibling(node_2);
		reset(span_3);
		template_effect(($0) => set_text(text_1, ` ${$0 ?? ""}`), [() => i18n.listTime(get(last).at_ms)]);
		append($$anchor, span_3);
	};
	if_block(node_1, ($$render) => {
		if (get(last)) $$render(consequent_1);
	});
	reset(span_1);
	var span_4 = sibling(span_1, 2);
	var span_5 = child(span_4);
	var node_3 = child(span_5);
	var consequent_2 = ($$anchor) => {
		var fragment_1 = root_1$29();
		var span_6 = first_child(fragment_1);
		var text_2 = only_child(span_6);
		var text_3 = only_child(sibling(span_6, 2), true);
		template_effect(($0) => {
			set_text(text_2, `${get(t).chats.draft ?? ""}:`);
			set_text(text_3, $0);
		}, [() => get(draft).slice(0, 120)]);
		append($$anchor, fragment_1);
	};
	var consequent_3 = ($$anchor) => {
		var em = root_2$24();
		var text_4 = only_child(em, true);
		template_effect(() => set_text(text_4, get(t).chats.invited));
		append($$anchor, em);
	};
	var consequent_5 = ($$anchor) => {
		var fragment_2 = root_4$14();
		var node_4 = first_child(fragment_2);
		var consequent_4 = ($$anchor) => {
			var fragment_3 = root_3$19();
			var text_5 = only_child(first_child(fragment_3));
			next();
			template_effect(() => set_text(text_5, `${get(t).chats.you ?? ""}:`));
			append($$anchor, fragment_3);
		};
		if_block(node_4, ($$render) => {
			if (get(last).mine && get(last).kind === "text") $$render(consequent_4);
		});
		var text_6 = only_child(sibling(node_4), true);
		template_effect(($0) => set_text(text_6, $0), [() => preview(get(last))]);
		append($$anchor, fragment_2);
	};
	var alternate = ($$anchor) => {
		var text_7 = text();
		template_effect(() => set_text(text_7, get(t).chats.noMessages));
		append($$anchor, text_7);
	};
	if_block(node_3, ($$render) => {
		if (get(draft) !== "") $$render(consequent_2);
		else if ($$props.conversation.peer_state === "invited") $$render(consequent_3, 1);
		else if (get(last)) $$render(consequent_5, 2);
		else $$render(alternate, -1);
	});
	reset(span_5);
	var node_5 = sibling(span_5, 2);
	var consequent_6 = ($$anchor) => {
		var span_8 = root_5$12();
		var span_9 = child(span_8);
		var text_8 = only_child(span_9, true);
		var text_9 = only_child(sibling(span_9, 2), true);
		reset(span_8);
		template_effect(($0, $1) => {
			set_text(text_8, $0);
			set_text(text_9, $1);
		}, [() => i18n.number($$props.conversation.unread), () => get(t).chats.unread(i18n.counted($$props.conversation.unread))]);
		append($$anchor, span_8);
	};
	if_block(node_5, ($$render) => {
		if ($$props.conversation.unread > 0) $$render(consequent_6);
	});
	reset(span_4);
	reset(span);
	reset(a);
	reset(li);
	template_effect(($0) => {
		set_attribute(a, "href", $0);
		set_attribute(a, "aria-current", $$props.current ? "page" : void 0);
		classes = set_class(a, 1, "svelte-1tp3r4o", null, classes, { current: $$props.current });
		set_text(text$5, get(name));
		span_2.dir = span_2.dir;
	}, [() => to.chat($$props.conversation.id)]);
	append($$anchor, li);
	pop();
}
// src/components/chats/SearchResults.svelte
var root$32 = /* @__PURE__ */ from_html(`<h2 id="found-people" class="svelte-ky06du"> </h2> <ul aria-labelledby="found-people"></ul>`, 1);
var root_1$28 = /* @__PURE__ */ from_html(`<li><a class="svelte-ky06du"><!> <span class="text svelte-ky06du"><span class="line svelte-ky06du"><bdi class="name svelte-ky06du"> </bdi><span class="when svelte-ky06du"> </span></span> <span class="words svelte-ky06du"><bdi> <mark class="svelte-ky06du"> </mark> </bdi></span></span></a></li>`);
var root_2$23 = /* @__PURE__ */ from_html(`<h2 id="found-messages" class="svelte-ky06du"> </h2> <ul aria-labelledby="found-messages" class="messages svelte-ky06du"></ul>`, 1);
var root_3$18 = /* @__PURE__ */ from_html(`<!> <!> <p class="none svelte-ky06du" role="status"> </p>`, 1);
function SearchResults($$anchor, $$props) {
	push($$props, true);
	const RESULTS_MAX = 60;
	const PAUSE_MS = 120;
	const CONTEXT_CHARACTERS = 40;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let found = /* @__PURE__ */ state([]);
	let asked = /* @__PURE__ */ state("");
	let people = /* @__PURE__ */ user_derived(() => app.conversations.filter((one) => cleanName(one.title).toLocaleLowerCase().includes($$props.query.toLocaleLowerCase())));
	user_effect(() => {
		const asking = $$props.query;
		const timer = setTimeout(async () => {
			try {
				const answer = await app.call("message.search", {
					query: asking,
					limit: RESULTS_MAX
				});
				if (asking === $$props.query) (($$value) => {
					var $$array = to_array($$value, 2);
					set(found, $$array[0]);
					set(asked, $$array[1], true);
				})([answer, asking]);
			} catch (error) {
				if (!(error instanceof CallFailed)) throw error;
				if (asking === $$props.query) (($$value) => {
					var $$array_1 = to_array($$value, 2);
					set(found, $$array_1[0]);
					set(asked, $$array_1[1], true);
				})([[], asking]);
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
	var fragment = root_3$18();
	var node = first_child(fragment);
	var consequent = ($$anchor) => {
		var fragment_1 = root$32();
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
		var fragment_3 = root_2$23();
		var h2_1 = first_child(fragment_3);
		var text_1 = only_child(h2_1, true);
		var ul_1 = sibling(h2_1, 2);
		each(ul_1, 21, () => get(found), (message) => message.conversation + message.id, ($$anchor, message) => {
			const title = /* @__PURE__ */ user_derived(() => cleanName(app.conversation(get(message).conversation)?.title ?? get(message).from));
			const line = /* @__PURE__ */ user_derived(() => pieces(get(message)));
			var li = root_1$28();
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
			var span_3 = sibling(span_1, 2);
			var bdi_1 = child(span_3);
			var text_4 = child(bdi_1, true);
			var mark = sibling(text_4);
			var text_5 = only_child(mark, true);
			var text_6 = sibling(mark, 1, true);
			reset(bdi_1);
			reset(span_3);
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
			delegated("click", a, function(...$$args) {
				$$props.onpick?.apply(this, $$args);
			});
			append($$anchor, li);
		});
		reset(ul_1);
		template_effect(() => set_text(text_1, get(t).chats.foundMessages));
		append($$anchor, fragment_3);
	};
	if_block(node_1, ($$render) => {
		if (get(found).length > 0) $$render(consequent_1);
	});
	var text_7 = only_child(sibling(node_1, 2), true);
	template_effect(() => set_text(text_7, get(asked) === $$props.query && get(people).length === 0 && get(found).length === 0 ? get(t).chats.foundNothing : ""));
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/chats/ConversationList.svelte
var root$31 = /* @__PURE__ */ from_html(`<div class="empty svelte-10mt255"><h2> </h2> <p class="muted"> </p> <button type="button" class="button primary"> </button></div>`);
var root_1$27 = /* @__PURE__ */ from_html(`<ul></ul>`);
var root_2$22 = /* @__PURE__ */ from_html(`<section class="pane svelte-10mt255"><header class="svelte-10mt255"><span class="bird svelte-10mt255"><!></span> <h1 class="svelte-10mt255"> </h1> <!> <button type="button" class="icon-button add svelte-10mt255"><!></button></header> <div class="search svelte-10mt255" role="search"><!> <input class="field svelte-10mt255" type="search" dir="auto" autocomplete="off"/></div> <div class="rows scroll svelte-10mt255"><!></div></section> <!>`, 1);
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
	var fragment = root_2$22();
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
	reset(div);
	var div_1 = sibling(div, 2);
	var node_4 = child(div_1);
	var consequent = ($$anchor) => {
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(query).trim());
			SearchResults($$anchor, {
				get query() {
					return get($0);
				},
				onpick: () => set(query, "")
			});
		}
	};
	var d = /* @__PURE__ */ user_derived(() => get(query).trim() !== "");
	var consequent_1 = ($$anchor) => {
		var div_2 = root$31();
		var h2 = child(div_2);
		var text_1 = only_child(h2, true);
		var p = sibling(h2, 2);
		var text_2 = only_child(p, true);
		var button_1 = sibling(p, 2);
		var text_3 = only_child(button_1, true);
		reset(div_2);
		template_effect(() => {
			set_text(text_1, get(t).chats.empty);
			set_text(text_2, get(t).chats.emptyText);
			set_text(text_3, get(t).chats.add);
		});
		delegated("click", button_1, () => set(adding, true));
		append($$anchor, div_2);
	};
	var alternate = ($$anchor) => {
		var ul = root_1$27();
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
	if_block(node_4, ($$render) => {
		if (get(d)) $$render(consequent);
		else if (app.conversations.length === 0) $$render(consequent_1, 1);
		else $$render(alternate, -1);
	});
	reset(div_1);
	bind_this(div_1, ($$value) => set(list, $$value), () => get(list));
	reset(section);
	var node_5 = sibling(section, 2);
	var consequent_2 = ($$anchor) => {
		ContactDialog($$anchor, { onclose: () => set(adding, false) });
	};
	if_block(node_5, ($$render) => {
		if (get(adding)) $$render(consequent_2);
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
function newest(total) {
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
	#fetching = null;
	#fromEnd = /* @__PURE__ */ new Map();
	#indexed = null;
	constructor(id) {
		this.id = id;
	}
	/** Reads the newest page; what is known and joins on to it is kept. */
	async load() {
		const unread = app.conversation(this.id)?.unread ?? 0;
		const fetched = await app.call("message.list", {
			conversation: this.id,
			limit: FETCH_ROWS
		});
		const first = fetched[0];
		const joint = first === void 0 ? -1 : this.all.findIndex((message) => message.id === first.id);
		if (this.loaded && joint >= 0) {
			const before = this.all.length;
			this.all = [...this.all.slice(0, joint), ...fetched];
			if (this.following || this.span.end > this.all.length) this.span = newest(this.all.length);
			else if (before === this.span.end) this.span = newer(this.span, this.all.length);
		} else {
			this.all = fetched;
			this.span = newest(fetched.length);
			this.hasOlder = fetched.length === FETCH_ROWS;
		}
		this.unreadFrom = unread > 0 ? this.all.filter((message) => !message.mine).at(-unread)?.id ?? null : null;
		this.loaded = true;
	}
	take(event) {
		if (event.kind !== "message" || event.message.conversation !== this.id || !this.loaded) return;
		const { message } = event;
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
		this.span = newest(this.all.length);
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
// src/components/contact/ContactInfo.svelte
var root$30 = /* @__PURE__ */ from_html(`<p class="muted"> </p> <p class="muted small svelte-2dmihv"><!> </p>`, 1);
var root_1$26 = /* @__PURE__ */ from_html(`<form><label class="label"> </label> <div class="line svelte-2dmihv"><input class="field svelte-2dmihv" dir="auto" maxlength="64" autocomplete="off"/> <button type="submit" class="button primary"> </button></div></form>`);
var root_2$21 = /* @__PURE__ */ from_html(`<p> </p> <div class="line svelte-2dmihv"><button type="button" class="button"> </button> <button type="button" class="button danger"> </button></div>`, 1);
var root_3$17 = /* @__PURE__ */ from_html(`<button type="button" class="button"><!> </button>`);
var root_4$13 = /* @__PURE__ */ from_html(`<div class="choices svelte-2dmihv"><!> <button type="button" class="button"> </button> <button type="button" class="button danger"> </button></div>`);
var root_5$11 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_6$8 = /* @__PURE__ */ from_html(`<div class="head svelte-2dmihv"><!> <p class="name svelte-2dmihv"><bdi> </bdi></p> <!></div> <!> <!>`, 1);
function ContactInfo($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let contact = /* @__PURE__ */ user_derived(() => app.contacts.find((one) => one.name === $$props.conversation.title));
	let name = /* @__PURE__ */ user_derived(() => cleanName($$props.conversation.title));
	let renaming = /* @__PURE__ */ state(false);
	let removing = /* @__PURE__ */ state(false);
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
			var fragment_1 = root_6$8();
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
			var consequent = ($$anchor) => {
				var fragment_2 = root$30();
				var p_1 = first_child(fragment_2);
				var text_1 = only_child(p_1, true);
				var p_2 = sibling(p_1, 2);
				var node_2 = child(p_2);
				Icon(node_2, {
					name: "shield",
					size: 16
				});
				var text_2 = sibling(node_2, 1, true);
				reset(p_2);
				template_effect(($0) => {
					set_text(text_1, $0);
					set_text(text_2, get(contact).verified ? get(t).contact.verified : get(t).contact.unverified);
				}, [() => get(contact).state === "invited" ? get(t).chats.invited : get(t).contact.since(longDate(get(contact).added_ms, i18n.style))]);
				append($$anchor, fragment_2);
			};
			if_block(node_1, ($$render) => {
				if (get(contact)) $$render(consequent);
			});
			reset(div);
			var node_3 = sibling(div, 2);
			var consequent_1 = ($$anchor) => {
				var form = root_1$26();
				var label = child(form);
				var text_3 = only_child(label, true);
				var div_1 = sibling(label, 2);
				var input = child(div_1);
				remove_input_defaults(input);
				var button = sibling(input, 2);
				var text_4 = only_child(button, true);
				reset(div_1);
				reset(form);
				template_effect(($0) => {
					set_attribute(label, "for", `${id}-name`);
					set_text(text_3, get(t).contact.newName);
					set_attribute(input, "id", `${id}-name`);
					input.dir = input.dir;
					button.disabled = $0;
					set_text(text_4, get(t).contact.rename);
				}, [() => get(newName).trim() === ""]);
				event("submit", form, rename);
				bind_value(input, () => get(newName), ($$value) => set(newName, $$value));
				append($$anchor, form);
			};
			var consequent_2 = ($$anchor) => {
				var fragment_3 = root_2$21();
				var p_3 = first_child(fragment_3);
				var text_5 = only_child(p_3, true);
				var div_2 = sibling(p_3, 2);
				var button_1 = child(div_2);
				var text_6 = only_child(button_1, true);
				var button_2 = sibling(button_1, 2);
				var text_7 = only_child(button_2, true);
				reset(div_2);
				template_effect(($0) => {
					set_text(text_5, $0);
					set_text(text_6, get(t).cancel);
					set_text(text_7, get(t).contact.removeGo);
				}, [() => get(t).contact.removeAsk(get(name))]);
				delegated("click", button_1, () => set(removing, false));
				delegated("click", button_2, remove);
				append($$anchor, fragment_3);
			};
			var alternate = ($$anchor) => {
				var div_3 = root_4$13();
				var node_4 = child(div_3);
				var consequent_3 = ($$anchor) => {
					var button_3 = root_3$17();
					var node_5 = child(button_3);
					Icon(node_5, {
						name: "coin",
						size: 19
					});
					var text_8 = sibling(node_5, 1, true);
					reset(button_3);
					template_effect(() => set_text(text_8, get(t).thread.pay));
					delegated("click", button_3, function(...$$args) {
						$$props.onpay?.apply(this, $$args);
					});
					append($$anchor, button_3);
				};
				if_block(node_4, ($$render) => {
					if ($$props.conversation.peer_state === "connected") $$render(consequent_3);
				});
				var button_4 = sibling(node_4, 2);
				var text_9 = only_child(button_4, true);
				var button_5 = sibling(button_4, 2);
				var text_10 = only_child(button_5, true);
				reset(div_3);
				template_effect(() => {
					set_text(text_9, get(t).contact.rename);
					set_text(text_10, get(t).contact.remove);
				});
				delegated("click", button_4, () => (($$value) => {
					var $$array = to_array($$value, 2);
					set(newName, $$array[0], true);
					set(renaming, $$array[1], true);
					return $$value;
				})([get(name), true]));
				delegated("click", button_5, () => set(removing, true));
				append($$anchor, div_3);
			};
			if_block(node_3, ($$render) => {
				if (get(renaming)) $$render(consequent_1);
				else if (get(removing)) $$render(consequent_2, 1);
				else $$render(alternate, -1);
			});
			var node_6 = sibling(node_3, 2);
			var consequent_4 = ($$anchor) => {
				var p_4 = root_5$11();
				var text_11 = only_child(p_4, true);
				template_effect(() => set_text(text_11, get(error)));
				append($$anchor, p_4);
			};
			if_block(node_6, ($$render) => {
				if (get(error) !== "") $$render(consequent_4);
			});
			template_effect(() => set_text(text, get(name)));
			append($$anchor, fragment_1);
		},
		$$slots: { default: true }
	});
	pop();
}
delegate(["click"]);
// src/components/Amount.svelte
var root$29 = /* @__PURE__ */ from_html(`<span class="amount svelte-1b1jvig"><bdi dir="ltr"> </bdi> <span class="unit svelte-1b1jvig"> </span></span>`);
function Amount($$anchor, $$props) {
	push($$props, true);
	let sign = prop($$props, "sign", 3, ""), decimals = prop($$props, "decimals", 3, 9);
	var span = root$29();
	var bdi = child(span);
	var text = only_child(bdi);
	var text_1 = only_child(sibling(bdi, 2), true);
	reset(span);
	template_effect(($0) => {
		set_text(text, `${sign() ?? ""}${$0 ?? ""}`);
		bdi.dir = bdi.dir;
		set_text(text_1, i18n.t.gram);
	}, [() => i18n.gram($$props.nano, decimals())]);
	append($$anchor, span);
	pop();
}
// src/components/pay/PayForm.svelte
var root$28 = /* @__PURE__ */ from_html(`<label class="label svelte-1yy6ldx"> </label> <input class="field" dir="auto" autocomplete="off" spellcheck="false" data-focus=""/>`, 1);
var root_1$25 = /* @__PURE__ */ from_html(`<p class="about svelte-1yy6ldx"> </p>`);
var root_2$20 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_3$16 = /* @__PURE__ */ from_html(`<form novalidate="" class="svelte-1yy6ldx"><!> <label class="label svelte-1yy6ldx"> </label> <div class="amount svelte-1yy6ldx"><input inputmode="decimal" autocomplete="off" dir="ltr" class="svelte-1yy6ldx"/> <span class="svelte-1yy6ldx"> </span></div> <p> </p> <label class="label svelte-1yy6ldx"> </label> <input class="field" dir="auto" autocomplete="off"/> <!> <!> <button type="submit" class="button primary wide svelte-1yy6ldx"> </button></form>`);
var root_4$12 = /* @__PURE__ */ from_html(`<p class="comment svelte-1yy6ldx" dir="auto"> </p>`);
var root_5$10 = /* @__PURE__ */ from_html(`<dl class="svelte-1yy6ldx"><div class="svelte-1yy6ldx"><dt class="svelte-1yy6ldx"> </dt><dd class="svelte-1yy6ldx"><!></dd></div> <div class="svelte-1yy6ldx"><dt class="svelte-1yy6ldx"> </dt><dd class="svelte-1yy6ldx"><!></dd></div> <div class="total svelte-1yy6ldx"><dt class="svelte-1yy6ldx"> </dt><dd class="svelte-1yy6ldx"><!></dd></div></dl> <!> <p class="about svelte-1yy6ldx"> </p> <!> <!> <div class="choice svelte-1yy6ldx"><button type="button" class="button"> </button> <button type="button" class="button primary wide svelte-1yy6ldx"> </button></div>`, 1);
function PayForm($$anchor, $$props) {
	const id = props_id();
	push($$props, true);
	let name = prop($$props, "name", 3, null), publicComment = prop($$props, "publicComment", 3, false);
	const COMMENT_CHARACTERS_MAX = 200;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let amount = /* @__PURE__ */ state("");
	let to = /* @__PURE__ */ state("");
	let comment$1 = /* @__PURE__ */ state("");
	let quote = /* @__PURE__ */ state(null);
	let busy = /* @__PURE__ */ state(false);
	let error = /* @__PURE__ */ state("");
	let parsed = /* @__PURE__ */ user_derived(() => parseGram(get(amount)));
	let wrong = /* @__PURE__ */ user_derived(() => {
		if (get(parsed).ok || get(parsed).why === "empty") return "";
		return {
			no_number: get(t).pay.noNumber,
			zero: get(t).pay.noNumber,
			too_fine: get(t).pay.tooFine,
			too_large: get(t).pay.tooLarge
		}[get(parsed).why];
	});
	async function review(submit) {
		submit.preventDefault();
		if (!get(parsed).ok) return set(error, get(wrong) || get(t).pay.noNumber, true);
		if (name() === null && get(to).trim() === "") return set(error, get(t).pay.noAddress, true);
		await attempt(async () => set(quote, await $$props.ask(get(to).trim(), get(parsed).ok ? get(parsed).nano : "0")));
	}
	async function confirm() {
		const agreed = get(quote);
		if (agreed === null || get(busy)) return;
		await attempt(() => $$props.pay(get(to).trim(), agreed.amount, get(comment$1).trim()));
	}
	async function attempt(work) {
		set(busy, true);
		set(error, "");
		try {
			await work();
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(busy, false);
		}
	}
	/** The decision has the focus as soon as there is one. */
	function begin(element) {
		element.focus();
	}
	var fragment = comment();
	var node = first_child(fragment);
	var consequent_3 = ($$anchor) => {
		var form = root_3$16();
		var node_1 = child(form);
		var consequent = ($$anchor) => {
			var fragment_1 = root$28();
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
			var p_1 = root_1$25();
			var text_5 = only_child(p_1, true);
			template_effect(() => set_text(text_5, get(t).pay.commentPublic));
			append($$anchor, p_1);
		};
		if_block(node_2, ($$render) => {
			if (publicComment()) $$render(consequent_1);
		});
		var node_3 = sibling(node_2, 2);
		var consequent_2 = ($$anchor) => {
			var p_2 = root_2$20();
			var text_6 = only_child(p_2, true);
			template_effect(() => set_text(text_6, get(error)));
			append($$anchor, p_2);
		};
		if_block(node_3, ($$render) => {
			if (get(error) !== "") $$render(consequent_2);
		});
		var button = sibling(node_3, 2);
		var text_7 = only_child(button, true);
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
			button.disabled = get(busy);
			set_text(text_7, get(busy) ? get(t).pay.asking : get(t).pay.review);
		}, [() => i18n.plain("0"), () => get(wrong) !== "" ? get(wrong) : app.balance ? get(t).pay.balance(i18n.gram(app.balance.balance)) : ""]);
		event("submit", form, review);
		bind_value(input_1, () => get(amount), ($$value) => set(amount, $$value));
		bind_value(input_2, () => get(comment$1), ($$value) => set(comment$1, $$value));
		append($$anchor, form);
	};
	var alternate = ($$anchor) => {
		var fragment_2 = root_5$10();
		var dl = first_child(fragment_2);
		var div_1 = child(dl);
		var dt = child(div_1);
		var text_8 = only_child(dt, true);
		var dd = sibling(dt);
		Amount(child(dd), { get nano() {
			return get(quote).amount;
		} });
		reset(dd);
		reset(div_1);
		var div_2 = sibling(div_1, 2);
		var dt_1 = child(div_2);
		var text_9 = only_child(dt_1, true);
		var dd_1 = sibling(dt_1);
		Amount(child(dd_1), { get nano() {
			return get(quote).fee;
		} });
		reset(dd_1);
		reset(div_2);
		var div_3 = sibling(div_2, 2);
		var dt_2 = child(div_3);
		var text_10 = only_child(dt_2, true);
		var dd_2 = sibling(dt_2);
		Amount(child(dd_2), { get nano() {
			return get(quote).total;
		} });
		reset(dd_2);
		reset(div_3);
		reset(dl);
		var node_7 = sibling(dl, 2);
		var consequent_4 = ($$anchor) => {
			var p_3 = root_4$12();
			var text_11 = only_child(p_3, true);
			template_effect(($0) => {
				set_text(text_11, $0);
				p_3.dir = p_3.dir;
			}, [() => get(comment$1).trim()]);
			append($$anchor, p_3);
		};
		var d = /* @__PURE__ */ user_derived(() => get(comment$1).trim() !== "");
		if_block(node_7, ($$render) => {
			if (get(d)) $$render(consequent_4);
		});
		var p_4 = sibling(node_7, 2);
		var text_12 = only_child(p_4, true);
		var node_8 = sibling(p_4, 2);
		var consequent_5 = ($$anchor) => {
			var p_5 = root_2$20();
			var text_13 = only_child(p_5);
			template_effect(($0) => set_text(text_13, `${get(t).pay.insufficient ?? ""} ${$0 ?? ""}`), [() => get(t).pay.balance(i18n.gram(get(quote).balance))]);
			append($$anchor, p_5);
		};
		if_block(node_8, ($$render) => {
			if (!get(quote).sufficient) $$render(consequent_5);
		});
		var node_9 = sibling(node_8, 2);
		var consequent_6 = ($$anchor) => {
			var p_6 = root_2$20();
			var text_14 = only_child(p_6, true);
			template_effect(() => set_text(text_14, get(error)));
			append($$anchor, p_6);
		};
		if_block(node_9, ($$render) => {
			if (get(error) !== "") $$render(consequent_6);
		});
		var div_4 = sibling(node_9, 2);
		var button_1 = child(div_4);
		var text_15 = only_child(button_1, true);
		var button_2 = sibling(button_1, 2);
		var text_16 = only_child(button_2, true);
		attach(button_2, () => begin);
		reset(div_4);
		template_effect(($0, $1) => {
			set_text(text_8, $0);
			set_text(text_9, get(t).pay.fee);
			set_text(text_10, get(t).pay.total);
			set_text(text_12, get(t).pay.finality);
			button_1.disabled = get(busy);
			set_text(text_15, get(t).pay.edit);
			button_2.disabled = get(busy) || !get(quote).sufficient;
			set_text(text_16, $1);
		}, [() => get(t).pay.receives(cleanName(name() ?? get(quote).to)), () => get(busy) ? get(t).pay.busy : get(t).pay.confirm(i18n.gram(get(quote).total))]);
		delegated("click", button_1, () => set(quote, null));
		delegated("click", button_2, confirm);
		append($$anchor, fragment_2);
	};
	if_block(node, ($$render) => {
		if (get(quote) === null) $$render(consequent_3);
		else $$render(alternate, -1);
	});
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/pay/PayDialog.svelte
function PayDialog($$anchor, $$props) {
	push($$props, true);
	let name = /* @__PURE__ */ user_derived(() => cleanName($$props.conversation.title));
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
				PayForm($$anchor, {
					get name() {
						return get(name);
					},
					ask: (_to, amount) => app.call("payment.quote", {
						conversation: $$props.conversation.id,
						amount
					}),
					pay: async (_to, amount, comment) => {
						app.take(await app.call("payment.send", {
							conversation: $$props.conversation.id,
							amount,
							...comment === "" ? {} : { comment }
						}));
						$$props.onclose();
					}
				});
			},
			$$slots: { default: true }
		});
	}
	pop();
}
// src/components/chats/Compose.svelte
var root$27 = /* @__PURE__ */ from_html(`<div class="reply svelte-jr1850"><!> <span class="what svelte-jr1850"><span class="who svelte-jr1850"> </span> <span class="line svelte-jr1850"><bdi> </bdi></span></span> <button type="button" class="icon-button"><!></button></div>`);
var root_1$24 = /* @__PURE__ */ from_html(`<p class="error-text svelte-jr1850" role="alert"> </p>`);
var root_2$19 = /* @__PURE__ */ from_html(`<p class="error-text svelte-jr1850" role="status"> </p>`);
var root_3$15 = /* @__PURE__ */ from_html(`<div class="compose svelte-jr1850"><!> <!> <!> <form class="svelte-jr1850"><button type="button" class="icon-button pay svelte-jr1850"><!></button> <textarea class="field scroll svelte-jr1850" rows="1" dir="auto"></textarea> <button type="submit" class="send svelte-jr1850"><!></button></form></div>`);
function Compose($$anchor, $$props) {
	push($$props, true);
	const TEXT_BYTES_MAX = 65536;
	const HEIGHT_MAX_PX = 180;
	const encoder = new TextEncoder();
	/** On a touch keyboard Enter makes a line; there is a button to send. */
	const touch = matchMedia("(pointer: coarse)").matches;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let text = /* @__PURE__ */ user_derived(() => drafts.get($$props.conversation.id));
	let error = /* @__PURE__ */ state("");
	let field;
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
		if (words === "" || get(over) > 0) return;
		const { id } = $$props.conversation;
		const reply_to = $$props.replyTo?.id;
		drafts.set(id, "");
		set(error, "");
		$$props.onnoreply();
		field.focus();
		try {
			app.take(await app.call("message.send", {
				conversation: id,
				text: words,
				...reply_to ? { reply_to } : {}
			}));
		} catch (failure) {
			if (drafts.get(id) === "") drafts.set(id, words);
			set(error, explain(failure), true);
		}
	}
	function onkeydown(key) {
		if (key.key === "Enter" && !key.shiftKey && !key.isComposing && !touch) {
			key.preventDefault();
			send();
		} else if (key.key === "Escape" && $$props.replyTo) $$props.onnoreply();
	}
	var $$exports = { focus };
	var div = root_3$15();
	var node = child(div);
	var consequent = ($$anchor) => {
		var div_1 = root$27();
		var node_1 = child(div_1);
		Icon(node_1, {
			name: "reply",
			size: 20
		});
		var span = sibling(node_1, 2);
		var span_1 = child(span);
		var text_1 = only_child(span_1, true);
		var span_2 = sibling(span_1, 2);
		var text_2 = only_child(child(span_2), true);
		reset(span_2);
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
		}, [() => get(t).thread.replyTo($$props.replyTo.mine ? get(t).chats.you : cleanName($$props.replyTo.from)), () => preview($$props.replyTo)]);
		delegated("click", button, function(...$$args) {
			$$props.onnoreply?.apply(this, $$args);
		});
		append($$anchor, div_1);
	};
	if_block(node, ($$render) => {
		if ($$props.replyTo) $$render(consequent);
	});
	var node_3 = sibling(node, 2);
	var consequent_1 = ($$anchor) => {
		var p = root_1$24();
		var text_3 = only_child(p, true);
		template_effect(() => set_text(text_3, get(error)));
		append($$anchor, p);
	};
	if_block(node_3, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
	});
	var node_4 = sibling(node_3, 2);
	var consequent_2 = ($$anchor) => {
		var p_1 = root_2$19();
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
		button_1.disabled = $$props.conversation.peer_state === "invited";
		set_attribute(textarea, "placeholder", get(t).thread.compose);
		set_attribute(textarea, "aria-label", get(t).thread.compose);
		set_attribute(textarea, "enterkeyhint", touch ? "enter" : "send");
		textarea.dir = textarea.dir;
		button_2.disabled = $0;
		set_attribute(button_2, "aria-label", get(t).thread.send);
		set_attribute(button_2, "title", get(t).thread.send);
	}, [() => get(text).trim() === "" || get(over) > 0]);
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
var root$26 = /* @__PURE__ */ from_html(`<a target="_blank" rel="noopener noreferrer nofollow" class="svelte-19anedb"><bdi dir="ltr"> </bdi></a>`);
function RichText($$anchor, $$props) {
	push($$props, true);
	let parts = /* @__PURE__ */ user_derived(() => splitLinks(cleanText($$props.text)));
	var fragment = comment();
	each(first_child(fragment), 17, () => get(parts), index, ($$anchor, part) => {
		var fragment_1 = comment();
		var node_1 = first_child(fragment_1);
		var consequent = ($$anchor) => {
			var a = root$26();
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
		var alternate = ($$anchor) => {
			var text_2 = text();
			template_effect(() => set_text(text_2, get(part).text));
			append($$anchor, text_2);
		};
		if_block(node_1, ($$render) => {
			if (get(part).kind === "link") $$render(consequent);
			else $$render(alternate, -1);
		});
		append($$anchor, fragment_1);
	});
	append($$anchor, fragment);
	pop();
}
// src/components/pay/PaymentBubble.svelte
var root$25 = /* @__PURE__ */ from_html(`<p class="svelte-1ia2r81"><bdi><!></bdi></p>`);
var root_1$23 = /* @__PURE__ */ from_html(`<span class="dot svelte-1ia2r81" aria-hidden="true"></span> `, 1);
var root_2$18 = /* @__PURE__ */ from_html(`<span class="fee svelte-1ia2r81"> </span>`);
var root_3$14 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
var root_4$11 = /* @__PURE__ */ from_html(`<!> `, 1);
var root_5$9 = /* @__PURE__ */ from_html(`<a class="svelte-1ia2r81"> <!></a>`);
var root_6$7 = /* @__PURE__ */ from_html(`<div><div class="top svelte-1ia2r81"><span class="coin svelte-1ia2r81"><!></span> <span><span class="what svelte-1ia2r81"> </span> <span class="sum svelte-1ia2r81"><!></span></span></div> <!> <div class="state svelte-1ia2r81" role="status"><!></div> <!></div>`);
function PaymentBubble($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var div = root_6$7();
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
	Amount(child(span_3), { get nano() {
		return $$props.payment.amount;
	} });
	reset(span_3);
	reset(span_1);
	reset(div_1);
	var node_2 = sibling(div_1, 2);
	var consequent = ($$anchor) => {
		var p = root$25();
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
		var fragment = root_1$23();
		var text_1 = sibling(first_child(fragment), 1, true);
		template_effect(() => set_text(text_1, $$props.mine ? get(t).payment.sending : get(t).payment.arriving));
		append($$anchor, fragment);
	};
	var consequent_3 = ($$anchor) => {
		var fragment_1 = root_3$14();
		var node_5 = first_child(fragment_1);
		Icon(node_5, {
			name: "check",
			size: 15
		});
		var text_2 = sibling(node_5);
		var node_6 = sibling(text_2);
		var consequent_2 = ($$anchor) => {
			var span_4 = root_2$18();
			var text_3 = only_child(span_4);
			template_effect(($0) => set_text(text_3, `· ${$0 ?? ""}`), [() => get(t).payment.fee(i18n.gram($$props.payment.fee))]);
			append($$anchor, span_4);
		};
		if_block(node_6, ($$render) => {
			if ($$props.mine) $$render(consequent_2);
		});
		template_effect(() => set_text(text_2, `${get(t).payment.final ?? ""} `));
		append($$anchor, fragment_1);
	};
	var alternate = ($$anchor) => {
		var fragment_2 = root_4$11();
		var node_7 = first_child(fragment_2);
		Icon(node_7, {
			name: "warning",
			size: 15
		});
		var text_4 = sibling(node_7);
		template_effect(() => set_text(text_4, `${get(t).payment.failed ?? ""}${$$props.payment.reason ? `: ${$$props.payment.reason}` : ""}`));
		append($$anchor, fragment_2);
	};
	if_block(node_4, ($$render) => {
		if ($$props.payment.state === "sending") $$render(consequent_1);
		else if ($$props.payment.state === "final") $$render(consequent_3, 1);
		else $$render(alternate, -1);
	});
	reset(div_2);
	var node_8 = sibling(div_2, 2);
	var consequent_4 = ($$anchor) => {
		var a = root_5$9();
		var text_5 = child(a, true);
		Icon(sibling(text_5), {
			name: "forward",
			size: 15
		});
		reset(a);
		template_effect(($0) => {
			set_attribute(a, "href", $0);
			set_text(text_5, get(t).payment.transaction);
		}, [() => to.transaction($$props.payment.transaction)]);
		append($$anchor, a);
	};
	if_block(node_8, ($$render) => {
		if ($$props.payment.transaction) $$render(consequent_4);
	});
	reset(div);
	template_effect(() => {
		set_class(div, 1, `payment ${$$props.payment.state ?? ""}`, "svelte-1ia2r81");
		set_attribute(div, "data-payment", $$props.payment.state);
		set_text(text, $$props.payment.state === "final" ? $$props.mine ? get(t).payment.sent : get(t).payment.received : $$props.mine ? get(t).pay.sendTitle : get(t).payment.arriving);
	});
	append($$anchor, div);
	pop();
}
// src/components/chats/Separator.svelte
var root$24 = /* @__PURE__ */ from_html(`<div><span class="svelte-ghw8br"> </span></div>`);
function Separator($$anchor, $$props) {
	let strong = prop($$props, "strong", 3, false);
	var div = root$24();
	var text_1 = only_child(child(div), true);
	reset(div);
	template_effect(() => {
		set_class(div, 1, clsx(strong() ? "unread" : "day"), "svelte-ghw8br");
		set_text(text_1, $$props.text);
	});
	append($$anchor, div);
}
// src/components/chats/MessageRow.svelte
var root$23 = /* @__PURE__ */ from_html(`<span class="meta svelte-8wepzn"><span class="at svelte-8wepzn"> <!></span></span>`);
var root_1$22 = /* @__PURE__ */ from_html(`<p class="words svelte-8wepzn"><!></p>`);
var root_2$17 = /* @__PURE__ */ from_html(`<button type="button" class="quote svelte-8wepzn" tabindex="-1"><span class="who svelte-8wepzn"> </span> <span class="what svelte-8wepzn"><bdi class="svelte-8wepzn"> </bdi></span></button>`);
var root_3$13 = /* @__PURE__ */ from_html(`<!> <!>`, 1);
var root_4$10 = /* @__PURE__ */ from_html(`<p class="words svelte-8wepzn" dir="auto"><!><!></p>`);
var root_5$8 = /* @__PURE__ */ from_html(`<div class="bubble svelte-8wepzn"><!> <!></div> <span class="actions svelte-8wepzn"><button type="button" tabindex="-1" class="svelte-8wepzn"><!></button> <button type="button" tabindex="-1" class="svelte-8wepzn"><!></button></span>`, 1);
var root_6$6 = /* @__PURE__ */ from_html(`<!> <!> <div role="article" tabindex="-1"><!></div>`, 1);
function MessageRow($$anchor, $$props) {
	push($$props, true);
	const meta = ($$anchor) => {
		var span = root$23();
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
		template_effect(($0) => {
			set_attribute(span_1, "dir", i18n.direction);
			set_text(text, $0);
			span_1.dir = span_1.dir;
		}, [() => i18n.clock(get(message).at_ms)]);
		append($$anchor, span);
	};
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let message = /* @__PURE__ */ user_derived(() => $$props.row.message);
	let author = /* @__PURE__ */ user_derived(() => get(message).mine ? get(t).chats.you : cleanName(get(message).from));
	let label = /* @__PURE__ */ user_derived(() => `${get(author)}, ${i18n.clock(get(message).at_ms)}: ${preview(get(message))}${get(message).mine ? `. ${get(t).state[get(message).state]}` : ""}`);
	var fragment_1 = root_6$6();
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
		var p = root_1$22();
		RichText(child(p), { get text() {
			return get(message).text;
		} });
		reset(p);
		append($$anchor, p);
	};
	var alternate_1 = ($$anchor) => {
		var fragment_4 = root_5$8();
		var div_1 = first_child(fragment_4);
		var node_5 = child(div_1);
		var consequent_4 = ($$anchor) => {
			var button = root_2$17();
			var span_2 = child(button);
			var text_1 = only_child(span_2, true);
			var span_3 = sibling(span_2, 2);
			var text_2 = only_child(child(span_3), true);
			reset(span_3);
			reset(button);
			template_effect(($0, $1) => {
				set_text(text_1, $0);
				set_text(text_2, $1);
			}, [() => $$props.quoted ? $$props.quoted.mine ? get(t).chats.you : cleanName($$props.quoted.from) : "", () => $$props.quoted ? preview($$props.quoted) : get(t).thread.quoteGone]);
			delegated("click", button, () => get(message).reply_to && $$props.onquote(get(message).reply_to));
			append($$anchor, button);
		};
		if_block(node_5, ($$render) => {
			if (get(message).reply_to) $$render(consequent_4);
		});
		var node_6 = sibling(node_5, 2);
		var consequent_5 = ($$anchor) => {
			var fragment_5 = root_3$13();
			var node_7 = first_child(fragment_5);
			PaymentBubble(node_7, {
				get payment() {
					return get(message).payment;
				},
				get mine() {
					return get(message).mine;
				}
			});
			var node_8 = sibling(node_7, 2);
			meta(node_8);
			append($$anchor, fragment_5);
		};
		var alternate = ($$anchor) => {
			var p_1 = root_4$10();
			var node_9 = child(p_1);
			RichText(node_9, { get text() {
				return get(message).text;
			} });
			var node_10 = sibling(node_9);
			meta(node_10);
			reset(p_1);
			template_effect(() => p_1.dir = p_1.dir);
			append($$anchor, p_1);
		};
		if_block(node_6, ($$render) => {
			if (get(message).payment) $$render(consequent_5);
			else $$render(alternate, -1);
		});
		reset(div_1);
		var span_4 = sibling(div_1, 2);
		var button_1 = child(span_4);
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
		reset(span_4);
		template_effect(() => {
			set_attribute(button_1, "title", get(t).thread.reply);
			set_attribute(button_1, "aria-label", get(t).thread.reply);
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
	append($$anchor, fragment_1);
	pop();
}
delegate(["click"]);
// src/components/chats/MessageList.svelte
var root$22 = /* @__PURE__ */ from_html(`<div class="empty svelte-1b70iiv"><h2> </h2> <p class="svelte-1b70iiv"> </p></div>`);
var root_1$21 = /* @__PURE__ */ from_html(`<span class="fresh svelte-1b70iiv"> </span>`);
var root_2$16 = /* @__PURE__ */ from_html(`<button type="button" class="newest svelte-1b70iiv"><!> <!></button>`);
var root_3$12 = /* @__PURE__ */ from_html(`<div class="around svelte-1b70iiv"><div class="log scroll svelte-1b70iiv" role="log" aria-live="off" tabindex="0"><div class="content svelte-1b70iiv"><!> <!></div></div> <div class="sr-only" aria-live="polite"> </div> <!></div>`);
function MessageList($$anchor, $$props) {
	push($$props, true);
	let thread = prop($$props, "thread", 7);
	/** Nearer than this to an end, the window moves on. */
	const EDGE_PX = 900;
	const BOTTOM_PX = 48;
	const RUN_MS = 3e5;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let box;
	let content;
	let away = /* @__PURE__ */ state(false);
	let fresh = /* @__PURE__ */ state(0);
	let flash = /* @__PURE__ */ state(null);
	let announced = /* @__PURE__ */ state("");
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
	function onscroll() {
		const under = below();
		thread().following = thread().atEnd && under < BOTTOM_PX;
		set(away, !thread().atEnd || under > 320, true);
		if (thread().following) markRead();
		if (box.scrollTop < EDGE_PX) {
			if (thread().olderReady) keepingPlace(() => thread().showOlder());
			if (thread().span.start < 100) thread().fetchOlder(void 0, keepingPlace).then(showFetched);
		} else if (under < EDGE_PX && !thread().atEnd) keepingPlace(() => thread().showNewer());
	}
	function showFetched() {
		if (box?.isConnected && box.scrollTop < EDGE_PX && thread().olderReady) keepingPlace(() => thread().showOlder());
	}
	function markRead() {
		const conversation = app.conversation(thread().id);
		const last = thread().all.findLast((message) => !message.mine);
		set(fresh, 0);
		if (!conversation || conversation.unread === 0 || !last || document.hidden) return;
		app.call("message.mark_read", {
			conversation: thread().id,
			up_to: last.id
		}).catch((error) => {
			if (!(error instanceof CallFailed)) throw error;
		});
	}
	async function toNewest() {
		thread().showNewest();
		await tick();
		box.scrollTop = box.scrollHeight;
		set(away, false);
		markRead();
	}
	async function reveal(id) {
		if (!await thread().reveal(id)) return ui.say(get(t).thread.quoteGone);
		await tick();
		content.querySelector(`[data-message="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
		set(flash, id, true);
		setTimeout(() => set(flash, get(flash) === id ? null : get(flash), true), 1700);
	}
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
			} else if (!first) set(fresh, get(fresh) + 1);
			if (!newest.mine && !first) set(announced, get(t).thread.incoming($$props.title, preview(newest)), true);
		});
	});
	user_effect(() => {
		if ((app.conversation(thread().id)?.unread ?? 0) > 0 && thread().loaded && thread().following) untrack(markRead);
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
	var div = root_3$12();
	event("visibilitychange", $document, () => thread().following && markRead());
	var div_1 = child(div);
	var div_2 = child(div_1);
	var node = child(div_2);
	var consequent = ($$anchor) => {
		var div_3 = root$22();
		var h2 = child(div_3);
		var text = only_child(h2, true);
		var text_1 = only_child(sibling(h2, 2), true);
		reset(div_3);
		template_effect(($0) => {
			set_text(text, get(t).thread.empty);
			set_text(text_1, $0);
		}, [() => get(t).thread.emptyText(cleanName($$props.title))]);
		append($$anchor, div_3);
	};
	if_block(node, ($$render) => {
		if (thread().loaded && thread().all.length === 0) $$render(consequent);
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
				onquote: reveal
			});
		}
	});
	reset(div_2);
	bind_this(div_2, ($$value) => content = $$value, () => content);
	reset(div_1);
	bind_this(div_1, ($$value) => box = $$value, () => box);
	var div_4 = sibling(div_1, 2);
	var text_2 = only_child(div_4, true);
	var node_2 = sibling(div_4, 2);
	var consequent_2 = ($$anchor) => {
		var button = root_2$16();
		var node_3 = child(button);
		Icon(node_3, { name: "down" });
		var node_4 = sibling(node_3, 2);
		var consequent_1 = ($$anchor) => {
			var span_1 = root_1$21();
			var text_3 = only_child(span_1, true);
			template_effect(($0) => set_text(text_3, $0), [() => i18n.number(get(fresh))]);
			append($$anchor, span_1);
		};
		if_block(node_4, ($$render) => {
			if (get(fresh) > 0) $$render(consequent_1);
		});
		reset(button);
		template_effect(() => {
			set_attribute(button, "aria-label", get(t).thread.newest);
			set_attribute(button, "title", get(t).thread.newest);
		});
		delegated("click", button, toNewest);
		append($$anchor, button);
	};
	if_block(node_2, ($$render) => {
		if (get(away)) $$render(consequent_2);
	});
	reset(div);
	template_effect(($0) => {
		set_attribute(div_1, "aria-label", $0);
		set_text(text_2, get(announced));
	}, [() => get(t).thread.label($$props.title)]);
	event("scroll", div_1, onscroll);
	delegated("keydown", div_1, onkeydown);
	append($$anchor, div);
	pop();
}
delegate(["keydown", "click"]);
// src/components/chats/ThreadView.svelte
var root$21 = /* @__PURE__ */ from_html(`<!> `, 1);
var root_1$20 = /* @__PURE__ */ from_html(`<p class="invited svelte-9igej7"> </p>`);
var root_2$15 = /* @__PURE__ */ from_html(`<section class="thread svelte-9igej7"><header class="svelte-9igej7"><a class="icon-button back svelte-9igej7"><!></a> <button type="button" class="who svelte-9igej7"><!> <span class="names svelte-9igej7"><span class="name svelte-9igej7"><bdi> </bdi></span> <span class="under svelte-9igej7"><!></span></span></button> <button type="button" class="icon-button"><!></button></header> <!> <!> <!></section> <!> <!>`, 1);
function ThreadView($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let id = /* @__PURE__ */ user_derived(() => $$props.conversation.id);
	let thread = /* @__PURE__ */ user_derived(() => threads.get(get(id)));
	let name = /* @__PURE__ */ user_derived(() => cleanName($$props.conversation.title));
	let reply = /* @__PURE__ */ state(null);
	let paying = /* @__PURE__ */ state(false);
	let details = /* @__PURE__ */ state(false);
	let compose = /* @__PURE__ */ state(void 0);
	user_effect(() => {
		app.epoch;
		get(thread).load().catch((error) => {
			if (!(error instanceof CallFailed)) throw error;
		});
	});
	user_effect(() => {
		get(id);
		set(reply, null);
		if (matchMedia("(pointer: fine) and (min-width: 761px)").matches) get(compose)?.focus();
	});
	function answer(message) {
		set(reply, message);
		get(compose)?.focus();
	}
	var fragment = root_2$15();
	var section = first_child(fragment);
	var header = child(section);
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
	var span_1 = child(span);
	var text$4 = only_child(child(span_1), true);
	reset(span_1);
	var span_2 = sibling(span_1, 2);
	var node_2 = child(span_2);
	var consequent = ($$anchor) => {
		var text_1 = text();
		template_effect(() => set_text(text_1, get(t).chats.invited));
		append($$anchor, text_1);
	};
	var alternate = ($$anchor) => {
		var fragment_2 = root$21();
		var node_3 = first_child(fragment_2);
		Icon(node_3, {
			name: "lock",
			size: 13
		});
		var text_2 = sibling(node_3, 1, true);
		template_effect(() => set_text(text_2, get(t).thread.encrypted));
		append($$anchor, fragment_2);
	};
	if_block(node_2, ($$render) => {
		if ($$props.conversation.peer_state === "invited") $$render(consequent);
		else $$render(alternate, -1);
	});
	reset(span_2);
	reset(span);
	reset(button);
	var button_1 = sibling(button, 2);
	Icon(child(button_1), { name: "info" });
	reset(button_1);
	reset(header);
	var node_5 = sibling(header, 2);
	key(node_5, () => get(id), ($$anchor) => {
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
			oncompose: () => get(compose)?.focus()
		});
	});
	var node_6 = sibling(node_5, 2);
	var consequent_1 = ($$anchor) => {
		var p = root_1$20();
		var text_3 = only_child(p, true);
		template_effect(() => set_text(text_3, get(t).thread.invited));
		append($$anchor, p);
	};
	if_block(node_6, ($$render) => {
		if ($$props.conversation.peer_state === "invited") $$render(consequent_1);
	});
	bind_this(Compose(sibling(node_6, 2), {
		get conversation() {
			return $$props.conversation;
		},
		get replyTo() {
			return get(reply);
		},
		onnoreply: () => set(reply, null),
		onpay: () => set(paying, true)
	}), ($$value) => set(compose, $$value, true), () => get(compose));
	reset(section);
	var node_8 = sibling(section, 2);
	var consequent_2 = ($$anchor) => {
		PayDialog($$anchor, {
			get conversation() {
				return $$props.conversation;
			},
			onclose: () => set(paying, false)
		});
	};
	if_block(node_8, ($$render) => {
		if (get(paying)) $$render(consequent_2);
	});
	var node_9 = sibling(node_8, 2);
	var consequent_3 = ($$anchor) => {
		ContactInfo($$anchor, {
			get conversation() {
				return $$props.conversation;
			},
			onclose: () => set(details, false),
			onpay: () => (($$value) => {
				var $$array = to_array($$value, 2);
				set(details, $$array[0], true);
				set(paying, $$array[1], true);
				return $$value;
			})([false, true])
		});
	};
	if_block(node_9, ($$render) => {
		if (get(details)) $$render(consequent_3);
	});
	template_effect(($0) => {
		set_attribute(section, "aria-label", $0);
		set_attribute(a, "href", to.chats);
		set_attribute(a, "aria-label", get(t).back);
		set_attribute(button, "title", get(t).thread.details);
		set_text(text$4, get(name));
		set_attribute(button_1, "aria-label", get(t).thread.details);
		set_attribute(button_1, "title", get(t).thread.details);
	}, [() => get(t).thread.label(get(name))]);
	delegated("click", button, () => set(details, true));
	delegated("click", button_1, () => set(details, true));
	append($$anchor, fragment);
	pop();
}
delegate(["click"]);
// src/components/chats/ChatsPage.svelte
var root$20 = /* @__PURE__ */ from_html(`<div class="none svelte-utxqw"><!> <h2 class="svelte-utxqw"> </h2> <p class="muted svelte-utxqw"> </p></div>`);
var root_1$19 = /* @__PURE__ */ from_html(`<div><div class="list svelte-utxqw"><!></div> <div class="one svelte-utxqw" id="content" tabindex="-1"><!></div></div>`);
function ChatsPage($$anchor, $$props) {
	push($$props, true);
	/** A conversation's id, or its title: `simurgh message` names conversations so too. */
	let open = /* @__PURE__ */ user_derived(() => $$props.id === null ? void 0 : app.conversation($$props.id) ?? app.conversations.find((one) => cleanName(one.title).toLowerCase() === $$props.id.toLowerCase()));
	user_effect(() => {
		if (get(open) && get(open).id !== $$props.id) router.replace(to.chat(get(open).id));
	});
	var div = root_1$19();
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
		var div_3 = root$20();
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
var root$19 = /* @__PURE__ */ from_html(`<p class="muted svelte-1f4atw3"> </p>`);
var root_1$18 = /* @__PURE__ */ from_html(`<li><span class="box svelte-1f4atw3"><!></span> <div class="svelte-1f4atw3"><p class="what svelte-1f4atw3"> <span class="sr-only svelte-1f4atw3"> </span></p> <!></div></li>`);
var root_2$14 = /* @__PURE__ */ from_html(`<section class="card svelte-1f4atw3" aria-labelledby="checklist"><h2 id="checklist" class="svelte-1f4atw3"> </h2> <p class="muted svelte-1f4atw3" role="status"> </p> <ol class="svelte-1f4atw3"></ol></section>`);
function DemoChecklist($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let texts = /* @__PURE__ */ user_derived(() => ({
		write: get(t).demo.writeText,
		pay: get(t).demo.payText,
		see: get(t).demo.seeText,
		stopValidator: get(t).demo.stopValidatorText,
		stopRelay: get(t).demo.stopRelayText,
		still: get(t).demo.stillText
	}));
	let next = /* @__PURE__ */ user_derived(() => STEPS.find((step) => !$$props.checklist.done.has(step)));
	var section = root_2$14();
	var h2 = child(section);
	var text = only_child(h2, true);
	var p = sibling(h2, 2);
	var text_1 = only_child(p, true);
	var ol = sibling(p, 2);
	each(ol, 20, () => STEPS, (step) => step, ($$anchor, step) => {
		const done = /* @__PURE__ */ user_derived(() => $$props.checklist.done.has(step));
		var li = root_1$18();
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
			var p_2 = root$19();
			var text_4 = only_child(p_2, true);
			template_effect(() => set_text(text_4, get(texts)[step]));
			append($$anchor, p_2);
		};
		if_block(node_1, ($$render) => {
			if (!get(done)) $$render(consequent_1);
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
var root$18 = /* @__PURE__ */ from_html(`<li><span aria-hidden="true"></span> <span class="name svelte-62kdol"> </span> <span class="state svelte-62kdol"> </span> <button type="button" role="switch" class="svelte-62kdol"><span class="svelte-62kdol"></span></button></li>`);
var root_1$17 = /* @__PURE__ */ from_html(`<section class="card svelte-62kdol" aria-labelledby="network"><header class="svelte-62kdol"><h2 id="network" class="svelte-62kdol"> </h2> <span class="height svelte-62kdol"><span class="live svelte-62kdol" aria-hidden="true"></span> <strong class="svelte-62kdol"> </strong></span></header> <ul class="svelte-62kdol"></ul></section>`);
function DemoNetwork($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let busy = /* @__PURE__ */ state(null);
	let parts = /* @__PURE__ */ user_derived(() => [...$$props.demo.validators.map((part, index) => ({
		...part,
		index,
		kind: "validator"
	})), ...$$props.demo.relays.map((part, index) => ({
		...part,
		index,
		kind: "relay"
	}))]);
	async function turn(kind, index, running) {
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
	var section = root_1$17();
	var header = child(section);
	var h2 = child(header);
	var text = only_child(h2, true);
	var span = sibling(h2, 2);
	var text_1 = sibling(child(span));
	var text_2 = only_child(sibling(text_1), true);
	reset(span);
	reset(header);
	var ul = sibling(header, 2);
	each(ul, 21, () => get(parts), ({ kind, index, running }) => `${kind} ${index}`, ($$anchor, $$item) => {
		let kind = () => get($$item).kind;
		let index = () => get($$item).index;
		let running = () => get($$item).running;
		const name = /* @__PURE__ */ user_derived(() => get(t).demo[kind()](i18n.plain(index() + 1)));
		var li = root$18();
		let classes;
		var span_1 = child(li);
		let classes_1;
		var span_2 = sibling(span_1, 2);
		var text_3 = only_child(span_2, true);
		var span_3 = sibling(span_2, 2);
		var text_4 = only_child(span_3, true);
		var button = sibling(span_3, 2);
		reset(li);
		template_effect(($0) => {
			classes = set_class(li, 1, "svelte-62kdol", null, classes, { relay: kind() === "relay" && index() === 0 });
			classes_1 = set_class(span_1, 1, "dot svelte-62kdol", null, classes_1, { running: running() });
			set_text(text_3, get(name));
			set_text(text_4, running() ? get(t).demo.running : get(t).demo.stopped);
			set_attribute(button, "aria-checked", running());
			set_attribute(button, "aria-label", $0);
			set_attribute(button, "data-part", `${kind() ?? ""}-${index() ?? ""}`);
			button.disabled = get(busy) === `${kind()} ${index()}`;
		}, [() => running() ? get(t).demo.stopIt(get(name)) : get(t).demo.startIt(get(name))]);
		delegated("click", button, () => turn(kind(), index(), running()));
		append($$anchor, li);
	});
	reset(ul);
	reset(section);
	template_effect(($0) => {
		set_text(text, get(t).demo.network);
		set_text(text_1, `${get(t).demo.height ?? ""} `);
		set_text(text_2, $0);
	}, [() => i18n.number($$props.demo.height)]);
	append($$anchor, section);
	pop();
}
delegate(["click"]);
// src/components/demo/DemoPage.svelte
var root$17 = /* @__PURE__ */ from_html(`<button type="button" class="svelte-67x840"> </button>`);
var root_1$16 = /* @__PURE__ */ from_html(`<section><h2 class="svelte-67x840"><bdi> </bdi></h2> <iframe allow="clipboard-write" class="svelte-67x840"></iframe></section>`);
var root_2$13 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_3$11 = /* @__PURE__ */ from_html(`<main><div class="head svelte-67x840"><!> <div class="title svelte-67x840"><h1 class="svelte-67x840"> </h1> <p class="muted svelte-67x840"> </p></div> <button type="button" class="icon-button"><!></button> <button type="button" class="button small"><span> </span></button></div> <div class="tabs svelte-67x840" role="group"><!> <button type="button" class="svelte-67x840"> </button></div> <div class="stage svelte-67x840"><!> <aside class="scroll svelte-67x840"><!> <!> <!></aside></div></main>`);
function DemoPage($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const checklist = new Checklist(sessionStorage);
	let people = /* @__PURE__ */ state([]);
	let error = /* @__PURE__ */ state("");
	/** On a narrow screen one of these is shown: a person's index, or the panel. */
	let shown = /* @__PURE__ */ state("panel");
	const frames = proxy([]);
	const capital = (name) => cleanName(name).replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());
	user_effect(() => {
		app.epoch;
		app.call("demo.status").then(begin, (failure) => {
			if (failure instanceof CallFailed && failure.reason === "offline") return;
			set(error, failure instanceof CallFailed && failure.reason === "no_demo" ? get(t).demo.none : explain(failure), true);
		});
	});
	function begin(demo) {
		app.demo = demo;
		checklist.status(demo);
		set(error, "");
		if (get(people).length > 0) return;
		set(people, demo.people.slice(0, 2).map((person, index) => {
			const other = demo.people[1 - index];
			return {
				...person,
				src: pageAt(person.page, other ? to.chat(other.name) : to.chats)
			};
		}));
	}
	user_effect(() => app.listen((event) => checklist.hear(event)));
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
	const save = (change) => app.saveSettings(change).catch((failure) => set(error, explain(failure), true));
	var main = root_3$11();
	let classes;
	var div = child(main);
	var node = child(div);
	Bird(node, { size: 40 });
	var div_1 = sibling(node, 2);
	var h1 = child(div_1);
	var text = only_child(h1, true);
	var text_1 = only_child(sibling(h1, 2), true);
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
	var node_2 = child(div_2);
	each(node_2, 19, () => get(people), (person) => person.name, ($$anchor, person, index) => {
		var button_2 = root$17();
		var text_3 = only_child(button_2, true);
		template_effect(($0) => {
			set_attribute(button_2, "aria-pressed", get(shown) === get(index));
			set_text(text_3, $0);
		}, [() => capital(get(person).name)]);
		delegated("click", button_2, () => set(shown, get(index), true));
		append($$anchor, button_2);
	});
	var button_3 = sibling(node_2, 2);
	var text_4 = only_child(button_3, true);
	reset(div_2);
	var div_3 = sibling(div_2, 2);
	var node_3 = child(div_3);
	each(node_3, 19, () => get(people), (person) => person.name, ($$anchor, person, index) => {
		var section = root_1$16();
		let classes_1;
		var h2 = child(section);
		var text_5 = only_child(child(h2), true);
		reset(h2);
		var iframe = sibling(h2, 2);
		bind_this(iframe, ($$value, index) => frames[index] = $$value, (index) => frames?.[index], () => [get(index)]);
		reset(section);
		template_effect(($0, $1, $2) => {
			classes_1 = set_class(section, 1, "person svelte-67x840", null, classes_1, { shown: get(shown) === get(index) });
			set_attribute(section, "aria-label", $0);
			set_text(text_5, $1);
			set_attribute(iframe, "src", get(person).src);
			set_attribute(iframe, "title", $2);
		}, [
			() => get(t).demo.page(capital(get(person).name)),
			() => capital(get(person).name),
			() => get(t).demo.page(capital(get(person).name))
		]);
		append($$anchor, section);
	});
	var aside = sibling(node_3, 2);
	var node_4 = child(aside);
	var consequent = ($$anchor) => {
		var p_1 = root_2$13();
		var text_6 = only_child(p_1, true);
		template_effect(() => set_text(text_6, get(error)));
		append($$anchor, p_1);
	};
	if_block(node_4, ($$render) => {
		if (get(error) !== "") $$render(consequent);
	});
	var node_5 = sibling(node_4, 2);
	DemoChecklist(node_5, { get checklist() {
		return checklist;
	} });
	var node_6 = sibling(node_5, 2);
	var consequent_1 = ($$anchor) => {
		DemoNetwork($$anchor, {
			get demo() {
				return app.demo;
			},
			onerror: (sentence) => set(error, sentence, true)
		});
	};
	if_block(node_6, ($$render) => {
		if (app.demo) $$render(consequent_1);
	});
	reset(aside);
	reset(div_3);
	reset(main);
	template_effect(() => {
		classes = set_class(main, 1, "demo svelte-67x840", null, classes, { panel: get(shown) === "panel" });
		set_attribute(main, "aria-label", get(t).demo.title);
		set_text(text, get(t).demo.title);
		set_text(text_1, get(t).demo.lead);
		set_attribute(button, "aria-label", get(t).demo.theme);
		set_attribute(button, "title", get(t).demo.theme);
		set_attribute(span, "lang", i18n.language === "fa" ? "en" : "fa");
		set_text(text_2, get(t).demo.language);
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
// src/components/Hash.svelte
var root$16 = /* @__PURE__ */ from_html(`<a class="mono"><bdi dir="ltr"> </bdi></a>`);
var root_1$15 = /* @__PURE__ */ from_html(`<bdi class="mono" dir="ltr"> </bdi>`);
function Hash($$anchor, $$props) {
	push($$props, true);
	let href = prop($$props, "href", 3, null), whole = prop($$props, "whole", 3, false);
	var fragment = comment();
	var node = first_child(fragment);
	var consequent = ($$anchor) => {
		var a = root$16();
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
		var bdi_1 = root_1$15();
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
	append($$anchor, fragment);
	pop();
}
// src/components/explorer/Facts.svelte
var root$15 = /* @__PURE__ */ from_html(`<dl class="card svelte-1nk3f0d"><!></dl>`);
function Facts($$anchor, $$props) {
	var dl = root$15();
	snippet(child(dl), () => $$props.children);
	reset(dl);
	append($$anchor, dl);
}
// src/components/explorer/TransactionList.svelte
var root$14 = /* @__PURE__ */ from_html(`<li><a class="svelte-1c5v7xs"><span><!></span> <span class="text svelte-1c5v7xs"><!> <span class="muted svelte-1c5v7xs"> </span></span> <span class="sum svelte-1c5v7xs"><!></span></a></li>`);
var root_1$14 = /* @__PURE__ */ from_html(`<ul class="card svelte-1c5v7xs"></ul>`);
function TransactionList($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	var ul = root_1$14();
	each(ul, 21, () => $$props.transactions, (one) => one.hash, ($$anchor, one) => {
		var li = root$14();
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
		}, [() => to.transaction(get(one).hash), () => i18n.seconds(get(one).at_ms)]);
		append($$anchor, li);
	});
	reset(ul);
	append($$anchor, ul);
	pop();
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
	constructor(read) {
		user_effect(() => {
			let stale = false;
			read().then((value) => {
				if (!stale) [this.value, this.error] = [value, ""];
			}, (failure) => {
				if (!stale) [this.value, this.error] = [null, explain(failure)];
			});
			return () => stale = true;
		});
	}
};
// src/components/explorer/AccountView.svelte
var root$13 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_1$13 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><!></dd></div>`);
var root_2$12 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><bdi dir="ltr"> </bdi> · <!></dd></div>`);
var root_3$10 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><strong><!></strong></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd> </dd></div> <!> <!>`, 1);
var root_4$9 = /* @__PURE__ */ from_html(`<p><!> </p> <!> <h3> </h3> <!>`, 1);
var root_5$7 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_6$5 = /* @__PURE__ */ from_html(`<h2> </h2> <!>`, 1);
function AccountView($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const loaded = new Loaded(() => app.call("chain.account", { address: $$props.address }));
	let account = /* @__PURE__ */ user_derived(() => loaded.value);
	var fragment = root_6$5();
	var h2 = first_child(fragment);
	var text = only_child(h2, true);
	var node = sibling(h2, 2);
	var consequent = ($$anchor) => {
		var p = root$13();
		var text_1 = only_child(p, true);
		template_effect(() => set_text(text_1, loaded.error));
		append($$anchor, p);
	};
	var consequent_4 = ($$anchor) => {
		var fragment_1 = root_4$9();
		var p_1 = first_child(fragment_1);
		let classes;
		var node_1 = child(p_1);
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(account).verified ? "shield" : "info");
			Icon(node_1, {
				get name() {
					return get($0);
				},
				size: 18
			});
		}
		var text_2 = sibling(node_1, 1, true);
		reset(p_1);
		var node_2 = sibling(p_1, 2);
		Facts(node_2, {
			children: ($$anchor, $$slotProps) => {
				var fragment_2 = root_3$10();
				var div = first_child(fragment_2);
				var dt = child(div);
				var text_3 = only_child(dt, true);
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
				var text_4 = only_child(dt_1, true);
				var dd_1 = sibling(dt_1);
				Hash(child(dd_1), {
					get value() {
						return get(account).address;
					},
					whole: true
				});
				reset(dd_1);
				reset(div_1);
				var div_2 = sibling(div_1, 2);
				var dt_2 = child(div_2);
				var text_5 = only_child(dt_2, true);
				var dd_2 = sibling(dt_2);
				Hash(child(dd_2), {
					get value() {
						return get(account).raw;
					},
					whole: true
				});
				reset(dd_2);
				reset(div_2);
				var div_3 = sibling(div_2, 2);
				var dt_3 = child(div_3);
				var text_6 = only_child(dt_3, true);
				var text_7 = only_child(sibling(dt_3), true);
				reset(div_3);
				var node_6 = sibling(div_3, 2);
				var consequent_1 = ($$anchor) => {
					var div_4 = root_1$13();
					var dt_4 = child(div_4);
					var text_8 = only_child(dt_4, true);
					var dd_4 = sibling(dt_4);
					Hash(child(dd_4), {
						get value() {
							return get(account).code_hash;
						},
						whole: true
					});
					reset(dd_4);
					reset(div_4);
					template_effect(() => set_text(text_8, get(t).explorer.code));
					append($$anchor, div_4);
				};
				if_block(node_6, ($$render) => {
					if (get(account).code_hash) $$render(consequent_1);
				});
				var node_8 = sibling(node_6, 2);
				var consequent_2 = ($$anchor) => {
					var div_5 = root_2$12();
					var dt_5 = child(div_5);
					var text_9 = only_child(dt_5, true);
					var dd_5 = sibling(dt_5);
					var bdi = child(dd_5);
					var text_10 = only_child(bdi, true);
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
						set_text(text_9, get(t).explorer.lastLt);
						set_text(text_10, $0);
						bdi.dir = bdi.dir;
					}, [() => i18n.number(get(account).last_lt)]);
					append($$anchor, div_5);
				};
				if_block(node_8, ($$render) => {
					if (get(account).last_hash !== "") $$render(consequent_2);
				});
				template_effect(() => {
					set_text(text_3, get(t).explorer.balance);
					set_text(text_4, get(t).explorer.account);
					set_text(text_5, get(t).explorer.raw);
					set_text(text_6, get(t).explorer.state);
					set_text(text_7, get(t).explorer.states[get(account).state]);
				});
				append($$anchor, fragment_2);
			},
			$$slots: { default: true }
		});
		var h3 = sibling(node_2, 2);
		var text_11 = only_child(h3, true);
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
			classes = set_class(p_1, 1, "proof svelte-pct67a", null, classes, { proven: get(account).verified });
			set_text(text_2, get(account).verified ? get(t).explorer.verified : get(t).explorer.unverified);
			set_text(text_11, $0);
		}, [() => get(t).explorer.transactions(i18n.counted(get(account).transactions.length))]);
		append($$anchor, fragment_1);
	};
	var alternate = ($$anchor) => {
		var p_2 = root_5$7();
		var text_12 = only_child(p_2, true);
		template_effect(() => set_text(text_12, get(t).loading));
		append($$anchor, p_2);
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
var root$12 = /* @__PURE__ */ from_html(`<div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div>`);
var root_1$12 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_2$11 = /* @__PURE__ */ from_html(`<small class="svelte-59ct57"> </small>`);
var root_3$9 = /* @__PURE__ */ from_html(`<li><a class="svelte-59ct57"><span class="number svelte-59ct57"> <!></span> <span> </span> <span class="hash svelte-59ct57"><!></span> <span class="when svelte-59ct57"> </span></a></li>`);
var root_4$8 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_5$6 = /* @__PURE__ */ from_html(`<section class="facts svelte-59ct57"><div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div> <div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div> <div class="svelte-59ct57"><span class="svelte-59ct57"> </span><strong class="svelte-59ct57"> </strong></div> <!></section> <section aria-labelledby="blocks" class="svelte-59ct57"><h2 id="blocks" class="svelte-59ct57"><span class="live svelte-59ct57" aria-hidden="true"></span> </h2> <!> <ul class="card svelte-59ct57"></ul> <!></section>`, 1);
function BlockList($$anchor, $$props) {
	push($$props, true);
	const PAGE_ROWS = 20;
	/** Blocks come several times a second; a list that jumps so often can't be read. */
	const REFRESH_MS = 1e3;
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let blocks = /* @__PURE__ */ state([]);
	let older = /* @__PURE__ */ state([]);
	let error = /* @__PURE__ */ state("");
	const name = (block) => `${block.workchain} ${block.shard} ${block.seqno}`;
	/** The masterchain's pulse, and of the shards the blocks in which something happened. */
	let rows = /* @__PURE__ */ user_derived(() => {
		return [...new Map([...get(older), ...get(blocks)].map((block) => [name(block), block])).values()].filter((block) => block.workchain === -1 || block.transactions > 0).sort((a, b) => b.at_ms - a.at_ms || b.workchain - a.workchain);
	});
	let oldest = /* @__PURE__ */ user_derived(() => get(rows).findLast((block) => block.workchain === -1));
	let now = /* @__PURE__ */ state(proxy(Date.now()));
	user_effect(() => {
		let shown = -1;
		let stopped = false;
		async function refresh() {
			set(now, Date.now(), true);
			if (stopped || app.chain?.seqno === shown) return;
			try {
				set(blocks, await app.call("chain.blocks", { limit: PAGE_ROWS }));
				shown = app.chain?.seqno ?? -1;
				set(error, "");
			} catch (failure) {
				if (!(failure instanceof CallFailed)) throw failure;
				if (get(blocks).length === 0) set(error, explain(failure), true);
			}
		}
		refresh();
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
	var fragment = root_5$6();
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
		var div_3 = root$12();
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
		var p = root_1$12();
		var text_9 = only_child(p, true);
		template_effect(() => set_text(text_9, get(error)));
		append($$anchor, p);
	};
	if_block(node_1, ($$render) => {
		if (get(error) !== "") $$render(consequent_1);
	});
	var ul = sibling(node_1, 2);
	each(ul, 21, () => get(rows), (block) => name(block), ($$anchor, block) => {
		var li = root_3$9();
		var a_1 = child(li);
		var span_4 = child(a_1);
		var text_10 = child(span_4, true);
		var node_2 = sibling(text_10);
		var consequent_2 = ($$anchor) => {
			var small = root_2$11();
			var text_11 = only_child(small, true);
			template_effect(() => set_text(text_11, get(t).explorer.basechain));
			append($$anchor, small);
		};
		if_block(node_2, ($$render) => {
			if (get(block).workchain !== -1) $$render(consequent_2);
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
			() => i18n.seconds(get(block).at_ms)
		]);
		append($$anchor, li);
	});
	reset(ul);
	var node_4 = sibling(ul, 2);
	var consequent_3 = ($$anchor) => {
		var button = root_4$8();
		var text_14 = only_child(button, true);
		template_effect(() => set_text(text_14, get(t).explorer.older));
		delegated("click", button, showOlder);
		append($$anchor, button);
	};
	if_block(node_4, ($$render) => {
		if (get(oldest) && get(oldest).seqno > 1) $$render(consequent_3);
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
var root$11 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_1$11 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd> </dd></div> <div><dt> </dt><dd><bdi dir="ltr"> </bdi> <bdi class="mono" dir="ltr"> </bdi></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt> <dd><!></dd></div>`, 1);
var root_2$10 = /* @__PURE__ */ from_html(`<p class="muted"> </p>`);
var root_3$8 = /* @__PURE__ */ from_html(`<!> <h3> </h3> <!>`, 1);
var root_4$7 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_5$5 = /* @__PURE__ */ from_html(`<h2> <small class="muted"> </small></h2> <!>`, 1);
function BlockView($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	const loaded = new Loaded(() => app.call("chain.block", {
		workchain: $$props.workchain,
		seqno: $$props.seqno,
		...$$props.shard === void 0 ? {} : { shard: $$props.shard }
	}));
	let block = /* @__PURE__ */ user_derived(() => loaded.value);
	var fragment = root_5$5();
	var h2 = first_child(fragment);
	var text = child(h2);
	var text_1 = only_child(sibling(text), true);
	reset(h2);
	var node = sibling(h2, 2);
	var consequent = ($$anchor) => {
		var p = root$11();
		var text_2 = only_child(p, true);
		template_effect(() => set_text(text_2, loaded.error));
		append($$anchor, p);
	};
	var consequent_2 = ($$anchor) => {
		var fragment_1 = root_3$8();
		var node_1 = first_child(fragment_1);
		Facts(node_1, {
			children: ($$anchor, $$slotProps) => {
				var fragment_2 = root_1$11();
				var div = first_child(fragment_2);
				var dt = child(div);
				var text_3 = only_child(dt, true);
				var text_4 = only_child(sibling(dt), true);
				reset(div);
				var div_1 = sibling(div, 2);
				var dt_1 = child(div_1);
				var text_5 = only_child(dt_1, true);
				var dd_1 = sibling(dt_1);
				var bdi = child(dd_1);
				var text_6 = only_child(bdi, true);
				var text_7 = sibling(bdi);
				var bdi_1 = sibling(text_7);
				var text_8 = only_child(bdi_1, true);
				reset(dd_1);
				reset(div_1);
				var div_2 = sibling(div_1, 2);
				var dt_2 = child(div_2);
				var text_9 = only_child(dt_2, true);
				var dd_2 = sibling(dt_2);
				Hash(child(dd_2), {
					get value() {
						return get(block).root_hash;
					},
					whole: true
				});
				reset(dd_2);
				reset(div_2);
				var div_3 = sibling(div_2, 2);
				var dt_3 = child(div_3);
				var text_10 = only_child(dt_3, true);
				var dd_3 = sibling(dt_3);
				Hash(child(dd_3), {
					get value() {
						return get(block).file_hash;
					},
					whole: true
				});
				reset(dd_3);
				reset(div_3);
				var div_4 = sibling(div_3, 2);
				var dt_4 = child(div_4);
				var text_11 = only_child(dt_4, true);
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
					set_text(text_3, get(t).explorer.time);
					set_text(text_4, $0);
					set_text(text_5, get(t).explorer.workchain);
					set_text(text_6, $1);
					bdi.dir = bdi.dir;
					set_text(text_7, ` · ${get(t).explorer.shard ?? ""} `);
					set_text(text_8, get(block).shard);
					bdi_1.dir = bdi_1.dir;
					set_text(text_9, get(t).explorer.rootHash);
					set_text(text_10, get(t).explorer.fileHash);
					set_text(text_11, get(t).explorer.parent);
				}, [() => i18n.dateTime(get(block).at_ms), () => i18n.plain(String(get(block).workchain).replace("-", "−"))]);
				append($$anchor, fragment_2);
			},
			$$slots: { default: true }
		});
		var h3 = sibling(node_1, 2);
		var text_12 = only_child(h3, true);
		var node_5 = sibling(h3, 2);
		var consequent_1 = ($$anchor) => {
			TransactionList($$anchor, { get transactions() {
				return get(block).transactions_list;
			} });
		};
		var alternate = ($$anchor) => {
			var p_1 = root_2$10();
			var text_13 = only_child(p_1, true);
			template_effect(() => set_text(text_13, get(t).explorer.empty));
			append($$anchor, p_1);
		};
		if_block(node_5, ($$render) => {
			if (get(block).transactions_list.length > 0) $$render(consequent_1);
			else $$render(alternate, -1);
		});
		template_effect(($0) => set_text(text_12, $0), [() => get(t).explorer.transactions(i18n.counted(get(block).transactions))]);
		append($$anchor, fragment_1);
	};
	var alternate_1 = ($$anchor) => {
		var p_2 = root_4$7();
		var text_14 = only_child(p_2, true);
		template_effect(() => set_text(text_14, get(t).loading));
		append($$anchor, p_2);
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
var root$10 = /* @__PURE__ */ from_html(`<span class="muted"> </span>`);
var root_1$10 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><bdi> </bdi></dd></div>`);
var root_2$9 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><strong><!></strong></dd></div> <!>`, 1);
var root_3$7 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_4$6 = /* @__PURE__ */ from_html(` <bdi dir="ltr"> </bdi>`, 1);
var root_5$4 = /* @__PURE__ */ from_html(`<div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt><dd> </dd></div> <div><dt> </dt> <dd><a> </a> </dd></div> <div><dt> </dt><dd><!></dd></div> <div><dt> </dt> <dd><bdi dir="ltr"> </bdi><!></dd></div> <div><dt> </dt><dd><bdi dir="ltr"> </bdi></dd></div>`, 1);
var root_6$4 = /* @__PURE__ */ from_html(`<h3> </h3> <!>`, 1);
var root_7$2 = /* @__PURE__ */ from_html(`<p><!> </p> <!> <!> <!>`, 1);
var root_8 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
var root_9 = /* @__PURE__ */ from_html(`<h2> </h2> <!>`, 1);
function TransactionView($$anchor, $$props) {
	push($$props, true);
	const party = ($$anchor, address = noop) => {
		var fragment = comment();
		var node = first_child(fragment);
		var consequent = ($$anchor) => {
			var span = root$10();
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
				var fragment_3 = root_2$9();
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
					var div_3 = root_1$10();
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
	var fragment_4 = root_9();
	var h2 = first_child(fragment_4);
	var text_6 = only_child(h2, true);
	var node_5 = sibling(h2, 2);
	var consequent_2 = ($$anchor) => {
		var p = root_3$7();
		var text_7 = only_child(p, true);
		template_effect(() => set_text(text_7, loaded.error));
		append($$anchor, p);
	};
	var consequent_6 = ($$anchor) => {
		var fragment_5 = root_7$2();
		var p_1 = first_child(fragment_5);
		let classes;
		var node_6 = child(p_1);
		{
			let $0 = /* @__PURE__ */ user_derived(() => get(one).success ? "check" : "warning");
			Icon(node_6, {
				get name() {
					return get($0);
				},
				size: 20
			});
		}
		var text_8 = sibling(node_6, 1, true);
		reset(p_1);
		var node_7 = sibling(p_1, 2);
		Facts(node_7, {
			children: ($$anchor, $$slotProps) => {
				var fragment_6 = root_5$4();
				var div_4 = first_child(fragment_6);
				var dt_4 = child(div_4);
				var text_9 = only_child(dt_4, true);
				var dd_4 = sibling(dt_4);
				Hash(child(dd_4), {
					get value() {
						return get(one).hash;
					},
					whole: true
				});
				reset(dd_4);
				reset(div_4);
				var div_5 = sibling(div_4, 2);
				var dt_5 = child(div_5);
				var text_10 = only_child(dt_5, true);
				var dd_5 = sibling(dt_5);
				var node_9 = child(dd_5);
				{
					let $0 = /* @__PURE__ */ user_derived(() => to.account(get(one).account));
					Hash(node_9, {
						get value() {
							return get(one).account;
						},
						get href() {
							return get($0);
						}
					});
				}
				reset(dd_5);
				reset(div_5);
				var div_6 = sibling(div_5, 2);
				var dt_6 = child(div_6);
				var text_11 = only_child(dt_6, true);
				var text_12 = only_child(sibling(dt_6), true);
				reset(div_6);
				var div_7 = sibling(div_6, 2);
				var dt_7 = child(div_7);
				var text_13 = only_child(dt_7, true);
				var dd_7 = sibling(dt_7, 2);
				var a = child(dd_7);
				var text_14 = only_child(a, true);
				var text_15 = sibling(a);
				reset(dd_7);
				reset(div_7);
				var div_8 = sibling(div_7, 2);
				var dt_8 = child(div_8);
				var text_16 = only_child(dt_8, true);
				var dd_8 = sibling(dt_8);
				Amount(child(dd_8), { get nano() {
					return get(one).fee;
				} });
				reset(dd_8);
				reset(div_8);
				var div_9 = sibling(div_8, 2);
				var dt_9 = child(div_9);
				var text_17 = only_child(dt_9, true);
				var dd_9 = sibling(dt_9, 2);
				var bdi_1 = child(dd_9);
				var text_18 = only_child(bdi_1, true);
				var node_11 = sibling(bdi_1);
				var consequent_3 = ($$anchor) => {
					var fragment_7 = root_4$6();
					var text_19 = first_child(fragment_7);
					var bdi_2 = sibling(text_19);
					var text_20 = only_child(bdi_2, true);
					template_effect(($0) => {
						set_text(text_19, ` · ${get(t).explorer.exit ?? ""} `);
						set_text(text_20, $0);
						bdi_2.dir = bdi_2.dir;
					}, [() => i18n.plain(get(one).exit_code)]);
					append($$anchor, fragment_7);
				};
				if_block(node_11, ($$render) => {
					if (get(one).exit_code !== null) $$render(consequent_3);
				});
				reset(dd_9);
				reset(div_9);
				var div_10 = sibling(div_9, 2);
				var dt_10 = child(div_10);
				var text_21 = only_child(dt_10, true);
				var dd_10 = sibling(dt_10);
				var bdi_3 = child(dd_10);
				var text_22 = only_child(bdi_3, true);
				reset(dd_10);
				reset(div_10);
				template_effect(($0, $1, $2, $3, $4) => {
					set_text(text_9, get(t).explorer.hash);
					set_text(text_10, get(t).explorer.account);
					set_text(text_11, get(t).explorer.time);
					set_text(text_12, $0);
					set_text(text_13, get(t).explorer.block);
					set_attribute(a, "href", $1);
					set_text(text_14, $2);
					set_text(text_15, ` ${(get(one).block.workchain === -1 ? get(t).explorer.masterchain : get(t).explorer.basechain) ?? ""}`);
					set_text(text_16, get(t).explorer.fee);
					set_text(text_17, get(t).explorer.gas);
					set_text(text_18, $3);
					bdi_1.dir = bdi_1.dir;
					set_text(text_21, get(t).explorer.lt);
					set_text(text_22, $4);
					bdi_3.dir = bdi_3.dir;
				}, [
					() => i18n.dateTime(get(one).at_ms),
					() => to.block(get(one).block.workchain, get(one).block.seqno, get(one).block.shard),
					() => i18n.number(get(one).block.seqno),
					() => i18n.number(get(one).gas_used),
					() => i18n.number(get(one).lt)
				]);
				append($$anchor, fragment_6);
			},
			$$slots: { default: true }
		});
		var node_12 = sibling(node_7, 2);
		var consequent_4 = ($$anchor) => {
			var fragment_8 = root_6$4();
			var h3 = first_child(fragment_8);
			var text_23 = only_child(h3, true);
			var node_13 = sibling(h3, 2);
			message(node_13, () => get(one).in_message);
			template_effect(() => set_text(text_23, get(t).explorer.inMessage));
			append($$anchor, fragment_8);
		};
		if_block(node_12, ($$render) => {
			if (get(one).in_message) $$render(consequent_4);
		});
		var node_14 = sibling(node_12, 2);
		var consequent_5 = ($$anchor) => {
			var fragment_9 = root_6$4();
			var h3_1 = first_child(fragment_9);
			var text_24 = only_child(h3_1, true);
			each(sibling(h3_1, 2), 17, () => get(one).out_messages, index, ($$anchor, sent) => {
				message($$anchor, () => get(sent));
			});
			template_effect(() => set_text(text_24, get(t).explorer.outMessages));
			append($$anchor, fragment_9);
		};
		if_block(node_14, ($$render) => {
			if (get(one).out_messages.length > 0) $$render(consequent_5);
		});
		template_effect(() => {
			classes = set_class(p_1, 1, "result svelte-11o6maj", null, classes, { failed: !get(one).success });
			set_text(text_8, get(one).success ? get(t).explorer.success : get(t).explorer.failure);
		});
		append($$anchor, fragment_5);
	};
	var alternate_1 = ($$anchor) => {
		var p_2 = root_8();
		var text_25 = only_child(p_2, true);
		template_effect(() => set_text(text_25, get(t).loading));
		append($$anchor, p_2);
	};
	if_block(node_5, ($$render) => {
		if (loaded.error !== "") $$render(consequent_2);
		else if (get(one)) $$render(consequent_6, 1);
		else $$render(alternate_1, -1);
	});
	template_effect(() => set_text(text_6, get(t).explorer.transaction));
	append($$anchor, fragment_4);
	pop();
}
// src/components/explorer/ExplorerPage.svelte
var root$9 = /* @__PURE__ */ from_html(`<a class="icon-button svelte-1z05buo"><!></a>`);
var root_1$9 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_2$8 = /* @__PURE__ */ from_html(`<div class="page scroll svelte-1z05buo" id="content" tabindex="-1"><div class="column svelte-1z05buo"><header class="svelte-1z05buo"><!> <h1 class="svelte-1z05buo"> </h1></header> <form role="search" class="svelte-1z05buo"><input class="field svelte-1z05buo" dir="auto" autocomplete="off" spellcheck="false"/> <button type="submit" class="button primary"> </button></form> <!> <!></div></div>`);
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
	var div = root_2$8();
	var div_1 = child(div);
	var header = child(div_1);
	var node = child(header);
	var consequent = ($$anchor) => {
		var a = root$9();
		Icon(child(a), { name: "back" });
		reset(a);
		template_effect(() => {
			set_attribute(a, "href", to.explorer);
			set_attribute(a, "aria-label", get(t).explorer.backToBlocks);
			set_attribute(a, "title", get(t).explorer.backToBlocks);
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
		var p = root_1$9();
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
// src/components/settings/RelaysCard.svelte
var root$8 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_1$8 = /* @__PURE__ */ from_html(`<li><!> <span dir="auto" class="svelte-1jfxq76"><strong> </strong> </span></li>`);
var root_2$7 = /* @__PURE__ */ from_html(`<li class="svelte-1jfxq76"> </li>`);
var root_3$6 = /* @__PURE__ */ from_html(`<ul role="status" class="svelte-1jfxq76"><!> <!></ul>`);
var root_4$5 = /* @__PURE__ */ from_html(`<section class="card" aria-labelledby="relays"><h2 id="relays" class="svelte-1jfxq76"> </h2> <p class="muted"> </p> <!> <button type="button" class="button"> </button> <!> <!></section>`);
function RelaysCard($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let findings = /* @__PURE__ */ state(null);
	let running = /* @__PURE__ */ state(false);
	let error = /* @__PURE__ */ state("");
	async function check() {
		set(running, true);
		set(error, "");
		try {
			set(findings, await app.call("doctor.run"));
		} catch (failure) {
			set(error, explain(failure), true);
		} finally {
			set(running, false);
		}
	}
	var section = root_4$5();
	var h2 = child(section);
	var text = only_child(h2, true);
	var p = sibling(h2, 2);
	var text_1 = only_child(p, true);
	var node = sibling(p, 2);
	{
		let $0 = /* @__PURE__ */ user_derived(() => app.carrier?.relays ?? []);
		RelayList(node, { get relays() {
			return get($0);
		} });
	}
	var button = sibling(node, 2);
	var text_2 = only_child(button, true);
	var node_1 = sibling(button, 2);
	var consequent = ($$anchor) => {
		var p_1 = root$8();
		var text_3 = only_child(p_1, true);
		template_effect(() => set_text(text_3, get(error)));
		append($$anchor, p_1);
	};
	if_block(node_1, ($$render) => {
		if (get(error) !== "") $$render(consequent);
	});
	var node_2 = sibling(node_1, 2);
	var consequent_2 = ($$anchor) => {
		var ul = root_3$6();
		var node_3 = child(ul);
		each(node_3, 17, () => get(findings), (finding) => finding.check, ($$anchor, finding) => {
			var li = root_1$8();
			let classes;
			var node_4 = child(li);
			{
				let $0 = /* @__PURE__ */ user_derived(() => get(finding).ok ? "check" : "warning");
				Icon(node_4, {
					get name() {
						return get($0);
					},
					size: 18
				});
			}
			var span = sibling(node_4, 2);
			var strong = child(span);
			var text_4 = only_child(strong);
			var text_5 = sibling(strong);
			reset(span);
			reset(li);
			template_effect(() => {
				classes = set_class(li, 1, "svelte-1jfxq76", null, classes, { bad: !get(finding).ok });
				set_text(text_4, `${get(finding).check ?? ""}:`);
				set_text(text_5, ` ${get(finding).detail ?? ""}${get(finding).advice === "" ? "" : ` — ${get(finding).advice}`}`);
				span.dir = span.dir;
			});
			append($$anchor, li);
		});
		var node_5 = sibling(node_3, 2);
		var consequent_1 = ($$anchor) => {
			var li_1 = root_2$7();
			var text_6 = only_child(li_1, true);
			template_effect(() => set_text(text_6, get(t).settings.doctorOk));
			append($$anchor, li_1);
		};
		var d = /* @__PURE__ */ user_derived(() => get(findings).every((finding) => finding.ok));
		if_block(node_5, ($$render) => {
			if (get(d)) $$render(consequent_1);
		});
		reset(ul);
		append($$anchor, ul);
	};
	if_block(node_2, ($$render) => {
		if (get(findings)) $$render(consequent_2);
	});
	reset(section);
	template_effect(() => {
		set_text(text, get(t).settings.network);
		set_text(text_1, get(t).settings.networkText);
		button.disabled = get(running);
		set_text(text_2, get(running) ? get(t).settings.doctorRunning : get(t).settings.doctor);
	});
	delegated("click", button, check);
	append($$anchor, section);
	pop();
}
delegate(["click"]);
// src/components/settings/WordsCard.svelte
var root$7 = /* @__PURE__ */ from_html(`<li class="svelte-coyb4b"><span class="svelte-coyb4b"></span> </li>`);
var root_1$7 = /* @__PURE__ */ from_html(`<p class="look svelte-coyb4b"><!> </p> <ol dir="ltr" translate="no" lang="en" class="svelte-coyb4b"></ol>`, 1);
var root_2$6 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
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
		var p_2 = root_2$6();
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
		var button = root_3$5();
		var text_5 = only_child(button, true);
		template_effect(() => set_text(text_5, get(t).settings.wordsShow));
		delegated("click", button, show);
		append($$anchor, button);
	};
	var alternate = ($$anchor) => {
		var fragment_1 = root_5$3();
		var button_1 = first_child(fragment_1);
		var text_6 = only_child(button_1, true);
		var node_5 = sibling(button_1, 2);
		var consequent_3 = ($$anchor) => {
			var button_2 = root_4$4();
			var text_7 = only_child(button_2, true);
			template_effect(() => set_text(text_7, get(t).settings.wordsSaved));
			delegated("click", button_2, saved);
			append($$anchor, button_2);
		};
		if_block(node_5, ($$render) => {
			if (!app.profile?.words_saved) $$render(consequent_3);
		});
		template_effect(() => set_text(text_6, get(t).settings.wordsHide));
		delegated("click", button_1, () => set(words, []));
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
var root_2$5 = /* @__PURE__ */ from_html(`<button type="button" class="button small svelte-14m9a10"> </button>`);
var root_3$4 = /* @__PURE__ */ from_html(`<section class="card you svelte-14m9a10"><!> <div class="who svelte-14m9a10"><!></div> <!></section>`);
var root_4$3 = /* @__PURE__ */ from_html(`<option> </option>`);
var root_5$2 = /* @__PURE__ */ from_html(`<div class="choice svelte-14m9a10"><label> </label> <select class="field"></select></div>`);
var root_6$2 = /* @__PURE__ */ from_html(`<div class="page scroll svelte-14m9a10" id="content" tabindex="-1"><div class="column svelte-14m9a10"><h1 class="svelte-14m9a10"> </h1> <!> <section class="card" aria-labelledby="look"><h2 id="look" class="svelte-14m9a10"> </h2> <!> <p class="muted sample svelte-14m9a10"> <bdi dir="ltr"> </bdi> </p></section> <!> <!> <section class="card about svelte-14m9a10" aria-labelledby="about"><!> <div><h2 id="about" class="svelte-14m9a10"> </h2> <p> </p> <p class="muted"> </p> <p class="muted small svelte-14m9a10"> <a href="/vazirmatn-OFL.txt" target="_blank">OFL</a></p></div></section></div></div>`);
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
	let newName = /* @__PURE__ */ state("");
	async function rename(submit) {
		submit.preventDefault();
		try {
			app.profile = await app.call("profile.rename", { name: get(newName).trim() });
			set(renaming, false);
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
			var button_1 = root_2$5();
			var text_6 = only_child(button_1, true);
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
	var section_2 = sibling(node_6, 2);
	var node_7 = child(section_2);
	Bird(node_7, { size: 72 });
	var div_4 = sibling(node_7, 2);
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
		if (transfer.state !== "sending") return;
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
var root$5 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_1$5 = /* @__PURE__ */ from_html(`<div class="card empty svelte-1skjtky"><p><strong> </strong></p> <p class="muted"> </p></div>`);
var root_2$4 = /* @__PURE__ */ from_html(`<li class="day svelte-1skjtky"> </li>`);
var root_3$3 = /* @__PURE__ */ from_html(`<span class="comment svelte-1skjtky"><bdi> </bdi></span>`);
var root_4$2 = /* @__PURE__ */ from_html(`<!> <li><a class="svelte-1skjtky"><span><!></span> <span class="text svelte-1skjtky"><span class="what svelte-1skjtky"><!></span> <!></span> <span class="right svelte-1skjtky"><span><!></span> <span class="when svelte-1skjtky"> </span></span></a></li>`, 1);
var root_5$1 = /* @__PURE__ */ from_html(`<button type="button" class="button"> </button>`);
var root_6$1 = /* @__PURE__ */ from_html(`<ul class="card svelte-1skjtky"></ul> <!>`, 1);
var root_7 = /* @__PURE__ */ from_html(`<section aria-labelledby="history" class="svelte-1skjtky"><h2 id="history" class="svelte-1skjtky"> </h2> <!> <!></section>`);
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
	async function load(before_lt) {
		try {
			const page = await app.call("wallet.history", {
				limit: PAGE_ROWS,
				...before_lt === void 0 ? {} : { before_lt }
			});
			set(entries, before_lt === void 0 ? page : [...get(entries), ...page]);
			set(more, page.length === PAGE_ROWS);
			set(loaded, true);
			set(error, "");
		} catch (failure) {
			set(error, explain(failure), true);
		}
	}
	/** A contact's name as it is, an address by its ends. */
	const peer = (name) => name.length > 40 && !name.includes(" ") ? shorten(name) : cleanName(name);
	var section = root_7();
	var h2 = child(section);
	var text$3 = only_child(h2, true);
	var node = sibling(h2, 2);
	var consequent = ($$anchor) => {
		var p = root$5();
		var text_1 = only_child(p, true);
		template_effect(() => set_text(text_1, get(error)));
		append($$anchor, p);
	};
	if_block(node, ($$render) => {
		if (get(error) !== "") $$render(consequent);
	});
	var node_1 = sibling(node, 2);
	var consequent_1 = ($$anchor) => {
		var div = root_1$5();
		var p_1 = child(div);
		var text_2 = only_child(child(p_1), true);
		reset(p_1);
		var text_3 = only_child(sibling(p_1, 2), true);
		reset(div);
		template_effect(() => {
			set_text(text_2, get(t).wallet.empty);
			set_text(text_3, get(t).wallet.emptyText);
		});
		append($$anchor, div);
	};
	var consequent_6 = ($$anchor) => {
		var fragment = root_6$1();
		var ul = first_child(fragment);
		each(ul, 23, () => get(entries), (entry) => entry.hash + entry.lt, ($$anchor, entry, index) => {
			var fragment_1 = root_4$2();
			var node_2 = first_child(fragment_1);
			var consequent_2 = ($$anchor) => {
				var li = root_2$4();
				var text_4 = only_child(li, true);
				template_effect(($0) => set_text(text_4, $0), [() => i18n.day(get(entry).at_ms)]);
				append($$anchor, li);
			};
			var d = /* @__PURE__ */ user_derived(() => get(index) === 0 || !sameDay(get(entries)[get(index) - 1]?.at_ms ?? 0, get(entry).at_ms));
			if_block(node_2, ($$render) => {
				if (get(d)) $$render(consequent_2);
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
			var consequent_3 = ($$anchor) => {
				var text_5 = text();
				template_effect(() => set_text(text_5, get(entry).direction === "in" ? get(t).wallet.in : get(t).wallet.out));
				append($$anchor, text_5);
			};
			var alternate = ($$anchor) => {
				var text_6 = text();
				template_effect(($0) => set_text(text_6, $0), [() => get(entry).direction === "in" ? get(t).wallet.from(peer(get(entry).peer)) : get(t).wallet.to(peer(get(entry).peer))]);
				append($$anchor, text_6);
			};
			if_block(node_4, ($$render) => {
				if (get(entry).peer === "") $$render(consequent_3);
				else $$render(alternate, -1);
			});
			reset(span_2);
			var node_5 = sibling(span_2, 2);
			var consequent_4 = ($$anchor) => {
				var span_3 = root_3$3();
				var text_7 = only_child(child(span_3), true);
				reset(span_3);
				template_effect(($0) => set_text(text_7, $0), [() => cleanText(get(entry).comment)]);
				append($$anchor, span_3);
			};
			if_block(node_5, ($$render) => {
				if (get(entry).comment !== "") $$render(consequent_4);
			});
			reset(span_1);
			var span_4 = sibling(span_1, 2);
			var span_5 = child(span_4);
			var node_6 = child(span_5);
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
			reset(span_5);
			var text_8 = only_child(sibling(span_5, 2), true);
			reset(span_4);
			reset(a);
			reset(li_1);
			template_effect(($0, $1) => {
				set_attribute(a, "href", $0);
				set_class(span, 1, `icon ${get(entry).direction ?? ""}`, "svelte-1skjtky");
				set_class(span_5, 1, `sum ${get(entry).direction ?? ""}`, "svelte-1skjtky");
				set_text(text_8, $1);
			}, [() => to.transaction(get(entry).hash), () => i18n.clock(get(entry).at_ms)]);
			append($$anchor, fragment_1);
		});
		reset(ul);
		var node_7 = sibling(ul, 2);
		var consequent_5 = ($$anchor) => {
			var button = root_5$1();
			var text_9 = only_child(button, true);
			template_effect(() => set_text(text_9, get(t).wallet.older));
			delegated("click", button, () => load(get(entries).at(-1)?.lt));
			append($$anchor, button);
		};
		if_block(node_7, ($$render) => {
			if (get(more)) $$render(consequent_5);
		});
		append($$anchor, fragment);
	};
	if_block(node_1, ($$render) => {
		if (get(loaded) && get(entries).length === 0) $$render(consequent_1);
		else if (get(entries).length > 0) $$render(consequent_6, 1);
	});
	reset(section);
	template_effect(() => set_text(text$3, get(t).wallet.history));
	append($$anchor, section);
	pop();
}
delegate(["click"]);
// src/components/wallet/ReceiveDialog.svelte
var root$4 = /* @__PURE__ */ from_html(`<div class="inside svelte-xep4gt"><!> <p class="address mono svelte-xep4gt"><bdi dir="ltr"> </bdi></p> <button type="button" class="button primary"><!> </button> <p class="muted svelte-xep4gt"> </p></div>`);
var root_1$4 = /* @__PURE__ */ from_html(`<p class="error-text" role="alert"> </p>`);
var root_2$3 = /* @__PURE__ */ from_html(`<p role="status"> </p>`);
function ReceiveDialog($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	Dialog($$anchor, {
		get title() {
			return get(t).wallet.address;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			var fragment_1 = comment();
			await_block(first_child(fragment_1), () => app.call("wallet.address"), ($$anchor) => {
				var p_3 = root_2$3();
				var text_4 = only_child(p_3, true);
				template_effect(() => set_text(text_4, get(t).loading));
				append($$anchor, p_3);
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
				var p = sibling(node_1, 2);
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
				var p_2 = root_1$4();
				var text_3 = only_child(p_2, true);
				template_effect(($0) => set_text(text_3, $0), [() => explain(get(error))]);
				append($$anchor, p_2);
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
	Dialog($$anchor, {
		get title() {
			return i18n.t.pay.sendTitle;
		},
		get onclose() {
			return $$props.onclose;
		},
		children: ($$anchor, $$slotProps) => {
			PayForm($$anchor, {
				publicComment: true,
				ask: (to, amount) => app.call("payment.quote", {
					to,
					amount
				}),
				pay: async (to, amount, comment) => {
					const sent = await app.call("wallet.send", {
						to,
						amount,
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
				name: "check",
				size: 18
			});
			var text_1 = sibling(node_2, 1, true);
			template_effect(($0) => set_text(text_1, $0), [() => get(t).wallet.sendFinal(get(amount))]);
			append($$anchor, fragment_2);
		};
		var alternate = ($$anchor) => {
			var fragment_3 = root$3();
			var node_3 = first_child(fragment_3);
			Icon(node_3, {
				name: "warning",
				size: 18
			});
			var text_2 = sibling(node_3);
			template_effect(() => set_text(text_2, `${get(t).wallet.sendFailed ?? ""} ${get(transfer).reason ?? "" ?? ""}`));
			append($$anchor, fragment_3);
		};
		if_block(node_1, ($$render) => {
			if (get(transfer).state === "sending") $$render(consequent);
			else if (get(transfer).state === "final") $$render(consequent_1, 1);
			else $$render(alternate, -1);
		});
		reset(p);
		var node_4 = sibling(p, 2);
		var consequent_2 = ($$anchor) => {
			var a = root_1$3();
			var text_3 = only_child(a, true);
			template_effect(($0) => {
				set_attribute(a, "href", $0);
				set_text(text_3, get(t).payment.transaction);
			}, [() => to.transaction(get(transfer).transaction)]);
			append($$anchor, a);
		};
		if_block(node_4, ($$render) => {
			if (get(transfer).transaction) $$render(consequent_2);
		});
		var node_5 = sibling(node_4, 2);
		var consequent_3 = ($$anchor) => {
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
		if_block(node_5, ($$render) => {
			if (get(transfer).state !== "sending") $$render(consequent_3);
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
var root_1$2 = /* @__PURE__ */ from_html(`<p class="proven svelte-1jruw9k"><!> </p>`);
var root_2$1 = /* @__PURE__ */ from_html(`<p> </p>`);
var root_3$1 = /* @__PURE__ */ from_html(`<section class="remind card svelte-1jruw9k"><!> <div class="svelte-1jruw9k"><h2 class="svelte-1jruw9k"> </h2> <p class="muted"> </p></div> <a class="button small"> </a></section>`);
var root_4$1 = /* @__PURE__ */ from_html(`<div class="page scroll svelte-1jruw9k" id="content" tabindex="-1"><div class="column svelte-1jruw9k"><h1 class="svelte-1jruw9k"> </h1> <section class="balance svelte-1jruw9k"><p class="label-line svelte-1jruw9k"> </p> <p class="sum svelte-1jruw9k"><!></p> <!> <!> <div class="choices svelte-1jruw9k"><button type="button" class="button svelte-1jruw9k"><!> </button> <button type="button" class="button svelte-1jruw9k"><!> </button></div> <!></section> <!> <!> <!></div></div> <!> <!>`, 1);
function WalletPage($$anchor, $$props) {
	push($$props, true);
	let t = /* @__PURE__ */ user_derived(() => i18n.t);
	let receiving = /* @__PURE__ */ state(false);
	let sending = /* @__PURE__ */ state(false);
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
		Amount($$anchor, { get nano() {
			return app.balance.balance;
		} });
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
		Icon(node_3, {
			name: "shield",
			size: 16
		});
		var text_4 = sibling(node_3, 1, true);
		reset(p_3);
		template_effect(() => set_text(text_4, get(t).wallet.proven));
		append($$anchor, p_3);
	};
	if_block(node_2, ($$render) => {
		if (app.balance) $$render(consequent_2);
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
var root_6 = /* @__PURE__ */ from_html(`<!> <div><!> <!></div> <div class="toast svelte-12hq2y2" role="status"><!></div>`, 1);
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
		template_effect(() => set_attribute(main, "aria-label", `${app.profile?.name ?? ""}: ${get(t).nav[get(route).page] ?? ""}`));
		append($$anchor, fragment_2);
	};
	if_block(node_5, ($$render) => {
		if (get(route).page === "demo") $$render(consequent_4);
		else $$render(alternate_1, -1);
	});
	reset(div);
	var div_2 = sibling(div, 2);
	var node_8 = child(div_2);
	var consequent_8 = ($$anchor) => {
		var span = root_5();
		var text_3 = only_child(span, true);
		template_effect(() => set_text(text_3, ui.toast));
		append($$anchor, span);
	};
	if_block(node_8, ($$render) => {
		if (ui.toast !== "") $$render(consequent_8);
	});
	reset(div_2);
	template_effect(() => classes = set_class(div, 1, "shell svelte-12hq2y2", null, classes, { reading: get(route).page === "chats" && get(route).conversation !== null }));
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
		set_text(text_5, get(t).welcome.go);
	}, [() => get(name).trim() === "" || get(busy)]);
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
	user_effect(() => {
		const root = document.documentElement;
		root.lang = i18n.language;
		root.dir = i18n.direction;
		root.dataset["theme"] = i18n.theme;
	});
	var fragment = comment();
	head("1n46o8q", ($$anchor) => {
		deferred_template_effect(($0) => {
			$document.title = `${$0 ?? ""}${i18n.t.app ?? ""}`;
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
