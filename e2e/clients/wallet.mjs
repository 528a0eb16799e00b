// TonClient of @ton/ton, unmodified: a fresh v5r1 wallet is opened, paid by the faucet, and pays.
import assert from "node:assert/strict";
import { Address, SendMode, comment, fromNano, internal, toNano } from "@ton/core";
import { mnemonicNew, mnemonicToPrivateKey } from "@ton/crypto";
import { TonClient, WalletContractV3R2, WalletContractV4, WalletContractV5R1 } from "@ton/ton";
import { check, until } from "./check.mjs";
import { post, rpc } from "./toncenter.mjs";

async function freshWallet(client) {
  const keys = await mnemonicToPrivateKey(await mnemonicNew(24));
  const contract = WalletContractV5R1.create({ publicKey: keys.publicKey, workchain: 0 });
  return { keys, address: contract.address, wallet: client.open(contract) };
}

export async function walletChecks(endpoint, faucet) {
  const client = new TonClient({ endpoint, timeout: 30_000 });
  const alice = await freshWallet(client);
  const bob = await freshWallet(client);
  let first;

  await check("a fresh wallet v5r1 has no money, no code and seqno 0", async () => {
    assert.equal(await client.getBalance(alice.address), 0n);
    assert.equal(await client.isContractDeployed(alice.address), false);
    assert.equal(await alice.wallet.getSeqno(), 0);
    const state = await client.getContractState(alice.address);
    assert.equal(state.state, "uninitialized");
    assert.equal(state.lastTransaction, null);
  });

  await check("the faucet gives 5 Gram, final when it answers", async () => {
    const given = await post(`${faucet}/give`, { address: alice.address.toString({ bounceable: false }), amount: toNano("5").toString() });
    assert.equal(given.status, 200, JSON.stringify(given.body));
    assert.match(given.body.transaction, /^[0-9a-f]{64}$/);
    const balance = await until("the faucet's payment", async () => (await client.getBalance(alice.address)) || null);
    assert.equal(fromNano(balance), "5");
  });

  await check("the first transfer deploys the wallet and arrives with its comment", async () => {
    const started = Date.now();
    await alice.wallet.sendTransfer({
      seqno: await alice.wallet.getSeqno(),
      secretKey: alice.keys.secretKey,
      sendMode: SendMode.PAY_GAS_SEPARATELY + SendMode.IGNORE_ERRORS,
      messages: [internal({ to: bob.address, value: toNano("1.5"), bounce: false, body: comment("سلام، بفرما") })],
    });
    await until("seqno 1", async () => (await alice.wallet.getSeqno()) === 1);
    console.log(`      submit to seqno seen: ${Date.now() - started} ms`);
    await until("the arrival", async () => (await client.getBalance(bob.address)) === toNano("1.5"));
    assert.equal(await client.isContractDeployed(alice.address), true);
  });

  await check("getTransactions shows both sides of it", async () => {
    const [received] = await client.getTransactions(bob.address, { limit: 10 });
    assert.equal(received.inMessage.info.type, "internal");
    assert.ok(received.inMessage.info.src.equals(alice.address));
    assert.equal(received.inMessage.info.value.coins, toNano("1.5"));
    const body = received.inMessage.body.beginParse();
    assert.equal(body.loadUint(32), 0);
    assert.equal(body.loadStringTail(), "سلام، بفرما");
    [first] = await client.getTransactions(alice.address, { limit: 10 });
    assert.equal(first.inMessage.info.type, "external-in");
    assert.equal(first.outMessages.size, 1);
    assert.equal(first.description.computePhase.exitCode, 0);
  });

  await check("getTransaction and paging by lt and hash find it again", async () => {
    const hash = first.hash().toString("base64");
    const again = await client.getTransaction(alice.address, first.lt.toString(), hash);
    assert.equal(again.hash().toString("base64"), hash);
    const older = await client.getTransactions(alice.address, { limit: 5, lt: first.lt.toString(), hash });
    assert.equal(older.length, 1, "below it there is the faucet's payment");
    assert.equal(older[0].inMessage.info.value.coins, toNano("5"));
    const inclusive = await client.getTransactions(alice.address, { limit: 5, lt: first.lt.toString(), hash, inclusive: true });
    assert.equal(inclusive.length, 2);
  });

  await check("tryLocateResultTx and tryLocateSourceTx join the two sides", async () => {
    const sent = first.outMessages.get(0).info;
    const result = await client.tryLocateResultTx(alice.address, bob.address, sent.createdLt.toString());
    assert.ok(result.inMessage.info.src.equals(alice.address));
    const source = await client.tryLocateSourceTx(alice.address, bob.address, sent.createdLt.toString());
    assert.equal(source.hash().toString("hex"), first.hash().toString("hex"));
  });

  await check("runMethod reads seqno and the public key", async () => {
    const seqno = await client.runMethod(alice.address, "seqno");
    assert.equal(seqno.stack.readNumber(), 1);
    assert.ok(seqno.gas_used > 0);
    const key = await client.runMethod(alice.address, "get_public_key");
    assert.equal(key.stack.readBigNumber(), BigInt(`0x${alice.keys.publicKey.toString("hex")}`));
    const extensions = await client.runMethod(alice.address, "get_extensions");
    assert.equal(extensions.stack.readCellOpt(), null);
    const unknown = await client.runMethodWithError(alice.address, "no_such_method");
    assert.equal(unknown.exit_code, 11);
    await assert.rejects(client.runMethod(new Address(0, Buffer.alloc(32, 9)), "seqno"), /exit_code: -13/);
  });

  await check("estimateExternalMessageFee comes close to what the transfer costs", async () => {
    const seqno = await alice.wallet.getSeqno();
    const transfer = alice.wallet.createTransfer({
      seqno, secretKey: alice.keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY,
      messages: [internal({ to: bob.address, value: toNano("0.5"), bounce: false })],
    });
    const { source_fees: fees } = await client.estimateExternalMessageFee(alice.address, {
      body: transfer, initCode: null, initData: null, ignoreSignature: true,
    });
    const estimated = BigInt(fees.in_fwd_fee + fees.storage_fee + fees.gas_fee + fees.fwd_fee);
    const before = await client.getBalance(alice.address);
    await alice.wallet.send(transfer);
    await until("seqno 2", async () => (await alice.wallet.getSeqno()) === 2);
    const paid = before - (await client.getBalance(alice.address)) - toNano("0.5");
    const off = paid > estimated ? paid - estimated : estimated - paid;
    assert.ok(off < 10_000n, `estimated ${estimated}, paid ${paid}`);
  });

  await check("one message pays 20 people", async () => {
    const people = Array.from({ length: 20 }, (_, index) => new Address(0, Buffer.alloc(32, 100 + index)));
    await alice.wallet.sendTransfer({
      seqno: await alice.wallet.getSeqno(), secretKey: alice.keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY,
      messages: people.map((to) => internal({ to, value: toNano("0.01"), bounce: false })),
    });
    for (const person of people) {
      await until("every arrival", async () => (await client.getBalance(person)) >= toNano("0.01"));
    }
  });

  await check("a payment to nobody bounces back", async () => {
    const before = await client.getBalance(alice.address);
    await alice.wallet.sendTransfer({
      seqno: await alice.wallet.getSeqno(), secretKey: alice.keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY,
      messages: [internal({ to: new Address(0, Buffer.alloc(32, 55)), value: toNano("1"), bounce: true })],
    });
    await until("the bounce", async () => {
      const [last] = await client.getTransactions(alice.address, { limit: 1 });
      return last.inMessage.info.type === "internal" && last.inMessage.info.bounced;
    });
    assert.ok(before - (await client.getBalance(alice.address)) < toNano("0.05"));
  });

  await check("wallets v3 and v4 of the same key work too", async () => {
    for (const [Contract, kind] of [[WalletContractV3R2, "wallet v3 r2"], [WalletContractV4, "wallet v4 r2"]]) {
      const older = client.open(Contract.create({ publicKey: bob.keys.publicKey, workchain: 0 }));
      await bob.wallet.sendTransfer({
        seqno: await bob.wallet.getSeqno(), secretKey: bob.keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY,
        messages: [internal({ to: older.address, value: toNano("0.3"), bounce: false })],
      });
      await until("its money", async () => (await client.getBalance(older.address)) === toNano("0.3"));
      await older.sendTransfer({
        seqno: 0, secretKey: bob.keys.secretKey,
        messages: [internal({ to: bob.address, value: toNano("0.1"), bounce: false })],
      });
      await until("its seqno", async () => (await older.getSeqno()) === 1);
      const information = await rpc(endpoint, "getWalletInformation", { address: older.address.toString() });
      assert.equal(information.body.result.wallet_type, kind);
      assert.equal(information.body.result.seqno, 1);
    }
  });

  await check("a message with a spent seqno, and one with a wrong key, are refused with the reason", async () => {
    const order = (keys, seqno) => alice.wallet.createTransfer({
      seqno, secretKey: keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY,
      messages: [internal({ to: bob.address, value: toNano("0.1"), bounce: false })],
    });
    const reason = async (transfer) => {
      const refused = await alice.wallet.send(transfer).then(() => null, (error) => error.response);
      assert.ok(refused, "it was taken");
      assert.equal(refused.status, 500);
      assert.equal(refused.data.ok, false);
      assert.match(refused.data.error, /cannot apply external message to current state/);
      return refused.data.error;
    };
    assert.match(await reason(order(alice.keys, 0)), /sequence number/);
    const seqno = await alice.wallet.getSeqno();
    assert.match(await reason(order(bob.keys, seqno)), /signature/);
  });
  return { client, alice, bob };
}
