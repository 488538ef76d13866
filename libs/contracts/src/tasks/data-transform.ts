import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const types = ['expression', 'mapping', 'filter', 'sort', 'aggregate', 'join', 'convert', 'steps'] as const;

/** Source: generic worker of the reference, topic `data_transform`. */
export const dataTransform = defineTaskContract({
  topic: 'data_transform',
  title: 'Transform data',
  description:
    'Turns data into other data: picks, renames, filters, sorts, sums up and joins, with expressions in JSONata (https://docs.jsonata.org), and converts between JSON, CSV and XML. Runs in a process of its own with limits on time and memory.',
  input: Type.Object({
    data: Type.Optional(Type.Unknown({ description: 'What is transformed: any value, or its JSON, CSV or XML text.' })),
    transformation_type: Type.Union(
      types.map((type) => Type.Literal(type)),
      { description: `One of ${types.join(', ')}.` },
    ),
    transformation_config: Type.Union([Type.Object({}), Type.String()], {
      description: [
        'What exactly, as an object or its JSON text.',
        '`expression`: `{expression}`; JSONata gives a single hit as itself and none as nothing, so write `[…]` around what is to be a list, for a step that runs once per item.',
        '`mapping`: `{fields: {name: expression}}`, for each entry of a list.',
        '`filter`: `{condition}`.',
        '`sort`: `{by: [expression or {expression, order: "descending"}]}`.',
        '`aggregate`: `{group_by: {name: expression}, values: {name: expression}}`; an expression in `values` sees all entries of one group: `$sum(amount)`.',
        '`join`: `{left, right, left_key, right_key, kind: "inner" or "left", as}`; `left` and `right` are expressions that give lists (`left` = the data), `as` names a list of all partners instead of merging one.',
        '`convert`: `{from, to}` of `json`, `csv`, `xml`, with `delimiter` (found in the first line when it is left out), `header`, `columns`, `escape_formulas`, `decimal_comma` for CSV, `root`, `item`, `lists` for XML, and `parse_values` to read numbers and truth values.',
        '`steps`: `{steps: [{type, config}]}`, one after the other.',
      ].join(' '),
    }),
  }),
  elementProperties: [
    {
      name: 'malformed',
      description: 'What data that are no CSV, XML or JSON although they should be lead to.',
      choices: { 'An incident': '', 'The error INVALID_DATA': 'error' },
    },
  ],
  output: Type.Object({
    transformed_data: Type.Unknown({
      description: 'The result: a value, or text for CSV and XML; null when the expression finds nothing.',
    }),
  }),
  bpmnErrors: [
    {
      code: 'INVALID_DATA',
      onlyWith: 'malformed=error',
      when: 'The text to convert is no CSV, XML or JSON, and the element has the property `malformed` = `error`; without it that is an incident. The message says where.',
    },
  ],
});
