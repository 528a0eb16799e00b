// The demo's checklist: each step ticks itself when the real thing has happened.
import type { DemoStatus, Event, Message } from '../api/generated';

export const STEPS = ['write', 'pay', 'see', 'stopValidator', 'stopRelay', 'still'] as const;
export type Step = (typeof STEPS)[number];

const KEY = 'simurgh.demo.done';
const FIVE_GRAM = 5_000_000_000n;

/** Where ticked steps outlive a reload of the page. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export class Checklist {
  done = $state.raw<ReadonlySet<Step>>(new Set());
  all = $derived(this.done.size === STEPS.length);
  /** Since when a validator and a relay have both been down; null when they aren't. */
  #bothDownSince: number | null = null;
  #keep: Keep;
  #now: () => number;

  constructor(keep: Keep, now: () => number = Date.now) {
    this.#keep = keep;
    this.#now = now;
    const kept = (keep.getItem(KEY) ?? '').split(' ');
    this.done = new Set(STEPS.filter((step) => kept.includes(step)));
  }

  hear(event: Event): void {
    if (event.kind === 'message') this.#message(event.message);
    if (event.kind === 'demo') this.status(event.demo);
  }

  status(demo: DemoStatus): void {
    const validatorDown = demo.validators.some((validator) => !validator.running);
    const relayDown = demo.relays.some((relay) => !relay.running);
    if (validatorDown) this.#tick('stopValidator');
    if (relayDown) this.#tick('stopRelay');
    if (validatorDown && relayDown) this.#bothDownSince ??= this.#now();
    else this.#bothDownSince = null;
  }

  /** A transaction was looked at in the explorer. */
  seen(): void {
    this.#tick('see');
  }

  #message(message: Message): void {
    const arrived = message.state === 'delivered' || message.state === 'read' || message.state === 'received';
    if (message.kind === 'text' && arrived) {
      this.#tick('write');
      if (this.#bothDownSince !== null && message.at_ms >= this.#bothDownSince) this.#tick('still');
    }
    const { payment } = message;
    if (payment?.state === 'final' && BigInt(payment.amount) >= FIVE_GRAM) this.#tick('pay');
  }

  #tick(step: Step): void {
    if (this.done.has(step)) return;
    this.done = new Set([...this.done, step]);
    this.#keep.setItem(KEY, [...this.done].join(' '));
  }
}
