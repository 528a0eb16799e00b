// Bundles between the page and the daemon: files in pieces that a request can hold.
import type { BundleExported, BundleImported } from '../api/generated';
import { app } from './app.svelte';

/** Bytes of a piece before they become base64: what the daemon takes at most. */
const PART_BYTES = 256 * 1024;
/** Bytes of which a text is made at a time: more than a call has room for arguments would fail. */
const CHUNK_BYTES = 32 * 1024;
/** Where the length stands, and what a bundle has around its body. */
const LENGTH_AT = 9;
const AROUND_BYTES = 45;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  return btoa(text);
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

/** Has the daemon make a bundle, sealed for these people or open, and fetches it. */
export async function exportBundle(to: string[]): Promise<{ made: BundleExported; file: Blob }> {
  const made = await app.call('bundle.export', { to, carry: false });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (let end = false; !end; ) {
    const part = await app.call('bundle.read', { id: made.id, offset });
    const bytes = fromBase64(part.data);
    parts.push(bytes);
    offset += bytes.length;
    end = part.end;
  }
  return { made, file: new Blob(parts, { type: 'application/octet-stream' }) };
}

/** Gives the daemon the bundle that a file begins with. */
export async function importBundle(file: Blob): Promise<BundleImported> {
  const head = new DataView(await file.slice(0, AROUND_BYTES).arrayBuffer());
  // What follows the bundle stays where it is; a head that is none is the daemon's to judge.
  const whole = head.byteLength < AROUND_BYTES ? file.size : head.getUint32(LENGTH_AT, true) + AROUND_BYTES;
  const bundle = file.slice(0, whole);
  const { id } = await app.call('bundle.begin', { bytes: bundle.size });
  for (let offset = 0; offset < bundle.size; offset += PART_BYTES) {
    const data = toBase64(new Uint8Array(await bundle.slice(offset, offset + PART_BYTES).arrayBuffer()));
    await app.call('bundle.write', { id, offset, data });
  }
  return app.call('bundle.import', { id });
}
