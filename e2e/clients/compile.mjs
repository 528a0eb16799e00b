// Compiles the test's own contracts with the official FunC compiler.
import { readFile } from "node:fs/promises";
import { compileFunc } from "@ton-community/func-js";
import { Cell } from "@ton/core";

export async function compile(name) {
  const file = `${name}.fc`;
  const source = await readFile(new URL(`contracts/${file}`, import.meta.url), "utf8");
  const result = await compileFunc({ targets: [file], sources: { [file]: source } });
  if (result.status === "error") throw new Error(result.message);
  return Cell.fromBase64(result.codeBoc);
}
