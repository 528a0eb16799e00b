// The mock's world: people, messages, money and blocks in memory, with the states that the real thing goes through.
// For developing the page and for its tests only; it is never part of `dist`.
import { createHash, randomBytes } from 'node:crypto';
import { english, persian } from './texts.mjs';

const GRAM = 1_000_000_000n;
const FEE = 3_100_000n;
const MINUTE = 60_000;
const BLOCKS_KEPT = 500;

const hash = (text) => createHash('sha256').update(text).digest('hex');
const addressOf = (name) => `0Q${createHash('sha256').update(name).digest('base64url').slice(0, 46)}`;

export class Failure extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

export class World {
  constructor({ messages = 10_000, firstRun = false, validators = 4, relays = 3, third = false } = {}) {
    /** Methods that fail, with the reason; methods whose answer never arrives; what was called. */
    this.failures = new Map();
    this.lost = new Set();
    /** How long the next calls of a method take, in milliseconds. */
    this.slow = new Map();
    /** How long the answers to the next calls of a method are on the way: they know nothing that came since. */
    this.late = new Map();
    this.calls = [];
    this.fetched = [];
    this.bridges = [];
    this.way = {};
    /** Payments and messages by the id that the page gave them. */
    this.sent = new Map();
    this.people = new Map();
    this.blocks = [];
    this.transactions = new Map();
    this.validators = Array.from({ length: validators }, (_, i) => ({ id: hash(`validator ${i}`), running: true }));
    this.relays = Array.from({ length: relays }, (_, i) => ({ id: hash(`relay ${i}`), running: true }));
    this.seqno = 1200;
    this.lt = 5_000_000n;
    for (let i = 0; i < 60; i += 1) this.block([]);
    const alice = this.person('alice', firstRun ? '' : 'Alice');
    const bob = this.person('bob', 'Bob');
    if (third) this.person('carol', 'Carol');
    this.befriend(alice, bob, 'Bob', 'Alice');
    this.fill(alice, 'Bob', english, 14, 2);
    this.mirror(alice, 'Bob', bob, 'Alice');
    this.acquaint(alice, 'مریم رضایی', persian, messages, 0);
    this.acquaint(alice, 'دایی حسین', persian, 40, 3);
    this.acquaint(alice, 'Leyla Nazari', english, 22, 0);
    this.acquaint(alice, 'Book club', english, 60, 0);
    this.acquaint(alice, 'کوهنوردی جمعه‌ها', persian, 33, 12);
    this.acquaint(alice, 'Tomás Ferreira', english, 9, 0);
    this.acquaint(alice, 'نگار', persian.slice(2), 5, 0);
    this.invitee(alice, 'Dariush');
    this.payment(alice, 'Bob', -5n * GRAM, 'lunch', Date.now() - 35 * MINUTE, 'final');
    this.payment(alice, 'مریم رضایی', 12_500_000_000n, 'کتاب', Date.now() - 90 * MINUTE, 'final');
  }

  person(key, name) {
    const person = {
      key,
      profile: { name, network: 'simurgh-devnet', devnet: true, words_saved: false, spending: 'unlocked' },
      settings: { language: 'auto', theme: 'auto', digits: 'auto', calendar: 'auto' },
      contacts: [],
      conversations: new Map(),
      messages: new Map(),
      links: new Map(),
      balance: 1000n * GRAM,
      pending: 0n,
      history: [],
      transfers: new Map(),
      address: addressOf(key),
      listeners: new Set(),
      lenders: new Set(),
    };
    this.people.set(key, person);
    return person;
  }

  emit(person, event) {
    for (const listener of person.listeners) listener(event);
  }

  befriend(a, b, nameOfB, nameOfA) {
    this.contact(a, nameOfB, { key: b.key, name: nameOfA });
    this.contact(b, nameOfA, { key: a.key, name: nameOfB });
  }

  contact(person, name, peer = null, state = 'connected') {
    person.contacts.push({ name, verified: false, added_ms: Date.now() - 40 * 86_400_000, state });
    const conversation = { id: hash(person.key + name).slice(0, 32), title: name, kind: 'contact', unread: 0, last: null, peer_state: state };
    person.conversations.set(conversation.id, { ...conversation, peer });
    person.messages.set(conversation.id, []);
    return person.conversations.get(conversation.id);
  }

  acquaint(person, name, texts, count, unread) {
    this.contact(person, name);
    this.fill(person, name, texts, count, unread);
  }

  invitee(person, name) {
    this.contact(person, name, null, 'invited');
  }

