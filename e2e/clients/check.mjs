// Named checks that are counted, so that one failure does not hide the next.
import assert from "node:assert/strict";

let passed = 0;
const failures = [];

export async function check(name, work) {
  const started = Date.now();
  try {
    await work();
    passed += 1;
    console.log(`ok    ${name} (${Date.now() - started} ms)`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL  ${name}: ${error.stack ?? error}`);
  }
}

/** Prints the closing line and says whether all went well. */
export function summary() {
  for (const name of failures) console.log(`failed: ${name}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 && passed > 0;
}

/** Asks until `ask` gives something; fails after `limitMs`. */
export async function until(what, ask, limitMs = 30_000) {
  const deadline = Date.now() + limitMs;
  let last;
  while (Date.now() < deadline) {
    last = await ask();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${what} did not happen in ${limitMs} ms`);
}
