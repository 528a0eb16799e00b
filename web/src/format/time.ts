// Times as people read them: Jalali or Gregorian, Persian or Latin digits, relative where that is clearer.
export interface TimeStyle {
  language: 'fa' | 'en';
  digits: 'persian' | 'latin';
  calendar: 'jalali' | 'gregorian';
}

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The BCP 47 tag that carries language, calendar and digits. */
export function localeOf(style: TimeStyle): string {
  const base = style.language === 'fa' ? 'fa-IR' : 'en-GB';
  const calendar = style.calendar === 'jalali' ? 'persian' : 'gregory';
  return `${base}-u-ca-${calendar}-nu-${style.digits === 'persian' ? 'arabext' : 'latn'}`;
}

function formatter(style: TimeStyle, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = localeOf(style);
  const key = locale + JSON.stringify(options);
  let made = formatters.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, made);
  }
  return made;
}

export function clock(at_ms: number, style: TimeStyle): string {
  return formatter(style, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at_ms);
}

export function clockSeconds(at_ms: number, style: TimeStyle): string {
  return formatter(style, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at_ms);
}

/** Weekday and long date, composed: Intl's own Persian full date puts the year first. */
export function longDate(at_ms: number, style: TimeStyle, withYear = true): string {
  const weekday = formatter(style, { weekday: 'long' }).format(at_ms);
  const parts = formatter(style, { day: 'numeric', month: 'long', year: 'numeric' }).formatToParts(at_ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('day')} ${part('month')}${withYear ? ` ${part('year')}` : ''}`;
  return style.language === 'fa' ? `${weekday} ${date}` : `${weekday}, ${date}`;
}

export function dateTime(at_ms: number, style: TimeStyle): string {
  return `${longDate(at_ms, style)}، ${clockSeconds(at_ms, style)}`.replace('،', style.language === 'fa' ? '،' : ',');
}

/** Midnight before a time, in this machine's time zone. */
export function startOfDay(at_ms: number): number {
  const date = new Date(at_ms);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

export function sameDay(a: number, b: number): boolean {
  return startOfDay(a) === startOfDay(b);
}

/** Whole days between two times, by the calendar. */
export function daysBetween(earlier: number, later: number): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY_MS);
}

/** Whether two times are in one year of the reader's calendar. */
function sameYear(a: number, b: number, style: TimeStyle): boolean {
  const year = (at: number) => formatter(style, { year: 'numeric' }).format(at);
  return year(a) === year(b);
}

/** A short date, with its year when that is not this one. */
function shortDate(at_ms: number, now: number, style: TimeStyle): string {
  const parts = formatter(style, { day: 'numeric', month: 'short', year: 'numeric' }).formatToParts(at_ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('day')} ${part('month')}${sameYear(at_ms, now, style) ? '' : ` ${part('year')}`}`;
}

/** A moment to the second; on another day than today with its date. */
export function moment(at_ms: number, now: number, style: TimeStyle): string {
  const time = clockSeconds(at_ms, style);
  return sameDay(at_ms, now) ? time : `${shortDate(at_ms, now, style)}${style.language === 'fa' ? '،' : ','} ${time}`;
}

/** A list's time: clock today, weekday within a week, else a short date. */
export function listTime(at_ms: number, now: number, style: TimeStyle, yesterday: string): string {
  const days = daysBetween(at_ms, now);
  if (days <= 0) return clock(at_ms, style);
  if (days === 1) return yesterday;
  if (days < 7) return formatter(style, { weekday: 'short' }).format(at_ms);
  return shortDate(at_ms, now, style);
}

/** A separator's date: today, yesterday, or the date. */
export function dayLabel(at_ms: number, now: number, style: TimeStyle, words: { today: string; yesterday: string }): string {
  const days = daysBetween(at_ms, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  return longDate(at_ms, style, !sameYear(at_ms, now, style));
}
