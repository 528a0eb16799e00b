// What a caller gets wrong is answered in toncenter's shape, with the reason, and harms nothing.
import assert from "node:assert/strict";
import { Address } from "@ton/core";
import { check } from "./check.mjs";
import { get, post, rpc } from "./toncenter.mjs";

export async function wrongInputChecks(base, endpoint, faucet, { client, alice }) {
  const address = alice.address.toString();
  const refused = async (method, params, status, reason) => {
    const answer = await rpc(endpoint, method, params);
    assert.equal(answer.status, status, `${method}: ${JSON.stringify(answer.body)}`);
    assert.equal(answer.body.ok, false);
    assert.equal(answer.body.code, status);
    assert.equal(answer.body.id, 7);
    assert.match(answer.body.error, reason, method);
  };

  await check("addresses that are none", async () => {
    for (const wrong of ["", "EQ", "0:12", `${address.slice(0, -1)}${address.endsWith("A") ? "B" : "A"}`, 5, {}, null]) {
      await refused("getAddressInformation", { address: wrong }, 422, /`address`/);
    }
  });

  await check("missing and mistyped parameters, unknown methods", async () => {
    await refused("getAddressInformation", {}, 422, /`address` is missing/);
    await refused("getTransactions", { address, limit: "lots" }, 422, /`limit`/);
    await refused("getTransactions", { address, hash: "AAAA", lt: 1 }, 422, /`hash`/);
    await refused("getTransactions", { address, lt: "1", hash: "0".repeat(64) }, 500, /LITE_SERVER/);
    await refused("shards", { seqno: {} }, 422, /`seqno`/);
    await refused("shards", { seqno: 4_000_000_000 }, 500, /not in db/);
    await refused("runGetMethod", { address, method: ["seqno"], stack: [] }, 422, /`method`/);
    await refused("runGetMethod", { address, method: "seqno", stack: [["num", "many"]] }, 422, /`stack`/);
    await refused("getConfigParam", { config_id: 123_456 }, 500, /no configuration parameter/);
    await refused("getTheMoon", {}, 422, /Unknown method/);
  });

  await check("messages that are none", async () => {
    for (const boc of ["", "***", "AAAA", Buffer.alloc(70_000).toString("base64")]) {
      await refused("sendBoc", { boc }, 422, /`boc`/);
    }
    const empty = Buffer.from("b5ee9c72010101010002000000", "hex").toString("base64");
    const answer = await rpc(endpoint, "sendBoc", { boc: empty });
    assert.equal(answer.body.ok, false);
  });

  await check("bodies that are no request", async () => {
    for (const body of ["", "{", "[]", "7", JSON.stringify({ method: "shards", params: [1] })]) {
      const answer = await post(endpoint, body);
      assert.equal(answer.status, 422, `${body}: ${JSON.stringify(answer.body)}`);
      assert.equal(answer.body.ok, false);
    }
    const huge = await post(endpoint, JSON.stringify({ method: "sendBoc", params: { boc: "A".repeat(2_000_000) } }));
    assert.equal(huge.status, 413);
    assert.equal(huge.body.code, 413);
    const lost = await get(`${base}/no/such/place`);
    assert.equal(lost.status, 404);
  });

  await check("REST answers like JSON-RPC", async () => {
    // an account that nothing moves between the two answers
    const config = Address.parse(`-1:${"5".repeat(64)}`);
    const balance = await get(`${base}/getAddressBalance?${new URLSearchParams({ address: config.toString() })}`);
    assert.equal(balance.body.result, (await client.getBalance(config)).toString());
    const query = new URLSearchParams({ address });
    const unpacked = await post(`${base}/unpackAddress`, { address });
    assert.equal(unpacked.body.result, alice.address.toRawString());
    const forms = await get(`${base}/detectAddress?${query}`);
    assert.equal(forms.body.result.bounceable.b64url, address);
    const wrong = await get(`${base}/getAddressBalance`);
    assert.equal(wrong.status, 422);
  });

  await check("the faucet refuses what is no address and what is too much", async () => {
    const nowhere = await post(`${faucet}/give`, { address: "nowhere" });
    assert.equal(nowhere.status, 422);
    assert.match(nowhere.body.error, /not an address/);
    const tooMuch = await post(`${faucet}/give`, { address, amount: "1" + "0".repeat(18) });
    assert.equal(tooMuch.status, 422);
    assert.match(tooMuch.body.error, /at most/);
  });

  await check("the node answers as before after all of this", async () => {
    assert.ok((await client.getBalance(alice.address)) > 0n);
  });
}
