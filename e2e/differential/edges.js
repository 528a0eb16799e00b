// The corners: each case is a small story on fresh accounts.
const core = require('@ton/core');
const { beginCell, BitString, Cell, Address, contractAddress, Dictionary, storeOutList, storeStateInit } = core;
const { Person, arriving, envelope, send, somewhere } = require('./people');
const jetton = require('../../specs/vectors/jetton.json');

const GRAM = 1_000_000_000n;
const BANK = somewhere('bank');
const DATA = beginCell().storeUint(1, 32).endCell();

const op = (n) => beginCell().storeUint(n, 32);
const throwing = (code) => op(1).storeUint(code, 16).endCell();
const acting = (cell) => op(2).storeRef(cell).endCell();
const storing = (cell) => op(3).storeRef(cell).endCell();
const outside = (body, accept = true) => beginCell().storeBit(accept).storeSlice(body.beginParse()).endCell();
const list = (actions) => beginCell().store(storeOutList(actions)).endCell();

/** A tree of `count` different cells. */
function tree(count, salt = 0) {
  let level = Array.from({ length: Math.max(1, Math.ceil(count / 1.34)) }, (_, i) => beginCell().storeUint(salt, 32).storeUint(i, 32).storeUint(7, 900).endCell());
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i < level.length; i += 4) {
      const cell = beginCell();
      level.slice(i, i + 4).forEach((child) => cell.storeRef(child));
      next.push(cell.endCell());
    }
    level = next;
  }
  return level[0];
}

/** Cells one below the other. */
function chain(depth) {
  let cell = Cell.EMPTY;
  for (let i = 0; i < depth; i += 1) cell = beginCell().storeUint(i, 32).storeRef(cell).endCell();
  return cell;
}

/** `edge(name, story)` for every case; `stage` gives a story its accounts. */
function edges(edge, code) {
  const stateInit = (salt, options = {}) => ({ code, data: beginCell().storeUint(salt, 64).endCell(), ...options });

  /** A deployed puppet with a balance. */
  const puppet = (world, { balance = 10n * GRAM, workchain = 0, salt = world.random.below(1 << 30), state = {}, ...rest } = {}) => {
    const init = stateInit(salt, state);
    return world.place(contractAddress(workchain, init), { balance, init, ...rest });
  };
  const told = (world, to, body, value = GRAM, options = {}) => world.follow(to, arriving(BANK, to, value, { body, ...options }));

  deploys(edge, { stateInit, puppet, told });
  bounces(edge, { puppet, told });
  wallets(edge, { puppet });
  machines(edge, { puppet, told, code });
  actions(edge, { puppet, told });
  storage(edge, { puppet, told, stateInit });
  special(edge, { puppet, told, stateInit });
  jettons(edge);
  getMethods(edge, { puppet });
}

function deploys(edge, { stateInit, puppet, told }) {
  for (const workchain of [0, -1]) {
    for (const bounce of [true, false]) {
      edge(`an internal message deploys (${workchain}, bounce ${bounce})`, async (world) => {
        const init = stateInit(11);
        const to = contractAddress(workchain, init);
        await told(world, to, op(0).endCell(), GRAM, { init, bounce });
        await told(world, to, storing(tree(9)), GRAM);
      });
    }
  }
  edge('a deploying message whose contract throws', async (world) => {
    const init = stateInit(12);
    await told(world, contractAddress(0, init), throwing(99), GRAM, { init });
  });
  edge('a deploying message without enough for gas', async (world) => {
    const init = stateInit(13);
    await told(world, contractAddress(0, init), storing(DATA), 1000n, { init });
    await told(world, contractAddress(0, init), storing(DATA), 400_000n, { init });
  });
  edge('code that is not the account’s, internal', async (world) => {
    await told(world, somewhere('not it'), op(0).endCell(), GRAM, { init: stateInit(14) });
    await told(world, somewhere('not it'), op(0).endCell(), GRAM, { init: stateInit(14), bounce: false });
    await told(world, somewhere('not it'), op(0).endCell(), GRAM, { init: stateInit(14), bounce: false });
  });
  edge('code that is not the account’s, external', async (world) => {
    const to = world.place(somewhere('not it either'), { balance: GRAM });
    await world.deliver(to, envelope(to, outside(op(0).endCell()), stateInit(15)));
  });
  edge('code along with a message to a deployed account', async (world) => {
    const to = puppet(world, { salt: 16 });
    await told(world, to, op(7).endCell(), GRAM, { init: stateInit(16) });
    await told(world, to, op(7).endCell(), GRAM, { init: stateInit(17) });
    await world.deliver(to, envelope(to, outside(op(7).endCell()), stateInit(16)));
    await world.deliver(to, envelope(to, outside(op(7).endCell()), stateInit(17)));
  });
  edge('an external message deploys', async (world) => {
    const init = stateInit(18);
    const to = world.place(contractAddress(0, init), { balance: GRAM });
    await world.deliver(to, envelope(to, outside(op(7).endCell()), init));
  });
  edge('an external message to an account that does not exist', async (world) => {
    const init = stateInit(19);
    const to = contractAddress(0, init);
    await world.deliver(to, envelope(to, outside(op(7).endCell()), init));
    await world.deliver(to, envelope(to, outside(op(7).endCell())));
  });
  edge('an external message to an account without code', async (world) => {
    const to = world.place(somewhere('bare'), { balance: GRAM });
    await world.deliver(to, envelope(to, outside(op(7).endCell())));
  });
  edge('an account without code gets value and nothing', async (world) => {
    const to = somewhere('savings');
    await told(world, to, Cell.EMPTY, GRAM, { bounce: false });
    await told(world, to, Cell.EMPTY, 0n, { bounce: false });
    await told(world, to, Cell.EMPTY, 0n, { bounce: true });
    world.now += 86_400 * 400;
    await told(world, to, Cell.EMPTY, 1n, { bounce: false });
  });
  edge('nothing sent to an account that does not exist', async (world) => {
    await told(world, somewhere('nobody'), Cell.EMPTY, 0n, { bounce: false });
    await told(world, somewhere('nobody'), Cell.EMPTY, 0n, { bounce: true });
  });
  edge('a deploy with special flags and libraries', async (world) => {
    const libraries = Dictionary.empty(Dictionary.Keys.BigUint(256), SIMPLE_LIBRARY);
    const library = beginCell().storeUint(77, 64).endCell();
    libraries.set(BigInt(`0x${library.hash().toString('hex')}`), { public: true, root: library });
    for (const workchain of [0, -1]) {
      const init = stateInit(20, { special: { tick: true, tock: true }, libraries });
      await told(world, contractAddress(workchain, init), op(7).endCell(), GRAM, { init });
    }
  });
  edge('a deploy of a large state', async (world) => {
    for (const workchain of [0, -1]) {
      const init = { code: stateInit(0).code, data: tree(3000, 21) };
      await told(world, contractAddress(workchain, init), op(0).endCell(), 5n * GRAM, { init });
    }
  });
}

