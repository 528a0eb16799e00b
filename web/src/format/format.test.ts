// What is shown to people: digits, amounts, times, other people's words.
import { describe, expect, it } from 'vitest';
import { toLatin, withDigits } from './digits';
import { formatGram, parseGram, typedGram } from './gram';
import { cleanName, cleanText, fewEmoji, hue, initials, isolate, ownLink, shorten, splitIsolates, splitLinks } from './text';
import { dayLabel, listTime, localeOf, longDate, moment, type TimeStyle } from './time';

const persian: TimeStyle = { language: 'fa', digits: 'persian', calendar: 'jalali' };
const english: TimeStyle = { language: 'en', digits: 'latin', calendar: 'gregorian' };
const noon = new Date(2026, 10, 24, 12, 0).getTime();
const DAY = 86_400_000;

describe('digits', () => {
  it('are_written_in_persian_with_persian_signs', () => {
    expect(withDigits('1,234.5', 'persian')).toBe('۱٬۲۳۴٫۵');
    expect(withDigits('1,234.5', 'latin')).toBe('1,234.5');
  });

  it('are_read_from_every_keyboard', () => {
    expect(toLatin('۱۲۳۴')).toBe('1234');
    expect(toLatin('١٬٢٣٤')).toBe('1234');
    expect(toLatin('1,234')).toBe('1234');
  });
});

describe('amounts', () => {
  it('show_nanogram_as_gram_without_rounding', () => {
    expect(formatGram('12500000000')).toBe('12.5');
    expect(formatGram('1')).toBe('0.000000001');
    expect(formatGram('5000000000000000000')).toBe('5,000,000,000');
    expect(formatGram('-3100000')).toBe('−0.0031');
    expect(formatGram('1999999999', 'latin', 2)).toBe('1.99');
    expect(formatGram('12500000000', 'persian')).toBe('۱۲٫۵');
  });

  it('are_read_as_people_type_them', () => {
    for (const text of ['12.5', '12,5', '۱۲٫۵', ' 12.50 ', '١٢٫٥']) expect(parseGram(text)).toEqual({ ok: true, nano: '12500000000' });
    expect(parseGram('1,234,567')).toEqual({ ok: true, nano: '1234567000000000' });
    expect(parseGram('.5')).toEqual({ ok: true, nano: '500000000' });
    for (const text of ['۱۲،۵', '۱۲/۵']) expect(parseGram(text)).toEqual({ ok: true, nano: '12500000000' });
    for (const text of ['1,234,567.5', '1 234 567.5', '۱٬۲۳۴٬۵۶۷٫۵', '1\u202f234\u202f567.5']) {
      expect(parseGram(text)).toEqual({ ok: true, nano: '1234567500000000' });
    }
    expect(parseGram('۱٬۰۰۰')).toEqual({ ok: true, nano: '1000000000000' });
  });

  it('are_refused_with_a_reason', () => {
    expect(parseGram('')).toEqual({ ok: false, why: 'empty' });
    expect(parseGram('five')).toEqual({ ok: false, why: 'no_number' });
    expect(parseGram('-5')).toEqual({ ok: false, why: 'no_number' });
    expect(parseGram('1e3')).toEqual({ ok: false, why: 'no_number' });
    expect(parseGram(',')).toEqual({ ok: false, why: 'no_number' });
    expect(parseGram('0.0000000001')).toEqual({ ok: false, why: 'too_fine' });
    expect(parseGram('0')).toEqual({ ok: false, why: 'zero' });
    expect(parseGram('1000000000000')).toEqual({ ok: false, why: 'too_large' });
  });

  it('are_refused_where_they_could_be_read_as_two', () => {
    for (const text of ['1,000', '۱،۰۰۰', '12,500', '0,125']) expect(parseGram(text)).toEqual({ ok: false, why: 'ambiguous' });
  });

  it('are_refused_when_their_signs_do_not_group_by_threes', () => {
    for (const text of ['1 2', '12 5', '1,2,3', '1,00,000', '1234,567,890', '1,234 567', '1.2.3', '1٬5', '1.5,000', '1  000']) {
      expect(parseGram(text), text).toEqual({ ok: false, why: 'no_number' });
    }
  });

  it('survive_being_shown_and_read', () => {
    for (const nano of ['1', '999999999', '1000000001', '123456789012345678']) {
      expect(parseGram(formatGram(nano, 'persian'))).toEqual({ ok: true, nano });
    }
  });
});

