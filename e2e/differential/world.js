// Accounts, time and messages; every step is made by both sides and compared.
const core = require('@ton/core');
const { beginCell, Cell, loadMessage, loadTransaction } = core;
const crypto = require('node:crypto');

/** What the wallet's exit codes are called on our side. */
const REFUSALS = { SignatureDisabled: 132, Seqno: 133, WalletId: 134, BadSignature: 135, Expired: 136 };
/** When every story starts; the emulator counts seconds in 31 bits, so it must end before 2038. */
const START = 1_640_000_000;
/** How far a chain of messages is followed. */
const STEPS_MAX = 64;

/** Seeded random numbers (mulberry32): the same run every time. */
class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(n) {
    return Math.floor(this.next() * n);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** Log-uniform between 1 and `max`. */
  amount(max) {
    return BigInt(Math.max(1, Math.floor(Math.exp(this.next() * Math.log(Number(max))))));
  }
}

class World {
  constructor(official, ours, seed) {
    Object.assign(this, { official, ours });
    this.random = new Random(seed);
    this.accounts = new Map();
    this.now = START;
    this.lt = 50_000_000n;
    this.libraries = [];
    this.previous = undefined;
    this.transactions = 0;
    this.refusals = 0;
    this.differences = [];
  }

  async config(boc) {
    await this.official.config(boc);
    await this.ours.config(boc, this.now);
  }

  /** An account's shard record, as a bag of cells in base64. */
  account(address) {
    return this.accounts.get(address.toRawString()) ?? NONEXISTENT;
  }

  state(address) {
    return core.loadShardAccount(Cell.fromBase64(this.account(address)).beginParse()).account;
  }

  balance(address) {
    return this.state(address)?.storage.balance.coins ?? 0n;
  }

  /** Puts an account there out of nothing, with the storage statistics it would have. */
  place(address, { balance, init, frozen, lastPaid, due, extra }) {
    const state = init
      ? { type: 'active', state: init }
      : frozen
        ? { type: 'frozen', stateHash: frozen }
        : { type: 'uninit' };
    const storage = { lastTransLt: 1_000_000n, balance: { coins: balance, other: extra }, state };
    const used = storageUsed({ ...storage, balance: { coins: balance } });
    const account = {
      addr: address,
      storageStats: { used, storageExtra: null, lastPaid: lastPaid ?? this.now, duePayment: due ?? null },
      storage,
    };
    const shard = { account, lastTransactionHash: 7n, lastTransactionLt: 999_999n };
    this.accounts.set(address.toRawString(), beginCell().store(core.storeShardAccount(shard)).endCell().toBoc().toString('base64'));
    return address;
  }

  /** Makes a message happen on both sides, compares, and keeps the outcome. */
  async deliver(address, message, options = {}) {
    return this.step({ kind: 'ordinary', address, message, ...options });
  }

  async tick(address, kind) {
    return this.step({ kind, address });
  }

  async step(options) {
    this.lt += 1_000_000n;
    const order = {
      account: this.account(options.address),
      now: this.now,
      lt: this.lt,
      seed: crypto.createHash('sha256').update(`seed ${this.lt}`).digest(),
      libraries: this.libraries,
      previous: this.previous,
      ...options,
    };
    this.lastOrder = order;
    const theirs = await this.official.transaction(order);
    const ours = await this.ours.transaction(order);
    this.compare(theirs, ours);
    if (!theirs.ok) {
      this.refusals += 1;
      return theirs;
    }
    this.transactions += 1;
    this.accounts.set(order.address.toRawString(), theirs.account);
    theirs.parsed = loadTransaction(Cell.fromBase64(theirs.transaction).beginParse());
    theirs.messages = theirs.parsed.outMessages.values();
    this.lt = theirs.parsed.lt + BigInt(theirs.messages.length);
    return theirs;
  }

