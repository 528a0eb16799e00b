// What the demo says about stopping parts is true of the network that was started.
import { describe, expect, it } from 'vitest';
import { load, quorum, RELAYS_MIN } from './quorum';

describe('the quorum', () => {
  it('is_more_than_two_thirds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map(quorum)).toEqual([1, 2, 3, 3, 4, 5, 5, 7]);
  });

  it('says_when_the_next_stop_halts_the_chain', () => {
    expect(load(4, quorum(4))).toBe('spare');
    expect(load(3, quorum(4))).toBe('last');
    expect(load(2, quorum(4))).toBe('halted');
    expect(load(3, quorum(3))).toBe('last');
  });

  it('is_two_for_relays', () => {
    expect([3, 2, 1].map((running) => load(running, RELAYS_MIN))).toEqual(['spare', 'last', 'halted']);
  });
});