  fill(person, name, texts, count, unread) {
    const conversation = this.find(person, name);
    const list = person.messages.get(conversation.id);
    const end = Date.now() - (hash(name).charCodeAt(0) % 50) * 17 * MINUTE - MINUTE;
    let at = end - count * 7 * MINUTE;
    for (let i = 0; i < count; i += 1) {
      at += i % 4 === 0 ? 17 * MINUTE : 2 * MINUTE;
      const mine = i < count - unread && Math.floor(i / 2) % 2 === 0;
      const text = texts[i % texts.length] + (count > 1000 ? ` (${i + 1})` : '');
      const message = {
        id: hash(`${person.key} ${name} ${i}`).slice(0, 32),
        conversation: conversation.id,
        from: mine ? 'me' : name,
        mine,
        at_ms: Math.min(at, end),
        state: mine ? (i > count - 3 ? 'delivered' : 'read') : 'received',
        kind: 'text',
        text,
      };
      if (i % 9 === 5 && i > 0) message.reply_to = list[i - 2].id;
      list.push(message);
    }
    conversation.unread = unread;
    conversation.last = list.at(-1) ?? null;
  }

  mirror(a, nameOfB, b, nameOfA) {
    const [from, to] = [this.find(a, nameOfB), this.find(b, nameOfA)];
    b.messages.set(to.id, a.messages.get(from.id).map((m) => ({
      ...m, conversation: to.id, mine: !m.mine, from: m.mine ? nameOfA : 'me', state: m.mine ? 'received' : 'read',
    })));
    to.last = b.messages.get(to.id).at(-1) ?? null;
  }

  find(person, idOrName) {
    const found = person.conversations.get(idOrName) ?? [...person.conversations.values()].find((c) => c.title === idOrName);
    if (!found) throw new Failure('not_found', 'There is no such conversation.');
    return found;
  }

  shown(conversation) {
    const { peer: _, ...rest } = conversation;
    return rest;
  }

  put(person, conversation, message, unread = false) {
    const list = person.messages.get(conversation.id);
    const at = list.findLastIndex((other) => other.id === message.id);
    if (at >= 0) list[at] = message;
    else list.push(message);
    conversation.last = list.at(-1);
    if (unread && at < 0) conversation.unread += 1;
    this.emit(person, { kind: 'message', message });
    this.emit(person, { kind: 'conversation', conversation: this.shown(conversation) });
  }

  relaysUp() {
    return this.relays.filter((relay) => relay.running).length;
  }

  quorum() {
    return this.validators.length - Math.floor((this.validators.length - 1) / 3);
  }

  validatorsUp() {
    return this.validators.filter((validator) => validator.running).length;
  }

  send(person, { conversation: id, text, reply_to, id: chosen }) {
    if (this.sent.has(chosen)) return this.sent.get(chosen);
    const conversation = this.find(person, id);
    const message = {
      id: chosen ?? randomBytes(16).toString('hex'), conversation: conversation.id, from: 'me', mine: true,
      at_ms: Date.now(), state: 'pending', kind: 'text', text, ...(reply_to ? { reply_to } : {}),
    };
    if (chosen) this.sent.set(chosen, message);
    this.put(person, conversation, message);
    this.deliver(person, conversation, message);
    return message;
  }

  deliver(person, conversation, message) {
    const step = (state, after, then) => setTimeout(() => {
      if (this.relaysUp() < 2) return step(state, 300, then);
      const now = person.messages.get(conversation.id).find((m) => m.id === message.id);
      this.put(person, conversation, { ...now, state });
      return then?.();
    }, after);
    step('accepted', 60, () => {
      if (conversation.peer_state === 'invited') return;
      step('delivered', 120, () => {
        if (conversation.peer) this.arrive(person, conversation, message);
        else step('read', 1500);
      });
    });
  }

  arrive(person, conversation, message) {
    const peer = this.people.get(conversation.peer.key);
    const theirs = this.find(peer, conversation.peer.name);
    const now = person.messages.get(conversation.id).find((m) => m.id === message.id);
    this.put(peer, theirs, { ...now, conversation: theirs.id, mine: false, from: theirs.title, state: 'received' }, true);
  }

  markRead(person, { conversation: id, up_to }) {
    const conversation = this.find(person, id);
    const list = person.messages.get(conversation.id);
    const upTo = list.findIndex((m) => m.id === up_to);
    conversation.unread = list.slice(upTo + 1).filter((m) => !m.mine).length;
    this.emit(person, { kind: 'conversation', conversation: this.shown(conversation) });
    if (!conversation.peer) return;
    const peer = this.people.get(conversation.peer.key);
    const theirs = this.find(peer, conversation.peer.name);
    const read = new Set(list.slice(Math.max(0, upTo - 50), upTo + 1).map((m) => m.id));
    for (const m of [...peer.messages.get(theirs.id)]) {
      if (m.mine && m.state !== 'read' && read.has(m.id)) this.put(peer, theirs, { ...m, state: 'read' });
    }
  }

