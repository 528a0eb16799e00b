// How a relay or a bridge does: a sign, and the reader's words for it.
import type { RelayStatus } from '../api/generated';
import { i18n } from '../i18n/i18n.svelte';
import type { Health } from '../stores/health';

/** `ready`: a bridge that lets this person in, spared until it is needed. */
export type Sign = 'ok' | 'ready' | 'bad' | 'unknown';

/** `throughBridge`: no relay of the network can be reached directly. Until then bridges are spared. */
export function lookOf(relay: RelayStatus, health: Health, throughBridge: boolean): { sign: Sign; words: string } {
  const { shield, bridge } = i18n.t;
  if (health === 'away') return { sign: 'unknown', words: shield.notNow };
  if (relay.bridge && !relay.redeemed) {
    // A link that was not redeemed and never will be is bad; one that is still tried is not known yet.
    const problem = relay.problem_code;
    return problem === undefined ? { sign: 'unknown', words: bridge.waiting } : { sign: 'bad', words: bridge.problems[problem] };
  }
  if (relay.used && !relay.ok) return { sign: 'bad', words: shield.notOk };
  if (relay.bridge) {
    if (health === 'bad') return { sign: 'bad', words: bridge.closed };
    return throughBridge && relay.ok ? { sign: 'ok', words: bridge.inUse } : { sign: 'ready', words: bridge.ready };
  }
  if (!relay.used) return { sign: 'unknown', words: shield.never };
  return { sign: 'ok', words: relay.last_ms > 0 ? `${shield.ok} · ${shield.took(i18n.number(relay.last_ms))}` : shield.ok };
}
