import { describe, expect, it } from 'vitest';
import { refusedExpressions } from './check-expressions.ts';

const accepted = [
  'no expression at all',
  'costs $5 or #1',
  '${amount}',
  '${amount > 100}',
  '${amount gt 100 and not cancelled}',
  '${ai_provider == "openai" || ai_provider == \'ollama\'}',
  '${model != null ? model : "llama3"}',
  '${empty user_query}',
  '${(a + b) * 2 - c / 4 % 3}',
  '${-1 < x && !done}',
  '${a ? b : c ? d : e}',
  '${2.5 >= rate}',
  '${execution.processInstanceId}',
  '${execution.processBusinessKey}-${retry_count}',
  '${externalTask.errorMessage == "timeout"}',
  '${"a } in a text does not end it"}',
  '${grüße == "ja"}',
  '${nrOfCompletedInstances / nrOfInstances >= 0.6}',
  '{"query": "${user_query}", "limit": 3}',
];

const refused: readonly (readonly [string, string])[] = [
  ['${user.getName()}', 'properties of a variable may not be read'],
  ['${user.name}', 'properties of a variable may not be read'],
  ['${now()}', 'methods and functions may not be called'],
  ['${list[0]}', 'values may not be indexed with [ ]'],
  ['${"".getClass()}', 'properties of a variable may not be read'],
  ['${(a).b}', 'properties of a variable may not be read'],
  ['${execution}', 'execution is an object of the engine'],
  ['${a + task}', 'task is an object of the engine'],
  ['${execution.processEngineServices}', 'the property execution.processEngineServices may not be read'],
  ['${execution.processInstanceId.length()}', 'properties of a variable may not be read'],
  ['${execution.id()}', 'methods and functions may not be called'],
  ['${ns:call(1)}', ': is not expected here'],
  ['#{amount}', 'deferred expressions #{…} are not allowed'],
  ['${}', 'it is empty'],
  ['${a', 'the closing brace is missing'],
  ['${"a}', 'a string literal is not closed'],
  ['${"\\u0041"}', 'a string literal has an unknown escape'],
  ['${a ==}', 'it ends too early'],
  ['${a b}', 'b is not expected here'],
  ['${a instanceof b}', 'instanceof is not expected here'],
  ['${a = 1}', 'the character "=" is not part of the expression language'],
  ['${a; b}', 'the character ";" is not part of the expression language'],
  ['${x -> x}', '> is not expected here'],
  ['${and}', 'the word "and" stands where a value is needed'],
  [`\${${'('.repeat(60)}a${')'.repeat(60)}}`, 'it is nested too deeply'],
  [`\${${'a ? '.repeat(60)}b${' : c'.repeat(60)}}`, 'it is nested too deeply'],
];

describe('the expressions a model may use', () => {
  it.each(accepted)('%s is accepted', (text) => {
    expect(refusedExpressions(text)).toEqual([]);
  });

  it.each(refused)('%s is refused: %s', (text, reason) => {
    expect(refusedExpressions(text)).toMatchObject([{ reason: expect.stringContaining(reason) as string }]);
  });

  it('finds a refused expression behind accepted ones and behind broken ones', () => {
    const text = '${a} ${b.c()} ${d';

    expect(refusedExpressions(text).map(({ start }) => start)).toEqual([5, 14]);
  });

  it('takes an escaped \\${…} for an expression, since not every reader honours the escape', () => {
    expect(refusedExpressions('\\${a.b()}')).toHaveLength(1);
  });

  it('accepts exactly the whole expressions that the operator allows', () => {
    const allowed = new Set(['${order.prop("total")}']);

    expect(refusedExpressions('${order.prop("total")}', allowed)).toEqual([]);
    expect(refusedExpressions('${order.prop("other")}', allowed)).toHaveLength(1);
  });

  it('needs time proportional to the length, also for hostile texts', () => {
    const hostile = [
      '${'.repeat(50_000),
      `\${${'a+'.repeat(50_000)}`,
      `\${${'!'.repeat(100_000)}}`,
      `\${"${'\\\\'.repeat(50_000)}`,
    ];
    const started = performance.now();

    for (const text of hostile) expect(refusedExpressions(text).length).toBeGreaterThan(0);

    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
