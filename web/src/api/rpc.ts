// The page's line to the daemon: JSON-RPC 2.0 over one WebSocket, typed, reopened with backoff.
import type { ApiError, Methods, NumberedEvent, Order } from './generated';
import type { Failure } from '../i18n/en';

export type Connection = 'connecting' | 'open' | 'offline' | 'no_session';

/** A call that failed, with the daemon's sentence and a word to branch on. */
export class CallFailed extends Error {
  readonly reason: Failure;

  constructor(reason: Failure, message: string) {
    super(message);
    this.reason = reason;
  }

  /** The call had left when the answer failed to come: it may have been done. */
  get outcomeUnknown(): boolean {
    return this.reason === 'timeout' || this.reason === 'cut';
  }
}

export interface Credentials {
  token(): string | null;
  session(): string | null;
  keep(session: string): void;
  forget(): void;
}

export interface RpcOptions {
  url: string;
  credentials: Credentials;
  onConnection(connection: Connection): void;
  /** The session is open: read everything that is shown (first time, after a cut, after a gap). */
  onResync(): void;
  onEvent(event: NumberedEvent['event']): void;
  /** Something to fetch, after `carrier.lend`. */
  onOrder?(order: Order): void;
  socket?: (url: string) => WebSocket;
}

/** What a method takes: nothing at all where it takes no parameters. */
type Arguments<M extends keyof Methods> = keyof Methods[M]['params'] extends never ? [] : [Methods[M]['params']];

interface Waiting {
  resolve(value: unknown): void;
  reject(error: CallFailed): void;
  timer: ReturnType<typeof setTimeout>;
}

const CALL_TIMEOUT_MS = 30_000;
const BACKOFF_MIN_MS = 250;
const BACKOFF_MAX_MS = 5_000;
/** Calls that may wait for an answer at once; a page that asks more is broken. */
const WAITING_MAX = 256;

export class Rpc {
  #options: RpcOptions;
  #socket: WebSocket | null = null;
  #open = false;
  #next = 1;
  #waiting = new Map<number, Waiting>();
  #backoff = BACKOFF_MIN_MS;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #seq: bigint | null = null;
  #closed = false;

  constructor(options: RpcOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#socket !== null || this.#closed) return;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    const make = this.#options.socket ?? ((url: string) => new WebSocket(url));
    const socket = make(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => void this.#authenticate();
    socket.onmessage = (message) => this.#receive(String(message.data));
    socket.onclose = () => this.#lost();
  }

  /** Try again at once (the network is back, the tab is looked at). */
  nudge(): void {
    if (this.#retry !== null) {
      this.#backoff = BACKOFF_MIN_MS;
      this.start();
    }
  }

  stop(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket?.close();
  }

  call<M extends keyof Methods>(method: M, ...parameters: Arguments<M>): Promise<Methods[M]['answer']> {
    if (!this.#open) return Promise.reject(new CallFailed('offline', 'The program does not answer.'));
    return this.#send(method, parameters[0] ?? {}) as Promise<Methods[M]['answer']>;
  }

  #send(method: string, params: unknown): Promise<unknown> {
    const socket = this.#socket;
    if (socket === null || this.#waiting.size >= WAITING_MAX) {
      return Promise.reject(new CallFailed('offline', 'The program does not answer.'));
    }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new CallFailed('timeout', 'The program took too long to answer.'));
      }, CALL_TIMEOUT_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  async #authenticate(): Promise<void> {
    const { credentials } = this.#options;
    const token = credentials.token();
    const session = credentials.session();
    try {
      const params = token !== null ? { token } : session !== null ? { session } : {};
      const answer = (await this.#send('session.open', params)) as Methods['session.open']['answer'];
      credentials.keep(answer.session);
    } catch (error) {
      if (error instanceof CallFailed && (error.reason === 'offline' || error.outcomeUnknown)) {
        this.#socket?.close();
        return;
      }
      // A token is good once: a page that was reloaded has its session instead.
      if (token !== null && session !== null) {
        credentials.forget();
        return this.#authenticate();
      }
      this.#closed = true;
      this.#socket?.close();
      this.#options.onConnection('no_session');
      return;
    }
    this.#open = true;
    this.#backoff = BACKOFF_MIN_MS;
    this.#seq = null;
    this.#options.onConnection('open');
    this.#options.onResync();
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as {
      id?: number;
      result?: unknown;
      error?: ApiError;
      method?: string;
      params?: NumberedEvent | Order;
    };
    if (frame.params) {
      if (frame.method === 'event') this.#event(frame.params as NumberedEvent);
      else if (frame.method === 'order') this.#options.onOrder?.(frame.params as Order);
      return;
    }
    const waiting = frame.id === undefined ? undefined : this.#waiting.get(frame.id);
    if (frame.id === undefined || waiting === undefined) return;
    this.#waiting.delete(frame.id);
    clearTimeout(waiting.timer);
    if (frame.error) waiting.reject(new CallFailed(frame.error.data.reason, frame.error.message));
    else waiting.resolve(frame.result);
  }

  #event(numbered: NumberedEvent): void {
    if (!this.#open) return;
    const seq = BigInt(numbered.seq);
    const gap = this.#seq !== null && seq !== this.#seq + 1n;
    this.#seq = seq;
    if (gap || numbered.event.kind === 'resync') this.#options.onResync();
    else this.#options.onEvent(numbered.event);
  }

  #lost(): void {
    this.#socket = null;
    this.#open = false;
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new CallFailed('cut', 'The line was cut before the answer came.'));
    }
    this.#waiting.clear();
    if (this.#closed) return;
    this.#options.onConnection('offline');
    const delay = this.#backoff * (0.75 + Math.random() / 2);
    this.#backoff = Math.min(this.#backoff * 2, BACKOFF_MAX_MS);
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.start();
    }, delay);
  }
}
