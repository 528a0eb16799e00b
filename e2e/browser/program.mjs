// The built program as the tests run it: its parts in processes of their own, ended with the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { assert } from './harness.mjs';

const READY_MS = 60_000;
const END_MS = 10_000;

/** Where it is. */
export function program() {
  assert.ok(process.env.SIMURGH_BIN, 'set SIMURGH_BIN to the path of the built program');
  return process.env.SIMURGH_BIN;
}

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Starts the program's demo; answers what it printed when all was up, and how to end it. */
export const startDemo = () => start(['demo', '--json', '--no-open']);

/** Starts a part that says when it is ready, in one JSON line. */
export async function start(words) {
  const child = spawn(program(), words, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let log = '';
  child.stderr.on('data', (data) => (log = (log + data).slice(-4000)));
  const ended = once(child, 'exit');
  void ended.then(() => children.delete(child));
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${words[0]} was not ready within ${READY_MS} ms:\n${log}`)), READY_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.event !== 'ready') return;
      clearTimeout(timer);
      resolve(said);
    });
    void ended.then(([code]) => reject(new Error(`${words[0]} ended with ${code}:\n${log}`)));
  });
  async function end() {
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    const [code] = child.exitCode === null ? await ended : [child.exitCode];
    clearTimeout(late);
    return code;
  }
  return ready.then((said) => ({ said, end, log: () => log }), async (error) => {
    await end();
    throw error;
  });
}
