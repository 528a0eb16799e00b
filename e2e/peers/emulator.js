// Executes wallet v5 transfers (the order at the payer, the money at the payee) and prints how many a second were made.
const { createRequire } = require('node:module');
const path = require('node:path');
const differential = createRequire(path.join(__dirname, '../differential/main.js'));
const { beginCell, Cell, loadTransaction, storeMessage } = differential('@ton/core');
const { slimConfig } = differential('@ton/sandbox/dist/config/slimConfig');
const { version } = differential('@ton/sandbox/package.json');
const { Official } = differential('./sides');
const { Person, arriving, send, somewhere } = differential('./people');

const NOW = 1_640_000_000;
const NONEXISTENT = beginCell().storeUint(0, 320).storeRef(beginCell().storeBit(0).endCell()).endCell();
const SEED = Buffer.alloc(32, 7);

async function main(seconds) {
  const emulator = await Official.start();
  await emulator.config(slimConfig);
  const accounts = new Map();
  let lt = 50_000_000n;
  const run = async (address, message) => {
    lt += 1_000_000n;
    const account = accounts.get(address.toRawString()) ?? NONEXISTENT.toBoc().toString('base64');
    const order = { kind: 'ordinary', account, message, now: NOW, lt, seed: SEED, libraries: [] };
    const done = await emulator.transaction(order);
    if (!done.ok) throw new Error(`refused: ${JSON.stringify(done)}`);
    accounts.set(address.toRawString(), done.account);
    return loadTransaction(Cell.fromBase64(done.transaction).beginParse());
  };
  const payer = new Person('payer');
  const payee = new Person('payee');
  await run(payer.address, arriving(somewhere('bank'), payer.address, 1_000_000_000_000_000n, { bounce: false }));
  let transfers = 0;
  // the harness stops the clock that programs usually ask
  const began = process.hrtime.bigint();
  const passed = () => Number(process.hrtime.bigint() - began) / 1e9;
  while (passed() < seconds) {
    const paid = await run(payer.address, payer.message([send(payee.address, 1n)]));
    payer.seqno += 1;
    for (const message of paid.outMessages.values()) {
      await run(payee.address, beginCell().store(storeMessage(message)).endCell());
      transfers += 1;
    }
  }
  const value = transfers / passed();
  console.log(JSON.stringify({ bench: 'chain/crowded', name: 'official emulator (WebAssembly), execution alone', version, value }));
  process.exit(0);
}

main(Number(process.argv[2]));
