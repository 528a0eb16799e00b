// Every word of the dictionary is said somewhere, and each language says every word.
import { describe, expect, it } from 'vitest';
import { STEPS } from '../stores/checklist.svelte';
import { en } from './en';
import { fa } from './fa';

const files = import.meta.glob<string>('../**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });

/** Everything that is written in the page, the dictionaries and tests left aside. */
const sources = Object.entries(files)
  .filter(([file]) => !file.endsWith('.test.ts') && !/\/(en|fa|doctor)\.ts$/.test(file))
  .map(([, text]) => text)
  .join('\n');

/** Sections whose words are chosen by a value: how they are read, and which words the values reach. */
const BY_VALUE: Record<string, readonly string[] | 'all'> = {
  'nav[': ['chats', 'wallet', 'explorer', 'settings'],
  'shield[': ['good', 'some', 'few', 'bridge', 'browser', 'bad', 'cut', 'away', 'unknown'],
  'shield.reason[': 'all',
  'bridge.problems[': 'all',
  'bridge.friend[': ['no_more', 'full', 'refused'],
  'thread.linkNames[': 'all',
  'thread.linkWarns[': 'all',
  'contact[': ['invite', 'add'],
  'demo[': [...STEPS, 'validator', 'relay'],
  'state[': 'all',
  'explorer.states[': 'all',
  'contact.problems[': 'all',
  'payment.problems[': 'all',
  'payment.refusals[': 'all',
  'thread.notices[': 'all',
  'thread.held[': 'all',
  'wallet.asOf[': 'all',
  'error.reasons[': 'all',
};

function leaves(words: object, path: string[] = []): string[][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, [...path, key]) : [[...path, key]],
  );
}

function isSaid(path: string[]): boolean {
  const section = path.slice(0, -1).join('.');
  const key = path.at(-1) ?? '';
  const reached = BY_VALUE[`${section}[`];
  // Sections are also taken under a name of their own: `const words = t.error`.
  const last = path.at(-2) ?? 't';
  if (reached !== undefined && (reached === 'all' || reached.includes(key))) return sources.includes(`${last}[`);
  return new RegExp(`\\b(?:${last}|words)\\??\\.${key}\\b`).test(sources);
}

describe('the dictionary', () => {
  it('has_no_word_that_nothing_says', () => {
    const silent = leaves(en)
      .filter(([section]) => section !== 'doctor')
      .filter((path) => !isSaid(path));
    expect(silent.map((path) => path.join('.'))).toEqual([]);
  });

  it('has_the_same_words_in_each_language', () => {
    expect(leaves(fa).map(String).sort()).toEqual(leaves(en).map(String).sort());
  });

  it('has_no_latin_words_in_persian_but_names', () => {
    const names = /\u2068[^\u2069]*\u2069|MIT|Apache-2\.0|English|HTTPS|QR|SIL|DEVNET|simurgh up/g;
    const texts = leaves(fa).map((path) => path.reduce<unknown>((words, key) => (words as Record<string, unknown>)[key], fa));
    const latin = texts.filter((text): text is string => typeof text === 'string').filter((text) => /[A-Za-z]{3,}/.test(text.replace(names, '')));
    expect(latin).toEqual([]);
  });
});
