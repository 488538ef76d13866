import jsonata, { type Expression } from 'jsonata';
import { calculates, type Operator, rewriteTree, truthOf } from './rewrite-tree.ts';

const lost = 'it calculates a number of more digits than can be kept';
export const tooLongToCalculate =
  'it calculates with a whole number of more digits than can be calculated with: compare as text, $string(id) = "…"';

/** From here on doubles have no fractions. */
const wholeOnly = 2 ** 52;

/** Whether a result of these numbers may be another than the true one in a digit that counts: in its whole part. */
function mayBeLost(result: number, ...given: readonly number[]): boolean {
  const size = Math.abs(result);
  return size > Number.MAX_SAFE_INTEGER || (size >= wholeOnly && !given.every(Number.isInteger));
}

function exact(result: number, ...given: readonly number[]): number {
  // The place is added by the language.
  if (Number.isFinite(result) && mayBeLost(result, ...given)) throw new Error(lost);
  return result;
}

const operators: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => exact(left + right, left, right),
  '-': (left, right) => exact(left - right, left, right),
  '*': (left, right) => exact(left * right, left, right),
  '/': (left, right) => exact(left / right, left, right),
};

/** One step of a calculation, with the refusals of the language. */
function calculate(operator: Operator, left: unknown, right: unknown): number | undefined {
  for (const [code, value] of [['T2001', left] as const, ['T2002', right] as const]) {
    if (value !== undefined && typeof value !== 'number') throw fault(code, value);
    if (typeof value === 'number' && !Number.isFinite(value)) throw fault('D1001', value);
  }
  return left === undefined || right === undefined ? undefined : operators[operator](left as number, right as number);
}

/** Its words are those of the language. */
function fault(code: string, value: unknown): Error {
  return Object.assign(new Error(code), { code, value });
}

/** Keeps every sum on the way to the last one: what was lost in between would not show in it. */
function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => operators['+'](total, number), 0);
}

/**
 * Has an expression refuse to calculate what its doubles would round in their whole part, and count long integers as true.
 * Decimals stay as near as doubles are.
 */
export function calculateExactly(expression: Expression): void {
  rewriteTree(expression.ast());
  for (const operator of Object.keys(operators) as Operator[])
    expression.registerFunction(calculates(operator), (left: unknown, right: unknown) =>
      calculate(operator, left, right),
    );
  expression.registerFunction(truthOf, (value: unknown) => (isLongOrHoldsOne(value) ? true : value));
  for (const [name, [signature, work]] of Object.entries(functions))
    expression.registerFunction(name, work as (...given: unknown[]) => unknown, signature);
}

/** The language's own function. Where it stands in the expression is not known in here. */
function ownOf(text: string): (first: unknown, second?: unknown, third?: unknown) => Promise<unknown> {
  const own = jsonata(text);
  return async (first, second, third) => {
    try {
      return (await own.evaluate(undefined, { first, second, third })) as unknown;
    } catch (thrown) {
      const { message } = thrown as { readonly message?: string };
      throw Object.assign(new Error(message), thrown, { position: undefined });
    }
  };
}

function refuseLong(value: unknown): void {
  if (typeof value === 'bigint') throw new Error(tooLongToCalculate);
}

function keepingResult(text: string) {
  const own = ownOf(text);
  return async (first: unknown, second: unknown) => {
    refuseLong(first);
    refuseLong(second);
    const result = await own(first, second);
    return typeof result === 'number' ? exact(result, first as number, second as number) : result;
  };
}

function roundExactly() {
  const own = ownOf('$round($first, $second)');
  return async (number: unknown, places: number | undefined) => {
    refuseLong(number);
    refuseLong(places);
    if (Number.isSafeInteger(number) && (places ?? 0) >= 0) return number;
    const result = await own(number, places);
    return typeof result === 'number' ? exact(result) : result;
  };
}

/** A picture in percent multiplies. */
function formatExactly() {
  const own = ownOf('$formatNumber($first, $second, $third)');
  return (number: unknown, picture: string, options: unknown) => {
    refuseLong(number);
    if (typeof number === 'number') exact(number * (picture.includes('‰') ? 1_000 : picture.includes('%') ? 100 : 1));
    return own(number, picture, options);
  };
}

function keepingTruth(text: string, ofLong: boolean) {
  const own = ownOf(text);
  return (value: unknown) => (isLongOrHoldsOne(value) ? ofLong : own(value));
}

/** A long integer is never zero. */
function isLongOrHoldsOne(value: unknown): boolean {
  return typeof value === 'bigint' || (Array.isArray(value) && value.some(isLongOrHoldsOne));
}

/** Signature and work of each function that would lose digits. */
const functions: Readonly<Record<string, readonly [string, (...given: never[]) => unknown]>> = {
  sum: ['<a<n>:n>', (numbers?: readonly number[]) => (numbers === undefined ? undefined : sumOf(numbers))],
  average: [
    '<a<n>:n>',
    (numbers?: readonly number[]) =>
      numbers === undefined || numbers.length === 0 ? undefined : sumOf(numbers) / numbers.length,
  ],
  power: ['<n-n:n>', keepingResult('$power($first, $second)')],
  round: ['<n-n?:n>', roundExactly()],
  formatNumber: ['<n-so?:s>', formatExactly()],
  boolean: ['<x-:b>', keepingTruth('$boolean($first)', true)],
  not: ['<x-:b>', keepingTruth('$not($first)', false)],
};
