import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';
import { faultWords, foldAlternatives } from './fault-words.ts';

/** One rule that a value breaks. Holds the kind of the value, never the value itself. */
export interface Fault {
  /** Where: a path such as `headers.accept`, or `` for the value as a whole. */
  readonly path: string;
  /** Which rule: the JSON Schema keyword, for example `required`, `type`, `maxLength`. */
  readonly rule: string;
  /** What the rule asks, as a sentence part. */
  readonly message: string;
  /** Kind of the value, for example `number` or `list`, where another kind is asked for. */
  readonly given?: string;
}

export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks a value and fills in the defaults of its schema. The value given is not changed. */
export type Check<Value> = (value: unknown) => Checked<Value>;

// Schemas of our own need no check against the meta-schema in every process: a test holds them to it.
const settings = {
  allErrors: true,
  strict: false,
  ownProperties: true,
  verbose: true,
  meta: false,
  validateSchema: false,
} as const;
const ajv = new Ajv2020({ ...settings, useDefaults: true });
// ajv-formats is CommonJS: its default export arrives in two shapes, depending on who loads it.
const installFormats = (
  typeof addFormats === 'function' ? addFormats : (addFormats as { default: unknown }).default
) as (to: Ajv2020) => void;
installFormats(ajv);

/**
 * JSON Schema counts characters, the columns of an engine's database count UTF-16 code units: an emoji is two of them.
 * A schema says `maxCodeUnits` beside `maxLength` where a text ends in such a column.
 */
const maxCodeUnits = {
  keyword: 'maxCodeUnits',
  type: 'string',
  schemaType: 'number',
  validate: (limit: number, text: string) => text.length <= limit,
  error: {
    message: ({ schema }: { schema: number }) =>
      `must NOT have more than ${schema} UTF-16 code units (an emoji is two)`,
  },
} as const;
ajv.addKeyword(maxCodeUnits);

/** Compiles a schema of our own (never one from outside) into a check. */
export function compileCheck<Schema extends TSchema>(schema: Schema): Check<Static<Schema>> {
  let validate: ValidateFunction | undefined;
  return (value) => {
    // Compiled at first use: an app carries many contracts and uses few of them in its first second.
    validate ??= ajv.compile(schema);
    const copy: unknown = structuredClone(value);
    if (validate(copy)) return { ok: true, value: copy as Static<Schema> };
    return { ok: false, faults: foldAlternatives(validate.errors ?? []).map(toFault) };
  };
}

const plainAjv = new Ajv2020(settings);
installFormats(plainAjv);
plainAjv.addKeyword(maxCodeUnits);

/**
 * Compiles a schema of our own into a check for what comes by the thousand: no defaults are filled in, so nothing is copied.
 *
 * @returns finds the broken rules of a value; `undefined` when there are none
 */
export function compileFaultFinder(schema: TSchema): (value: unknown) => readonly Fault[] | undefined {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= plainAjv.compile(schema);
    return validate(value) ? undefined : foldAlternatives(validate.errors ?? []).map(toFault);
  };
}

/** Turns one finding of the JSON Schema validator into a {@link Fault}. */
export function toFault(error: ErrorObject): Fault {
  const parts = error.instancePath.split('/').slice(1).map(unescaped);
  const params = error.params as { missingProperty?: string; additionalProperty?: string };
  const property = params.missingProperty ?? params.additionalProperty;
  if (property !== undefined) parts.push(property);
  const given = error.keyword === 'type' && 'data' in error ? { given: kindOf(error.data) } : {};
  return { path: parts.join('.'), rule: error.keyword, message: faultWords(error), ...given };
}

/** A name as it is written in a JSON Pointer (RFC 6901). */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** All faults in one sentence: `user_query is required; max_tokens must be at most 4000`. */
export function renderFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `${fault.path === '' ? 'the value' : fault.path} ${fault.message}`).join('; ');
}
