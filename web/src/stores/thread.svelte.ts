// One conversation as it is read: pages fetched backwards, a bounded window of rows, changes by events.
import type { Event, Message } from '../api/generated';
import { CallFailed } from '../api/rpc';
import { app } from './app.svelte';
import * as span from './window';

const FETCH_ROWS = 100;
const REVEAL_ROWS = 200;
/** More unread messages than this are not fetched to find the first of them. */
const UNREAD_ROWS_MAX = 1_000;
/** A search result farther back than this many fetches is not gone to. */
const REVEAL_FETCHES_MAX = 200;

export class Thread {
  readonly id: string;
  all = $state.raw<Message[]>([]);
  span = $state.raw<span.Span>({ start: 0, end: 0 });
  loaded = $state(false);
  /** There may be messages before the first one known. */
  hasOlder = $state(true);
  visible = $derived(this.all.slice(this.span.start, this.span.end));
  atEnd = $derived(this.span.end === this.all.length);
  /** The reader is at the newest message and wants to stay there. */
  following = true;
  /** The first unread message when the conversation was opened. */
  unreadFrom = $state<string | null>(null);
  /** Where the reader left, when not at the newest: the first row that stood there and how far it was scrolled. */
  place: { first: string; top: number } | null = null;
  #fetching: Promise<void> | null = null;
  /** What has come since each reading began that is under way: its answer may know nothing of it. */
  #readings = new Set<Map<string, Message>>();
  /** Where each message stands in `all`, from its end: older pages come before and move nothing. */
  #fromEnd = new Map<string, number>();
  #indexed: Message[] | null = null;

  constructor(id: string) {
    this.id = id;
  }

  /** Reads the newest page; what is known and joins on to it is kept. */
  async load(): Promise<void> {
    // Looking at it marks it read: what was unread is kept from before.
    const unread = app.conversation(this.id)?.unread ?? 0;
    const since = new Map<string, Message>();
    this.#readings.add(since);
    const page = await this.#newest(unread).finally(() => this.#readings.delete(since));
    const fetched = withNews(page, since);
    const first = fetched[0];
    const joint = first === undefined ? -1 : this.all.findIndex((message) => message.id === first.id);
    if (this.loaded && joint >= 0) {
      const before = this.all.length;
      this.all = [...this.all.slice(0, joint), ...fetched];
      if (this.following || this.span.end > this.all.length) this.span = span.newest(this.all.length);
      else if (before === this.span.end) this.span = span.newer(this.span, this.all.length);
    } else {
      this.all = fetched;
      this.span = span.newest(fetched.length);
      this.hasOlder = page.length >= FETCH_ROWS;
    }
    this.unreadFrom = this.all[this.unreadIndex(unread)]?.id ?? null;
    this.loaded = true;
  }

