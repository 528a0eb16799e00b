// tonweb, unmodified: its wallets, jettons and NFTs with the code that it brings along, and what toncenter says of them.
import assert from "node:assert/strict";
import TonWeb from "tonweb";
import { check, until } from "./check.mjs";
import { post, rpc } from "./toncenter.mjs";

const { toNano } = TonWeb.utils;
const WALLETS = { v3R1: "wallet v3 r1", v3R2: "wallet v3 r2", v4R1: "wallet v4 r1", v4R2: "wallet v4 r2" };

export async function tonwebChecks(endpoint, faucet) {
  const tonweb = new TonWeb(new TonWeb.HttpProvider(endpoint));
  const { provider } = tonweb;
  const keys = TonWeb.utils.keyPairFromSeed(TonWeb.utils.newSeed());
  const told = async (address) => (await rpc(endpoint, "getTokenData", { address: address.toString(true, true, true) })).body;
  const active = async (address) => (await provider.getAddressInfo(address.toString(true, true, true))).state === "active";
  const fund = async (address, nano) => {
    const given = await post(`${faucet}/give`, { address, amount: nano });
    assert.equal(given.status, 200, JSON.stringify(given.body));
    await until("the faucet's payment", async () => (await tonweb.getBalance(address)) === nano);
  };
  let wallet;

  for (const [version, kind] of Object.entries(WALLETS)) {
    await check(`tonweb's wallet ${version} is deployed, pays, and is known as ${kind}`, async () => {
      wallet = new tonweb.wallet.all[version](provider, { publicKey: keys.publicKey, wc: 0 });
      const address = (await wallet.getAddress()).toString(true, true, false);
      await fund(address, version === "v4R2" ? "3000000000" : "200000000");
      const deploy = wallet.deploy(keys.secretKey);
      assert.ok((await deploy.estimateFee()).source_fees.gas_fee > 0);
      assert.equal((await deploy.send())["@type"], "ok");
      await until("its code", () => active(new TonWeb.Address(address)));
      const order = { secretKey: keys.secretKey, toAddress: address, amount: toNano("0.01"), seqno: 1, payload: "Hello", sendMode: 3 };
      await wallet.methods.transfer(order).send();
      const arrived = await until("the arrival", async () => {
        const [last] = await tonweb.getTransactions(address, 1);
        return last.in_msg.message === "Hello" && last;
      });
      assert.equal(arrived.in_msg.value, toNano("0.01").toString());
      const information = await provider.getWalletInfo(address);
      assert.deepEqual([information.wallet, information.wallet_type, information.seqno], [true, kind, 2]);
      const extended = await provider.getExtendedAddressInfo(address);
      assert.equal(extended.account_state["@type"], `wallet.${version.slice(0, 2)}.accountState`);
    });
  }

  await check("tonweb reads blocks, configuration and pages of transactions", async () => {
    const { last } = await provider.getMasterchainInfo();
    const { shards } = await provider.getBlockShards(last.seqno);
    await provider.getBlockTransactions(shards[0].workchain, shards[0].shard, shards[0].seqno, 5);
    assert.equal((await provider.getMasterchainBlockHeader(last.seqno)).id.seqno, last.seqno);
    assert.equal((await provider.getConfigParam(0)).bits.length, 256);
    const address = (await wallet.getAddress()).toString(true, true, true);
    const [newest, older] = await tonweb.getTransactions(address, 2);
    const { lt, hash } = newest.transaction_id;
    assert.equal((await tonweb.getTransactions(address, 5, lt, hash, older.transaction_id.lt, true)).length, 1);
  });

  const pay = async (to, gram, payload, stateInit) => {
    const seqno = await wallet.methods.seqno().call();
    const order = { secretKey: keys.secretKey, toAddress: to.toString(true, true, true), amount: toNano(gram), seqno, payload, sendMode: 3, stateInit };
    await wallet.methods.transfer(order).send();
    await until("the next number", async () => (await wallet.methods.seqno().call()) === seqno + 1);
  };

  await check("a jetton is made, minted and sent with a comment, and getTokenData tells of it", async () => {
    const { JettonMinter, JettonWallet } = TonWeb.token.jetton;
    const owner = await wallet.getAddress();
    const uri = "https://example.org/jetton.json";
    const minter = new JettonMinter(provider, { adminAddress: owner, jettonContentUri: uri, jettonWalletCodeHex: JettonWallet.codeHex });
    const master = await minter.getAddress();
    await pay(master, "0.2", null, (await minter.createStateInit()).stateInit);
    await until("the minter", () => active(master));
    const jettonAmount = toNano("1000");
    await pay(master, "0.3", await minter.createMintBody({ jettonAmount, tokenAmount: jettonAmount, destination: owner, amount: toNano("0.1") }));
    const own = await minter.getJettonWalletAddress(owner);
    await until("the jettons", () => active(own));

    const jettons = new JettonWallet(provider, { address: own });
    const friend = new TonWeb.Address(`0:${"12".repeat(32)}`);
    const part = toNano("5");
    const forwardPayload = new Uint8Array([0, 0, 0, 0, ...new TextEncoder().encode("a gift")]);
    await pay(own, "0.2", await jettons.createTransferBody({
      queryId: 1, jettonAmount: part, tokenAmount: part, toAddress: friend, forwardAmount: toNano("0.01"), forwardPayload, responseAddress: owner,
    }));
    const theirs = await minter.getJettonWalletAddress(friend);
    await until("the friend's jettons", () => active(theirs));
    assert.equal((await new JettonWallet(provider, { address: theirs }).getData()).balance.toString(), part.toString());
    assert.equal((await minter.getJettonData()).totalSupply.toString(), jettonAmount.toString());

    const { result: one } = await told(master);
    assert.deepEqual(
      [one.contract_type, one.total_supply, one.mintable, one.admin_address, one.jetton_content],
      ["jetton_master", jettonAmount.toString(), true, owner.toString(true, true, true), { type: "offchain", data: uri }],
    );
    const { result: other } = await told(theirs);
    assert.deepEqual(
      [other.contract_type, other.balance, other.owner, other.jetton],
      ["jetton_wallet", part.toString(), friend.toString(true, true, true), master.toString(true, true, true)],
    );
    assert.equal((await told(owner)).code, 409, "a wallet is no token");
  });

  await check("an NFT is minted in a collection, and getTokenData tells of both", async () => {
    const { NftCollection, NftItem } = TonWeb.token.nft;
    const owner = await wallet.getAddress();
    const collection = new NftCollection(provider, {
      ownerAddress: owner, royalty: 0.1, royaltyAddress: owner, collectionContentUri: "https://example.org/c.json",
      nftItemContentBaseUri: "https://example.org/", nftItemCodeHex: NftItem.codeHex,
    });
    const place = await collection.getAddress();
    await pay(place, "0.2", null, (await collection.createStateInit()).stateInit);
    await until("the collection", () => active(place));
    await pay(place, "0.2", await collection.createMintBody({ amount: toNano("0.05"), itemIndex: 0, itemOwnerAddress: owner, itemContentUri: "first.json" }));
    const item = await collection.getNftItemAddressByIndex(0);
    await until("the item", () => active(item));
    const { result: whole } = await told(place);
    assert.deepEqual([whole.contract_type, whole.next_item_index, whole.collection_content.data], ["nft_collection", "1", "https://example.org/c.json"]);
    const { result: one } = await told(item);
    assert.deepEqual(
      [one.contract_type, one.init, one.index, one.collection_address, one.content],
      ["nft_item", true, "0", place.toString(true, true, true), { type: "offchain", data: "https://example.org/first.json" }],
    );
  });
}
