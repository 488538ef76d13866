import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { messageOf, TerminalError } from '@procos/errors';
import { boundedJson, JsonBoundsError } from './bounded-json.ts';
import { checkSchema } from './check-schema.ts';
import { withinTime } from './within-time.ts';

const schemaBounds = { depth: 40, values: 5_000, characters: 100_000 };
const compileTimeMs = 2_000;
const kept = 100;
const commonOptions: Options = { allErrors: true, ownProperties: true, strictSchema: true, strictTypes: false, allowUnionTypes: true, logger: false };
// ajv-formats is CommonJS: its default export arrives in two shapes, depending on who loads it.
const installFormats = (typeof addFormats === 'function' ? addFormats : (addFormats as { default: unknown }).default) as (to: Ajv) => void;

const dialects: Readonly<Record<string, (options: Options) => Ajv>> = {
  'https://json-schema.org/draft/2020-12/schema': (options) => new Ajv2020(options),
  'http://json-schema.org/draft-07/schema': (options) => new Ajv(options),
};

/** A compiled schema from outside. */
export interface CompiledSchema {
  readonly schema: unknown;
  readonly validate: ValidateFunction;
  /** The task parameter it came in, for messages. */
  readonly parameter: string;
}

export interface CompileOptions {
  /** The task parameter that the schema came in, for messages. @default 'validation_schema' */
  readonly parameter?: string;
  /** Whether checking fills the schema's defaults into the data. @default true */
  readonly useDefaults?: boolean;
}

const compiled = new Map<string, CompiledSchema>();

/**
 * Compiles a schema from outside: an object or JSON text. Compiled schemas are kept, so that a model's schema is compiled once.
 *
 * @throws TerminalError when it is no usable JSON Schema
 */
export function compileSchema(source: unknown, { parameter = 'validation_schema', useDefaults = true }: CompileOptions = {}): CompiledSchema {
  const schema = bounded(typeof source === 'string' ? parse(source, parameter) : source, parameter);
  const key = JSON.stringify([parameter, useDefaults, schema]);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  checkSchema(schema, parameter);
  const made = { schema, validate: compile(schema, parameter, { ...commonOptions, useDefaults }), parameter };
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(key, made);
  return made;
}

function parse(text: string, parameter: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw new TerminalError(`The ${parameter} is no JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function bounded(schema: unknown, parameter: string): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw new TerminalError(`The ${parameter} must be a JSON object.`);
  try {
    return boundedJson(schema, schemaBounds);
  } catch (thrown) {
    if (thrown instanceof JsonBoundsError) throw new TerminalError(`The ${parameter} ${thrown.message}.`, { cause: thrown });
    throw thrown;
  }
}

function compile(schema: unknown, parameter: string, options: Options): ValidateFunction {
  const { $schema = 'https://json-schema.org/draft/2020-12/schema', ...rest } = schema as { $schema?: unknown };
  const makeAjv = dialects[String($schema).replace(/#$/, '')];
  if (makeAjv === undefined) {
    throw new TerminalError(`The ${parameter} cannot be used: its $schema is none of ${Object.keys(dialects).join(', ')}.`);
  }
  try {
    return withinTime(compileTimeMs, () => {
      const ajv = makeAjv(options);
      installFormats(ajv);
      return ajv.compile(rest);
    });
  } catch (thrown) {
    throw new TerminalError(`The ${parameter} cannot be used: ${messageOf(thrown)}`, { cause: thrown });
  }
}
