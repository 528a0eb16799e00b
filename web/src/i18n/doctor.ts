// What the doctor saw, in the words of each language: one sentence for each code, and what to do when it is not well.
import type { Seen } from '../api/generated';
import { isolate } from '../format/text';

type Code = Seen['code'];
/** A number in the reader's digits. */
type Write = (value: number) => string;
interface DoctorWords {
  /** A sentence for each code; the compiler asks for every one. */
  seen: { [K in Code]: (seen: Extract<Seen, { code: K }>, n: Write) => string };
  /** What was looked at. */
  checks: Record<Check, string>;
}

type Check = 'folder' | 'key' | 'database' | 'words' | 'operators' | 'carrier_profile' | 'relays' | 'chain';

/** What each code is about, and whether all is well then. */
const CODES: Record<Code, { check: Check; ok: boolean }> = {
  folder_private: { check: 'folder', ok: true },
  folder_open: { check: 'folder', ok: false },
  folder_lost: { check: 'folder', ok: false },
  key_private: { check: 'key', ok: true },
  key_open: { check: 'key', ok: false },
  key_lost: { check: 'key', ok: false },
  database_there: { check: 'database', ok: true },
  database_lost: { check: 'database', ok: false },
  words_saved: { check: 'words', ok: true },
  words_devnet: { check: 'words', ok: true },
  words_unsaved: { check: 'words', ok: false },
  words_unknown: { check: 'words', ok: false },
  operators_apart: { check: 'operators', ok: true },
  operators_one: { check: 'operators', ok: false },
  operators_near: { check: 'operators', ok: false },
  operators_unknown: { check: 'operators', ok: false },
  carrier_profile_used: { check: 'carrier_profile', ok: true },
  carrier_profile_refused: { check: 'carrier_profile', ok: false },
  relays_answer: { check: 'relays', ok: true },
  relays_silent: { check: 'relays', ok: false },
  relays_abroad_cut: { check: 'relays', ok: false },
  relays_unknown: { check: 'relays', ok: false },
  chain_moves: { check: 'chain', ok: true },
  chain_stands: { check: 'chain', ok: false },
  chain_silent: { check: 'chain', ok: false },
};

export function isWell(seen: Seen): boolean {
  return CODES[seen.code].ok;
}

/** What was looked at and what was seen, as one line. */
export function findingLine(words: DoctorWords, seen: Seen, n: Write): string {
  const sentence = words.seen[seen.code] as (seen: Seen, n: Write) => string;
  return `${words.checks[CODES[seen.code].check]}: ${sentence(seen, n)}`;
}

/** What the system said, to stand within a sentence. */
function said(error: string): string {
  return isolate(error.replace(/\.$/, ''));
}

/** The relays that are silent, each with the system's own words. */
function silent(seen: Extract<Seen, { code: 'relays_silent' }>): string {
  return seen.silent.map((relay) => (relay.error === '' ? isolate(relay.host) : said(`${relay.host}: ${relay.error}`))).join(' · ');
}

