// What the page knows: who this is, contacts, conversations, money, chain and carrier, kept current by events.
import type {
  CarrierStatus,
  ChainStatus,
  Contact,
  Conversation,
  DemoStatus,
  Event,
  Message,
  Methods,
  Profile,
  Settings,
  WalletBalance,
} from '../api/generated';
import { Lender, stayAwake } from '../api/lender';
import { CallFailed, Rpc, type Connection } from '../api/rpc';
import { tabCredentials } from '../api/session';
import { cleanName } from '../format/text';
import { i18n } from '../i18n/i18n.svelte';
import { chainOf, healthOf } from './health';

type Listener = (event: Event) => void;

const AGAIN_MIN_MS = 500;
const AGAIN_MAX_MS = 8_000;

class App {
  connection = $state<Connection>('connecting');
  /** The first answers have come: there is something to show. */
  ready = $state(false);
  profile = $state.raw<Profile | null>(null);
  contacts = $state.raw<Contact[]>([]);
  conversations = $state.raw<Conversation[]>([]);
  balance = $state.raw<WalletBalance | null>(null);
  chain = $state.raw<ChainStatus | null>(null);
  carrier = $state.raw<CarrierStatus | null>(null);
  /** The network's relays, and those that are on no list, as the carrier tells them. */
  relays = $derived((this.carrier?.relays ?? []).filter((relay) => !relay.bridge));
  bridges = $derived((this.carrier?.relays ?? []).filter((relay) => relay.bridge));
  /** How messages travel, and how fresh what is known of the chain is. */
  health = $derived(healthOf(this.connection === 'open', this.carrier));
  chainState = $derived(chainOf(this.health, this.chain?.at_ms, i18n.now));
  demo = $state.raw<DemoStatus | null>(null);
  unread = $derived(this.conversations.reduce((sum, conversation) => sum + conversation.unread, 0));
  /** Rises with each resync: whoever shows more than this store holds reads it again. */
  epoch = $state(0);
  #listeners = new Set<Listener>();
  #again: ReturnType<typeof setTimeout> | undefined;
  #againMs = AGAIN_MIN_MS;
  #rpc: Rpc;
  #lender = new Lender((fetched) => this.call('carrier.fetched', fetched));

  constructor() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#rpc = new Rpc({
      url: `${scheme}://${location.host}/rpc`,
      credentials: tabCredentials(),
      onConnection: (connection) => {
        // Open is said when there is something to show; a cut, at once.
        if (connection === 'open') return this.#lend();
        this.connection = connection;
        this.#lender.stop();
      },
      onResync: () => void this.#resync(),
      onEvent: (event) => this.#apply(event),
      onOrder: (order) => this.#lender.take(order),
    });
  }

  start(): void {
    this.#rpc.start();
    stayAwake();
    addEventListener('online', () => this.#rpc.nudge());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#rpc.nudge();
    });
  }

  call: Rpc['call'] = (method, ...parameters) => this.#rpc.call(method, ...parameters);

  /** Hears every event after this store has taken it in; the answer stops it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  conversation(id: string): Conversation | undefined {
    return this.conversations.find((conversation) => conversation.id === id);
  }

  /** A conversation by its id or its title: `simurgh message` names conversations so too. */
  named(idOrTitle: string): Conversation | undefined {
    const byTitle = (one: Conversation) => cleanName(one.title).toLowerCase() === idOrTitle.toLowerCase();
    return this.conversation(idOrTitle) ?? this.conversations.find(byTitle);
  }

  async saveSettings(change: Partial<Settings>): Promise<void> {
    const settings = { ...i18n.settings, ...change };
    i18n.adopt(settings);
    if (this.connection === 'open') i18n.adopt(await this.call('settings.set', settings));
  }

  /** Puts a message that a call answered where its event will put it too. */
  take(message: Message): void {
    this.#tell({ kind: 'message', message });
  }

  takeConversation(conversation: Conversation): void {
    const others = this.conversations.filter((other) => other.id !== conversation.id);
    this.conversations = [...others, conversation].sort(newestFirst);
  }

  /** Asks anew how messages travel; what is shown stays until the answer has come. */
  lookAtCarrier(): void {
    void this.#quietly('carrier.status', (answer) => (this.carrier = answer));
  }

  /** The daemon may send messages through this browser when only browsers get through. */
  #lend(): void {
    void this.call('carrier.lend', { on: true }).catch(() => undefined);
  }

  /** Reads everything that is shown; tries again, ever less often, until it is there or the line is cut. */
  async #resync(): Promise<void> {
    const call = this.call;
    clearTimeout(this.#again);
    try {
      const [profile, settings, contacts, conversations] = await Promise.all([
        call('profile.get'),
        call('settings.get'),
        call('contact.list'),
        call('conversation.list'),
      ]);
      this.profile = profile;
      i18n.adopt(settings);
      this.contacts = contacts;
      this.conversations = conversations.toSorted(newestFirst);
      this.ready = true;
      this.connection = 'open';
      this.epoch += 1;
      this.#againMs = AGAIN_MIN_MS;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      // The line was lost again: the next one reads everything.
      if (error.reason === 'offline' || error.reason === 'cut') return;
      this.connection = 'offline';
      this.#again = setTimeout(() => void this.#resync(), this.#againMs);
      this.#againMs = Math.min(this.#againMs * 2, AGAIN_MAX_MS);
      return;
    }
    // These may need the network; the page does not wait for them.
    void this.#quietly('wallet.balance', (answer) => (this.balance = answer));
    void this.#quietly('chain.status', (answer) => (this.chain = answer));
    this.lookAtCarrier();
  }

  async #quietly<M extends 'wallet.balance' | 'chain.status' | 'carrier.status' | 'contact.list'>(
    method: M,
    take: (answer: Methods[M]['answer']) => void,
  ): Promise<void> {
    try {
      take((await (this.call as (method: M) => Promise<Methods[M]['answer']>)(method)));
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
    }
  }

  #apply(event: Event): void {
    switch (event.kind) {
      case 'conversation':
        this.takeConversation(event.conversation);
        break;
      case 'contact': {
        const { contact } = event;
        const known = this.contacts.some((other) => other.name === contact.name);
        // A name that is new here may be an old contact's new one: only the whole list tells.
        if (known) this.contacts = this.contacts.map((other) => (other.name === contact.name ? contact : other));
        else void this.#quietly('contact.list', (answer) => (this.contacts = answer));
        break;
      }
      case 'contacts':
        void this.#resync();
        break;
      case 'wallet':
        this.balance = event.wallet;
        break;
      case 'chain':
        this.chain = event.chain;
        break;
      case 'carrier':
        this.carrier = event.carrier;
        break;
      case 'demo':
        // Events carry no tokens: the addresses of the first answer stay.
        this.demo = { ...event.demo, people: this.demo?.people ?? event.demo.people };
        break;
      case 'profile':
        this.profile = event.profile;
        break;
      case 'message':
      case 'resync':
        break;
    }
    this.#tell(event);
  }

  #tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function newestFirst(a: Conversation, b: Conversation): number {
  return (b.last?.at_ms ?? 0) - (a.last?.at_ms ?? 0) || a.title.localeCompare(b.title);
}

export const app = new App();
