// Why an acquaintance does not come about, in the reader's words.
import type { Contact } from '../../api/generated';
import type { Words } from '../../i18n/en';
import { i18n } from '../../i18n/i18n.svelte';

/** The daemon's word for what it also says in English. */
type Coded = Contact & { problem_code?: keyof Words['contact']['problems'] };

export function problemOf(contact: Coded): string {
  const words = i18n.t.contact;
  if (contact.problem_code !== undefined) return words.problems[contact.problem_code];
  return contact.state === 'failed' ? words.problem : i18n.t.chats.invited;
}
