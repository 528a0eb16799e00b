// Writes specs/vectors/wallet.json (from @ton/ton) and specs/vectors/execute.json (from the
// official emulator), which the tests in Rust check without any of this installed.
//
//   node vectors.js <path of execute_lines>
const { beginCell, storeMessage, internal, external, comment } = require('@ton/core');
const { keyPairFromSeed } = require('@ton/crypto');
const { WalletContractV5R1 } = require('@ton/ton');
const { configs } = require('./configs');
const { compile } = require('./compile');
const { edges } = require('./edges');
const { somewhere } = require('./people');
const { Official, Ours } = require('./sides');
const { World } = require('./world');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, '..', '..', 'specs', 'vectors');
/** Steps kept of each story, and the largest that is kept (characters of base64). */
const STEPS_KEPT = 6;
const STEP_CHARACTERS_MAX = 9_000;

/** The rule that each story shows. */
const STORIES = [
  ['CHN-20', 'an internal message deploys (0, bounce true)'],
  ['CHN-21', 'a bounce whose value went on gas'],
  ['CHN-22', 'data that refers to the same cell often'],
  ['CHN-25', 'a contract sends with mode 16'],
  ['CHN-26', 'a contract sends with mode 255'],
  ['CHN-26', 'messages to places that are not'],
  ['CHN-26', 'action lists that are not'],
  ['CHN-27', 'an external message deploys'],
  ['CHN-27', 'what a contract sees of the world'],
  ['CHN-28', 'an account without code is frozen'],
  ['CHN-28', 'an account frozen as it was deployed'],
  ['CHN-29', 'a frozen account gets value'],
  ['CHN-30', 'an action fails after others were done'],
  ['CHN-31', 'an account with debt and without code'],
  ['tick tock', 'tick and tock of special accounts'],
  ['wallet', 'a wallet takes each number once'],
  ['wallet', 'a wallet is sent another key'],
  ['wallet', 'a wallet is sent a time that is over'],
  ['wallet', 'a wallet is sent another wallet id'],
  ['wallet', 'a wallet too poor to take a message'],
];

function seed(name) {
  return crypto.createHash('sha256').update(`vector ${name}`).digest();
}

function walletOf(keys, workchain, subwallet) {
  const context = { workchain, walletVersion: 'v5r1', subwalletNumber: subwallet };
  return WalletContractV5R1.create({ publicKey: keys.publicKey, workchain, walletId: { networkGlobalId: -239, context } });
}

function addresses() {
  const list = [];
  for (const name of ['a', 'b', 'c']) {
    for (const [workchain, subwallet] of [[0, 0], [0, 1], [0, 32767], [-1, 0], [-1, 9]]) {
      const keys = keyPairFromSeed(seed(name));
      const wallet = walletOf(keys, workchain, subwallet);
      const id = beginCell().store(require('@ton/ton/dist/wallets/v5r1/WalletV5R1WalletId').storeWalletIdV5R1(wallet.walletId)).endCell();
      list.push({
        public_key: keys.publicKey.toString('hex'),
        workchain,
        subwallet,
        wallet_id: id.beginParse().loadUint(32),
        address: wallet.address.toRawString(),
      });
    }
  }
  const keys = keyPairFromSeed(seed('plain'));
  const plain = WalletContractV5R1.create({ publicKey: keys.publicKey, workchain: 0 });
  list.push({ public_key: keys.publicKey.toString('hex'), workchain: 0, subwallet: 0, wallet_id: 2147483409, address: plain.address.toRawString() });
  return list;
}

