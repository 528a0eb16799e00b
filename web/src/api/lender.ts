// Lends this browser to the daemon: fetches what it orders, from relays only it knows, and brings back what came.
import { base64Of, bytesOf } from './base64';
import type { FetchOutcome, Methods, Order } from './generated';

/** Bytes of an answer in one call. */
const PIECE_BYTES = 192 * 1024;
/** Nothing of this person goes along, and nothing is kept. */
const BARE: RequestInit = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
  headers: { 'accept-language': 'en' },
};

type Tell = (fetched: Methods['carrier.fetched']['params']) => Promise<unknown>;

export class Lender {
  #tell: Tell;
  #fetch: typeof fetch;
  #open = new Map<string, AbortController>();

  constructor(tell: Tell, fetcher: typeof fetch = (...request) => fetch(...request)) {
    this.#tell = tell;
    this.#fetch = fetcher;
  }

  take(order: Order): void {
    if (order.kind === 'abort') {
      this.#open.get(order.id)?.abort();
      this.#open.delete(order.id);
    } else {
      void this.#run(order);
    }
  }

  /** The line to the daemon is cut: nobody waits for anything. */
  stop(): void {
    for (const abort of this.#open.values()) abort.abort();
    this.#open.clear();
  }

  async #run(order: Exclude<Order, { kind: 'abort' }>): Promise<void> {
    const abort = new AbortController();
    this.#open.set(order.id, abort);
    const tell = (outcome: FetchOutcome) => (abort.signal.aborted ? undefined : this.#tell({ id: order.id, outcome }));
    try {
      if (order.kind === 'look') {
        // An answer that may not be read is one, too: somebody is there.
        await this.#fetch(order.url, { ...BARE, method: 'HEAD', mode: 'no-cors', signal: abort.signal });
        await tell({ kind: 'answer', status: 0, body: '', more: false });
      } else {
        // Bytes without a type need no leave of the relay beforehand.
        const request: RequestInit = { ...BARE, method: 'POST', mode: 'cors', redirect: 'error', body: bytesOf(order.body) };
        const answer = await this.#fetch(order.url, { ...request, signal: abort.signal });
        for await (const piece of pieces(answer)) {
          await tell({ kind: 'answer', status: answer.status, body: base64Of(piece.bytes), more: piece.more });
          if (abort.signal.aborted) break;
        }
      }
    } catch (error) {
      // The daemon may have gone meanwhile.
      await Promise.resolve(tell({ kind: 'failed', why: String((error as Error).message) })).catch(() => undefined);
    } finally {
      this.#open.delete(order.id);
    }
  }
}

async function* pieces(answer: Response): AsyncGenerator<{ bytes: Uint8Array; more: boolean }> {
  const reader = answer.body?.getReader();
  let kept: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const next = await reader?.read();
    if (next?.value === undefined) break;
    for (let from = 0; from < next.value.length; from += PIECE_BYTES) {
      const part = next.value.subarray(from, from + PIECE_BYTES);
      if (length + part.length > PIECE_BYTES) {
        yield { bytes: joined(kept, length), more: true };
        [kept, length] = [[], 0];
      }
      kept.push(part);
      length += part.length;
    }
  }
  yield { bytes: joined(kept, length), more: false };
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Browsers let tabs in the background sleep, but none that holds a lock. */
export function stayAwake(): void {
  void navigator.locks?.request('simurgh.lender', { mode: 'shared' }, () => new Promise(() => undefined));
}