/** A library in an account's state, for the dictionary. */
const SIMPLE_LIBRARY = {
  serialize: (library, builder) => builder.storeBit(library.public).storeRef(library.root),
  parse: (slice) => ({ public: slice.loadBit(), root: slice.loadRef() }),
};

function bounces(edge, { puppet, told }) {
  edge('value for an account that does not exist comes back', async (world) => {
    await told(world, somewhere('missing'), Cell.EMPTY, GRAM);
  });
  edge('a bounce without funds for it', async (world) => {
    await told(world, somewhere('missing'), Cell.EMPTY, 1n);
    await told(world, somewhere('missing'), Cell.EMPTY, 399_999n);
    await told(world, somewhere('missing'), Cell.EMPTY, 400_000n);
    await told(world, somewhere('missing', -1), Cell.EMPTY, 400_000n);
  });
  edge('a bounce whose value went on gas', async (world) => {
    const to = puppet(world);
    for (const value of [300_000n, 400_000n, 500_000n, 600_000n, 700_000n, 800_000n, 900_000n, 1_000_000n]) await told(world, to, throwing(50), value);
  });
  edge('a bounce of a body with 256 bits and more, and with cells', async (world) => {
    const to = puppet(world);
    await told(world, to, op(1).storeUint(9, 16).storeUint(5, 300).storeRef(tree(5)).endCell());
    await told(world, to, beginCell().storeUint(1, 32).storeUint(44, 16).endCell(), GRAM, { flags: 1n });
  });
  edge('the newer bounce form, with and without the whole body', async (world) => {
    const to = puppet(world);
    for (const flags of [1n, 2n, 3n]) {
      await told(world, to, op(1).storeUint(9, 16).storeUint(5, 300).storeRef(tree(5)).endCell(), GRAM, { flags });
      await told(world, somewhere('missing'), op(1).storeRef(tree(3)).endCell(), GRAM, { flags });
      await told(world, to, op(1).storeUint(9, 16).endCell(), 600_000n, { flags });
    }
  });
  edge('a message that came back is taken silently', async (world) => {
    const to = puppet(world);
    const message = core.loadMessage(arriving(BANK, to, GRAM, { body: op(0).endCell() }).beginParse());
    message.info.bounced = true;
    message.info.bounce = false;
    await world.follow(to, beginCell().store(core.storeMessage(message)).endCell());
  });
  edge('an account without code, from the masterchain', async (world) => {
    const from = somewhere('master bank', -1);
    const to = somewhere('missing');
    await world.follow(to, arriving(from, to, GRAM, {}));
    await world.follow(to, arriving(from, to, 5_000_000n, {}));
  });
  edge('a message younger than the account and than the block', async (world) => {
    const to = puppet(world);
    await told(world, to, op(7).endCell(), GRAM, { lt: world.lt + 5_000_000n });
    await told(world, to, op(7).endCell(), GRAM, { lt: world.lt + 2_000_000n });
  });
}

