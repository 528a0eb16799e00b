// How much of a file is a bundle (BUN-1).

/** What a bundle begins with. */
const MAGIC = 'SIMURGHB';
/** Where the length of the body stands, and what a bundle has around its body. */
const LENGTH_AT = 9;
export const AROUND_BYTES = 45;

/** How many of a file's bytes the daemon is to judge: the bundle that it begins with, or enough to see that it does not. */
export function bundleBytes(head: Uint8Array, fileBytes: number): number {
  if (head.length < AROUND_BYTES) return fileBytes;
  if ([...MAGIC].some((letter, place) => head[place] !== letter.charCodeAt(0))) return AROUND_BYTES;
  return new DataView(head.buffer, head.byteOffset).getUint32(LENGTH_AT, true) + AROUND_BYTES;
}
