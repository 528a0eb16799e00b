// Short words at the page's edge ("Copied"), errors in the reader's language, and what dialog is open.
import { CallFailed } from '../api/rpc';
import { i18n } from '../i18n/i18n.svelte';

const TOAST_MS = 2_600;

class Ui {
  toast = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    this.toast = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.toast = ''), TOAST_MS);
  }

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.say(i18n.t.copied);
    } catch {
      this.say(i18n.t.error.title);
    }
  }
}

export const ui = new Ui();

/** A failure in the reader's words; what is no failed call is a fault of the page and goes on. */
export function explain(error: unknown): string {
  if (!(error instanceof CallFailed)) throw error;
  const words = i18n.t.error;
  switch (error.reason) {
    case 'unreachable':
    case 'timeout':
      return words.unreachable;
    case 'offline':
      return words.offline;
    case 'bad_link':
      return words.bad_link;
    case 'bad_value':
      return words.bad_value;
    case 'insufficient':
      return words.insufficient;
    case 'locked':
      return words.locked;
    case 'not_found':
      return words.not_found;
    case 'conflict':
      return words.conflict;
    case 'busy':
      return words.busy;
    case 'refused':
      // The network's own reason is worth more than a general word.
      return `${words.refused} ${error.message}`;
    default:
      return words.other;
  }
}
