// The browser that is lent: what is fetched how, what comes back, and what is given up.
import { expect, it } from 'vitest';
import { base64Of, bytesOf } from './base64';
import { Lender } from './lender';
import type { FetchOutcome } from './generated';

interface Asked {
  url: string;
  request: RequestInit;
}

function lend(answer: (asked: Asked) => Promise<Response>) {
  const asked: Asked[] = [];
  const told: { id: string; outcome: FetchOutcome }[] = [];
  const fetcher = ((url: string, request: RequestInit) => {
    asked.push({ url, request });
    return answer({ url, request });
  }) as typeof fetch;
  const lender = new Lender((fetched) => Promise.resolve(told.push(fetched)), fetcher);
  return { lender, asked, told };
}

const settle = () => new Promise((next) => setTimeout(next, 0));

it('brings_the_answer_of_a_relay_and_sends_nothing_of_this_person_along', async () => {
  const { lender, asked, told } = lend(({ request }) => Promise.resolve(new Response(request.body)));
  lender.take({ kind: 'fetch', id: '7', url: 'https://relay.example/secret', body: base64Of(new Uint8Array([0, 255, 16])) });
  await settle();
  expect(told).toEqual([{ id: '7', outcome: { kind: 'answer', status: 200, body: 'AP8Q', more: false } }]);
  expect(asked[0]?.url).toBe('https://relay.example/secret');
  const { request } = asked[0] as Asked;
  expect(request).toMatchObject({ method: 'POST', mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error', cache: 'no-store' });
  // What would need a preflight, which relays answer like websites.
  expect(request.body).toBeInstanceOf(Uint8Array);
  expect(Object.keys(request.headers ?? {})).toEqual(['accept-language']);
});

it('cuts_a_long_answer_into_pieces_that_fit_a_request', async () => {
  const long = new Uint8Array(500_000).map((_, i) => i % 251);
  const { lender, told } = lend(() => Promise.resolve(new Response(long)));
  lender.take({ kind: 'fetch', id: '1', url: 'https://relay.example/secret', body: '' });
  await expect.poll(() => told.at(-1)?.outcome).toMatchObject({ kind: 'answer', more: false });
  const pieces = told.map(({ outcome }) => outcome as Extract<FetchOutcome, { kind: 'answer' }>);
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.slice(0, -1).every((piece) => piece.more)).toBe(true);
  const bytes = pieces.flatMap((piece) => [...bytesOf(piece.body)]);
  expect(pieces.every((piece) => piece.body.length < 300_000)).toBe(true);
  expect(bytes).toEqual([...long]);
});

it('says_that_somebody_answers_without_reading_what', async () => {
  const { lender, asked, told } = lend(() => Promise.resolve(Response.error()));
  lender.take({ kind: 'look', id: '2', url: 'https://relay.example/' });
  await settle();
  expect(told).toEqual([{ id: '2', outcome: { kind: 'answer', status: 0, body: '', more: false } }]);
  expect(asked[0]?.request).toMatchObject({ method: 'HEAD', mode: 'no-cors', credentials: 'omit' });
});

it('says_what_the_browser_says_when_nothing_came', async () => {
  const { lender, told } = lend(() => Promise.reject(new TypeError('Failed to fetch')));
  lender.take({ kind: 'look', id: '3', url: 'https://relay.example/' });
  await settle();
  expect(told).toEqual([{ id: '3', outcome: { kind: 'failed', why: 'Failed to fetch' } }]);
});

it('gives_up_what_nobody_waits_for', async () => {
  const signals: AbortSignal[] = [];
  const { lender, told } = lend(({ request }) => {
    const signal = request.signal as AbortSignal;
    signals.push(signal);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  });
  for (const id of ['4', '5']) lender.take({ kind: 'fetch', id, url: 'https://relay.example/secret', body: '' });
  lender.take({ kind: 'abort', id: '4' });
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  lender.stop();
  await settle();
  expect([signals.map((signal) => signal.aborted), told]).toEqual([[true, true], []]);
});