function wallets(edge, { puppet }) {
  const rich = (world, name = 'parvin', options = {}) => {
    const person = new Person(name, options);
    world.place(person.address, { balance: 10n * GRAM, init: person.init });
    person.seqno = 0;
    return person;
  };
  const pay = [send(BANK, GRAM / 10n)];
  const refusals = {
    'another key': (p) => p.message(pay, { secretKey: new Person('thief').keys.secretKey }),
    'a number too high': (p) => p.message(pay, { seqno: 5 }),
    'a time that is over': (p) => p.message(pay, { timeout: 1_000 }),
    'another wallet id': (p) => p.message(pay, { body: new Person('parvin', { walletId: { networkGlobalId: -3, context: { workchain: 0, walletVersion: 'v5r1', subwalletNumber: 0 } } }).body(pay) }),
    'an empty body': (p) => envelope(p.address, Cell.EMPTY),
    'half a body': (p) => envelope(p.address, beginCell().storeUint(0x7369676e, 32).storeUint(1, 64).endCell()),
    'another operation': (p) => envelope(p.address, beginCell().storeUint(0x12345678, 32).storeUint(1, 800).endCell()),
    'an internal operation from outside': (p) => envelope(p.address, p.contract.createRequest({ seqno: 0, timeout: 0xfffffffe, secretKey: p.keys.secretKey, actions: pay, authType: 'internal' })),
  };
  for (const [name, message] of Object.entries(refusals)) {
    edge(`a wallet is sent ${name}`, async (world) => {
      const person = rich(world);
      await world.deliver(person.address, message(person));
    });
  }
  edge('a wallet takes each number once', async (world) => {
    const person = rich(world);
    const message = person.message(pay);
    await world.follow(person.address, message);
    await world.follow(person.address, message);
    person.seqno = 1;
    await world.follow(person.address, person.message(pay));
  });
  edge('a wallet too poor to take a message', async (world) => {
    const person = new Person('poor');
    for (const balance of [0n, 1n, 1000n, 400_000n, 600_000n, 2_000_000n, 3_500_000n]) {
      world.place(person.address, { balance, init: person.init });
      await world.deliver(person.address, person.message(pay, { init: null }));
      await world.deliver(person.address, person.message(pay));
    }
  });
  edge('a wallet that sends more than it has', async (world) => {
    const person = rich(world);
    await world.follow(person.address, person.message([send(BANK, 100n * GRAM)]));
    person.seqno = 1;
    await world.follow(person.address, person.message([send(BANK, 100n * GRAM), send(BANK, GRAM, { mode: 0 }), send(BANK, 10n * GRAM)]));
    person.seqno = 2;
    await world.follow(person.address, person.message([send(BANK, 0n, { mode: 128 })]));
    await world.follow(person.address, person.message([send(BANK, 0n, { mode: 128 })], { seqno: 3 }));
  });
  edge('a wallet destroys itself', async (world) => {
    const person = rich(world);
    await world.follow(person.address, person.message([send(BANK, 0n, { mode: 160 })]));
    await world.deliver(person.address, person.message([send(BANK, 0n, { mode: 160 })]));
  });
  edge('a wallet sends 255 messages, and none', async (world) => {
    const person = rich(world);
    await world.follow(person.address, person.message(Array.from({ length: 255 }, (_, i) => send(BANK, BigInt(i)))));
    person.seqno = 1;
    await world.follow(person.address, person.message([]));
  });
  edge('a wallet with extensions', async (world) => {
    const person = rich(world);
    const other = puppet(world);
    const extension = [{ type: 'addExtension', address: other }];
    await world.follow(person.address, person.message(extension));
    person.seqno = 1;
    const order = person.contract.createRequest({ authType: 'extension', actions: [send(BANK, GRAM)] });
    await world.follow(person.address, arriving(other, person.address, GRAM, { body: order }));
    await world.follow(person.address, arriving(BANK, person.address, GRAM, { body: order }));
    await world.follow(person.address, person.message([{ type: 'setIsPublicKeyEnabled', isEnabled: false }]));
    const off = person.contract.createRequest({ authType: 'extension', actions: [{ type: 'setIsPublicKeyEnabled', isEnabled: false }] });
    await world.follow(person.address, arriving(other, person.address, GRAM, { body: off }));
    await world.deliver(person.address, person.message(pay, { seqno: 3 }));
    await world.deliver(person.address, person.message(pay, { seqno: 2 }));
  });
  edge('a wallet is told by an internal signed message', async (world) => {
    const person = rich(world);
    const body = person.contract.createRequest({ seqno: 0, timeout: 0xfffffffe, secretKey: person.keys.secretKey, actions: pay, authType: 'internal' });
    await world.follow(person.address, arriving(BANK, person.address, GRAM, { body }));
    await world.follow(person.address, arriving(BANK, person.address, GRAM, { body }));
  });
  edge('a message for another account', async (world) => {
    const [person, other] = [rich(world), rich(world, 'other')];
    await world.deliver(other.address, person.message(pay));
  });
}

