// Bundles between the page and the daemon: files in pieces that a request can hold.
import { base64Of, bytesOf } from '../api/base64';
import type { BundleExported, BundleImported } from '../api/generated';
import { AROUND_BYTES, bundleBytes } from '../format/bundle';
import { app } from './app.svelte';

/** Bytes of a piece before they become base64: what the daemon takes at most. */
const PART_BYTES = 256 * 1024;

/** Has the daemon make a bundle, sealed for these people or open, and fetches it. */
export async function exportBundle(to: string[]): Promise<{ made: BundleExported; file: Blob }> {
  const made = await app.call('bundle.export', { to, carry: false });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (let end = false; !end; ) {
    const part = await app.call('bundle.read', { id: made.id, offset });
    const bytes = bytesOf(part.data);
    parts.push(bytes);
    offset += bytes.length;
    end = part.end;
  }
  return { made, file: new Blob(parts, { type: 'application/octet-stream' }) };
}

/** Gives the daemon the bundle that a file begins with. */
export async function importBundle(file: Blob): Promise<BundleImported> {
  const head = new Uint8Array(await file.slice(0, AROUND_BYTES).arrayBuffer());
  // What follows the bundle stays where it is; a head that is none is the daemon's to judge.
  const bundle = file.slice(0, bundleBytes(head, file.size));
  const { id } = await app.call('bundle.begin', { bytes: bundle.size });
  for (let offset = 0; offset < bundle.size; offset += PART_BYTES) {
    const data = base64Of(new Uint8Array(await bundle.slice(offset, offset + PART_BYTES).arrayBuffer()));
    await app.call('bundle.write', { id, offset, data });
  }
  return app.call('bundle.import', { id });
}
