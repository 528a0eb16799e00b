// Wallets and messages as people's programs make them (@ton/ton).
const { Address, beginCell, Cell, external, internal, storeMessage, comment } = require('@ton/core');
const { keyPairFromSeed } = require('@ton/crypto');
const { WalletContractV5R1 } = require('@ton/ton');
const crypto = require('node:crypto');

class Person {
  constructor(name, options = {}) {
    this.keys = keyPairFromSeed(crypto.createHash('sha256').update(`person ${name}`).digest());
    this.contract = WalletContractV5R1.create({ publicKey: this.keys.publicKey, workchain: 0, ...options });
    this.address = this.contract.address;
    this.init = this.contract.init;
    this.seqno = 0;
  }

  /** The body of a signed order; `actions` as @ton/ton takes them. */
  body(actions, { seqno = this.seqno, timeout = 0xfffffffe, secretKey = this.keys.secretKey } = {}) {
    return this.contract.createRequest({ seqno, timeout, secretKey, actions, authType: 'external' });
  }

  /** An external message; brings the code along at number 0 unless told otherwise. */
  message(actions, options = {}) {
    const init = options.init === undefined ? (this.seqno === 0 ? this.init : undefined) : options.init;
    return envelope(this.address, options.body ?? this.body(actions, options), init ?? undefined);
  }
}

/** An external message. */
function envelope(to, body, init) {
  return beginCell().store(storeMessage(external({ to, body, init }))).endCell();
}

/** One transfer as an action. */
function send(to, value, { mode = 3, bounce = false, text, body, init, extracurrency } = {}) {
  const payload = body ?? (text === undefined ? undefined : comment(text));
  return { type: 'sendMsg', mode, outMsg: internal({ to, value, bounce, body: payload, init, extracurrency }) };
}

/** An internal message as it arrives, from `from`. */
function arriving(from, to, value, { bounce = true, body = Cell.EMPTY, init, lt = 1000n, extra, flags } = {}) {
  const value_ = { coins: value, other: extra };
  const info = {
    type: 'internal',
    ihrDisabled: true,
    bounce,
    bounced: false,
    src: from,
    dest: to,
    value: value_,
    ihrFee: flags ?? 0n,
    forwardFee: 266_669n,
    createdLt: lt,
    createdAt: 1_640_000_000,
  };
  return beginCell().store(storeMessage({ info, init, body })).endCell();
}

/** A made-up address. */
function somewhere(name, workchain = 0) {
  return new Address(workchain, crypto.createHash('sha256').update(`address ${name}`).digest());
}

module.exports = { Person, envelope, send, arriving, somewhere };