function machines(edge, { puppet, told, code }) {
  for (const exit of [2, 0, 1, 4, 13, 14, 100, 65535]) {
    edge(`a contract throws ${exit}`, async (world) => {
      const to = puppet(world);
      await told(world, to, throwing(exit));
      await told(world, to, throwing(exit), GRAM, { bounce: false });
      await world.deliver(to, envelope(to, outside(throwing(exit))));
      await world.deliver(to, envelope(to, outside(throwing(exit), false)));
    });
  }
  edge('a contract throws with an argument', async (world) => {
    const to = puppet(world);
    for (const argument of [0, 1, 0x7fffffff, 0xffffffff]) await told(world, to, op(11).storeUint(argument, 32).endCell());
  });
  edge('a contract never ends', async (world) => {
    const to = puppet(world);
    await told(world, to, op(4).endCell(), GRAM / 100n);
    await told(world, to, op(4).endCell(), 100n * GRAM);
    await world.deliver(to, envelope(to, outside(op(4).endCell())));
    await world.deliver(to, envelope(to, outside(op(4).endCell(), false)));
    await told(world, to, op(10).storeUint(20_000, 32).endCell());
    await told(world, to, op(10).storeUint(100, 32).endCell());
  });
  edge('a contract does not accept', async (world) => {
    const to = puppet(world);
    await world.deliver(to, envelope(to, outside(op(0).endCell(), false)));
    await world.deliver(to, envelope(to, outside(storing(DATA), false)));
    await world.deliver(to, envelope(to, Cell.EMPTY));
  });
  edge('a contract goes deep', async (world) => {
    const to = puppet(world);
    for (const depth of [10, 200, 3000]) await told(world, to, op(9).storeUint(depth, 16).endCell(), 5n * GRAM);
  });
  edge('what a contract sees of the world', async (world) => {
    const to = puppet(world);
    await told(world, to, op(7).endCell());
    await told(world, to, op(7).endCell(), 3n * GRAM, { init: { code, data: DATA } });
    await world.deliver(to, envelope(to, outside(op(7).endCell())));
    world.previous = someBlocks();
    await told(world, to, op(7).endCell());
    world.previous = undefined;
    const master = puppet(world, { workchain: -1 });
    await told(world, master, op(7).endCell());
  });
  edge('random numbers', async (world) => {
    const to = puppet(world);
    await told(world, to, op(12).endCell());
    await told(world, to, op(12).endCell());
  });
  edge('a contract changes its code', async (world) => {
    const to = puppet(world);
    await told(world, to, op(8).storeRef(beginCell().storeUint(0xff00, 16).endCell()).endCell());
    await told(world, to, op(7).endCell());
  });
  edge('state kept by commit when the rest fails', async (world) => {
    const to = puppet(world);
    await told(world, to, op(5).storeRef(list([send(BANK, GRAM)])).endCell());
  });
  edge('data of many cells, growing and shrinking', async (world) => {
    for (const workchain of [0, -1]) {
      const to = puppet(world, { workchain });
      for (const cells of [3, 4, 5, 6, 20, 60, 61, 300, 2, 300, 1]) await told(world, to, storing(tree(cells, cells)), 5n * GRAM);
      await told(world, to, op(0).endCell());
    }
  });
  edge('data that refers to the same cell often', async (world) => {
    const to = puppet(world);
    const leaf = tree(30, 5);
    const twice = beginCell().storeRef(leaf).storeRef(leaf).storeRef(beginCell().storeRef(leaf).endCell()).endCell();
    await told(world, to, storing(twice), 5n * GRAM);
    await told(world, to, op(0).endCell());
    await told(world, to, storing(code), 5n * GRAM);
  });
  edge('data over the limit of cells', async (world) => {
    for (const workchain of [0, -1]) {
      const to = puppet(world, { workchain, balance: 1000n * GRAM });
      await told(world, to, storing(tree(2500, 1)), 20n * GRAM);
      await told(world, to, storing(chain(200)), 20n * GRAM);
    }
  });
  edge('public libraries: known, unknown, exotic cells', async (world) => {
    const to = puppet(world);
    const library = beginCell().storeUint(0xdeadbeef, 32).endCell();
    const reference = beginCell().storeUint(2, 8).storeBuffer(library.hash()).endCell({ exotic: true });
    await told(world, to, op(6).storeRef(reference).endCell());
    await told(world, to, op(13).storeRef(reference).endCell());
    world.libraries = [library];
    await told(world, to, op(13).storeRef(reference).endCell());
    const nothing = beginCell().endCell();
    world.libraries = [nothing, library];
    await told(world, to, op(6).storeRef(beginCell().storeUint(2, 8).storeBuffer(nothing.hash()).endCell({ exotic: true })).endCell());
    await told(world, to, storing(reference));
    world.libraries = [];
  });
  edge('a contract whose code is a library', async (world) => {
    const reference = beginCell().storeUint(2, 8).storeBuffer(code.hash()).endCell({ exotic: true });
    const init = { code: reference, data: DATA };
    const to = world.place(contractAddress(0, init), { balance: GRAM, init });
    await told(world, to, op(7).endCell());
  });
}

