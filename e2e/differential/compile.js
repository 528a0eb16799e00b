// Compiles the test's own contracts with the official FunC compiler.
const { compileFunc } = require('@ton-community/func-js');
const { Cell } = require('@ton/core');
const fs = require('node:fs');
const path = require('node:path');

/** @param {string} name of a file in contracts/, without its ending */
async function compile(name) {
  const file = `${name}.fc`;
  const source = fs.readFileSync(path.join(__dirname, 'contracts', file), 'utf8');
  const result = await compileFunc({ targets: [file], sources: { [file]: source } });
  if (result.status === 'error') throw new Error(result.message);
  return Cell.fromBase64(result.codeBoc);
}

module.exports = { compile };
