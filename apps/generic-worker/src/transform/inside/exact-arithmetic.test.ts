import { parseJson, writeJson } from '@procos/json';
import { describe, expect, it } from 'vitest';
import { compileExpression } from './expression.ts';
import { StepError } from './fault.ts';

/** `m` is the largest integer that a double holds for sure, `b` two more. */
const data = parseJson(
  '{"m":9007199254740991,"b":9007199254740993,"l":[9007199254740991,2,-2],"bs":[9007199254740993,7],"d":0.1,"x":1e300,"p":[{"q":3,"e":1.5},{"q":2,"e":0.25}]}',
);
const evaluate = async (expression: string) =>
  writeJson((await compileExpression(expression, 'expression')(data, { data })) ?? null);

const lost = /it calculates a number of more digits than can be kept/;
const long = /a whole number of more digits than can be calculated with/;

describe('what an expression calculates', () => {
  it.each([
    ['m + 0', '9007199254740991'],
    ['m - 1', '9007199254740990'],
    ['-m', '-9007199254740991'],
    ['m - m', '0'],
    ['m % 10', '1'],
    ['3002399751580330 * 3 + 1', '9007199254740991'],
    ['m / 3', '3002399751580330.5'],
    ['m * 0.1', '900719925474099.1'],
    ['d + 0.2', '0.30000000000000004'],
    ['1.1 * 3', '3.3000000000000003'],
    ['$sum(p.(q * e))', '5'],
    ['$sum([m, -2, 2])', '9007199254740991'],
    ['$sum([])', '0'],
    ['$sum(none)', 'null'],
    ['$average([m, -m, 3])', '1'],
    ['$average([])', 'null'],
    ['$round(m, 2)', '9007199254740991'],
    ['$round(2.5)', '2'],
    ['$round(123.456, 2)', '123.46'],
    ['$round(155, -1)', '160'],
    ['$round(none)', 'null'],
    ['$power(3, 33)', '5559060566555523'],
    ['$power(2, -1)', '0.5'],
    ['$max(l)', '9007199254740991'],
    ['$formatNumber(m, "#,##0")', '"9,007,199,254,740,991"'],
    ['$formatNumber(0.256, "0.0%")', '"25.6%"'],
    ['$reduce([1, 2, 3], function($a, $b){ $a + $b })', '6'],
    ['none + 1', 'null'],
    ['[1..3].($ * 2)', '[2,4,6]'],
    ['p^(q * e).q', '[2,3]'],
    ['p[q * e > 1].q', '3'],
    ['p{"q": $sum(q)}', '{"q":5}'],
    ['5 ~> $sum', '5'],
    ['$map(p.q, function($v){ $v * 2 })', '[6,4]'],
    ['($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(50))', '50'],
  ])('%s is what the language says', async (expression, result) => {
    expect(await evaluate(expression)).toBe(result);
  });

  it.each([
    'm + 2',
    'm + 2 - 2',
    '-m - 2',
    'm * 3',
    'm * -3',
    'm / 0.1',
    'm / 1.5',
    '4503599627370497 * 1.5',
    '4503599627370497 + 0.25',
    'x + 1',
    '$sum(l)',
    '$sum([m, 1])',
    '$average(l)',
    '$power(3, 40)',
    '$power(94906267.5, 2)',
    '$round(m, -16)',
    '$round(m + 2)',
    'l ~> $sum',
    '$map(l, function($v){ $v * 3 })',
    '$reduce(l, function($a, $b){ $a + $b })',
    'l.($ + 2)',
    'l[$ + 2 > 5]',
    'l^($ * 2)',
    '{"a": {"b": m + 2}}',
    '$ ~> |$|{"sum": m + 2}|',
    '($add := function($a){ $a + 2 }; $add(m))',
    '$formatNumber(m, "0%")',
    '$formatNumber(m, "0‰")',
  ])('%s is refused where digits would be lost', async (expression) => {
    await expect(evaluate(expression)).rejects.toThrow(StepError);
    await expect(evaluate(expression)).rejects.toThrow(lost);
  });

  it('is refused with the place where it is calculated', async () => {
    await expect(evaluate('{"a": 1, "b": m * 3}')).rejects.toMatchObject({ where: 'expression, character 17' });
  });

  it('is refused with its place also by a function of the language', async () => {
    await expect(evaluate('{"a": 1, "b": $power(x, 2)}')).rejects.toMatchObject({
      where: 'expression, character 21',
      message: expect.stringContaining('power') as string,
    });
  });

  it.each([
    '$round(b)',
    '$round(b, 2)',
    '$abs(b)',
    '$power(b, 2)',
    '$floor(b)',
    '$sqrt(b)',
    '$formatNumber(b, "0")',
    '$formatBase(b, 16)',
  ])('%s is refused in words: a long integer is handed on and compared, not calculated with', async (expression) => {
    await expect(evaluate(expression)).rejects.toThrow(StepError);
    await expect(evaluate(expression)).rejects.toThrow(long);
  });

  it.each([
    ['b + 1', 'The left side of the "+" operator must evaluate to a number'],
    ['1 + b', 'The right side of the "+" operator must evaluate to a number'],
    ['"words" * 2', 'The left side of the "*" operator must evaluate to a number'],
    ['$sum(bs)', 'Argument 1 of function "sum" must be an array of "numbers"'],
    ['b > 5', 'The expressions either side of operator ">" must evaluate to numeric or string values'],
    ['$max(bs)', 'Argument 1 of function "max" must be an array of "numbers"'],
  ])('%s is refused in the words of the language', async (expression, message) => {
    await expect(evaluate(expression)).rejects.toThrow(message);
  });
});

describe('a long integer in a condition', () => {
  it.each([
    ['b ? "yes" : "no"', '"yes"'],
    ['b and true', 'true'],
    ['false or b', 'true'],
    ['$boolean(b)', 'true'],
    ['$not(b)', 'false'],
    ['$boolean(bs)', 'true'],
    ['$boolean([0])', 'false'],
    ['$not(none)', 'null'],
    ['$boolean("")', 'false'],
    ['0 ? "yes" : "no"', '"no"'],
    ['[0] or none', 'false'],
    ['p[q = 3 and e].q', '3'],
    ['$filter(bs, function($v){ $v and true })', '[9007199254740993,7]'],
    ['b = 5', 'false'],
    ['b = bs[0]', 'true'],
    ['b in bs', 'true'],
  ])('%s counts as any other number', async (expression, result) => {
    expect(await evaluate(expression)).toBe(result);
  });
});
