import { parseJson, writeJson } from '@procos/json';
import { describe, expect, it } from 'vitest';
import { compileExpression } from './expression.ts';
import { StepError } from './fault.ts';

const long = '7615917337495251231';
const evaluate = async (expression: string, data: string) => {
  const input = parseJson(data);
  return writeJson((await compileExpression(expression, 'expression')(input, { data: input })) ?? null);
};

describe('numbers that an expression makes of texts, and texts of numbers', () => {
  it.each([
    ['$number(id)', `{"id":"${long}"}`, long],
    ['$number(id)', `{"id":"-${long}"}`, `-${long}`],
    ['$number(id)', '{"id":"9007199254740993"}', '9007199254740993'],
    ['$number(id)', '{"id":"9007199254740991"}', '9007199254740991'],
    ['$number(id)', `{"id":${long}}`, long],
    ['$number(id)', '{"id":"0x20000000000001"}', '9007199254740993'],
    ['$number(id)', '{"id":"0xff"}', '255'],
    ['$number(id)', '{"id":"-007"}', '-7'],
    ['$number(id)', '{"id":"19.90"}', '19.9'],
    ['$number(id)', '{"id":true}', '1'],
    ['$number(id)', '{}', 'null'],
    ['ids.$number()', `{"ids":["12","${long}"]}`, `[12,${long}]`],
    ['$map(ids, $number)', `{"ids":["12","${long}"]}`, `[12,${long}]`],
    ['id ~> $number ~> $string', `{"id":"${long}"}`, `"${long}"`],
    ['$string(id)', `{"id":${long}}`, `"${long}"`],
    ['$string(id)', '{"id":9007199254740991}', '"9007199254740991"'],
    ['$string($)', `{"id":${long}}`, `"{\\"id\\":${long}}"`],
    ['"no. " & id', `{"id":${long}}`, `"no. ${long}"`],
    ['$parseInteger(id, "#,##0")', '{"id":"12,345"}', '12345'],
    ['$sum([$number(id), 1])', '{"id":"5"}', '6'],
  ])('%s of %s is exact', async (expression, data, result) => {
    expect(await evaluate(expression, data)).toBe(result);
  });

  it.each([
    ['$number(id)', '{"id":"1e400"}', 'it makes a number of more digits than can be kept: leave it text'],
    [
      '$number(id)',
      '{"id":"12345678901234567.89"}',
      'it makes a number of more digits than can be kept: leave it text',
    ],
    [
      '$parseInteger(id, "0")',
      '{"id":"9007199254740993"}',
      'it makes a number of more digits than can be kept: leave it text',
    ],
    ['$number(id) + 1', `{"id":"${long}"}`, 'The left side of the "+" operator must evaluate to a number'],
    ['$number(id)', '{"id":"secret words"}', 'Unable to cast value to a number'],
    ['$number(id)', '{"id":null}', 'Unable to cast value to a number'],
  ])('%s of %s is refused, without the data', async (expression, data, message) => {
    await expect(evaluate(expression, data)).rejects.toThrow(StepError);
    await expect(evaluate(expression, data)).rejects.toThrow(message);
    await expect(evaluate(expression, data)).rejects.not.toThrow('secret words');
  });
});
