// How a relay or a bridge does, in the reader's words and as a colour.
import type { RelayStatus } from '../api/generated';
import { i18n } from '../i18n/i18n.svelte';

export type Sign = 'ok' | 'bad' | 'unknown';

/** A link that was not redeemed and never will be is bad; one that is still tried is not known yet. */
export function signOf(relay: RelayStatus): Sign {
  if (relay.ok) return 'ok';
  if (relay.bridge && !relay.redeemed) return relay.problem_code === undefined ? 'unknown' : 'bad';
  return relay.used ? 'bad' : 'unknown';
}

/** `throughBridge`: no relay of the network can be reached directly. Until then bridges are spared. */
export function stateOf(relay: RelayStatus, throughBridge: boolean): string {
  const { shield, bridge } = i18n.t;
  if (relay.bridge && !relay.redeemed) return relay.problem_code === undefined ? bridge.waiting : bridge.problems[relay.problem_code];
  if (relay.used && !relay.ok) return shield.notOk;
  if (relay.bridge) return throughBridge && relay.ok ? bridge.inUse : bridge.ready;
  if (!relay.used) return shield.never;
  return relay.last_ms > 0 ? `${shield.ok} · ${shield.took(i18n.number(relay.last_ms))}` : shield.ok;
}
