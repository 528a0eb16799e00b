// How much of a chosen file goes to the daemon.
import { expect, it } from 'vitest';
import { base64Of, bytesOf } from '../api/base64';
import { AROUND_BYTES, bundleBytes } from './bundle';

function head(magic: string, length: number): Uint8Array {
  const bytes = new Uint8Array(AROUND_BYTES);
  bytes.set([...magic].map((letter) => letter.charCodeAt(0)));
  new DataView(bytes.buffer).setUint32(9, length, true);
  return bytes;
}

it('gives_the_bundle_that_a_file_begins_with_and_nothing_behind_it', () => {
  expect(bundleBytes(head('SIMURGHB', 1_000), 9_000_000)).toBe(1_000 + AROUND_BYTES);
});

it('gives_only_the_head_of_a_file_that_is_no_bundle_so_that_it_is_called_that_and_not_too_large', () => {
  expect(bundleBytes(head('\u0089PNG\r\n', 0xffffffff), 9_000_000)).toBe(AROUND_BYTES);
  expect(bundleBytes(new Uint8Array(3), 3)).toBe(3);
});

it('writes_bytes_as_base64_and_reads_them_again_however_many_there_are', () => {
  const bytes = new Uint8Array(100_000).map((_, place) => place % 251);
  expect([...bytesOf(base64Of(bytes))]).toEqual([...bytes]);
});
