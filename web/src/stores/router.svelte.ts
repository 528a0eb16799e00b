// Where in the page we are, in the address's fragment, so that the back button and links work.
export type Route =
  | { page: 'demo' }
  | { page: 'chats'; conversation: string | null; message?: string }
  | { page: 'wallet' }
  | { page: 'settings'; card?: 'offline' }
  | { page: 'explorer'; view: ExplorerView };

export type ExplorerView =
  | { kind: 'blocks' }
  | { kind: 'block'; workchain: number; seqno: number; shard?: string }
  | { kind: 'account'; address: string }
  | { kind: 'transaction'; hash: string };

function parse(hash: string): Route {
  const [page, ...rest] = hash.replace(/^#\/?/, '').split('/').map(decodeSafely);
  if (page === 'demo') return { page: 'demo' };
  if (page === 'wallet') return { page: 'wallet' };
  if (page === 'settings') return rest[0] === 'offline' ? { page, card: 'offline' } : { page };
  if (page === 'explorer') return { page: 'explorer', view: parseExplorer(rest) };
  const route: Route = { page: 'chats', conversation: rest[0] ?? null };
  if (rest[1] !== undefined) route.message = rest[1];
  return route;
}

const conversationOf = (route: Route) => (route.page === 'chats' ? route.conversation : null);

function parseExplorer([kind, ...rest]: string[]): ExplorerView {
  const first = rest[0];
  if (kind === 'account' && first) return { kind, address: first };
  if (kind === 'transaction' && first) return { kind, hash: first };
  if (kind === 'block' && rest.length >= 2) {
    const [workchain, seqno] = [Number(rest[0]), Number(rest[1])];
    if (!Number.isInteger(workchain) || !Number.isInteger(seqno)) return { kind: 'blocks' };
    return rest[2] ? { kind, workchain, seqno, shard: rest[2] } : { kind, workchain, seqno };
  }
  return { kind: 'blocks' };
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const path = (...parts: (string | number)[]) => `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;

/** Addresses within the page. */
export const to = {
  chats: '#/chats',
  chat: (conversation: string) => path('chats', conversation),
  message: (conversation: string, message: string) => path('chats', conversation, message),
  wallet: '#/wallet',
  settings: '#/settings',
  offline: '#/settings/offline',
  explorer: '#/explorer',
  block: (workchain: number, seqno: number, shard?: string) =>
    shard ? path('explorer', 'block', workchain, seqno, shard) : path('explorer', 'block', workchain, seqno),
  account: (address: string) => path('explorer', 'account', address),
  transaction: (hash: string) => path('explorer', 'transaction', hash),
};

class Router {
  route = $state.raw<Route>(parse(location.hash));
  /** From where the explorer was entered, as long as one step leads back there. */
  from = $state.raw<string | null>(null);
  /** The conversation that was looked at last. */
  chat = $state.raw<string | null>(conversationOf(this.route));
  #hash = location.hash;

  constructor() {
    addEventListener('hashchange', () => this.#take(location.hash));
  }

  #take(hash: string): void {
    const [before, now] = [this.route, parse(hash)];
    this.from = now.page === 'explorer' && before.page !== 'explorer' ? this.#hash : null;
    if (now.page === 'chats') this.chat = now.conversation;
    [this.route, this.#hash] = [now, hash];
  }

  go(href: string): void {
    location.hash = href;
  }

  /** Takes the place of the present entry in the history. */
  replace(href: string): void {
    history.replaceState(null, '', href);
    this.#take(href);
  }
}

export const router = new Router();
