// Bundles between the page and the daemon: files in pieces that a request can hold.
import { base64Of, bytesOf } from '../api/base64';
import type { BundleExported, BundleFrame, BundleImported, BundleScanned } from '../api/generated';
import { AROUND_BYTES, bundleBytes } from '../format/bundle';
import { app } from './app.svelte';

/** Bytes of a piece before they become base64: what the daemon takes at most. */
const PART_BYTES = 256 * 1024;
/** What a program in a file begins with. */
const PROGRAM = 'SIMURGHP';
/** Bytes of a bundle that is shown as QR codes: what the daemon cuts into frames at most. */
const SEQUENCE_BYTES = 64 * 1024;

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

/** Where the bundle ends that a file begins with. What follows stays where it is; a head that is none is the daemon's to judge. */
async function bundleEnd(file: Blob): Promise<number> {
  const head = new Uint8Array(await file.slice(0, AROUND_BYTES).arrayBuffer());
  return bundleBytes(head, file.size);
}

/** Whether a file has a program in it, and messages before that. */
export async function hasProgram(file: Blob): Promise<{ program: boolean; messages: boolean }> {
  const beginsAt = async (place: number) => (await file.slice(place, place + PROGRAM.length).text()) === PROGRAM;
  if (await beginsAt(0)) return { program: true, messages: false };
  return { program: await beginsAt(await bundleEnd(file)), messages: true };
}

/** Gives the daemon the bundle that a file begins with. */
export async function importBundle(file: Blob): Promise<BundleImported> {
  const bundle = file.slice(0, await bundleEnd(file));
  const { id } = await app.call('bundle.begin', { bytes: bundle.size });
  for (let offset = 0; offset < bundle.size; offset += PART_BYTES) {
    const data = base64Of(new Uint8Array(await bundle.slice(offset, offset + PART_BYTES).arrayBuffer()));
    await app.call('bundle.write', { id, offset, data });
  }
  return app.call('bundle.import', { id });
}

/** Has the daemon make a bundle that QR codes can carry. */
export const exportCodes = (to: string[]): Promise<BundleExported> => app.call('bundle.export', { to, carry: false, bytes_max: SEQUENCE_BYTES });

/** One of its codes, counted from 0. */
export const codeOf = (made: BundleExported, index: number): Promise<BundleFrame> => app.call('bundle.frame', { id: made.id, index });

/** Brings what a code held to those that were read before. */
export const scanned = (id: string | undefined, frame: string): Promise<BundleScanned> => app.call('bundle.scan', id === undefined ? { frame } : { id, frame });

/** Takes the bundle that a whole collection is. */
export const importCodes = (id: string): Promise<BundleImported> => app.call('bundle.import', { id });