function actions(edge, { puppet, told }) {
  const modes = [0, 1, 2, 3, 16, 17, 18, 19, 32, 33, 64, 65, 66, 67, 80, 82, 128, 129, 130, 131, 144, 160, 161, 162, 176, 178, 192, 4, 8, 9, 255];
  for (const mode of modes) {
    edge(`a contract sends with mode ${mode}`, async (world) => {
      const to = puppet(world);
      await told(world, to, acting(list([send(BANK, GRAM / 3n, { mode })])));
      await told(world, to, acting(list([send(BANK, 3000n * GRAM, { mode })])));
      await told(world, to, acting(list([send(BANK, 0n, { mode, text: 'hello' }), send(somewhere('x', -1), 5n, { mode: 3 })])));
      const poor = puppet(world, { balance: 100_000n });
      await told(world, poor, acting(list([send(BANK, 1n, { mode })])), 900_000n);
      await told(world, poor, acting(list([send(BANK, 0n, { mode })])), 5_000_000n);
      await world.deliver(to, envelope(to, outside(acting(list([send(BANK, 9n, { mode })])))));
    });
  }
  edge('reserve in all its modes', async (world) => {
    for (const mode of [0, 1, 2, 3, 4, 5, 8, 12, 13, 14, 16, 18, 31, 32]) {
      const to = puppet(world);
      const reserve = { type: 'reserve', mode, currency: { coins: 2n * GRAM } };
      await told(world, to, acting(list([reserve, send(BANK, 0n, { mode: 128 })])));
      const far = { type: 'reserve', mode, currency: { coins: 200n * GRAM } };
      await told(world, to, acting(list([far, send(BANK, 0n, { mode: 128 })])));
    }
  });
  edge('change of code by an action', async (world) => {
    const to = puppet(world);
    await told(world, to, acting(list([{ type: 'setCode', newCode: beginCell().storeUint(0xff00, 16).endCell() }])));
  });
  edge('change of libraries by an action', async (world) => {
    const library = beginCell().storeUint(4711, 64).endCell();
    for (const workchain of [0, -1]) {
      const to = puppet(world, { workchain });
      for (const mode of [0, 1, 2, 16, 17, 3, 34]) {
        await told(world, to, acting(list([{ type: 'changeLibrary', mode, libRef: { type: 'ref', library } }])));
        await told(world, to, acting(list([{ type: 'changeLibrary', mode, libRef: { type: 'hash', libHash: library.hash() } }])));
      }
      const heavy = tree(1100, 4);
      await told(world, to, acting(list([{ type: 'changeLibrary', mode: 2, libRef: { type: 'ref', library: heavy } }])), 20n * GRAM);
    }
  });
  edge('an action fails after others were done', async (world) => {
    const library = beginCell().storeUint(4712, 64).endCell();
    const add = { type: 'changeLibrary', mode: 2, libRef: { type: 'ref', library } };
    const far = send(BANK, 5000n * GRAM, { mode: 0 });
    for (const workchain of [0, -1]) {
      const to = puppet(world, { workchain, balance: 100n * GRAM });
      await told(world, to, acting(list([send(BANK, 5n, { mode: 1 }), send(BANK, GRAM), far])), 2n * GRAM);
      await told(world, to, acting(list([send(BANK, 5n, { mode: 1 }), { type: 'reserve', mode: 0, currency: { coins: 7n } }, send(BANK, 1n, { mode: 67 })])), 2n * GRAM);
      await told(world, to, acting(list([send(BANK, 0n, { mode: 64 }), { ...send(BANK, 1n), mode: 16 }, { ...far, mode: 16 }])), 2n * GRAM);
      await told(world, to, acting(list([add, send(BANK, 5n, { mode: 1 }), far])), 2n * GRAM);
      await told(world, to, acting(list([{ type: 'setCode', newCode: DATA }, { ...add, mode: 0 }, far])), 2n * GRAM);
      await told(world, to, op(7).endCell());
      const both = (data, actions) => op(14).storeRef(data).storeRef(actions).endCell();
      await told(world, to, both(tree(2400, 5), list([send(BANK, 5n, { mode: 1 }), add])), 20n * GRAM);
      await told(world, to, both(tree(2400, 5), list([add, send(BANK, 5n, { mode: 1 }), far])), 20n * GRAM);
    }
  });
  edge('more libraries than allowed', async (world) => {
    const to = puppet(world, { workchain: -1, balance: 1000n * GRAM });
    for (const base of [0, 250]) {
      const many = Array.from({ length: 250 }, (_, i) => ({ type: 'changeLibrary', mode: 2, libRef: { type: 'ref', library: beginCell().storeUint(base + i, 64).endCell() } }));
      await told(world, to, acting(list(many)), 50n * GRAM);
    }
  });
  edge('action lists that are not', async (world) => {
    const to = puppet(world);
    await told(world, to, acting(beginCell().storeUint(1, 8).endCell()));
    await told(world, to, acting(beginCell().storeRef(Cell.EMPTY).storeUint(0x12345678, 32).endCell()));
    await told(world, to, acting(beginCell().storeRef(Cell.EMPTY).storeUint(0x0ec3c86d, 32).storeUint(2, 8).storeRef(Cell.EMPTY).endCell()));
    await told(world, to, acting(beginCell().storeRef(Cell.EMPTY).storeUint(0x0ec3c86d, 32).storeUint(0, 8).storeRef(Cell.EMPTY).endCell()));
    await told(world, to, acting(beginCell().storeRef(Cell.EMPTY).storeUint(0x0ec3c86d, 32).storeUint(18, 8).storeRef(Cell.EMPTY).endCell()));
    await told(world, to, acting(list(Array.from({ length: 256 }, () => send(BANK, 1n)))), 10n * GRAM);
    await told(world, to, acting(list(Array.from({ length: 255 }, () => send(BANK, 1n)))), 10n * GRAM);
  });
  edge('messages to places that are not', async (world) => {
    const to = puppet(world);
    for (const mode of [0, 2, 16, 18]) {
      await told(world, to, acting(list([send(somewhere('far', 5), 1n, { mode })])));
      await told(world, to, acting(list([{ type: 'sendMsg', mode, outMsg: { ...send(BANK, 1n).outMsg, info: { ...send(BANK, 1n).outMsg.info, src: BANK } } }])));
      await told(world, to, acting(list([{ type: 'sendMsg', mode, outMsg: { info: { type: 'external-out', createdAt: 0, createdLt: 0n, src: null, dest: null }, body: DATA } }])));
    }
  });
  edge('messages to addresses of variable length', async (world) => {
    for (const workchain of [0, -1]) {
      const to = puppet(world, { workchain, balance: 1000n * GRAM });
      for (const mode of [0, 2, 3, 16, 18]) {
        for (const far of [-1, 0, 5, 1000]) {
          for (const bits of [8, 255, 256, 257, 511]) {
            await told(world, to, acting(actionTo(variable(far, bits), mode)));
            await world.deliver(to, envelope(to, outside(acting(actionTo(variable(far, bits), mode)))));
          }
        }
      }
    }
  });
  edge('large messages', async (world) => {
    const to = puppet(world, { balance: 1000n * GRAM });
    for (const mode of [0, 2, 16]) {
      await told(world, to, acting(list([send(BANK, GRAM, { mode, body: tree(600, 2) })])), 20n * GRAM);
      await told(world, to, acting(list([send(BANK, GRAM, { mode, body: tree(2000, 3) })])), 50n * GRAM);
    }
    const person = new Person('verbose');
    world.place(person.address, { balance: 10n * GRAM, init: person.init });
    await world.deliver(person.address, person.message([send(BANK, GRAM, { body: tree(8300, 6) })]));
    await world.deliver(person.address, person.message([send(BANK, GRAM, { body: tree(100, 6) })]));
  });
  edge('a message that deploys another, with and without funds', async (world) => {
    const to = puppet(world);
    const person = new Person('child');
    await told(world, to, acting(list([send(person.address, GRAM, { init: person.init })])));
    await told(world, to, acting(list([send(person.address, 100n, { init: person.init, mode: 0 })])));
  });
  edge('extra currencies', async (world) => {
    const extra = (amount) => {
      const dict = Dictionary.empty(Dictionary.Keys.Uint(32), Dictionary.Values.BigVarUint(5));
      return dict.set(100, amount);
    };
    const to = puppet(world);
    await told(world, to, op(7).endCell(), GRAM, { extra: extra(500n) });
    await told(world, to, acting(list([send(BANK, GRAM, { extracurrency: { 100: 200n } })])));
    await told(world, to, acting(list([send(BANK, 0n, { mode: 128 })])));
    await told(world, to, throwing(9), GRAM, { extra: extra(500n) });
    await told(world, somewhere('missing'), Cell.EMPTY, GRAM, { extra: extra(500n) });
  });
}

