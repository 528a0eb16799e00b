// How a contact is called before their name has come.
import { cleanName } from '../format/text';
import { i18n } from '../i18n/i18n.svelte';

/** What the daemon calls a contact who has not answered yet, numbered when there are several. */
const PLACEHOLDER = /^…(?: \(?(\d+)\)?)?$/;

export function shownName(title: string): string {
  const name = cleanName(title);
  const placeholder = PLACEHOLDER.exec(name);
  if (placeholder === null) return name;
  const number = placeholder[1];
  return number === undefined ? i18n.t.chats.unnamed : `${i18n.t.chats.unnamed} ${i18n.plain(number)}`;
}
