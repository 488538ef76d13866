import { Type, type Static, type TSchema } from 'typebox';
import { type Check, compileCheck, renderFaults } from '@procos/contracts';
import { messageOf, TerminalError } from '@procos/errors';
import { parseJson } from '@procos/json';

const mostSteps = 50;
const Expression = Type.String({ minLength: 1, maxLength: 10_000 });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Named = Type.Record(Type.String(), Expression);
const Format = Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xml')]);
const SortKey = Type.Object({
  expression: Expression,
  order: Type.Union([Type.Literal('ascending'), Type.Literal('descending')], { default: 'ascending' }),
});

/** A closed object: a misspelt member is told instead of being ignored. */
function config<Members extends Record<string, TSchema>>(members: Members) {
  return Type.Object(members, { additionalProperties: false });
}

/** What each kind of step is told. */
const configs = {
  expression: config({ expression: Expression }),
  mapping: config({ fields: Named }),
  filter: config({ condition: Expression }),
  sort: config({
    by: Type.Union([Expression, Type.Array(Type.Union([Expression, SortKey]), { minItems: 1, maxItems: 20 })]),
  }),
  aggregate: config({ group_by: Type.Optional(Named), values: Named }),
  join: config({
    left: Type.Optional(Expression),
    right: Type.Union([Expression, Type.Array(Type.Unknown())]),
    left_key: Expression,
    right_key: Expression,
    kind: Type.Optional(Type.Union([Type.Literal('inner'), Type.Literal('left')])),
    as: Type.Optional(Name),
  }),
  convert: config({
    from: Format,
    to: Format,
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 4 })),
    header: Type.Optional(Type.Boolean()),
    columns: Type.Optional(Type.Array(Name, { maxItems: 1_000 })),
    escape_formulas: Type.Optional(Type.Boolean()),
    root: Type.Optional(Name),
    item: Type.Optional(Name),
    lists: Type.Optional(Type.Array(Name, { maxItems: 1_000 })),
    parse_values: Type.Optional(Type.Boolean()),
    decimal_comma: Type.Optional(Type.Boolean()),
  }),
} as const;

export type StepType = keyof typeof configs;
export type StepConfig<Type extends StepType> = Static<(typeof configs)[Type]>;
/** One step, ready to be done. */
export type Step = {
  readonly [Type in StepType]: {
    readonly type: Type;
    readonly config: StepConfig<Type> /** For people: `filter`, or `step 2 (filter)`. */;
    readonly label: string;
  };
}[StepType];

const checks = Object.fromEntries(
  Object.entries(configs).map(([type, schema]) => [type, compileCheck(schema)]),
) as Readonly<Record<StepType, Check<unknown>>>;
const stepTypes = Object.keys(configs) as StepType[];
const checkSteps = compileCheck(
  config({
    steps: Type.Array(config({ type: Type.Enum(stepTypes), config: Type.Union([Type.Object({}), Type.String()]) }), {
      minItems: 1,
      maxItems: mostSteps,
    }),
  }),
);

/**
 * The steps that a transformation consists of.
 *
 * @throws TerminalError naming the step and the member that is wrong
 */
export function readSteps(type: StepType | 'steps', given: unknown): readonly Step[] {
  const value = parsed(given, 'transformation_config');
  if (type !== 'steps') return [readStep(type, value, type)];
  const checked = checkSteps(value);
  if (!checked.ok) throw refused(renderFaults(checked.faults));
  return checked.value.steps.map((step, index) => {
    const label = `step ${index + 1} (${step.type})`;
    return readStep(step.type, parsed(step.config, `config of ${label}`), label);
  });
}

function readStep(type: StepType, value: unknown, label: string): Step {
  const checked = checks[type](value);
  if (!checked.ok) throw refused(`${label}: ${renderFaults(checked.faults)}`);
  return { type, config: checked.value, label } as Step;
}

function parsed(given: unknown, what: string): unknown {
  if (typeof given !== 'string') return given;
  try {
    return parseJson(given);
  } catch (thrown) {
    throw new TerminalError(`The ${what} is no JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function refused(reason: string): TerminalError {
  return new TerminalError(`The transformation_config cannot be used: ${reason}.`);
}
