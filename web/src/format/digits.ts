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

/** Reads what people type: Persian, Arabic or Latin digits, any decimal sign, grouping signs dropped. */
export function toLatin(text: string): string {
  return [...text]
    .map((sign) => {
      const persian = PERSIAN.indexOf(sign);
      if (persian >= 0) return String(persian);
      const arabic = ARABIC.indexOf(sign);
      if (arabic >= 0) return String(arabic);
      if (sign === '٫' || sign === '/') return '.';
      if (sign === '٬' || sign === '،' || /[\s\u200c\u200e\u200f]/.test(sign)) return '';
      return sign;
    })
    .join('');
}