  compare(theirs, ours) {
    const differ = (what, a, b) => this.differences.push(`${what}: official ${a}, ours ${b}`);
    if (theirs.ok !== ours.ok) return differ('outcome', theirs.ok ? 'taken' : theirs.error, ours.ok ? 'taken' : ours.error);
    if (!theirs.ok) {
      // the emulator says 0 where nothing ran
      const code = ours.exitCode ?? REFUSALS[ours.error] ?? 0;
      if ((theirs.exitCode ?? 0) !== code) differ('exit code', theirs.exitCode, `${ours.error} ${code}`);
      return undefined;
    }
    if (theirs.transactionHash !== ours.transactionHash || theirs.shardHash !== ours.shardHash) {
      differ('transaction', theirs.transactionHash, ours.transactionHash);
      this.differences.push(...explain(theirs, ours));
    }
    return undefined;
  }

  /** Delivers a message and everything that follows from it. */
  async follow(address, message, options = {}) {
    const first = await this.deliver(address, message, options);
    const queue = first.ok ? [...first.messages] : [];
    const all = [first];
    while (queue.length && all.length < STEPS_MAX) {
      const next = queue.shift();
      if (next.info.type !== 'internal') continue;
      const outcome = await this.deliver(next.info.dest, beginCell().store(core.storeMessage(next)).endCell());
      all.push(outcome);
      if (outcome.ok) queue.push(...outcome.messages);
    }
    return all;
  }

  /** The next number of a wallet v5r1; 0 where there is none (any more). */
  seqno(address) {
    const state = this.state(address)?.storage.state;
    if (state?.type !== 'active') return 0;
    const data = state.state.data.beginParse();
    data.skip(1);
    return data.loadUint(32);
  }

  /** Runs a get method on both sides. */
  async get(address, method, stack = []) {
    const state = this.state(address);
    const order = {
      account: this.account(address),
      address,
      code: state.storage.state.state.code,
      data: state.storage.state.state.data,
      balance: state.storage.balance.coins,
      method: typeof method === 'number' ? method : methodId(method),
      stack,
      now: this.now,
      seed: Buffer.alloc(32, 9),
      previous: this.previous,
    };
    const theirs = await this.official.get(order);
    const ours = await this.ours.get(order);
    if (JSON.stringify(theirs) !== JSON.stringify(ours)) {
      this.differences.push(`get method ${method}: official ${JSON.stringify(theirs)}, ours ${JSON.stringify(ours)}`);
    }
    return theirs;
  }
}

const NONEXISTENT = beginCell()
  .storeRef(beginCell().storeBit(false).endCell())
  .storeUint(0, 256)
  .storeUint(0, 64)
  .endCell()
  .toBoc()
  .toString('base64');

function methodId(name) {
  return crc16(name) | 0x10000;
}

function crc16(text) {
  let crc = 0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/** Unique cells and bits of an account's storage. */
function storageUsed(storage) {
  const seen = new Set();
  let bits = 0n;
  const visit = (cell) => {
    const hash = cell.hash().toString('hex');
    if (seen.has(hash)) return;
    seen.add(hash);
    bits += BigInt(cell.bits.length);
    cell.refs.forEach(visit);
  };
  visit(beginCell().store(core.storeAccountStorage(storage)).endCell());
  return { cells: BigInt(seen.size), bits };
}

/** The places where two transactions differ, for whoever reads the report. */
function explain(theirs, ours) {
  const parse = (side) => loadTransaction(Cell.fromBase64(side.transaction).beginParse());
  const lines = [];
  difference(parse(theirs), parse(ours), 'transaction', lines);
  difference(theirs.state.account, ours.state.account, 'account', lines);
  return lines;
}

/** Goes through two values side by side. */
function difference(a, b, path, lines) {
  if (['raw', 'inMessage', 'stateUpdate', 'hash'].includes(path.split('.').at(-1))) return;
  const whole = (value) => typeof value !== 'object' || value === null || value instanceof Cell || Buffer.isBuffer(value);
  if (whole(a) || whole(b)) {
    if (brief(a) !== brief(b)) lines.push(`  ${path}: official ${brief(a)}, ours ${brief(b)}`);
    return;
  }
  if (a instanceof core.Dictionary) return difference(a.values(), b.values(), path, lines);
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) difference(a[key], b[key], `${path}.${key}`, lines);
}

function brief(value) {
  if (value instanceof Cell) return `cell ${value.hash().toString('hex').slice(0, 16)}`;
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'object' && value !== null ? JSON.stringify(Object.keys(value)) : String(value);
}

module.exports = { World, Random, loadMessage, methodId };
