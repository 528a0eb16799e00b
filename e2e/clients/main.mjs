// Third-party clients, unmodified, against the demo of the real program (SIMURGH_BIN) or a network that runs already
// (SIMURGH_TONCENTER and SIMURGH_FAUCET).
import assert from "node:assert/strict";
import { blockChecks } from "./blocks.mjs";
import { check, summary } from "./check.mjs";
import { contractChecks } from "./contracts.mjs";
import { startDemo } from "./demo.mjs";
import { tonwebChecks } from "./tonweb.mjs";
import { versionChecks } from "./versions.mjs";
import { walletChecks } from "./wallet.mjs";
import { wrongInputChecks } from "./wrong.mjs";

async function everything(toncenter, faucet) {
  const endpoint = `${toncenter}/jsonRPC`;
  const opened = await walletChecks(endpoint, faucet);
  await blockChecks(endpoint, opened);
  await contractChecks(endpoint, opened);
  await versionChecks(endpoint, faucet);
  await tonwebChecks(endpoint, faucet);
  await wrongInputChecks(toncenter, endpoint, faucet, opened);
}

const { SIMURGH_BIN, SIMURGH_TONCENTER, SIMURGH_FAUCET } = process.env;
if (SIMURGH_TONCENTER) {
  await everything(SIMURGH_TONCENTER, SIMURGH_FAUCET);
} else {
  let demo;
  await check("the demo starts and says where it is", async () => {
    demo = await startDemo(SIMURGH_BIN);
    for (const field of ["page", "people", "toncenter", "faucet", "relays", "validators"]) {
      assert.ok(demo.ready[field], `the ready line has no ${field}`);
    }
  });
  if (demo) {
    await everything(demo.ready.toncenter, demo.ready.faucet);
    await check("it ends cleanly when asked", async () => {
      assert.deepEqual(await demo.stop(), { code: 0, signal: null }, demo.log());
    });
  }
}
process.exitCode = summary() ? 0 : 1;
