/**
 * A JSON text holds a number that cannot be kept as it is. A `SyntaxError`, as any other text that cannot be read. The message
 * is a sentence without its full stop.
 */
export class InexactNumberError extends SyntaxError {
  readonly code = 'PROCOS_JSON_NUMBER';

  constructor(message: string) {
    super(message);
    this.name = 'InexactNumberError';
  }
}

const integer = /^-?\d+$/;
/** More digits than any number that people keep; reading them takes time that grows with their square. */
const mostDigits = 1_000;

/**
 * What a number is in a program, with all that its text says: a `bigint` for an integer beyond ±(2^53 − 1), else the nearest
 * double.
 *
 * @param source a number as JSON writes it
 * @throws InexactNumberError for one that no double comes near
 */
export function exactNumber(source: string): number | bigint {
  const value = Number(source);
  if (integer.test(source) && !Number.isSafeInteger(value)) {
    if (source.length > mostDigits) throw new InexactNumberError(`A number has more than ${mostDigits} digits`);
    return BigInt(source);
  }
  if (isLost(source, value))
    throw new InexactNumberError(
      `The number ${source.length > 40 ? `${source.slice(0, 40)}…` : source} cannot be kept as it is: write it as text`,
    );
  return value;
}

/** Decimals are near enough as long as their whole part is right. */
function isLost(source: string, value: number): boolean {
  if (!Number.isFinite(value)) return true;
  if (value === 0) return /[1-9]/.test(source.replace(/[eE].*$/, ''));
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && decimalOf(source) !== decimalOf(String(value));
}

/** The same for every way to write one decimal number. */
function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