/** An address of any length (`addr_var`), which @ton/core doesn't write. */
function variable(workchain, bits) {
  return beginCell().storeUint(0b11, 2).storeBit(false).storeUint(bits, 9).storeInt(workchain, 32).storeBits(new BitString(Buffer.alloc(64, 0xa5), 0, bits));
}

/** A list of one action: 5 nanogram to the address in `to`. */
function actionTo(to, mode) {
  // int_msg_info without the sender; no extra currencies, fees or times; neither code nor body in cells
  const header = beginCell().storeBit(false).storeBit(true).storeBit(false).storeBit(false).storeUint(0, 2).storeBuilder(to);
  const message = header.storeCoins(5n).storeBit(false).storeCoins(0n).storeCoins(0n).storeUint(0, 64 + 32).storeBit(false).storeBit(false).endCell();
  return beginCell().storeRef(Cell.EMPTY).storeUint(0x0ec3c86d, 32).storeUint(mode, 8).storeRef(message).endCell();
}

function storage(edge, { puppet, told, stateInit }) {
  const YEAR = 86_400 * 365;
  edge('storage is paid over years', async (world) => {
    const to = puppet(world);
    for (const years of [1, 5, 8]) {
      world.now += years * YEAR;
      await told(world, to, op(7).endCell());
    }
  });
  edge('storage on credit, then paid by the value that comes', async (world) => {
    const to = puppet(world, { balance: 1000n });
    for (const bounce of [true, false]) {
      world.now += YEAR;
      await told(world, to, op(7).endCell(), 5_000n, { bounce });
      world.now += YEAR;
      await told(world, to, op(7).endCell(), GRAM, { bounce });
    }
  });
  edge('an account is frozen and comes back', async (world) => {
    for (const workchain of [0, -1]) {
      const init = stateInit(31);
      const to = puppet(world, { salt: 31, workchain, balance: 1000n, state: { data: tree(900, 9), code: init.code } });
      const state = world.state(to).storage.state.state;
      world.now += 10 * YEAR;
      await told(world, to, op(7).endCell(), 1n, { bounce: false });
      await told(world, to, op(7).endCell(), GRAM, { bounce: true });
      await world.deliver(to, envelope(to, outside(op(7).endCell())));
      await told(world, to, op(7).endCell(), 50n * GRAM, { bounce: false });
      await world.deliver(to, envelope(to, outside(op(7).endCell()), state));
      await told(world, to, op(7).endCell(), GRAM, { init: stateInit(99) });
      await told(world, to, op(7).endCell(), GRAM, { init: state });
    }
  });
  edge('an account frozen as it was deployed', async (world) => {
    const to = puppet(world, { salt: 32, balance: 1000n, due: GRAM / 11n, lastPaid: world.now - 3 * YEAR });
    await told(world, to, op(7).endCell(), 1n, { bounce: false });
    await told(world, to, op(7).endCell(), GRAM, { init: stateInit(32) });
  });
  edge('an account without code is frozen', async (world) => {
    const to = world.place(somewhere('empty'), { balance: 5n, due: 2n * GRAM, lastPaid: world.now - YEAR });
    await told(world, to, Cell.EMPTY, 1n, { bounce: false });
    await told(world, to, Cell.EMPTY, 3n * GRAM, { bounce: false });
  });
  edge('an account whose data changed is frozen and comes back', async (world) => {
    for (const workchain of [0, -1]) {
      const to = puppet(world, { workchain, balance: 10n * GRAM });
      await told(world, to, storing(tree(900, 3)), 5n * GRAM);
      const state = world.state(to).storage.state.state;
      await told(world, to, acting(list([send(BANK, 0n, { mode: 128 })])), GRAM);
      world.now += 7 * YEAR;
      await told(world, to, op(0).endCell(), 1n, { bounce: false });
      world.now += 7 * YEAR;
      await told(world, to, op(0).endCell(), 1n, { bounce: false });
      await told(world, to, op(0).endCell(), 90n * GRAM, { bounce: false });
      await told(world, to, op(7).endCell(), GRAM, { init: { ...state, data: DATA } });
      await told(world, to, op(7).endCell(), GRAM, { init: state });
      await told(world, to, op(7).endCell(), GRAM);
    }
  });
  edge('a debt so large that the account goes', async (world) => {
    const to = puppet(world, { balance: 1n, state: { code: tree(2000, 8), data: tree(600, 7) } });
    world.now += 7 * YEAR;
    await told(world, to, op(0).endCell(), 1n, { bounce: false });
    world.now += 7 * YEAR;
    await told(world, to, op(0).endCell(), 1n, { bounce: false });
    world.now += YEAR;
    await told(world, to, op(0).endCell(), 1n, { bounce: true });
  });
  edge('an account with debt and without code', async (world) => {
    const to = world.place(somewhere('debtor'), { balance: 0n, due: 5_000_000n });
    await told(world, to, Cell.EMPTY, 1_000n, { bounce: false });
    await told(world, to, Cell.EMPTY, GRAM, { bounce: false });
    const other = world.place(somewhere('debtor two'), { balance: 0n, due: 200_000_000n, lastPaid: world.now - 1000 });
    await told(world, other, Cell.EMPTY, 1_000n, { bounce: false });
    const init = stateInit(51);
    for (const [bounce, value] of [[false, 1n], [true, 1n], [true, GRAM], [false, 9n * GRAM], [true, 0n]]) {
      const gone = world.place(contractAddress(0, init), { balance: 5n, due: 5n * GRAM, lastPaid: world.now - 1000 });
      await told(world, gone, op(0).endCell(), value, { bounce, init });
    }
  });
  edge('an account is frozen by the message that deploys it anew', async (world) => {
    const to = puppet(world, { salt: 52, balance: 1000n, due: GRAM / 20n, state: { data: tree(900, 2) } });
    const state = world.state(to).storage.state.state;
    world.now += 5 * YEAR;
    await told(world, to, op(7).endCell(), GRAM, { init: state });
    await told(world, to, op(7).endCell(), 20n * GRAM, { init: state, bounce: false });
  });
  edge('a frozen account gets value', async (world) => {
    const to = world.place(somewhere('frozen'), { balance: GRAM, frozen: 12345n });
    await told(world, to, Cell.EMPTY, GRAM);
    await told(world, to, Cell.EMPTY, GRAM, { bounce: false });
    await world.deliver(to, envelope(to, DATA));
    world.now += 14 * YEAR;
    await told(world, to, Cell.EMPTY, 1n, { bounce: false });
  });
  edge('a debt is paid by an external message’s account', async (world) => {
    const to = puppet(world, { balance: GRAM, due: 3_000_000n, lastPaid: world.now - YEAR });
    await world.deliver(to, envelope(to, outside(op(7).endCell())));
    const poor = puppet(world, { balance: 2_000_000n, due: 3_000_000n, lastPaid: world.now - YEAR });
    await world.deliver(poor, envelope(poor, outside(op(7).endCell())));
  });
}

