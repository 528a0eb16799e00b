// The chain as TonClient shows it: masterchain, shards, the transactions of a block.
import assert from "node:assert/strict";
import { loadConfigParamsAsSlice, parseFullConfig } from "@ton/ton";
import { check, until } from "./check.mjs";
import { rpc } from "./toncenter.mjs";

export async function blockChecks(endpoint, { client, alice }) {
  await check("the masterchain grows", async () => {
    const before = await client.getMasterchainInfo();
    assert.equal(before.workchain, -1);
    assert.equal(before.initSeqno, 0);
    await until("the next block", async () => (await client.getMasterchainInfo()).latestSeqno > before.latestSeqno);
  });

  await check("a transaction is found in the block that its masterchain block names", async () => {
    const [transaction] = await client.getTransactions(alice.address, { limit: 1 });
    const at = await rpc(endpoint, "lookupBlock", { workchain: 0, shard: "-9223372036854775808", lt: transaction.lt.toString() });
    assert.equal(at.status, 200, JSON.stringify(at.body));
    const { workchain, shard, seqno } = at.body.result;
    const inside = await client.getShardTransactions(workchain, seqno, shard);
    const hash = transaction.hash().toString("base64");
    assert.ok(inside.some((one) => one.account.equals(alice.address) && one.hash === hash));

    const header = await rpc(endpoint, "getBlockHeader", { workchain, shard, seqno });
    assert.equal(header.body.result.id.root_hash, at.body.result.root_hash);
    assert.ok(BigInt(header.body.result.start_lt) <= transaction.lt && transaction.lt <= BigInt(header.body.result.end_lt));
    const [previous] = header.body.result.prev_blocks;
    const before = await rpc(endpoint, "lookupBlock", { workchain, shard, seqno: previous.seqno });
    assert.equal(before.body.result.root_hash, previous.root_hash);
  });

  await check("every masterchain block names its shards' blocks", async () => {
    const { latestSeqno } = await client.getMasterchainInfo();
    const shards = await client.getWorkchainShards(latestSeqno);
    assert.equal(shards.length, 1);
    assert.equal(shards[0].workchain, 0);
    await client.getShardTransactions(0, shards[0].seqno, shards[0].shard);
  });

  await check("@ton/ton reads the whole configuration", async () => {
    const { body } = await rpc(endpoint, "getConfigAll", {});
    const config = parseFullConfig(loadConfigParamsAsSlice(body.result.config.bytes));
    // the library reads the parameter's tag (0xc4) as the first byte of the version
    assert.equal(BigInt(config.globalVersion.version) >> 24n, 0xc4n);
    assert.equal(config.burningConfig.feeBurnNominator, 0);
    assert.ok(config.validatorSets.currentValidators.total > 0 && config.gasPrices.workchain.flatGasPrice > 0n);
  });
}
