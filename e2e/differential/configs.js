// The configurations that both sides run with.
const { beginCell, Cell, Dictionary } = require('@ton/core');
const { defaultConfig } = require('@ton/sandbox/dist/config/defaultConfig');
const { slimConfig } = require('@ton/sandbox/dist/config/slimConfig');

/** `[name, bag of cells in base64]` of each configuration; the last one is that of our own networks. */
async function configs(ours, size = 'whole') {
  const base = size === 'small' ? slimConfig : defaultConfig;
  const genesis = await ours.ask({ op: 'genesis_config' });
  return [
    ['mainnet', base],
    ['newer parameters', newer(base)],
    ['genesis', genesis.boc],
  ];
}

/** The same with parameter 12 in its newer form and with limits of its own in parameter 43. */
function newer(base) {
  const params = Dictionary.loadDirect(Dictionary.Keys.Int(32), Dictionary.Values.Cell(), Cell.fromBase64(base));
  const workchain = beginCell()
    .storeUint(0xa7, 8)
    .storeUint(1_573_821_854, 32)
    .storeUint(0, 8)
    .storeUint(0, 8)
    .storeUint(60, 8)
    .storeUint(0b111, 3)
    .storeUint(0, 13)
    .storeUint(1, 256)
    .storeUint(2, 256)
    .storeUint(0, 32)
    .storeUint(1, 4)
    .storeInt(-1, 32)
    .storeUint(0, 64)
    .storeUint(0, 4)
    .storeUint(0, 32)
    .storeUint(50, 32)
    .storeUint(60, 32)
    .storeUint(100, 32)
    .storeUint(0, 8)
    .endCell();
  const workchains = Dictionary.empty(Dictionary.Keys.Int(32), INLINE);
  workchains.set(0, workchain);
  params.set(12, beginCell().storeDict(workchains).endCell());
  params.set(43, limits());
  return beginCell().storeDictDirect(params).endCell().toBoc().toString('base64');
}

/** Parameter 43 with every limit set. */
function limits() {
  return beginCell()
    .storeUint(2, 8)
    .storeUint(1 << 21, 32)
    .storeUint(1 << 12, 32)
    .storeUint(1000, 32)
    .storeUint(512, 16)
    .storeUint(65_535, 32)
    .storeUint(512, 16)
    .storeUint(2300, 32)
    .storeUint(400, 32)
    .storeUint(256, 32)
    .storeUint(256, 32)
    .storeUint(2, 32)
    .storeUint(8, 8)
    .storeUint(26, 32)
    .endCell();
}

/** A dictionary value that is the content of a cell. */
const INLINE = {
  serialize: (cell, builder) => builder.storeSlice(cell.beginParse()),
  parse: () => {
    throw new Error('never read');
  },
};

module.exports = { configs };