function special(edge, { puppet, told, stateInit }) {
  const config = Address.parseRaw(`-1:${'55'.repeat(32)}`);
  const elector = Address.parseRaw(`-1:${'33'.repeat(32)}`);
  edge('tick and tock of special accounts', async (world) => {
    for (const address of [config, elector]) {
      world.place(address, { balance: 100n * GRAM, init: stateInit(41, { special: { tick: true, tock: true } }), lastPaid: 0 });
      await world.tick(address, 'tick');
      await world.tick(address, 'tock');
      await told(world, address, op(7).endCell());
      await world.deliver(address, envelope(address, outside(op(7).endCell())));
      await told(world, address, throwing(5));
      await told(world, address, acting(list([send(BANK, GRAM, { mode: 0 })])));
    }
  });
  edge('masterchain accounts pay masterchain prices', async (world) => {
    const to = puppet(world, { workchain: -1 });
    await told(world, to, op(7).endCell());
    await told(world, to, acting(list([send(BANK, GRAM, { mode: 1, text: 'down' }), send(somewhere('up', -1), GRAM, { mode: 0 })])));
    await world.deliver(to, envelope(to, outside(acting(list([send(BANK, GRAM)])))));
    world.now += 86_400 * 300;
    await told(world, to, storing(tree(50)));
  });
}

