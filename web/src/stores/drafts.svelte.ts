// Words written and not yet sent, kept for each conversation until the tab is closed.
import { SvelteMap } from 'svelte/reactivity';
import { newId } from './ids';

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

  /** Words whose sending was not answered, with the id they went under. */
  #unanswered = new Map<string, { words: string; id: string }>();

  /** The id to send words under: the one they may have gone under before, else a new one. */
  idOf(conversation: string, words: string): string {
    const before = this.#unanswered.get(conversation);
    this.#unanswered.delete(conversation);
    return before?.words === words ? before.id : newId();
  }

  /** What came back from sending so far, at the head of the draft. */
  #returned = new Map<string, string>();

  /** Words that could not be sent stand again where they were written: in their order, before what was written since. */
  giveBack(conversation: string, words: string): void {
    const draft = this.get(conversation);
    const before = this.#returned.get(conversation);
    const more = before !== undefined && (draft === before || draft.startsWith(`${before}\n`));
    const returned = more ? `${before}\n${words}` : words;
    const since = more ? draft.slice(before.length + 1) : draft;
    this.#returned.set(conversation, returned);
    this.set(conversation, since === '' ? returned : `${returned}\n${since}`);
  }

  keepId(conversation: string, words: string, id: string): void {
    this.#unanswered.set(conversation, { words, id });
  }

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
