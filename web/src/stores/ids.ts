// Ids that this page chooses for what it sends: sent again with the same id, it is done once.

const ID_BYTES = 16;

/** 32 hexadecimal digits that nobody chose before. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(ID_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
