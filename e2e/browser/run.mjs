// Runs the suites named on the command line.
import { runAll } from './harness.mjs';

for (const suite of process.argv.slice(2)) await import(`./${suite}.test.mjs`);
process.exitCode = (await runAll()) ? 0 : 1;
