import { afterAll, describe, expect, it } from 'vitest';
import { BpmnError, TerminalError } from '@procos/errors';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { createSandbox } from '../transform/sandbox.ts';
import { dataTransformTask } from './data-transform.ts';

const sandbox = createSandbox({ timeMs: 10_000, memoryMb: 128, maxCharacters: 1_000_000 });
afterAll(() => sandbox.close());
const task = dataTransformTask(sandbox);
const transform = async (transformation_type: string, transformation_config: unknown, data?: unknown) =>
  (await tryTask(task, { data, transformation_type, transformation_config }))['transformed_data'];

async function expectFault(work: Promise<unknown>, message: string | RegExp): Promise<void> {
  const thrown = await rejection(work);
  expect(thrown).toBeInstanceOf(TerminalError);
  if (typeof message === 'string') expect(thrown).toHaveProperty('message', message);
  else expect((thrown as Error).message).toMatch(message);
}

const orders = [
  { id: 1, customer: 'c2', amount: 30, country: 'DE' },
  { id: 2, customer: 'c1', amount: 5.5, country: 'FR' },
  { id: 3, customer: 'c2', amount: 10, country: 'DE' },
  { id: 4, customer: 'c9', amount: 7 },
];
const customers = [
  { key: 'c1', name: 'Ann' },
  { key: 'c2', name: 'Bo' },
];

describe('a transformation', () => {
  it('evaluates an expression on the data, given as value or JSON text', async () => {
    const config = { expression: '{"total": $sum(amount), "big": [$[amount > 20].id]}' };

    expect(await transform('expression', config, orders)).toEqual({ total: 52.5, big: [1] });
    expect(await transform('expression', JSON.stringify(config), JSON.stringify(orders))).toEqual({
      total: 52.5,
      big: [1],
    });
    expect(await transform('expression', { expression: 'nothing.here' }, orders)).toBeNull();
    expect(await transform('expression', { expression: '1 + 1' })).toBe(2);
  });

  it('maps a list, or a single value', async () => {
    const config = { fields: { no: 'id', text: "'order ' & $string(id)", last: '$index = $count($data) - 1' } };

    expect(await transform('mapping', config, orders.slice(0, 2))).toEqual([
      { no: 1, text: 'order 1', last: false },
      { no: 2, text: 'order 2', last: true },
    ]);
    expect(await transform('mapping', { fields: { no: 'id' } }, orders[0])).toEqual({ no: 1 });
  });

  it('filters by what the language calls true', async () => {
    expect(await transform('filter', { condition: 'amount > 6 and country = "DE"' }, orders)).toEqual([
      orders[0],
      orders[2],
    ]);
    expect(await transform('filter', { condition: 'country' }, orders)).toHaveLength(3);
    expect(await transform('filter', { condition: '$' }, [0, 1, '', 'a', null, [], [0], {}, { a: 1 }])).toEqual([
      1,
      'a',
      { a: 1 },
    ]);
  });

  it('sorts by several keys, what is missing last', async () => {
    const ids = async (by: unknown) =>
      ((await transform('sort', { by }, orders)) as { id: number }[]).map(({ id }) => id);

    expect(await ids('amount')).toEqual([2, 4, 3, 1]);
    expect(await ids([{ expression: 'country', order: 'descending' }, 'amount'])).toEqual([2, 3, 1, 4]);
    expect(await transform('sort', { by: '$' }, ['b', 10, true, 'a', 9, null, false])).toEqual([
      9,
      10,
      'a',
      'b',
      false,
      true,
      null,
    ]);
  });

  it('sums up by groups, or altogether', async () => {
    expect(
      await transform(
        'aggregate',
        { group_by: { land: 'country' }, values: { count: '$count($)', total: '$sum(amount)' } },
        orders,
      ),
    ).toEqual([
      { land: 'DE', count: 2, total: 40 },
      { land: 'FR', count: 1, total: 5.5 },
      { count: 1, total: 7 },
    ]);
    expect(await transform('aggregate', { values: { average: '$average(amount)' } }, orders)).toEqual([
      { average: 13.125 },
    ]);
    expect(await transform('aggregate', { values: { count: '$count($)' } }, [])).toEqual([{ count: 0 }]);
  });

  it('joins two lists', async () => {
    const config = { left: 'orders', right: 'customers', left_key: 'customer', right_key: 'key' };
    const data = { orders, customers };

    expect(await transform('join', config, data)).toEqual([
      { ...orders[0], key: 'c2', name: 'Bo' },
      { ...orders[1], key: 'c1', name: 'Ann' },
      { ...orders[2], key: 'c2', name: 'Bo' },
    ]);
    expect(await transform('join', { ...config, kind: 'left' }, data)).toContainEqual(orders[3]);
    expect(
      await transform('join', { right: orders, left_key: 'key', right_key: 'customer', kind: 'left', as: 'orders' }, [
        ...customers,
        { name: 'nobody' },
      ]),
    ).toEqual([
      { key: 'c1', name: 'Ann', orders: [orders[1]] },
      { key: 'c2', name: 'Bo', orders: [orders[0], orders[2]] },
      { name: 'nobody', orders: [] },
    ]);
  });

  it('does several steps, one after the other', async () => {
    const steps = [
      { type: 'convert', config: { from: 'csv', to: 'json', parse_values: true } },
      { type: 'filter', config: { condition: 'amount >= 10' } },
      { type: 'sort', config: { by: [{ expression: 'amount', order: 'descending' }] } },
      { type: 'convert', config: { from: 'json', to: 'xml', root: 'orders', item: 'order' } },
    ];

    expect(await transform('steps', { steps }, 'id,amount\n1,10\n2,5\n3,20\n')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<orders><order><id>3</id><amount>20</amount></order><order><id>1</id><amount>10</amount></order></orders>\n',
    );
  });
});