export const doctorEn: DoctorWords = {
  checks: { folder: 'Folder', key: 'Key', database: 'Database', words: 'Words', operators: 'Operators', carrier_profile: 'Carrier profile', relays: 'Relays', chain: 'Chain' },
  seen: {
    folder_private: ({ path }) => `${isolate(path)} is yours alone.`,
    folder_open: ({ path }) => `Others on this machine can look into ${isolate(path)}. Run ${isolate('chmod 700')} on it.`,
    folder_lost: ({ error }) => `It can’t be read (${said(error)}). Check that the disk is there; stop and start Simurgh.`,
    key_private: ({ path }) => `${isolate(path)} is yours alone.`,
    key_open: ({ path }) => `Others can read ${isolate(path)}. Run ${isolate('chmod 600')} on it, and move to a new profile if they did.`,
    key_lost: ({ error }) => `It can’t be read (${said(error)}). Put it back before you stop Simurgh, or it won’t start.`,
    database_there: ({ kilobytes }, n) => `${n(kilobytes)} kB on disk.`,
    database_lost: ({ error }) => `It can’t be read (${said(error)}). Check that the disk is there; restore a backup if it is not.`,
    words_saved: () => 'The 24 words are written down.',
    words_devnet: () => 'The 24 words matter little: money here is without worth.',
    words_unsaved: () => 'The 24 words are not written down. Without them this machine’s loss is the loss of the wallet.',
    words_unknown: ({ error }) => `It can’t be told whether they are written down (${said(error)}).`,
    operators_apart: ({ operators }, n) => `${n(operators)} operators run the relays: no one of them sees both who asks and what.`,
    operators_one: () => 'No relay is apart from another, by operator, host or network: one hand may run them all and tell who writes where. Messages go on; ask for a network file with relays of several operators.',
    operators_near: ({ lone, all }, n) => `${n(lone)} of ${n(all)} relays have no other that is apart from them, by operator, host or network: one hand may tell who writes there. Messages go on; ask for a network file with relays of more operators.`,
    operators_unknown: ({ unnamed, may_be_all }, n) => `Nobody says who runs ${n(unnamed)} of the relays: one operator may be behind ${may_be_all ? 'all' : 'several'}. Messages go on; get a newer network file.`,
    carrier_profile_used: ({ number }, n) => (number === 0 ? 'The built-in one is used.' : `Number ${n(number)} is used.`),
    carrier_profile_refused: ({ number, place, error }, n) =>
      `The one in ${isolate(place)} can’t be used (${said(error)}); ${number === 0 ? 'the built-in one' : `number ${n(number)}`} is. Messages go on; get a newer one from whoever runs the network, or take the broken one away.`,
    relays_answer: ({ all, waiting }, n) => `All ${n(all)} answer; ${n(waiting)} exchanges wait.`,
    relays_silent: (seen, n) =>
      `${n(seen.silent.length)} of ${n(seen.all)} relays and bridges do not answer: ${silent(seen)}. ${seen.silent.length === seen.all ? 'Check this machine’s connection; if that is well, get a newer network file or a bridge.' : 'A message is safe when two relays have taken it; until then it waits on this machine and goes by itself.'}`,
    relays_abroad_cut: ({ answering, all, messages }, n) =>
      `Abroad is cut off: ${n(answering)} of ${n(all)} answer, those inside the country; ${n(messages)} of your messages wait. They go by themselves when the way is open again; a bridge may get through.`,
    relays_unknown: ({ error }) => `It can’t be told whether they answer (${said(error)}).`,
    chain_moves: ({ seqno, age_s }, n) => `Block ${n(seqno)} is ${n(age_s)} s old.`,
    chain_stands: ({ seqno, age_s }, n) => `Block ${n(seqno)} is ${n(age_s)} s old. The chain stands still or this machine’s clock is wrong: compare the clock first.`,
    chain_silent: () => 'It does not answer. Money can’t move before it does; look at the relays above.',
  },
};

