// The line to the daemon: opening, calling, losing, coming back.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Rpc, type Connection } from './rpc';

class Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: { id: number; method: string; params: Record<string, unknown> }[] = [];
  send(text: string) {
    this.sent.push(JSON.parse(text) as (typeof this.sent)[number]);
  }
  close() {
    this.onclose?.();
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify({ jsonrpc: '2.0', ...frame }) });
  }
  answer(result: unknown) {
    this.say({ id: this.sent.at(-1)?.id, result });
  }
  refuse(reason: string) {
    this.say({ id: this.sent.at(-1)?.id, error: { code: -32001, message: 'no', data: { reason } } });
  }
}

let sockets: Socket[];
let states: Connection[];
let resyncs: number;
let events: unknown[];
let token: string | null;
let session: string | null;
let rpc: Rpc;
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  [sockets, states, resyncs, events, token, session] = [[], [], 0, [], 'T', null];
  rpc = new Rpc({
    url: 'ws://127.0.0.1/rpc',
    credentials: {
      token: () => token,
      session: () => session,
      keep: (kept) => void ([token, session] = [null, kept]),
      forget: () => void (token = null),
    },
    onConnection: (state) => states.push(state),
    onResync: () => (resyncs += 1),
    onEvent: (event) => events.push(event),
    socket: () => {
      const socket = new Socket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  rpc.start();
});

afterEach(() => {
  rpc.stop();
  vi.useRealTimers();
});

async function open(socket = sockets.at(-1) as Socket) {
  socket.onopen?.();
  socket.answer({ session: 'S' });
  await settle();
  return socket;
}

it('opens_with_the_token_and_comes_back_with_the_session', async () => {
  const first = await open();
  expect(first.sent[0]).toMatchObject({ method: 'session.open', params: { token: 'T' } });
  expect([states, resyncs]).toEqual([['open'], 1]);
  first.close();
  await vi.advanceTimersByTimeAsync(1000);
  const second = await open();
  expect(second.sent[0]).toMatchObject({ params: { session: 'S' } });
  expect([states, resyncs]).toEqual([['open', 'offline', 'open'], 2]);
});

it('a_used_token_falls_back_on_the_tab_s_session', async () => {
  session = 'OLD';
  sockets[0]?.onopen?.();
  sockets[0]?.refuse('no_session');
  await settle();
  expect(sockets[0]?.sent[1]).toMatchObject({ params: { session: 'OLD' } });
});

it('gives_up_when_nothing_opens_the_session', async () => {
  sockets[0]?.onopen?.();
  sockets[0]?.refuse('no_session');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([states.at(-1), sockets.length]).toEqual(['no_session', 1]);
});

it('answers_calls_and_says_why_one_failed', async () => {
  const socket = await open();
  const good = rpc.call('profile.get');
  socket.answer({ name: 'Alice' });
  expect(await good).toEqual({ name: 'Alice' });
  const bad = rpc.call('contact.add', { link: 'x' });
  socket.refuse('bad_link');
  await expect(bad).rejects.toMatchObject({ reason: 'bad_link' });
});

it('fails_what_was_under_way_when_the_line_is_lost', async () => {
  const socket = await open();
  const call = rpc.call('profile.get');
  socket.close();
  // It had left: whether it was done is not known. What comes after it has not left.
  await expect(call).rejects.toMatchObject({ reason: 'cut', outcomeUnknown: true });
  await expect(rpc.call('profile.get')).rejects.toMatchObject({ reason: 'offline', outcomeUnknown: false });
});

it('reads_everything_again_after_a_gap_in_the_events', async () => {
  const socket = await open();
  const say = (seq: string) => socket.say({ method: 'event', params: { seq, event: { kind: 'contacts' } } });
  say('7');
  say('8');
  expect([events.length, resyncs]).toEqual([2, 1]);
  say('10');
  expect([events.length, resyncs]).toEqual([2, 2]);
});

it('waits_longer_between_tries_and_at_most_seconds', async () => {
  await open();
  for (let i = 0; i < 10; i += 1) {
    sockets.at(-1)?.close();
    await vi.advanceTimersByTimeAsync(6_500);
  }
  expect(sockets.length).toBe(11);
});
