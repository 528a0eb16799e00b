// Earlier versions of @ton/ton, unmodified: people keep what works.
import assert from "node:assert/strict";
import { SendMode, fromNano, internal, toNano } from "@ton/core";
import { mnemonicNew, mnemonicToPrivateKey } from "@ton/crypto";
import * as ton13 from "ton-13";
import * as ton14 from "ton-14";
import * as ton15 from "ton-15";
import { check, until } from "./check.mjs";
import { post } from "./toncenter.mjs";

export async function versionChecks(endpoint, faucet) {
  for (const [version, ton] of [[13, ton13], [14, ton14], [15, ton15]]) {
    await check(`TonClient of @ton/ton ${version} opens a wallet v4, pays and reads it`, async () => {
      const client = new ton.TonClient({ endpoint, apiKey: "none" });
      const keys = await mnemonicToPrivateKey(await mnemonicNew(24));
      const contract = ton.WalletContractV4.create({ publicKey: keys.publicKey, workchain: 0 });
      const { address } = contract;
      const wallet = client.open(contract);
      const amount = toNano("0.5").toString();
      const given = await post(`${faucet}/give`, { address: address.toString({ bounceable: false }), amount });
      assert.equal(given.status, 200, JSON.stringify(given.body));
      await until("the faucet's payment", async () => fromNano(await client.getBalance(address)) === "0.5");
      const order = {
        seqno: 0, secretKey: keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY,
        messages: [internal({ to: address, value: "0.1", bounce: false, body: "me" })],
      };
      const { source_fees: fees } = await client.estimateExternalMessageFee(address, {
        body: wallet.createTransfer(order), initCode: contract.init.code, initData: contract.init.data, ignoreSignature: true,
      });
      assert.ok(fees.gas_fee > 0);
      await wallet.sendTransfer(order);
      await until("seqno 1", async () => (await wallet.getSeqno()) === 1);
      const history = await until("the arrival", async () => {
        const found = await client.getTransactions(address, { limit: 5 });
        return found.length === 3 && found;
      });
      assert.equal(history[0].inMessage.info.value.coins, toNano("0.1"));
      const { latestSeqno } = await client.getMasterchainInfo();
      const [shard] = await client.getWorkchainShards(latestSeqno);
      await client.getShardTransactions(shard.workchain, shard.seqno, shard.shard);
    });
  }
}