  quote(person, amount, to, comment = '') {
    if (!/^\d+$/.test(amount)) throw new Failure('bad_value', 'This is no amount.');
    const fee = FEE + BigInt(comment.length) * 100_000n;
    const total = BigInt(amount) + fee;
    return { amount, fee: fee.toString(), total: total.toString(), to, balance: person.balance.toString(), sufficient: total <= person.balance };
  }

  payment(person, name, signed, comment, at, state, id = randomBytes(16).toString('hex')) {
    const conversation = this.find(person, name);
    const amount = (signed < 0n ? -signed : signed).toString();
    const mine = signed < 0n;
    const transaction = state === 'final' ? this.transact(person, conversation.title, signed, comment, at) : null;
    const message = {
      id, conversation: conversation.id, from: mine ? 'me' : conversation.title, mine, at_ms: at,
      state: mine ? 'read' : 'received', kind: 'payment', text: comment,
      payment: { amount, fee: FEE.toString(), state, transaction, comment },
    };
    this.put(person, conversation, message);
    return message;
  }

  pay(person, { conversation: id, amount, comment = '', id: chosen }) {
    if (this.sent.has(chosen)) return this.sent.get(chosen);
    const conversation = this.find(person, id);
    if (!this.quote(person, amount, '').sufficient) throw new Failure('insufficient', 'The wallet does not hold enough.');
    const message = {
      id: chosen ?? randomBytes(16).toString('hex'), conversation: conversation.id, from: 'me', mine: true, at_ms: Date.now(),
      state: 'pending', kind: 'payment', text: comment, payment: { amount, fee: FEE.toString(), state: 'sending', transaction: null, comment },
    };
    if (chosen) this.sent.set(chosen, message);
    this.put(person, conversation, message);
    this.hold(person, BigInt(amount));
    this.deliver(person, conversation, message);
    this.settle(() => {
      const transaction = this.transact(person, conversation.title, -BigInt(amount), comment, Date.now());
      this.finish(person, conversation, message.id, amount, transaction);
    });
    return message;
  }

  finish(person, conversation, id, amount, transaction) {
    const done = (m) => ({ ...m, payment: { ...m.payment, state: 'final', transaction } });
    this.put(person, conversation, done(person.messages.get(conversation.id).find((m) => m.id === id)));
    this.hold(person, -BigInt(amount));
    if (!conversation.peer) return;
    const peer = this.people.get(conversation.peer.key);
    const theirs = this.find(peer, conversation.peer.name);
    const there = peer.messages.get(theirs.id).find((m) => m.id === id);
    if (there) this.put(peer, theirs, done(there));
    peer.balance += BigInt(amount);
    this.entry(peer, theirs.title, BigInt(amount), '', Date.now(), transaction);
    this.wallet(peer);
  }

  hold(person, amount) {
    person.pending += amount;
    this.wallet(person);
  }

  wallet(person) {
    this.emit(person, { kind: 'wallet', wallet: { balance: person.balance.toString(), pending: person.pending.toString() } });
  }

  settle(then) {
    setTimeout(() => (this.validatorsUp() >= this.quorum() ? then() : this.settle(then)), 700);
  }

  transfer(person, { to, amount, comment = '' }) {
    if (!this.quote(person, amount, to).sufficient) throw new Failure('insufficient', 'The wallet does not hold enough.');
    if (to.length < 3) throw new Failure('bad_value', 'This is no address and no contact.');
    const id = randomBytes(8).toString('hex');
    const sent = { id, state: 'sending', transaction: null };
    person.transfers.set(id, sent);
    this.hold(person, BigInt(amount));
    this.settle(() => {
      const transaction = this.transact(person, to, -BigInt(amount), comment, Date.now());
      person.transfers.set(id, { ...sent, state: 'final', transaction });
      this.hold(person, -BigInt(amount));
    });
    return sent;
  }

  entry(person, peer, signed, comment, at, transaction) {
    this.lt += 1_000_000n;
    person.history.unshift({
      hash: transaction, lt: this.lt.toString(), place: '0', at_ms: at, direction: signed < 0n ? 'out' : 'in',
      amount: (signed < 0n ? -signed : signed).toString(), peer, comment, fee: signed < 0n ? FEE.toString() : '0',
    });
  }

