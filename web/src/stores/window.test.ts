// The window over a long conversation never holds more rows than its bound.
import { expect, it } from 'vitest';
import * as span from './window';

const total = 10_000;

it('starts_at_the_newest_page', () => {
  expect(span.newest(total)).toEqual({ start: 9950, end: 10_000 });
  expect(span.newest(3)).toEqual({ start: 0, end: 3 });
});

it('never_exceeds_the_bound_and_reaches_both_ends', () => {
  let now = span.newest(total);
  for (let i = 0; i < 600; i += 1) {
    now = span.older(now);
    expect(now.end - now.start).toBeLessThanOrEqual(span.ROWS_MAX);
  }
  expect(now.start).toBe(0);
  for (let i = 0; i < 600; i += 1) {
    now = span.newer(now, total);
    expect(now.end - now.start).toBeLessThanOrEqual(span.ROWS_MAX);
  }
  expect(now.end).toBe(total);
});

it('overlaps_what_was_shown_so_that_the_reader_keeps_the_place', () => {
  const before = { start: 5000, end: 5150 };
  const after = span.older(before);
  expect(after).toEqual({ start: 4980, end: 5130 });
  expect(span.newer(before, total)).toEqual({ start: 5020, end: 5170 });
});

it('stays_on_its_rows_when_older_ones_are_fetched', () => {
  expect(span.prepended({ start: 0, end: 50 }, 100)).toEqual({ start: 100, end: 150 });
});

it('follows_a_new_message_only_for_who_is_at_the_end', () => {
  expect(span.appended({ start: 850, end: 1000 }, 1001, true)).toEqual({ start: 851, end: 1001 });
  expect(span.appended({ start: 850, end: 1000 }, 1001, false)).toEqual({ start: 850, end: 1000 });
  expect(span.appended({ start: 950, end: 1000 }, 1001, false)).toEqual({ start: 950, end: 1001 });
  expect(span.appended({ start: 100, end: 250 }, 1001, true)).toEqual({ start: 100, end: 250 });
});

it('stands_around_a_search_result', () => {
  expect(span.around(5000, total)).toEqual({ start: 4925, end: 5075 });
  expect(span.around(3, total)).toEqual({ start: 0, end: 150 });
  expect(span.around(9_999, total)).toEqual({ start: 9850, end: 10_000 });
});
