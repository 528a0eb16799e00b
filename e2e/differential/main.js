// Runs the same transactions through the official emulator and through ours, bit for bit.
//
//   node main.js <path of execute_lines> [only cases whose name contains this]
const { configs } = require('./configs');
const { compile } = require('./compile');
const { edges } = require('./edges');
const { Official, Ours } = require('./sides');
const { transfers } = require('./transfers');
const { World } = require('./world');

const SEED = Number(process.env.SEED ?? 20261124);
/** Differences that are printed of one case; the rest is counted. */
const SHOWN_MAX = 12;

async function main() {
  const [program, only = ''] = process.argv.slice(2);
  const [official, ours] = [await Official.start(), await Ours.start(program)];
  const code = await compile('puppet');
  const total = { passed: 0, failed: 0, transactions: 0, refusals: 0, sent: 0 };
  console.log(`seed ${SEED}`);
  for (const [configName, boc] of await configs(ours)) {
    const run = async (name, story) => {
      if (!name.includes(only)) return;
      const world = new World(official, ours, SEED);
      try {
        await world.config(boc);
        total.sent += (await story(world)) ?? 0;
      } catch (error) {
        world.differences.push(error?.stack ?? `the emulator broke off: ${error}`);
        await official.restart();
      }
      total.transactions += world.transactions;
      total.refusals += world.refusals;
      if (world.differences.length === 0) {
        total.passed += 1;
        return;
      }
      total.failed += 1;
      console.log(`FAILED [${configName}] ${name}`);
      for (const line of world.differences.slice(0, SHOWN_MAX)) console.log(`  ${line}`);
    };
    await run('random transfers', transfers);
    const cases = [];
    edges((name, story) => cases.push([name, story]), code);
    for (const [name, story] of cases) await run(name, story);
  }
  ours.stop();
  console.log(`${total.sent} transfers ordered, ${total.transactions} transactions and ${total.refusals} refusals compared`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
