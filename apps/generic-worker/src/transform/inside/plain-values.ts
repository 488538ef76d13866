/** Reads a text as the number or truth value that it says, as JSON writes them; anything else stays text. */
export function plainValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(text)) return text;
  const number = Number(text);
  // A number that would lose digits is an identifier, not a number.
  return Number.isFinite(number) && (Number.isSafeInteger(number) || text.replace(/\D/g, '').length <= 15)
    ? number
    : text;
}

/** The same where a comma stands before the decimals, and points may stand between thousands: `-1.234,50`. */
export function plainValueWithComma(text: string): unknown {
  if (!/^-?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/.test(text)) return text.includes('.') ? text : plainValue(text);
  const value = plainValue(text.replaceAll('.', '').replace(',', '.'));
  return typeof value === 'number' ? value : text;
}

/** A value as the text in a cell or element. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
