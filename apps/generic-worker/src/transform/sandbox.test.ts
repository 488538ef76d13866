import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { TerminalError } from '@procos/errors';
import { rejection } from '../testing/try-task.ts';
import { createSandbox } from './sandbox.ts';
import { readSteps } from './transformation.ts';

const timeMs = 1_500;
const sandbox = createSandbox({ timeMs, memoryMb: 64, maxCharacters: 100_000, processes: 1 });
afterAll(() => sandbox.close());
const idle = new AbortController().signal;
const evaluate = (expression: string, data: unknown = { a: { b: 1 } }, signal = idle) =>
  sandbox.run(readSteps('expression', { expression }), JSON.stringify(data), signal);

/** What became of an expression, and that the next one works. */
async function outcomeOf(expression: string): Promise<unknown> {
  const outcome = await evaluate(expression).then(
    (result) => (result.ok ? result.text : new Error(result.fault.reason)),
    (thrown: unknown) => thrown,
  );
  expect(await evaluate('a.b')).toEqual({ ok: true, text: '1' });
  return outcome;
}

const backtracking = `$match("${'a'.repeat(50)}!", /^(a+)+$/)`;
const tooLong = `The transformation took longer than ${timeMs} ms`;
const tooMuch = 'The transformation needed more than 64 MB of memory';

describe('an expression', () => {
  it('hands on long integers as they are, compares them as text, and refuses to change them', async () => {
    const ask = async (expression: string) => {
      const result = await sandbox.run(
        readSteps('expression', { expression }),
        '{"ids":[9007199254740993,9007199254740993,7]}',
        AbortSignal.timeout(20_000),
      );
      return result.ok ? result.text : `${result.fault.where}: ${result.fault.reason}`;
    };

    expect(
      await ask(
        '{"id": ids[0], "text": $string(ids[0]), "same": ids[0] = ids[1], "found": $count(ids[$string($) = "9007199254740993"])}',
      ),
    ).toBe('{"id":9007199254740993,"text":"9007199254740993","same":true,"found":2}');
    expect(await ask('ids[0] = 9007199254740993')).toMatch(
      /^expression, character \d+: it holds a whole number of more digits/,
    );
    expect(await ask('ids[0] + 1')).toMatch(/must evaluate to a number/);
  }, 60_000);
});

describe('a hostile expression', () => {
  it.each([
    ['that calls itself for ever', '($f := function($x){$f($x + 1)}; $f(1))', new RegExp(`${tooMuch}|${tooLong}`)],
    ['that backtracks', backtracking, tooLong],
    ['that makes one huge text', '$length($uppercase($pad("x", 300000000)))', tooMuch],
    [
      'that makes many texts',
      '$length($join([1..1000000].$pad("x", 1000 + $ % 7)))',
      new RegExp(`${tooMuch}|${tooLong}`),
    ],
    ['that makes a text of every character', '$count($split($pad("x", 50000000), ""))', tooMuch],
  ])(
    '%s is ended within its limits, and the next one works',
    async (_, expression, message) => {
      const started = performance.now();
      const outcome = await outcomeOf(expression);

      expect(outcome).toBeInstanceOf(TerminalError);
      expect((outcome as Error).message).toMatch(message);
      // The limit, and what starting the next process may take on a busy machine.
      expect(performance.now() - started).toBeLessThan(timeMs + 8_000);
    },
    20_000,
  );

  it.each([
    ['that nests calls for ever', '($f := function($x){$f($x + 1) + 1}; $f(1))', /^Stack overflow/],
    [
      'that doubles a text for ever',
      '($f := function($s){$f($s & $s)}; $f("xxxxxxxx"))',
      /^(it makes something that is too large|The transformation needed more)/,
    ],
    [
      'that doubles a list',
      '($f := function($l,$n){$n = 0 ? $l : $f($append($l, $l), $n - 1)}; $f([1..1000], 20))',
      /^(The maximum sequence length|The transformation needed more)/,
    ],
    ['that counts too far', '[1..10000000]', /^The maximum sequence length/],
    ['that multiplies lists', '[1..3000].([1..3000])', /^(The maximum sequence length|The transformation needed more)/],
    ['that gives more than may come out', '$pad("x", 200000)', /^it holds more than 100000 characters$/],
    ['that is nested without end', `${'('.repeat(4_000)}1${')'.repeat(4_000)}`, /^it is nested too deeply/],
    ['that evaluates text', '$eval("1 + 1")', /^Attempted to invoke a non-function/],
  ])(
    '%s is refused, and the next one works',
    async (_, expression, message) => {
      const outcome = await outcomeOf(expression);

      expect(outcome).toBeInstanceOf(Error);
      expect((outcome as Error).message).toMatch(message);
    },
    20_000,
  );

  it.each([
    [
      '{"a": __proto__, "b": constructor, "c": a.constructor, "d": a.__proto__.toString, "e": $lookup($, "__proto__")}',
      '{}',
    ],
    ['process.env', 'null'],
    ['$lookup($, "constructor").constructor("return 1")()', 'null'],
    ['{"x": $string($sum).constructor}', '{}'],
    ['$ ~> |$|{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}|', /^\{"a":\{"b":1\}/],
    ['$merge([{"__proto__": {"polluted": 1}}]).polluted', 'null'],
    ['$spread({"__proto__": {"polluted": 1}}).polluted', 'null'],
    ['$sum.environment', 'null'],
  ])('%s reaches nothing beyond the data', async (expression, expected) => {
    expect(await outcomeOf(expression)).toMatch(expected);
    expect(await evaluate('{"own": polluted, "of another": {}.polluted, "of a text": "".polluted}')).toEqual({
      ok: true,
      text: '{}',
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('that is longer than an expression may be is refused before it runs', () => {
    expect(() => readSteps('expression', { expression: `1${' + 1'.repeat(3_000)}` })).toThrow(
      new TerminalError(
        'The transformation_config cannot be used: expression: expression must have at most 10000 characters.',
      ),
    );
  });
});

describe('the process of transformations', () => {
  it('is used again as long as all goes well, one at a time', async () => {
    expect(await Promise.all(Array.from({ length: 20 }, (_, index) => evaluate(`a.b + ${index}`)))).toEqual(
      Array.from({ length: 20 }, (_, index) => ({ ok: true, text: String(index + 1) })),
    );
  });

  it('ends with the lease of its task, and makes room for those that wait', async () => {
    const lease = new AbortController();
    const lost = rejection(evaluate(backtracking, {}, lease.signal));
    const next = evaluate('a.b');
    setTimeout(() => lease.abort(new Error('lost')), 200);

    expect(await lost).toBeInstanceOf(Error);
    expect(await next).toEqual({ ok: true, text: '1' });
  });

  it('ends itself when nobody is left to end it', async () => {
    const child = fork(new URL('./inside/main.ts', import.meta.url), ['64'], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(child, 'message');

    child.send({
      kind: 'transform',
      steps: readSteps('expression', { expression: backtracking }),
      data: '1',
      maxCharacters: 10,
      timeMs: 300,
    });

    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });

  it('ends when nobody waits for it any more', async () => {
    const closing = createSandbox({ timeMs: 20_000, memoryMb: 64, maxCharacters: 1_000, processes: 1 });
    const work = rejection(closing.run(readSteps('expression', { expression: backtracking }), '1', idle));
    setTimeout(() => closing.close(), 500);

    expect(await work).toHaveProperty('message', 'The process of the transformation ended unexpectedly (SIGKILL)');
  });
});
