// A contract of a developer's own, through TonClient's provider: deployed, asked with every kind of value, throwing.
import assert from "node:assert/strict";
import { beginCell, contractAddress, toNano } from "@ton/core";
import { check, until } from "./check.mjs";
import { compile } from "./compile.mjs";
import { rpc } from "./toncenter.mjs";

class Echo {
  constructor(init) {
    this.init = init;
    this.address = contractAddress(0, init);
  }
  async sendBody(provider, via, value, body) { await provider.internal(via, { value, bounce: true, body }); }
  async sendExternal(provider, body) { await provider.external(body); }
  async getAnswer(provider, name, args = []) { return (await provider.get(name, args)).stack; }
  async getState(provider) { return provider.getState(); }
  async getHistory(provider, lt, hash, limit) { return provider.getTransactions(this.address, lt, hash, limit); }
}

export async function contractChecks(endpoint, { client, alice }) {
  const sender = alice.wallet.sender(alice.keys.secretKey);
  let echo, address;

  await check("a contract is deployed by the first message from a wallet", async () => {
    const data = beginCell().storeUint(Date.now(), 64).endCell();
    echo = client.open(new Echo({ code: await compile("echo"), data }));
    address = echo.address;
    await echo.sendBody(sender, "0.2", beginCell().endCell());
    await until("the contract", () => client.isContractDeployed(address));
    const state = await echo.getState();
    assert.equal(state.state.type, "active");
    assert.ok(state.last.lt > 0n && state.balance > toNano("0.1"));
  });

  await check("get methods take and give whole numbers of 257 bits, cells, slices and builders", async () => {
    for (const value of [0n, -1n, 2n ** 255n, 2n ** 256n - 1n, -(2n ** 256n)]) {
      assert.equal((await echo.getAnswer("echo", [{ type: "int", value }])).readBigNumber(), value);
    }
    const cell = beginCell().storeUint(5, 13).storeRef(beginCell().storeUint(1, 1).endCell()).endCell();
    assert.ok((await echo.getAnswer("echo", [{ type: "cell", cell }])).readCell().equals(cell));
    const own = beginCell().storeAddress(address).endCell();
    assert.ok((await echo.getAnswer("echo", [{ type: "slice", cell: own }])).readAddress().equals(address));
    assert.ok((await echo.getAnswer("echo", [{ type: "builder", cell }])).pop().cell.equals(cell));
  });

  await check("get methods give several values, tuples, nothing, and lists of any length", async () => {
    const several = await echo.getAnswer("several");
    assert.equal(several.readNumber(), 5);
    assert.equal(several.readCell().bits.length, 9);
    assert.ok(several.readAddress().equals(address));
    assert.equal(several.readCellOpt(), null);
    const nested = (await echo.getAnswer("nested")).pop();
    assert.deepEqual([nested.type, nested.items[0], nested.items[1].bits.length, nested.items[2][0]], ["tuple", 5n, 9, -1n]);
    for (const count of [1, 3, 500]) {
      const list = (await echo.getAnswer("numbers", [{ type: "int", value: BigInt(count) }])).pop();
      assert.deepEqual(list.items.map(Number), Array.from({ length: count }, (_, index) => index + 1));
    }
    assert.equal((await echo.getAnswer("numbers", [{ type: "int", value: 0n }])).pop().type, "null");
  });

  await check("tuples and lists are taken as arguments in toncenter's form", async () => {
    const number = { "@type": "tvm.stackEntryNumber", number: { "@type": "tvm.numberDecimal", number: "9" } };
    for (const kind of ["tuple", "list"]) {
      const given = [kind, { "@type": `tvm.${kind}`, elements: [number, number] }];
      const answer = await rpc(endpoint, "runGetMethod", { address: address.toString(), method: "echo", stack: [given] });
      assert.deepEqual(answer.body.result?.stack, [given], JSON.stringify(answer.body));
    }
  });

  await check("get methods that throw, run on or don't exist say so", async () => {
    assert.equal((await client.runMethodWithError(address, "failing")).exit_code, 456);
    assert.equal((await client.runMethodWithError(address, "endless")).exit_code, -14);
    assert.equal((await client.runMethodWithError(address, "nothing_of_it")).exit_code, 11);
  });

  await check("a contract that throws bounces the money, and one that accepts nothing refuses external messages", async () => {
    await echo.sendBody(sender, "0.1", beginCell().storeUint(0xdead, 32).endCell());
    await until("the failure", async () => {
      const [last] = await client.getTransactions(address, { limit: 1 });
      return last.description.computePhase.exitCode === 123 && last.description.bouncePhase?.type === "ok";
    });
    await until("the bounce", async () => {
      const last = await client.getTransactions(alice.address, { limit: 2 });
      return last.some(({ inMessage }) => inMessage.info.type === "internal" && inMessage.info.bounced);
    });
    const refused = await echo.sendExternal(beginCell().endCell()).then(() => null, (error) => error.response);
    assert.equal(refused?.status, 500);
    assert.match(refused.data.error, /exit code 77/);
  });

  await check("the provider's history begins where it is told to", async () => {
    const all = await client.getTransactions(address, { limit: 10 });
    assert.equal(all.length, 2);
    const same = await echo.getHistory(all[0].lt, all[0].hash(), 5);
    assert.deepEqual(same.map(({ lt }) => lt), all.map(({ lt }) => lt));
    const newer = await client.getTransactions(address, { limit: 10, to_lt: all[1].lt.toString(), archival: true });
    assert.deepEqual(newer.map(({ lt }) => lt), [all[0].lt]);
  });

  await check("a body of 85 cells arrives whole", async () => {
    const tree = (depth) => {
      const cell = beginCell().storeBuffer(Buffer.alloc(120, depth + 1));
      for (let n = 0; depth > 0 && n < 4; n++) cell.storeUint(n, 2).storeRef(tree(depth - 1));
      return cell.endCell();
    };
    const body = beginCell().storeUint(7, 32).storeRef(tree(3)).endCell();
    await echo.sendBody(sender, "0.3", body);
    await until("the body", async () => (await client.getTransactions(address, { limit: 1 }))[0].inMessage.body.equals(body));
  });
}
