// Other people's words, made safe to show: no direction tricks, links only where they are what they seem.

/** Characters that turn the reading direction around for what follows. */
const BIDI_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
const BIDI_ALL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** A name: one line, no invisible direction signs (U+202E makes `exe.fdp` look like `pdf.exe`). */
export function cleanName(name: string): string {
  return name.replace(BIDI_ALL, '').replace(CONTROLS, '').replace(/\s+/g, ' ').trim();
}

/** A message's words: direction overrides and control characters go, line breaks and ZWNJ stay. */
export function cleanText(text: string): string {
  return text.replace(BIDI_OVERRIDES, '').replace(/\r\n?/g, '\n').replace(CONTROLS, '');
}

/** A name within a sentence: the sentence's direction does not reach into it, nor its direction out of it. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}

/** A sentence's own words and what stands isolated in it. */
export function splitIsolates(sentence: string): { text: string; isolated: boolean }[] {
  return sentence
    .split(/[\u2068\u2069]/)
    .map((text, index) => ({ text, isolated: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: LinkKind; text: string; link: string };

/** What a link of the program leads to: a person, or a relay that is on no list. */
export type LinkKind = 'invite' | 'bridge';

/** A web address, or a link as the program writes it (specs/06-invite.md, specs/02-mailbox.md). */
const LINK = /https?:\/\/[^\s<>"'`{}|\\^«»]+|simurgh:(?:invite|bridge)#[A-Za-z0-9_-]{40,}/gi;
const OWN_LINK = /^\s*simurgh:(invite|bridge)#/i;
const LINKS_MAX = 50;

/** Signs without a shape, which messengers and right-to-left fields put around and into what is copied from them. */
const INVISIBLE = /\p{Cf}/gu;
/** A link of the program in other words, up to where its letters begin. */
const OWN_BEGIN = /simurgh:\s*(invite|bridge)\s*#\s*/i;
const LETTERS = /^[A-Za-z0-9_-]*/;
/** No whole link is so short: a line that ends before it was broken by a mail program or a page. */
const LINE_CHARACTERS_MAX = 120;
/** No word is so long: what follows a link and is longer belongs to it. */
const WORD_CHARACTERS_MAX = 28;

/** The program's own link in what was pasted: without invisible signs, line breaks and the words around it. */
export function ownLink(pasted: string): string {
  const text = pasted.replace(INVISIBLE, '').trim();
  const begin = OWN_BEGIN.exec(text);
  // Any page's address may stand before the `#` (specs/06-invite.md): such a text is left as it is.
  if (begin === null) return text;
  const head = `simurgh:${begin[1]?.toLowerCase()}#`;
  const [first = '', ...more] = text.slice(begin.index + begin[0].length).split(/\s+/);
  let letters = LETTERS.exec(first)?.[0] ?? '';
  let ended = letters !== first;
  const line = head.length + first.length;
  // Lines that were broken are equally long, but for the last.
  let even = line <= LINE_CHARACTERS_MAX;
  for (const piece of more) {
    const next = LETTERS.exec(piece)?.[0] ?? '';
    if (ended || next === '' || (next.length <= WORD_CHARACTERS_MAX && !even)) break;
    letters += next;
    ended = next !== piece;
    even &&= next.length === line;
  }
  return head + letters;
}

/** What kind of link of the program a text is; null when it is none, or cannot be told by its beginning. */
export function kindOfLink(text: string): LinkKind | null {
  return (OWN_LINK.exec(text)?.[1]?.toLowerCase() as LinkKind | undefined) ?? null;
}

/** Splits words into text, links and the program's own links; a link shows the host that it leads to, in ASCII. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    if (parts.length >= LINKS_MAX) break;
    const own = kindOfLink(match[0]);
    const found = own ? match[0] : trimLink(match[0]);
    const url = own ? null : safeUrl(found);
    if (url === null && own === null) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + found.length;
    if (own !== null) parts.push({ kind: own, text: shorten(found, 22, 4), link: found });
    if (url === null) continue;
    // eslint-disable-next-line no-control-regex
    const honest = /^[\u0021-\u007e]*$/.test(found.split('/')[2] ?? '');
    parts.push({ kind: 'link', text: honest ? found : url.href, href: url.href });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function trimLink(found: string): string {
  let link = found.replace(/[.,;:!?…،؛؟]+$/u, '');
  while (link.endsWith(')') && link.split('(').length < link.split(')').length) link = link.slice(0, -1);
  return link;
}

function safeUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    const plain = url.username === '' && url.password === '' && url.hostname !== '';
    return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
  } catch {
    return null;
  }
}

const FEW_EMOJI = 4;
/** The longest emoji are families and flags of a dozen code units. */
const EMOJI_UNITS_MAX = 16;
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F)/u;
const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A few emoji and no words: they are shown large. */
export function fewEmoji(text: string): boolean {
  if (text.length > FEW_EMOJI * EMOJI_UNITS_MAX) return false;
  const shown = [...signs.segment(text)].map((sign) => sign.segment).filter((sign) => sign.trim() !== '');
  return shown.length > 0 && shown.length <= FEW_EMOJI && shown.every((sign) => EMOJI.test(sign));
}

/** The letters of an avatar: the first of the first two words. */
export function initials(name: string): string {
  const words = cleanName(name).split(' ').filter(Boolean);
  // A ZWNJ between two Persian letters keeps them from joining.
  return words.slice(0, 2).map((word) => [...word][0]?.toLocaleUpperCase() ?? '').join('\u200c');
}

/** A colour of the avatar palette, the same for a name everywhere. */
export function hue(name: string, colours: number): number {
  let hash = 2166136261;
  for (const sign of cleanName(name)) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash % colours;
}

/** Head and tail of a hash or address. */
export function shorten(text: string, head = 6, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}
