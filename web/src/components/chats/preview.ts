// A message in one line, for lists, quotes and announcements.
import type { Message } from '../../api/generated';
import { cleanText } from '../../format/text';
import { i18n } from '../../i18n/i18n.svelte';

const LINE_CHARACTERS = 160;

/** What the program says in a conversation. */
export function noticeOf(message: Message): string {
  const { notices } = i18n.t.thread;
  return message.notice === undefined ? notices.other : notices[message.notice];
}

export function preview(message: Message): string {
  if (message.kind === 'payment' && message.payment) {
    const amount = i18n.gram(message.payment.amount);
    const words = i18n.t.chats;
    const what = message.mine ? words.paymentOut(amount) : words.paymentIn(amount);
    const sum = `${amount} ${i18n.t.gram}`;
    const { payment } = i18n.t;
    const line = {
      final: what,
      sending: sum,
      promised: `${message.mine ? payment.promising : payment.promise} ${sum}`,
      unconfirmed: `${message.mine ? payment.leaving : payment.arriving} ${sum}`,
      failed: `${payment.failed} ${sum}`,
    }[message.payment.state];
    return message.payment.comment === '' ? line : `${line} · ${cleanText(message.payment.comment)}`;
  }
  if (message.kind === 'notice') return noticeOf(message);
  return cleanText(message.text).replace(/\s+/g, ' ').slice(0, LINE_CHARACTERS);
}
