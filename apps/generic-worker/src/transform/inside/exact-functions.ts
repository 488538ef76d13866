import { exactNumber } from '@procos/json';
import jsonata, { type Expression } from 'jsonata';
import { StepError } from './fault.ts';

/** Source: JSONata's own `$number`, which takes these and no others. */
const decimal = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/;
const otherBase = /^(?:0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][0-1]+)$/;

const tooLong = 'it makes a number of more digits than can be kept: leave it text';

/**
 * Gives an expression functions that keep all digits, where the language's own would round: a long integer stays exact, and
 * what cannot be kept is refused.
 *
 * @param where the member of the step's configuration that holds the expression, for messages
 */
export function keepDigits(expression: Expression, where: string): void {
  const refuse = () => new StepError(where, tooLong);
  expression.registerFunction('number', (given: unknown) => numberOf(given, refuse), '<x-:x>');
  const parseInteger = jsonata('$parseInteger($text, $picture)');
  expression.registerFunction(
    'parseInteger',
    async (text: unknown, picture: unknown) => {
      const number: unknown = await parseInteger.evaluate(undefined, { text, picture });
      if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw refuse();
      return number;
    },
    '<s-s:n>',
  );
}

function numberOf(given: unknown, refuse: () => Error): unknown {
  if (given === undefined || typeof given === 'number' || typeof given === 'bigint') return given;
  if (typeof given === 'boolean') return given ? 1 : 0;
  if (typeof given === 'string' && decimal.test(given)) {
    try {
      return exactNumber(given);
    } catch {
      throw refuse();
    }
  }
  if (typeof given === 'string' && otherBase.test(given)) {
    const value = BigInt(given);
    return BigInt.asIntN(54, value) === value ? Number(value) : value;
  }
  // The words of the language for it.
  throw Object.assign(new Error('Unable to cast value to a number'), { code: 'D3030', value: given });
}
