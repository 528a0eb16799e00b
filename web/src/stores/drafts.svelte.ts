// Words written and not yet sent, kept for each conversation until the tab is closed.
import { SvelteMap } from 'svelte/reactivity';

const KEY = 'simurgh.drafts';

function kept(): [string, string][] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as [string, string][];
  } catch {
    return [];
  }
}

class Drafts {
  #texts = new SvelteMap<string, string>(kept());

  get(conversation: string): string {
    return this.#texts.get(conversation) ?? '';
  }

  set(conversation: string, text: string): void {
    if (text === '') this.#texts.delete(conversation);
    else this.#texts.set(conversation, text);
    sessionStorage.setItem(KEY, JSON.stringify([...this.#texts]));
  }
}

export const drafts = new Drafts();
