// Why a payment was not made, in the reader's words.
import type { Payment } from '../../api/generated';
import { i18n } from '../../i18n/i18n.svelte';

export function failureOf({ problem, refusal }: Pick<Payment, 'problem' | 'refusal'>): string {
  const words = i18n.t.payment;
  if (problem === undefined) return '';
  return problem === 'refused' && refusal !== undefined ? words.refusals[refusal] : words.problems[problem];
}
