// Amounts: nanogram as decimal strings, shown as Gram; no floating point anywhere.
import { toLatin, withDigits, type DigitStyle } from './digits';

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

export type ParsedAmount = { ok: true; nano: string } | { ok: false; why: 'empty' | 'no_number' | 'too_fine' | 'too_large' | 'zero' };

/** Reads an amount of Gram as people type it. */
export function parseGram(text: string): ParsedAmount {
  const latin = toLatin(text.trim());
  if (latin === '') return { ok: false, why: 'empty' };
  // A single comma is a decimal sign for half of the world; several are grouping.
  const commas = latin.split(',').length - 1;
  const plain = commas === 1 && !latin.includes('.') ? latin.replace(',', '.') : latin.replaceAll(',', '');
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
  if (match === null || plain === '.') return { ok: false, why: 'no_number' };
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > 9) return { ok: false, why: 'too_fine' };
  const nano = BigInt(match[1] === '' ? '0' : (match[1] ?? '0')) * NANO_PER_GRAM + BigInt(fraction.padEnd(9, '0'));
  if (nano === 0n) return { ok: false, why: 'zero' };
  if (nano > NANO_MAX) return { ok: false, why: 'too_large' };
  return { ok: true, nano: nano.toString() };
}
