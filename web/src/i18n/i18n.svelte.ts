// The reader's language, direction, digits, calendar and theme, from the settings and the browser.
import type { Settings } from '../api/generated';
import { withDigits, type DigitStyle } from '../format/digits';
import { formatGram } from '../format/gram';
import * as time from '../format/time';
import { en, type Words } from './en';
import { fa } from './fa';

const CACHE = 'simurgh.settings';
const DEFAULTS: Settings = { language: 'auto', theme: 'auto', digits: 'auto', calendar: 'auto' };

/** The daemon keeps the settings; this copy only spares a flash of the wrong colours at the next start. */
function cached(): Settings {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(CACHE) ?? '{}') as Partial<Settings>) };
  } catch {
    return DEFAULTS;
  }
}

function browserLanguage(): 'fa' | 'en' {
  for (const tag of navigator.languages) {
    if (tag.startsWith('fa')) return 'fa';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

class I18n {
  settings = $state.raw<Settings>(cached());
  #systemDark = $state(prefersDark.matches);
  language: 'fa' | 'en' = $derived(this.settings.language === 'auto' ? browserLanguage() : this.settings.language);
  theme: 'dark' | 'light' = $derived(
    this.settings.theme === 'auto' ? (this.#systemDark ? 'dark' : 'light') : this.settings.theme,
  );
  direction: 'rtl' | 'ltr' = $derived(this.language === 'fa' ? 'rtl' : 'ltr');
  t: Words = $derived(this.language === 'fa' ? fa : en);
  style: time.TimeStyle = $derived({
    language: this.language,
    digits: this.settings.digits === 'auto' ? (this.language === 'fa' ? 'persian' : 'latin') : this.settings.digits,
    calendar:
      this.settings.calendar === 'auto' ? (this.language === 'fa' ? 'jalali' : 'gregorian') : this.settings.calendar,
  });
  /** Now, to the minute: lists show "today" and "yesterday" by it. */
  now = $state(Date.now());

  constructor() {
    prefersDark.addEventListener('change', (change) => (this.#systemDark = change.matches));
    setInterval(() => (this.now = Date.now()), 30_000);
  }

  adopt(settings: Settings): void {
    this.settings = settings;
    localStorage.setItem(CACHE, JSON.stringify(settings));
  }

  get digits(): DigitStyle {
    return this.style.digits;
  }
  /** A whole number, grouped. */
  number = (value: number | string): string =>
    withDigits(String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ','), this.digits);
  /** Digits only, without grouping: seqnos, indexes. */
  plain = (value: number | string): string => withDigits(String(value), this.digits);
  counted = (count: number): { text: string; count: number } => ({ text: this.number(count), count });
  gram = (nano: string | bigint, decimals = 9): string => formatGram(nano, this.digits, decimals);
  clock = (at_ms: number): string => time.clock(at_ms, this.style);
  seconds = (at_ms: number): string => time.clockSeconds(at_ms, this.style);
  dateTime = (at_ms: number): string => time.dateTime(at_ms, this.style);
  moment = (at_ms: number): string => time.moment(at_ms, this.now, this.style);
  listTime = (at_ms: number): string => time.listTime(at_ms, this.now, this.style, this.t.yesterday);
  day = (at_ms: number): string => time.dayLabel(at_ms, this.now, this.style, this.t);
}

export const i18n = new I18n();
