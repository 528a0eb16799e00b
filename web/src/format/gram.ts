// Amounts: nanogram as decimal strings, shown as Gram; no floating point anywhere.
import { amountSigns, withDigits, type DigitStyle } from './digits';

export const NANO_PER_GRAM = 1_000_000_000n;
/** More than every Gram there is (5·10⁹ and some inflation) is no amount. */
const NANO_MAX = 100_000_000_000n * NANO_PER_GRAM;

/** "12500000000" → "12.5", with thousands grouped; `decimals` cuts (never rounds up) what is shown. */
export function formatGram(nano: string | bigint, style: DigitStyle = 'latin', decimals = 9): string {
  const value = BigInt(nano);
  const magnitude = value < 0n ? -value : value;
  const whole = (magnitude / NANO_PER_GRAM).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fraction = (magnitude % NANO_PER_GRAM).toString().padStart(9, '0').slice(0, decimals).replace(/0+$/, '');
  const sign = value < 0n ? '−' : '';
  return withDigits(`${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`, style);
}

/** "1234500000000" → "1234.5", as a person would type it into a field: without grouping. */
export function typedGram(nano: string, style: DigitStyle): string {
  return formatGram(nano, style).replace(/[,٬]/g, '');
}

export type ParsedAmount =
  | { ok: true; nano: string }
  | { ok: false; why: 'empty' | 'no_number' | 'ambiguous' | 'too_fine' | 'too_large' | 'zero' };

/** Whole Gram, plain or grouped by threes with one sign (comma, ٬ or a space), and what follows the point. */
const AMOUNT = /^(\d*|\d{1,3}(?:,\d{3})+|\d{1,3}(?:٬\d{3})+|\d{1,3}(?: \d{3})+)(?:\.(\d*))?$/;
/** A single comma: half of the world reads a decimal sign, the other half a grouping sign. */
const ONE_COMMA = /^(\d*),(\d*)$/;
const THOUSANDTHS = 3;

/** Reads an amount of Gram as people type it; what could mean two amounts is refused. */
export function parseGram(text: string): ParsedAmount {
  const plain = amountSigns(text);
  if (plain === '') return { ok: false, why: 'empty' };
  const comma = ONE_COMMA.exec(plain);
  if (comma?.[2]?.length === THOUSANDTHS) return { ok: false, why: 'ambiguous' };
  const match = AMOUNT.exec(comma === null ? plain : plain.replace(',', '.'));
  if (match === null || !/\d/.test(plain)) return { ok: false, why: 'no_number' };
  const whole = (match[1] ?? '').replace(/[,٬ ]/g, '');
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > 9) return { ok: false, why: 'too_fine' };
  const nano = BigInt(whole === '' ? '0' : whole) * NANO_PER_GRAM + BigInt(fraction.padEnd(9, '0'));
  if (nano === 0n) return { ok: false, why: 'zero' };
  if (nano > NANO_MAX) return { ok: false, why: 'too_large' };
  return { ok: true, nano: nano.toString() };
}