function jettons(edge) {
  const minterCode = Cell.fromHex(jetton.minter.boc);
  const walletCode = Cell.fromHex(jetton.wallet.boc);
  edge('a jetton is minted, sent, returned and burnt', async (world) => {
    const [owner, friend] = [new Person('owner'), new Person('friend')];
    for (const person of [owner, friend]) world.place(person.address, { balance: 50n * GRAM, init: person.init });
    const content = beginCell().storeUint(1, 8).storeStringTail('https://example.org/jetton.json').endCell();
    const minterInit = { code: minterCode, data: beginCell().storeCoins(0).storeAddress(owner.address).storeRef(content).storeRef(walletCode).endCell() };
    const minter = contractAddress(0, minterInit);
    const walletOf = (person) => contractAddress(0, { code: walletCode, data: beginCell().storeCoins(0).storeAddress(person.address).storeAddress(minter).storeRef(walletCode).endCell() });
    const order = async (person, actions) => {
      await world.follow(person.address, person.message(actions));
      person.seqno += 1;
    };
    const inner = beginCell().storeUint(0x178d4519, 32).storeUint(0, 64).storeCoins(1000n).storeAddress(null).storeAddress(owner.address).storeCoins(0).storeBit(false).endCell();
    const mint = beginCell().storeUint(21, 32).storeUint(0, 64).storeAddress(owner.address).storeCoins(GRAM / 5n).storeRef(inner).endCell();
    await order(owner, [send(minter, GRAM, { init: minterInit, body: mint, bounce: true })]);
    const transfer = (amount, forward) => beginCell().storeUint(0x0f8a7ea5, 32).storeUint(1, 64).storeCoins(amount).storeAddress(friend.address).storeAddress(owner.address).storeBit(false).storeCoins(forward).storeBit(false).endCell();
    await order(owner, [send(walletOf(owner), GRAM / 5n, { body: transfer(400n, 1n), bounce: true })]);
    await order(owner, [send(walletOf(owner), GRAM / 5n, { body: transfer(4000n, 1n), bounce: true })]);
    await order(owner, [send(walletOf(owner), GRAM / 100n, { body: transfer(40n, GRAM), bounce: true })]);
    const burn = beginCell().storeUint(0x595f07bc, 32).storeUint(2, 64).storeCoins(100n).storeAddress(friend.address).endCell();
    await order(friend, [send(walletOf(friend), GRAM / 5n, { body: burn, bounce: true })]);
    await order(friend, [send(walletOf(owner), GRAM / 5n, { body: burn, bounce: true })]);
    await world.get(minter, 'get_jetton_data');
    await world.get(minter, 'get_wallet_address', [{ type: 'slice', cell: beginCell().storeAddress(friend.address).endCell() }]);
    await world.get(walletOf(friend), 'get_wallet_data');
  });
}

function getMethods(edge, { puppet }) {
  edge('get methods of a wallet', async (world) => {
    const person = new Person('asked');
    world.place(person.address, { balance: GRAM, init: person.init });
    for (const method of ['seqno', 'get_public_key', 'get_subwallet_id', 'get_extensions', 'is_signature_allowed', 'no_such_method']) await world.get(person.address, method);
  });
  edge('get methods: values, failure, no end, the world', async (world) => {
    const to = puppet(world);
    await world.get(to, 'add', [{ type: 'int', value: 5n }, { type: 'int', value: -(2n ** 255n) }]);
    await world.get(to, 'add', [{ type: 'int', value: 2n ** 256n - 1n }, { type: 'int', value: 1n }]);
    await world.get(to, 'add', [{ type: 'null' }, { type: 'int', value: 1n }]);
    await world.get(to, 'fail', [{ type: 'int', value: 321n }]);
    await world.get(to, 'forever');
    await world.get(to, 'mixed', [{ type: 'cell', cell: DATA }]);
    await world.get(to, 0);
    world.previous = someBlocks();
    await world.get(to, 'world');
    world.previous = undefined;
  });
}

/** Previous blocks, made up. */
function someBlocks() {
  const block = (seqno) => ({
    workchain: -1,
    shard: 1n << 63n,
    seqno,
    rootHash: Buffer.alloc(32, seqno),
    fileHash: Buffer.alloc(32, seqno + 1),
  });
  const count = (n, make) => Array.from({ length: n }, (_, i) => make(i));
  return { last: count(16, (i) => block(250 - i)), key: block(77), every100: count(3, (i) => block(200 - 100 * i)) };
}

module.exports = { edges };