export const doctorFa: DoctorWords = {
  checks: { folder: 'پوشه', key: 'کلید', database: 'پایگاه داده', words: 'واژه‌ها', operators: 'گردانندگان', carrier_profile: 'الگوی راه پیام‌ها', relays: 'رله‌ها', chain: 'زنجیره' },
  seen: {
    folder_private: ({ path }) => `تنها شما به ${isolate(path)} دسترسی دارید.`,
    folder_open: ({ path }) => `دیگران در این دستگاه می‌توانند ${isolate(path)} را ببینند. فرمان ${isolate('chmod 700')} را بر آن اجرا کنید.`,
    folder_lost: ({ error }) => `خوانده نمی‌شود (${said(error)}). ببینید دیسک سر جایش هست؛ سیمرغ را ببندید و دوباره اجرا کنید.`,
    key_private: ({ path }) => `تنها شما به ${isolate(path)} دسترسی دارید.`,
    key_open: ({ path }) => `دیگران می‌توانند ${isolate(path)} را بخوانند. فرمان ${isolate('chmod 600')} را بر آن اجرا کنید، و اگر خوانده‌اند پروفایل تازه‌ای بسازید.`,
    key_lost: ({ error }) => `خوانده نمی‌شود (${said(error)}). پیش از بستن سیمرغ آن را بازگردانید، وگرنه دیگر اجرا نمی‌شود.`,
    database_there: ({ kilobytes }, n) => `${n(kilobytes)} کیلوبایت روی دیسک.`,
    database_lost: ({ error }) => `خوانده نمی‌شود (${said(error)}). ببینید دیسک سر جایش هست؛ اگر نیست پشتیبان را بازگردانید.`,
    words_saved: () => '۲۴ واژه نوشته شده‌اند.',
    words_devnet: () => '۲۴ واژه اینجا چندان مهم نیستند: پول این شبکه بی‌ارزش است.',
    words_unsaved: () => '۲۴ واژه نوشته نشده‌اند. بی آن‌ها با از دست رفتن این دستگاه کیف پول از دست می‌رود.',
    words_unknown: ({ error }) => `دانسته نیست که نوشته شده‌اند یا نه (${said(error)}).`,
    operators_apart: ({ operators }, n) => `رله‌ها در دست ${n(operators)} گرداننده‌اند: هیچ‌یک هم فرستنده و هم مقصد را نمی‌بیند.`,
    operators_one: () => 'هیچ رله‌ای، از روی گرداننده، میزبان یا شبکه، از دیگری جدا نیست: شاید همه در دست یک نفر باشند و او بداند چه کسی به کجا می‌نویسد. پیام‌ها می‌رسند؛ پروندهٔ شبکه‌ای با رله‌های چند گرداننده بخواهید.',
    operators_near: ({ lone, all }, n) => `${n(lone)} رله از ${n(all)} رله، از روی گرداننده، میزبان یا شبکه، از هیچ رلهٔ دیگری جدا نیست: شاید یک نفر بداند چه کسی به آنجا می‌نویسد. پیام‌ها می‌رسند؛ پروندهٔ شبکه‌ای با گردانندگان بیشتر بخواهید.`,
    operators_unknown: ({ unnamed, may_be_all }, n) => `معلوم نیست ${n(unnamed)} رله را چه کسی می‌گرداند: شاید ${may_be_all ? 'همه' : 'چندتا'} در دست یک نفر باشند. پیام‌ها می‌رسند؛ پروندهٔ شبکهٔ تازه‌تری بگیرید.`,
    carrier_profile_used: ({ number }, n) => (number === 0 ? 'الگوی خود برنامه به کار است.' : `الگوی شمارهٔ ${n(number)} به کار است.`),
    carrier_profile_refused: ({ number, place, error }, n) =>
      `الگویی که در ${isolate(place)} است به کار نمی‌آید (${said(error)})؛ ${number === 0 ? 'الگوی خود برنامه' : `الگوی شمارهٔ ${n(number)}`} به کار است. پیام‌ها می‌رسند؛ الگوی تازه‌تری از گردانندهٔ شبکه بگیرید، یا آن را بردارید.`,
    relays_answer: ({ all, waiting }, n) => `هر ${n(all)} رله پاسخ می‌دهند؛ ${n(waiting)} تبادل در انتظار است.`,
    relays_silent: (seen, n) =>
      `از ${n(seen.all)} رله و پل ${n(seen.silent.length)} تا پاسخ نمی‌دهند: ${silent(seen)}. ${seen.silent.length === seen.all ? 'اتصال این دستگاه را بررسی کنید؛ اگر درست است، پروندهٔ شبکهٔ تازه‌تر یا پلی بگیرید.' : 'هر پیام وقتی ایمن است که دو رله آن را گرفته باشند؛ تا آن هنگام در همین دستگاه می‌ماند و خودش می‌رود.'}`,
    relays_abroad_cut: ({ answering, all, messages }, n) =>
      `راه خارج بسته است: ${n(answering)} رله از ${n(all)} رله پاسخ می‌دهند، آن‌ها که درون کشورند؛ ${n(messages)} پیام شما در انتظار است. همین که راه باز شود خودشان می‌روند؛ شاید از راه یک پل بشود.`,
    relays_unknown: ({ error }) => `دانسته نیست که پاسخ می‌دهند یا نه (${said(error)}).`,
    chain_moves: ({ seqno, age_s }, n) => `سن بلوک ${n(seqno)}: ${n(age_s)} ثانیه.`,
    chain_stands: ({ seqno, age_s }, n) => `سن بلوک ${n(seqno)}: ${n(age_s)} ثانیه. زنجیره ایستاده یا ساعت این دستگاه نادرست است: نخست ساعت را بسنجید.`,
    chain_silent: () => 'پاسخ نمی‌دهد. تا پاسخ ندهد پولی جابه‌جا نمی‌شود؛ رله‌های بالا را ببینید.',
  },
};