describe('words of others', () => {
  it('lose_direction_overrides', () => {
    expect(cleanName('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
    expect(cleanName('  Al\u200Fice \n B ')).toBe('Alice B');
    expect(cleanText('a\u202Eb\u2066c\u0000d\r\ne')).toBe('abcd\ne');
  });

  it('keep_the_zero_width_non_joiner_that_persian_needs', () => {
    expect(cleanText('می\u200cروم')).toBe('می\u200cروم');
  });

  it('become_links_only_where_they_lead_where_they_say', () => {
    expect(splitLinks('see https://example.org/a?b=1.')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
      { kind: 'text', text: '.' },
    ]);
    expect(splitLinks('(https://example.org/x_(y))')[1]).toMatchObject({ href: 'https://example.org/x_(y)' });
    expect(splitLinks('javascript:alert(1) data:text/html,x')).toEqual([{ kind: 'text', text: 'javascript:alert(1) data:text/html,x' }]);
    expect(splitLinks('https://bank.example@evil.example/').every((part) => part.kind === 'text')).toBe(true);
  });

  it('show_a_foreign_host_in_ascii', () => {
    const [link] = splitLinks('https://аpple.com/');
    expect(link).toMatchObject({ kind: 'link', text: 'https://xn--pple-43d.com/' });
  });

  it('become_an_invite_or_a_bridge_where_they_are_one', () => {
    const link = `simurgh:invite#${'Ab_-9'.repeat(12)}`;
    expect(splitLinks(`come: ${link}.`)).toEqual([
      { kind: 'text', text: 'come: ' },
      { kind: 'invite', text: shorten(link, 22, 4), link },
      { kind: 'text', text: '.' },
    ]);
    const bridge = link.replace('invite', 'bridge');
    expect(splitLinks(bridge)).toEqual([{ kind: 'bridge', text: shorten(bridge, 22, 4), link: bridge }]);
    expect(splitLinks('simurgh:invite#short')).toEqual([{ kind: 'text', text: 'simurgh:invite#short' }]);
  });

  describe('that hold a link', () => {
    const letters = 'Ab_-9'.repeat(64);
    const link = `simurgh:invite#${letters}`;
    const bridge = `simurgh:bridge#${letters}`;
    const broken = (text: string, width: number, by: string) => text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(by) ?? '';

    it('give_it_up_without_invisible_signs', () => {
      expect(ownLink(`\u200F\u2067${link}\u2069\u200E`)).toBe(link);
      expect(ownLink(`\uFEFF${bridge.slice(0, 50)}\u200B${bridge.slice(50)}\u202C\n`)).toBe(bridge);
    });

    it('give_it_up_from_between_other_words', () => {
      expect(ownLink(`سلام! این را بزن: «${link}» و بگو`)).toBe(link);
      expect(ownLink(`Take this (${bridge}).\nThanks, Bob`)).toBe(bridge);
      expect(ownLink(`${link} please\nadd me`)).toBe(link);
      expect(ownLink(`SIMURGH:Invite#${letters}`)).toBe(link);
    });

    it('give_it_up_whole_where_it_was_broken_into_lines', () => {
      for (const width of [40, 64, 76]) for (const by of ['\n', '\r\n  ', ' ']) expect(ownLink(broken(link, width, by)), `${width}`).toBe(link);
      expect(ownLink(`Here:\n${broken(bridge, 76, '\n')}\nThanks\nBob`)).toBe(bridge);
      expect(ownLink(`${link.slice(0, 150)}\n${link.slice(150)} thanks`)).toBe(link);
      expect(ownLink(`simurgh:\ninvite#${letters}`)).toBe(link);
    });

    it('are_left_as_they_are_where_there_is_none', () => {
      expect(ownLink(' https://example.org/#Ab_9 \n')).toBe('https://example.org/#Ab_9');
      expect(ownLink('simurgh:invite#x')).toBe('simurgh:invite#x');
      expect(ownLink(' \u200B ')).toBe('');
    });
  });

  it('stand_isolated_in_a_sentence', () => {
    expect(splitIsolates(`Pay ${isolate('مریم')} now`)).toEqual([
      { text: 'Pay ', isolated: false },
      { text: 'مریم', isolated: true },
      { text: ' now', isolated: false },
    ]);
  });

  it('give_every_name_letters_and_a_lasting_colour', () => {
    expect(initials('Alice Smith Jr')).toBe('A\u200cS');
    expect(initials('')).toBe('');
    expect(hue('مریم', 8)).toBe(hue('مریم', 8));
    expect(shorten('0123456789abcdef', 4, 4)).toBe('0123…cdef');
  });
});

describe('times', () => {
  it('carry_calendar_and_digits_in_the_locale', () => {
    expect(localeOf(persian)).toBe('fa-IR-u-ca-persian-nu-arabext');
    expect(localeOf({ ...persian, calendar: 'gregorian', digits: 'latin' })).toBe('fa-IR-u-ca-gregory-nu-latn');
  });

  it('say_the_date_in_either_calendar', () => {
    expect(longDate(noon, persian)).toBe('سه‌شنبه ۳ آذر ۱۴۰۵');
    expect(longDate(noon, english)).toBe('Tuesday, 24 November 2026');
  });

  it('are_relative_where_that_is_clearer', () => {
    expect(listTime(noon, noon, english, 'Yesterday')).toBe('12:00');
    expect(listTime(noon - DAY, noon, english, 'Yesterday')).toBe('Yesterday');
    expect(listTime(noon - 3 * DAY, noon, english, 'Yesterday')).toBe('Sat');
    expect(listTime(noon - 30 * DAY, noon, english, 'Yesterday')).toBe('25 Oct');
    expect(listTime(noon - 400 * DAY, noon, english, 'Yesterday')).toBe('20 Oct 2025');
    expect(moment(noon, noon, english)).toBe('12:00:00');
    expect(moment(noon - DAY, noon, english)).toBe('23 Nov, 12:00:00');
    expect(moment(noon - 400 * DAY, noon, persian)).toBe('۲۸ مهر ۱۴۰۴، ۱۲:۰۰:۰۰');
    expect(dayLabel(noon, noon, persian, { today: 'امروز', yesterday: 'دیروز' })).toBe('امروز');
    expect(dayLabel(noon - 3 * DAY, noon, persian, { today: 'امروز', yesterday: 'دیروز' })).toBe('شنبه ۳۰ آبان');
  });
});

describe('what is written again', () => {
  it('an amount is typed as it is read again', () => {
    for (const style of ['latin', 'persian'] as const) {
      for (const nano of ['1', '5000000000', '1234500000000', '5000000000000000001']) {
        expect(parseGram(typedGram(nano, style))).toEqual({ ok: true, nano });
      }
    }
    expect(typedGram('1234500000000', 'latin')).toBe('1234.5');
    expect(typedGram('1234500000000', 'persian')).toBe('۱۲۳۴٫۵');
  });
});

describe('emoji', () => {
  it('a few of them alone are told from words, numbers and many', () => {
    for (const text of ['👍', '🎉🎉🎉', '❤️ ❤️', '👨‍👩‍👧‍👦', '🇮🇷', '👍🏽', '1️⃣']) expect(fewEmoji(text)).toBe(true);
    for (const text of ['', ' ', '5', '12', '#', '©', 'ok 👍', '👍.', '🎉🎉🎉🎉🎉', 'سلام']) expect(fewEmoji(text)).toBe(false);
  });
});
