// Why a payment was not made, in the reader's words.
import type { PaymentState } from '../../api/generated';
import type { Words } from '../../i18n/en';
import { i18n } from '../../i18n/i18n.svelte';

/** The daemon's words for what it also says in English. */
interface Coded {
  state: PaymentState;
  problem?: keyof Words['payment']['problems'];
  refusal?: keyof Words['payment']['refusals'];
}

export function failureOf({ problem, refusal }: Coded): string {
  const words = i18n.t.payment;
  if (problem === undefined) return '';
  return problem === 'refused' && refusal !== undefined ? words.refusals[refusal] : words.problems[problem];
}
