// Digits and decimal signs: Persian and Latin, both ways.
export type DigitStyle = 'latin' | 'persian';

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';
const ARABIC = '٠١٢٣٤٥٦٧٨٩';

/** Writes the digits of `text` in a style; with Persian digits the decimal point becomes ٫ and the comma ٬. */
export function withDigits(text: string, style: DigitStyle): string {
  if (style === 'latin') return text;
  return text.replace(/[0-9.,]/g, (sign) => {
    if (sign === '.') return '٫';
    if (sign === ',') return '٬';
    return PERSIAN[Number(sign)] ?? sign;
  });
}

/** The digit that a sign stands for, in Latin; other signs as they are. */
function latinDigit(sign: string): string {
  const persian = PERSIAN.indexOf(sign);
  if (persian >= 0) return String(persian);
  const arabic = ARABIC.indexOf(sign);
  return arabic >= 0 ? String(arabic) : sign;
}

/** An amount as it was typed, with Latin digits and one sign for each meaning; nothing that counts is dropped. */
export function amountSigns(text: string): string {
  return [...text.trim()]
    .map((sign) => {
      if (sign === '٫' || sign === '/') return '.';
      if (sign === '،') return ',';
      // Marks without a width are how some programs copy; they stand for nothing.
      if (/[\u061c\u200c\u200e\u200f\u2066-\u2069]/.test(sign)) return '';
      return /\s/.test(sign) ? ' ' : latinDigit(sign);
    })
    .join('');
}

/** Reads a number that is a name, such as a block's: any digits, grouping signs dropped. */
export function toLatin(text: string): string {
  return [...text]
    .map((sign) => {
      if (sign === '٬' || sign === ',' || sign === '،' || /[\s\u200c\u200e\u200f]/.test(sign)) return '';
      return latinDigit(sign);
    })
    .join('');
}
