// The demo's checklist ticks by what really happened.
import { beforeEach, expect, it } from 'vitest';
import type { DemoStatus, Message } from '../api/generated';
import { Checklist } from './checklist.svelte';

let kept: Map<string, string>;
let clock: number;
let list: Checklist;

const make = () => new Checklist({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }, () => clock);

beforeEach(() => {
  kept = new Map();
  clock = 1000;
  list = make();
});

const message = (change: Partial<Message>): { kind: 'message'; message: Message } => ({
  kind: 'message',
  message: { id: '1', conversation: 'c', from: 'me', mine: true, at_ms: clock, state: 'pending', kind: 'text', text: 'hi', ...change },
});

const parts = (stopped: boolean) => [{ id: 'a', running: !stopped }, { id: 'b', running: true }];
const demo = (validator: boolean, relay: boolean): DemoStatus => ({ validators: parts(validator), relays: parts(relay), height: '1', people: [] });

it('a_message_counts_when_it_has_arrived', () => {
  list.hear(message({ state: 'accepted' }));
  expect(list.done.has('write')).toBe(false);
  list.hear(message({ state: 'delivered' }));
  expect(list.done.has('write')).toBe(true);
});

it('a_payment_counts_when_five_gram_are_final', () => {
  const pay = (amount: string, state: 'sending' | 'final') =>
    message({ kind: 'payment', payment: { amount, fee: '1', state, transaction: null, comment: '' } });
  list.hear(pay('5000000000', 'sending'));
  list.hear(pay('4999999999', 'final'));
  expect(list.done.has('pay')).toBe(false);
  list.hear(pay('5000000000', 'final'));
  expect(list.done.has('pay')).toBe(true);
});

it('still_works_counts_only_with_both_down_and_a_message_written_since', () => {
  list.status(demo(true, false));
  list.hear(message({ state: 'delivered' }));
  list.status(demo(true, true));
  clock = 2000;
  list.hear(message({ state: 'read', at_ms: 999 }));
  expect(list.done.has('still')).toBe(false);
  list.hear(message({ state: 'delivered', at_ms: 2000 }));
  expect(list.done.has('still')).toBe(true);
});

it('is_finished_after_six_steps_and_outlives_a_reload', () => {
  list.status(demo(true, true));
  list.hear(message({ state: 'delivered' }));
  list.hear(message({ kind: 'payment', payment: { amount: '5000000000', fee: '1', state: 'final', transaction: 'x', comment: '' } }));
  list.seen();
  expect(list.all).toBe(true);
  expect(make().all).toBe(true);
});