  /** The newest page, and what is unread before it. */
  async #newest(unread: number): Promise<Message[]> {
    let rows = await app.call('message.list', { conversation: this.id, limit: FETCH_ROWS });
    while (rows.length < UNREAD_ROWS_MAX && rows.filter((message) => !message.mine).length < unread) {
      const first = rows[0];
      if (first === undefined) break;
      const older = await app.call('message.list', { conversation: this.id, before: first.id, limit: REVEAL_ROWS });
      if (older.length === 0) break;
      rows = [...older, ...rows];
    }
    return rows;
  }

  /** Where so many unread messages begin among those known; -1 when there are none, or it is farther back. */
  unreadIndex(unread: number): number {
    let left = unread;
    if (left > 0) for (let at = this.all.length - 1; at >= 0; at -= 1) if (!this.all[at]?.mine && (left -= 1) === 0) return at;
    return -1;
  }

  /** The reader comes: what is unread is shown from its beginning; true when there is some. */
  enter(): boolean {
    const first = this.unreadIndex(app.conversation(this.id)?.unread ?? 0);
    this.unreadFrom = this.all[first]?.id ?? null;
    if (first < 0) return false;
    this.place = null;
    this.following = false;
    this.span = span.around(first, this.all.length);
    return true;
  }

  take(event: Event): void {
    if (event.kind !== 'message' || event.message.conversation !== this.id) return;
    const { message } = event;
    for (const since of this.#readings) since.set(message.id, message);
    if (!this.loaded) return;
    const at = this.all.findLastIndex((known) => known.id === message.id);
    if (at >= 0) {
      this.all = this.all.with(at, message);
      return;
    }
    this.all = [...this.all, message];
    this.span = span.appended(this.span, this.all.length, this.following);
  }

  /** More of the past is within reach at once; otherwise it is being fetched. */
  get olderReady(): boolean {
    return this.span.start > 0;
  }

  showOlder(): void {
    this.span = span.older(this.span);
  }

  showNewer(): void {
    this.span = span.newer(this.span, this.all.length);
  }

  showNewest(): void {
    this.following = true;
    this.span = span.newest(this.all.length);
  }

  /** Fetches ahead, so that scrolling up does not wait. */
  async fetchOlder(rows = FETCH_ROWS, apply: (change: () => void) => void = (change) => change()): Promise<void> {
    if (!this.hasOlder || !this.loaded) return;
    this.#fetching ??= this.#fetch(rows, apply).finally(() => (this.#fetching = null));
    await this.#fetching;
  }

  async #fetch(limit: number, apply: (change: () => void) => void): Promise<void> {
    const first = this.all[0];
    if (first === undefined) return;
    try {
      const fetched = await app.call('message.list', { conversation: this.id, before: first.id, limit });
      if (this.all[0]?.id !== first.id) return;
      apply(() => {
        this.all = [...fetched, ...this.all];
        this.span = span.prepended(this.span, fetched.length);
        this.hasOlder = fetched.length > 0;
      });
    } catch (error) {
      // The line was cut: scrolling further asks again.
      if (!(error instanceof CallFailed)) throw error;
    }
  }

  /** Brings a message into the window, fetching back to it; false when it is not to be found. */
  async reveal(id: string): Promise<boolean> {
    for (let fetches = 0; fetches < REVEAL_FETCHES_MAX; fetches += 1) {
      const index = this.all.findIndex((message) => message.id === id);
      if (index >= 0) {
        this.following = false;
        this.span = span.around(index, this.all.length);
        return true;
      }
      if (!this.hasOlder) return false;
      await this.fetchOlder(REVEAL_ROWS);
    }
    return false;
  }

  find(id: string): Message | undefined {
    const { all } = this;
    if (this.#indexed !== all) {
      const same = this.#indexed !== null && this.#indexed.at(-1)?.id === all.at(-1)?.id;
      const known = same ? this.#fromEnd.size : 0;
      if (!same) this.#fromEnd.clear();
      for (let back = known + 1; back <= all.length; back += 1) this.#fromEnd.set(all[all.length - back]?.id ?? '', back);
      this.#indexed = all;
    }
    const back = this.#fromEnd.get(id);
    const found = back === undefined ? undefined : all.at(-back);
    return found?.id === id ? found : all.find((message) => message.id === id);
  }
}

/** A page as it was answered, with what came meanwhile; changes to messages before the page are left out. */
function withNews(page: Message[], since: Map<string, Message>): Message[] {
  if (since.size === 0) return page;
  const known = new Set(page.map((message) => message.id));
  const begin = page.length < FETCH_ROWS ? 0 : (page[0]?.at_ms ?? 0);
  const news = [...since.values()].filter((message) => !known.has(message.id) && message.at_ms >= begin);
  return [...page.map((message) => since.get(message.id) ?? message), ...news];
}

const THREADS_MAX = 20;

/** The conversations read lately, the last one last. */
class Threads {
  #open = new Map<string, Thread>();

  constructor() {
    app.listen((event) => {
      for (const thread of this.#open.values()) thread.take(event);
    });
  }

  get(id: string): Thread {
    const thread = this.#open.get(id) ?? new Thread(id);
    this.#open.delete(id);
    this.#open.set(id, thread);
    const oldest = this.#open.keys().next().value;
    if (this.#open.size > THREADS_MAX && oldest !== undefined) this.#open.delete(oldest);
    return thread;
  }
}

export const threads = new Threads();
