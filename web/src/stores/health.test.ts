// The shield claims no more than the daemon has told.
import { describe, expect, it } from 'vitest';
import type { CarrierStatus, RelayStatus } from '../api/generated';
import { chainOf, healthOf, heldBy } from './health';

const relay = (state: string, bridge = false) =>
  ({ id: '', host: '', bridge, redeemed: bridge, used: state !== '?', ok: state === '+', last_ms: 0 }) satisfies RelayStatus;

/** Relays as signs: `+` answers, `-` does not, `?` was not used yet; bridges after a bar. */
function carrier(signs: string, change: Partial<CarrierStatus> = {}): CarrierStatus {
  const [own = '', bridges = ''] = signs.split('|');
  return {
    carrier: 'https', reason: 'usual', why: '', choices: [], profile: { number: 0, source: 'built_in' }, pages: 0, through_bridge: false,
    operators: 3, unnamed_relays: 0, lone_relays: 0, network_relays: 3, waiting: 0, messages_waiting: 0,
    relays: [...[...own].map((sign) => relay(sign)), ...[...bridges].map((sign) => relay(sign, true))], ...change,
  };
}

const health = (signs: string, change?: Partial<CarrierStatus>) => healthOf(true, carrier(signs, change));

describe('the shield', () => {
  it('knows_nothing_while_the_daemon_is_gone', () => {
    expect(healthOf(false, carrier('+++'))).toBe('away');
    expect(healthOf(false, carrier('---', { reason: 'down' }))).toBe('away');
    expect(healthOf(true, null)).toBe('unknown');
    expect(health('???')).toBe('unknown');
  });

  it('is_whole_while_no_relay_is_silent_and_less_when_one_is', () => {
    expect(['+++', '+??', '++-', '---'].map((signs) => health(signs))).toEqual(['good', 'good', 'some', 'bad']);
    expect(health('++-', { carrier: 'browser' })).toBe('browser');
  });

  it('says_that_too_few_answer_when_fewer_than_two_can_take_a_message', () => {
    expect(health('+--')).toBe('few');
    expect(health('+-', { carrier: 'browser' })).toBe('few');
    expect(health('+-?')).toBe('some');
    expect(health('+')).toBe('good');
  });

  it('does_not_take_a_bridge_for_a_relay_that_keeps_messages', () => {
    expect(health('+--|+')).toBe('few');
    expect(health('---|+')).toBe('bad');
  });

  it('judges_relays_behind_a_bridge_by_what_waits', () => {
    expect(health('+--|+', { through_bridge: true })).toBe('bridge');
    expect(health('+--|+', { through_bridge: true, messages_waiting: 2 })).toBe('few');
    expect(health('++-|+', { through_bridge: true, messages_waiting: 2 })).toBe('bridge');
  });

  it('tells_where_messages_wait', () => {
    expect((['cut', 'bad', 'few', 'some', 'bridge', 'away'] as const).map(heldBy)).toEqual(['cut', 'bad', 'few', null, null, null]);
  });
});

describe('the chain', () => {
  it('is_fresh_only_with_a_young_block_and_a_way_to_it', () => {
    const now = 1_000_000;
    expect(chainOf('good', now - 1_000, now)).toBe('fresh');
    expect(chainOf('good', now - 600_000, now)).toBe('old');
    expect(chainOf('good', undefined, now)).toBe('unknown');
    expect([chainOf('bad', now, now), chainOf('cut', now, now), chainOf('away', now, now)]).toEqual(['lost', 'lost', 'away']);
  });
});
