// The two sides that are compared: the official emulator, and our program on the other end of a pipe.
const { Cell, loadShardAccount } = require('@ton/core');
const { Executor } = require('@ton/sandbox');
const { spawn } = require('node:child_process');
const readline = require('node:readline');

const GET_METHOD_GAS = 1_000_000n;

/** The official emulator (compiled to WebAssembly, from @ton/sandbox). */
class Official {
  static async start() {
    const side = new Official();
    await side.restart();
    return side;
  }

  /** A fresh machine: one that crashed can't be used again. */
  async restart() {
    stopClock();
    this.executor = await Executor.create();
  }

  async config(boc) {
    this.configBoc = boc;
  }

  /** The emulator remembers blocks that it was told of: an order without any needs a fresh one. */
  async forgetBlocks(order) {
    if (this.knowsBlocks && !order.previous) await this.restart();
    this.knowsBlocks = Boolean(order.previous);
  }

  async transaction(order) {
    await this.forgetBlocks(order);
    const common = {
      config: this.configBoc,
      libs: order.libraries.length ? libraryDictionary(order.libraries) : null,
      verbosity: 'short',
      shardAccount: order.account,
      now: order.now,
      lt: order.lt,
      randomSeed: order.seed,
      ignoreChksig: false,
      debugEnabled: false,
      prevBlocksInfo: order.previous ? previousForOfficial(order.previous) : undefined,
    };
    const { result } =
      order.kind === 'ordinary'
        ? await this.executor.runTransaction({ ...common, message: order.message })
        : await this.executor.runTickTock({ ...common, which: order.kind });
    if (!result.success) return { ok: false, error: result.error, exitCode: result.vmResults?.vmExitCode };
    return done(result.shardAccount, result.transaction);
  }

  async get(order) {
    await this.forgetBlocks(order);
    const { output } = await this.executor.runGetMethod({
      config: this.configBoc,
      verbosity: 'short',
      code: order.code,
      data: order.data,
      address: order.address,
      methodId: order.method,
      stack: order.stack,
      unixTime: order.now,
      balance: order.balance,
      randomSeed: order.seed,
      gasLimit: GET_METHOD_GAS,
      debugEnabled: false,
      libs: null,
      prevBlocksInfo: order.previous ? previousForOfficial(order.previous) : undefined,
    });
    const { parseTuple } = require('@ton/core');
    return {
      exitCode: output.vm_exit_code,
      gasUsed: output.gas_used,
      stack: parseTuple(Cell.fromBase64(output.stack)).map(shown),
    };
  }
}

/** Our program: one JSON object a line in, one out. */
class Ours {
  static async start(program) {
    const side = new Ours();
    side.process = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    side.lines = readline.createInterface({ input: side.process.stdout })[Symbol.asyncIterator]();
    return side;
  }

  async ask(request) {
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done: ended } = await this.lines.next();
    if (ended) throw new Error('our program ended early');
    const answer = JSON.parse(value);
    if (answer.broken) throw new Error(`our program could not answer: ${answer.broken}`);
    return answer;
  }

  async config(boc, now) {
    await this.ask({ op: 'config', boc, now });
  }

  async transaction(order) {
    const answer = await this.ask({
      op: order.kind === 'ordinary' ? 'execute' : 'tick_tock',
      tock: order.kind === 'tock',
      address: order.address.toRawString(),
      account: order.account,
      message: order.message?.toBoc().toString('base64'),
      now: order.now,
      lt: order.lt.toString(),
      seed: order.seed.toString('hex'),
      libraries: order.libraries.map((cell) => cell.toBoc().toString('base64')),
      previous: order.previous ? previousForOurs(order.previous) : undefined,
    });
    if (!answer.ok) return { ok: false, error: answer.refusal, exitCode: answer.exit_code };
    return done(answer.account, answer.transaction);
  }

  async get(order) {
    const answer = await this.ask({
      op: 'get',
      account: order.account,
      method: order.method,
      arguments: order.stack.map(argument),
      now: order.now,
      lt: '0',
      seed: order.seed.toString('hex'),
      previous: order.previous ? previousForOurs(order.previous) : undefined,
    });
    return { exitCode: answer.exit_code, gasUsed: answer.gas_used, stack: answer.stack };
  }

  stop() {
    this.process.stdin.end();
  }
}

/** The emulator times its every step, which takes most of the time: it sees a clock that stands. */
function stopClock() {
  Object.defineProperty(globalThis, 'performance', { value: { timeOrigin: 0, now: () => 0 }, configurable: true, writable: true });
}

/** What both sides say of a transaction that was made. */
function done(account, transaction) {
  const shard = Cell.fromBase64(account);
  return {
    ok: true,
    account,
    transaction,
    accountHash: shard.refs[0].hash().toString('hex'),
    shardHash: shard.hash().toString('hex'),
    transactionHash: Cell.fromBase64(transaction).hash().toString('hex'),
    state: loadShardAccount(shard.beginParse()),
  };
}

/** Public libraries as the emulator takes them. */
function libraryDictionary(cells) {
  const { beginCell, Dictionary } = require('@ton/core');
  const libraries = Dictionary.empty(Dictionary.Keys.Buffer(32), Dictionary.Values.Cell());
  for (const cell of cells) libraries.set(cell.hash(), cell);
  return beginCell().storeDictDirect(libraries).endCell();
}

function previousForOfficial(previous) {
  return { lastMcBlocks: previous.last, prevKeyBlock: previous.key, lastMcBlocks100: previous.every100 };
}

function previousForOurs(previous) {
  const id = (block) => ({
    workchain: block.workchain,
    shard: block.shard.toString(),
    seqno: block.seqno,
    root_hash: block.rootHash.toString('hex'),
    file_hash: block.fileHash.toString('hex'),
  });
  return { last: previous.last.map(id), key: id(previous.key), every_100: previous.every100.map(id) };
}

/** An argument of a get method, for our side. */
function argument(item) {
  if (item.type === 'int') return { type: 'int', value: item.value.toString() };
  if (item.type === 'cell' || item.type === 'slice') return { type: item.type, value: item.cell.toBoc().toString('base64') };
  return { type: 'null' };
}

/** A value of the official stack, written as our side writes its own. */
function shown(item) {
  switch (item.type) {
    case 'int':
      return { int: item.value.toString() };
    case 'cell':
      return { cell: item.cell.hash().toString('hex') };
    case 'slice':
      return { slice: item.cell.hash().toString('hex') };
    case 'builder':
      return { builder: item.cell.hash().toString('hex') };
    case 'tuple':
      return { tuple: item.items.map(shown) };
    case 'null':
      return { other: 'Null' };
    case 'nan':
      return { other: 'Nan' };
    default:
      return { other: item.type };
  }
}

module.exports = { Official, Ours };