describe('a transformation that cannot be done', () => {
  it.each([
    [
      'an expression that is broken',
      'filter',
      { condition: 'amount > ' },
      orders,
      'The transformation failed in filter, condition, character 9: Unexpected end of expression.',
    ],
    ['a list that is none', 'sort', { by: 'a' }, { a: 1 }, 'The transformation failed in sort, data: it is no list.'],
    [
      'an expression that meets the wrong kind of value, which is not told',
      'mapping',
      { fields: { x: 'name + 1' } },
      { name: 'canary' },
      'The transformation failed in mapping, fields.x, character 6: The left side of the "+" operator must evaluate to a number.',
    ],
    [
      'a text that is no number',
      'expression',
      { expression: '$number(name)' },
      { name: 'canary' },
      'The transformation failed in expression, expression, character 8: Unable to cast value to a number: ….',
    ],
    [
      'a function as result',
      'expression',
      { expression: '$clone' },
      1,
      'The transformation failed in expression, result: it holds a function, which is no data.',
    ],
    [
      'a misspelt member',
      'sort',
      { bye: 'a' },
      [],
      'The transformation_config cannot be used: sort: by is required; bye is not known here.',
    ],
    ['a config that is no JSON', 'sort', '{by', [], /^The transformation_config is no JSON: /],
    [
      'a step that is not known',
      'steps',
      { steps: [{ type: 'guess', config: {} }] },
      [],
      /^The transformation_config cannot be used: steps\.0\.type /,
    ],
    [
      'a wrong second step',
      'steps',
      {
        steps: [
          { type: 'filter', config: { condition: 'true' } },
          { type: 'filter', config: {} },
        ],
      },
      [],
      'The transformation_config cannot be used: step 2 (filter): condition is required.',
    ],
    [
      'a failing second step',
      'steps',
      {
        steps: [
          { type: 'expression', config: { expression: '1' } },
          { type: 'filter', config: { condition: 'true' } },
        ],
      },
      [],
      'The transformation failed in step 2 (filter), data: it is no list.',
    ],
  ])('because of %s says where', async (_, type, config, data, message) => {
    const work = transform(type, config, data);

    await expectFault(work, message);
    expect(String(await rejection(work))).not.toContain('canary');
  });
});

describe('a text that is not what it is said to be', () => {
  const catching = taskContext({ properties: { malformed: 'error' } });
  const convert = (from: string, data: unknown, context = catching) =>
    tryTask(task, { data, transformation_type: 'convert', transformation_config: { from, to: 'json' } }, context);

  it.each([
    ['csv', 'a,b\n1,"2\n', 'line 2: a quote is opened and never closed'],
    ['csv', 'a,b\n1,2,3\n', 'line 2: it has another number of cells than the lines before'],
    ['csv', 'a,a\n1,2\n', 'line 1: two columns have the name "a"'],
    ['xml', '<a><b></a>', 'line 1, character 7: it is not well-formed'],
    ['xml', '<!DOCTYPE a><a/>', 'XML: a document type is not allowed'],
    ['json', '{"a":', 'data: it is no JSON'],
    ['csv', 7, 'data: it is no CSV text'],
  ])('(%s: %j) is a way of a model that asks for it', async (from, data, reason) => {
    const thrown = await rejection(convert(from, data));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'INVALID_DATA', message: `The transformation failed in convert, ${reason}.` });
  });

  it('is an incident elsewhere, and so is a step that cannot be done', async () => {
    expect(await rejection(convert('csv', 'a,b\n1\n', taskContext()))).toBeInstanceOf(TerminalError);
    expect(
      await rejection(
        tryTask(task, { data: {}, transformation_type: 'sort', transformation_config: { by: 'a' } }, catching),
      ),
    ).toBeInstanceOf(TerminalError);
  });
});