  transact(person, peer, signed, comment, at) {
    const transaction = randomBytes(32).toString('hex');
    if (signed < 0n) person.balance += signed - FEE;
    else person.balance += signed;
    this.entry(person, peer, signed, comment, at, transaction);
    const value = (signed < 0n ? -signed : signed).toString();
    const out = signed < 0n;
    const block = this.block([transaction]);
    this.transactions.set(transaction, {
      hash: transaction, account: person.address, lt: this.lt.toString(), at_ms: at, success: true, value, direction: out ? 'out' : 'in',
      exit_code: 0, gas_used: '4939', fee: FEE.toString(),
      in_message: { from: out ? null : addressOf(peer), to: person.address, value: out ? '0' : value, comment: out ? '' : comment },
      out_messages: out ? [{ from: person.address, to: addressOf(peer), value, comment }] : [],
      block: { workchain: 0, shard: '8000000000000000', seqno: block.seqno },
    });
    this.wallet(person);
    return transaction;
  }

  block(transactions) {
    this.seqno += 1;
    const block = {
      workchain: -1, shard: '8000000000000000', seqno: this.seqno, root_hash: hash(`root ${this.seqno}`),
      at_ms: Date.now(), transactions: transactions.length, list: transactions,
    };
    this.blocks.unshift(block);
    this.blocks.length = Math.min(this.blocks.length, BLOCKS_KEPT);
    return block;
  }

  status() {
    return { seqno: this.seqno, at_ms: this.blocks[0].at_ms, validators: this.validators.length, genesis_hash: hash('genesis'), tps: 1.5 };
  }

  demo() {
    return { validators: this.validators, relays: this.relays, height: String(this.seqno) };
  }

  /** What the doctor sees; tests put other codes here. */
  get seen() {
    return this.findings ?? [
      { code: 'operators_apart', operators: 3 },
      { code: 'carrier_profile_used', number: 0 },
      { code: 'relays_answer', all: this.relays.length, waiting: 0 },
      { code: 'chain_moves', seqno: this.seqno, age_s: 1 },
    ];
  }

  /** How messages travel; `way` is what a test wants to be otherwise. */
  carrier() {
    return {
      carrier: 'https',
      reason: 'usual',
      why: 'It is the first choice, and it works.',
      choices: ['https', 'https-rotating'],
      profile: { number: 0, source: 'built_in' },
      ...(this.pinned === undefined ? {} : { pinned: this.pinned, carrier: this.pinned, reason: 'pinned' }),
      relays: [
        // By their ids, as the real daemon has them.
        ...this.relays.map((relay, i) => ({ ...relay, host: `127.0.0.1:${4430 + i}` })).sort((one, other) => (one.id < other.id ? -1 : 1)).map(({ id, host, running }, i) => ({
          id, host, bridge: false, redeemed: false, used: true, ok: running, last_ms: 12 + i, ...(running ? {} : { error: 'Connection refused.' }),
        })),
        ...this.bridges,
      ],
      pages: 1,
      through_bridge: false,
      operators: 3,
      unnamed_relays: 0,
      lone_relays: 0,
      network_relays: 3,
      waiting: 2,
      messages_waiting: 0,
      ...this.way,
    };
  }

  /** Everybody's carrier changes. */
  tellCarrier() {
    for (const person of this.people.values()) this.emit(person, { kind: 'carrier', carrier: this.carrier() });
  }

  /** A bridge link is taken; it stays unredeemed until a test says what came of it. */
  addBridge(link) {
    const text = link.trim();
    if (!/^[^#]*#[\w-]{40,}$/.test(text) || text.startsWith('simurgh:invite')) throw new Failure('bad_link', 'This is not a whole bridge link.');
    const id = hash(text);
    if (!this.bridges.some((bridge) => bridge.id === id)) {
      this.bridges.push({ id, host: `bridge-${this.bridges.length + 1}.example:443`, bridge: true, redeemed: false, used: false, ok: false, last_ms: 0 });
    }
    this.tellCarrier();
    return this.carrier();
  }

  removeBridge(id) {
    this.bridges = this.bridges.filter((bridge) => bridge.id !== id);
    this.tellCarrier();
    return this.carrier();
  }

  tick() {
    if (this.validatorsUp() < this.quorum()) return;
    this.block([]);
    for (const person of this.people.values()) {
      this.emit(person, { kind: 'chain', chain: this.status() });
      this.emit(person, { kind: 'demo', demo: { ...this.demo(), people: [] } });
    }
  }
}
