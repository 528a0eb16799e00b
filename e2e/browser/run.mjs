// Runs the suites named on the command line.
import { runAll } from './harness.mjs';

for (const suite of process.argv.slice(2)) await import(`./${suite}.test.mjs`);
const good = await runAll();
// A test that ran out of its time may still wait for something.
process.exit(good ? 0 : 1);
