// How messages and money travel, judged by what the daemon tells and by nothing else.
import type { CarrierStatus } from '../api/generated';
import { RELAYS_MIN } from './quorum';

/** `away`: the daemon itself does not answer. `few`: fewer relays answer than have to take a message. */
export type Health = 'away' | 'unknown' | 'good' | 'some' | 'few' | 'bridge' | 'browser' | 'cut' | 'bad';

export function healthOf(open: boolean, carrier: CarrierStatus | null): Health {
  if (!open) return 'away';
  if (carrier === null) return 'unknown';
  if (carrier.reason === 'abroad_cut') return 'cut';
  if (carrier.reason === 'down') return 'bad';
  // Bridges and name servers are ways to relays: what takes messages are the relays.
  const relays = carrier.relays.filter((relay) => !relay.bridge);
  const silent = relays.filter((relay) => relay.used && !relay.ok).length;
  const short = relays.length - silent < Math.min(RELAYS_MIN, relays.length);
  // A relay that can't be reached directly may take messages through a bridge: there what waits tells.
  if (carrier.through_bridge) return short && carrier.messages_waiting > 0 ? 'few' : 'bridge';
  if (relays.every((relay) => !relay.used)) return 'unknown';
  if (relays.every((relay) => !relay.ok)) return 'bad';
  if (short) return 'few';
  if (carrier.carrier === 'browser') return 'browser';
  return silent === 0 ? 'good' : 'some';
}

/** In these messages wait on this machine. */
export type Held = 'cut' | 'bad' | 'few';

export function heldBy(health: Health): Held | null {
  return health === 'cut' || health === 'bad' || health === 'few' ? health : null;
}

/** Blocks come within seconds; the page's own clock moves each half minute. */
const BLOCK_AGE_MS_MAX = 90_000;

/** How fresh what is known of the chain is: `lost` when nothing gets there, `old` when no new block comes. */
export type Chain = 'fresh' | 'old' | 'lost' | 'away' | 'unknown';

export function chainOf(health: Health, block_ms: number | undefined, now: number): Chain {
  if (health === 'away') return 'away';
  if (health === 'cut' || health === 'bad') return 'lost';
  if (block_ms === undefined) return 'unknown';
  return now - block_ms > BLOCK_AGE_MS_MAX ? 'old' : 'fresh';
}