function messages() {
  const long = 'a long comment, of several cells: '.repeat(12);
  const orders = [
    { name: 'one payment, first message', seqno: 0, deploy: true, transfers: [{ amount: '1' }] },
    { name: 'comment', seqno: 1, transfers: [{ amount: '1500000000', text: 'salam' }] },
    { name: 'comment that fills a cell', seqno: 2, transfers: [{ amount: '5', text: 'x'.repeat(123) }] },
    { name: 'comment of two cells', seqno: 3, transfers: [{ amount: '5', text: 'y'.repeat(124) }] },
    { name: 'long comment, Persian, bounce', seqno: 4, transfers: [{ amount: '7', text: long, bounce: true }, { amount: '8', text: 'برای چای ☕️' }] },
    { name: 'all that is left', seqno: 5, transfers: [{ amount: '0', mode: 130 }] },
    { name: 'mode without "ignore errors" gets it', seqno: 6, transfers: [{ amount: '10', mode: 1 }, { amount: '11', mode: 0 }] },
    { name: 'nothing', seqno: 7, transfers: [] },
    { name: '255 transfers', seqno: 4294967295, transfers: Array.from({ length: 255 }, (_, i) => ({ amount: String(i * 1000) })) },
    { name: 'masterchain, another wallet of the key', seqno: 9, workchain: -1, subwallet: 3, deploy: true, transfers: [{ amount: '99', text: 'up' }] },
  ];
  return orders.map(({ name, seqno, deploy = false, workchain = 0, subwallet = 0, transfers }, index) => {
    const keys = keyPairFromSeed(seed(name));
    const wallet = walletOf(keys, workchain, subwallet);
    const validUntil = 1_800_000_000 + index;
    const listed = transfers.map(({ amount, mode = 3, bounce = false, text = '' }, i) => ({
      to: somewhere(`${name} ${i % 7}`, i % 5 === 4 ? -1 : 0).toRawString(), amount, mode, bounce, text,
    }));
    const actions = listed.map(({ to, amount, mode, bounce, text }) => ({
      type: 'sendMsg',
      mode,
      outMsg: internal({ to, value: BigInt(amount), bounce, body: text ? comment(text) : undefined }),
    }));
    const body = wallet.createRequest({ seqno, timeout: validUntil, secretKey: keys.secretKey, actions, authType: 'external' });
    const message = beginCell().store(storeMessage(external({ to: wallet.address, init: deploy ? wallet.init : undefined, body }))).endCell();
    return { name, seed: seed(name).toString('hex'), workchain, subwallet, seqno, valid_until: validUntil, deploy, transfers: listed, message_hash: message.hash().toString('hex') };
  });
}

/** A world that writes down what the official emulator did. */
class Recorder extends World {
  async step(options) {
    const account = this.account(options.address);
    const result = await super.step(options);
    const step = {
      kind: options.kind,
      address: options.address.toRawString(),
      account,
      message: options.message?.toBoc().toString('base64'),
      now: this.now,
      lt: this.lastOrder.lt.toString(),
      seed: this.lastOrder.seed.toString('hex'),
      taken: result.ok,
      exit_code: result.ok ? undefined : result.exitCode,
      account_hash: result.accountHash,
      transaction_hash: result.transactionHash,
    };
    if (!this.previous && !this.libraries.length && JSON.stringify(step).length <= STEP_CHARACTERS_MAX) this.steps.push(step);
    return result;
  }
}

async function executions(program) {
  const [official, ours] = [await Official.start(), await Ours.start(program)];
  const cases = [];
  edges((name, story) => cases.push([name, story]), await compile('puppet'));
  const vectors = { configs: {}, stories: [] };
  for (const [config, boc] of await configs(ours, 'small')) {
    vectors.configs[config] = boc;
    for (const [rule, wanted] of STORIES) {
      if (config !== 'mainnet' && !['CHN-20', 'CHN-22', 'CHN-30'].includes(rule)) continue;
      const found = cases.find(([name]) => name === wanted);
      if (!found) throw new Error(`no such story: ${wanted}`);
      const world = new Recorder(official, ours, 1);
      world.steps = [];
      await world.config(boc);
      await found[1](world);
      if (world.differences.length) throw new Error(`${wanted}: ${world.differences[0]}`);
      vectors.stories.push({ rule: config === 'mainnet' ? rule : 'CHN-23, CHN-24', name: wanted, config, steps: world.steps.slice(0, STEPS_KEPT) });
    }
  }
  ours.stop();
  return vectors;
}

async function main() {
  const plain = WalletContractV5R1.create({ publicKey: Buffer.alloc(32), workchain: 0 });
  const wallet = { about: 'Made with @ton/ton 16.3.0: WalletContractV5R1', code_hash: plain.init.code.hash().toString('hex'), addresses: addresses(), messages: messages() };
  fs.writeFileSync(path.join(FOLDER, 'wallet.json'), `${JSON.stringify(wallet, null, 1)}\n`);
  const execute = { about: 'Made with the official emulator of @ton/sandbox 0.41.0', ...(await executions(process.argv[2])) };
  fs.writeFileSync(path.join(FOLDER, 'execute.json'), `${JSON.stringify(execute, null, 1)}\n`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
