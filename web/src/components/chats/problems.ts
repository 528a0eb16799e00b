// Why an acquaintance does not come about, in the reader's words.
import type { Contact } from '../../api/generated';
import { i18n } from '../../i18n/i18n.svelte';

export function problemOf(contact: Contact): string {
  const words = i18n.t.contact;
  if (contact.problem_code !== undefined) return words.problems[contact.problem_code];
  return contact.state === 'failed' ? words.problem : i18n.t.chats.invited;
}
