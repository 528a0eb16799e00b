// Short words at the page's edge ("Copied"), errors in the reader's language, and what dialog is open.
import { CallFailed } from '../api/rpc';
import type { LinkKind } from '../format/text';
import { i18n } from '../i18n/i18n.svelte';

const TOAST_MS = 2_600;

class Ui {
  toast = $state('');
  /** A link that was chosen in a message, or that stood where another kind belongs: its dialog is open. */
  link = $state.raw<{ kind: LinkKind; text: string } | null>(null);
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
  const { reasons } = i18n.t.error;
  // A daemon newer than this page may have words that it does not know.
  return reasons[error.reason] ?? i18n.t.error.reasons.internal;
}

/** The same for what should have been sent: when the answer did not come, it may have gone. */
export function explainSending(error: unknown): string {
  return error instanceof CallFailed && error.outcomeUnknown ? i18n.t.error.unknown : explain(error);
}
