// Which rows of a long conversation stand in the DOM: pure arithmetic, so that it can be tested.
export const PAGE_ROWS = 50;
export const ROWS_MAX = 150;
/** Rows that come and go at once while scrolling: few enough to be made within a frame. */
export const STEP_ROWS = 20;

/** Rows `start`..`end` (end exclusive) of what is known. */
export interface Span {
  start: number;
  end: number;
}

/** The newest page of `total` rows. */
export function newest(total: number): Span {
  return { start: Math.max(0, total - PAGE_ROWS), end: total };
}

/** One step towards the past; the far end lets go of what exceeds the bound. */
export function older({ start, end }: Span): Span {
  const from = Math.max(0, start - STEP_ROWS);
  return { start: from, end: Math.min(end, from + ROWS_MAX) };
}

/** One step towards the present. */
export function newer({ start, end }: Span, total: number): Span {
  const upTo = Math.min(total, end + STEP_ROWS);
  return { start: Math.max(start, upTo - ROWS_MAX), end: upTo };
}

/** Rows around one. */
export function around(index: number, total: number): Span {
  const start = Math.max(0, Math.min(index - ROWS_MAX / 2, total - ROWS_MAX));
  return { start, end: Math.min(total, start + ROWS_MAX) };
}

/** `count` rows were put before all others. */
export function prepended({ start, end }: Span, count: number): Span {
  return { start: start + count, end: end + count };
}

/** A row was added at the end: a reader at the end follows it, one who reads above stays. */
export function appended({ start, end }: Span, total: number, following: boolean): Span {
  const atEnd = end === total - 1;
  if (!atEnd) return { start, end };
  if (following) return { start: Math.max(start, total - ROWS_MAX), end: total };
  return end - start < ROWS_MAX ? { start, end: total } : { start, end };
}
