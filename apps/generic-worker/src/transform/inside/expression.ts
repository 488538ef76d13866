import jsonata from 'jsonata';
import { calculateExactly, tooLongToCalculate } from './exact-arithmetic.ts';
import { keepDigits } from './exact-functions.ts';
import { StepError } from './fault.ts';
import { plainText } from './plain-values.ts';
import { isAboutBigInt, isStackExceeded } from './runtime-sentences.ts';

/** An expression that is ready to be evaluated on one value after the other. */
export type Evaluate = (input: unknown, bindings?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Calls in each other: more is a recursion that does not end. */
const deepestStack = 400;
const longestSequence = 1_000_000;
const reservedNames: ReadonlySet<string> = new Set(['eval']);

/**
 * Compiles an expression of the JSONata language, without `$eval`.
 *
 * @param where the member of the step's configuration that holds it, for messages
 * @throws StepError with the character where it breaks the language's rules
 */
export function compileExpression(text: string, where: string): Evaluate {
  const expression = orStepError(where, () => jsonata(text, { stack: deepestStack, sequence: longestSequence }));
  checkNumbers(expression.ast(), where);
  keepDigits(expression, where);
  calculateExactly(expression);
  for (const name of reservedNames) expression.assign(name, undefined);
  return async (input, bindings) => {
    try {
      return await (expression.evaluate(input, bindings) as Promise<unknown>);
    } catch (thrown) {
      throw asStepError(thrown, where);
    }
  };
}

/** The language keeps numbers as doubles: a longer one in an expression would be another, and equal to nothing. */
function checkNumbers(node: unknown, where: string): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, value, position } = node as {
    readonly type?: unknown;
    readonly value?: unknown;
    readonly position?: unknown;
  };
  if (type === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new StepError(
      typeof position === 'number' ? `${where}, character ${position}` : where,
      'it holds a whole number of more digits than can be compared or calculated with: compare as text, $string(id) = "…"',
    );
  }
  for (const part of Object.values(node)) checkNumbers(part, where);
}

function orStepError<Value>(where: string, work: () => Value): Value {
  try {
    return work();
  } catch (thrown) {
    throw asStepError(thrown, where);
  }
}

/** The language throws plain objects: a code, a message and what it was about. */
interface Told {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly position?: unknown;
  readonly value?: unknown;
  readonly value2?: unknown;
}

function asStepError(thrown: unknown, where: string): StepError {
  if (thrown instanceof StepError) return thrown;
  if (thrown instanceof RangeError)
    return new StepError(
      where,
      isStackExceeded(thrown) ? 'it is nested too deeply' : 'it makes something that is too large',
    );
  const { code, message, position, value, value2 } = thrown as Told;
  const at = typeof position === 'number' ? `${where}, character ${position}` : where;
  const reason =
    typeof message !== 'string' ? 'it cannot be evaluated' : isAboutBigInt(thrown) ? tooLongToCalculate : message;
  // Messages of the evaluation quote data, which have no place in an incident; those of the parser quote the expression.
  const isAboutData = typeof code === 'string' && /^[DT]/.test(code) && code !== 'D3137' && code !== 'D3141';
  return new StepError(at, (isAboutData ? withoutValues(reason, [value, value2]) : reason).replace(/\.$/, ''));
}

function withoutValues(message: string, values: readonly unknown[]): string {
  const texts = values.flatMap((value) => (value === undefined ? [] : [JSON.stringify(value), plainText(value)]));
  return texts.reduce((shown, text) => (text === '' ? shown : shown.replaceAll(text, '…')), message);
}
