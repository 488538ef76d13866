import { messageOf, TerminalError } from '@procos/errors';
import { parseJson } from '@procos/json';
import { boundedJson, JsonBoundsError } from './bounded-json.ts';
import { checkSchema } from './check-schema.ts';
import { withDoubles } from './long-integers.ts';

const schemaBounds = { depth: 40, values: 5_000, characters: 100_000 };

/** A schema from outside that may be compiled: bounded in size, and without a way out of itself. Plain data. */
export interface OutsideSchema {
  readonly schema: unknown;
  /** The task parameter it came in, for messages. */
  readonly parameter: string;
  /** Whether checking fills the schema's defaults into the data. */
  readonly useDefaults: boolean;
}

export interface ReadSchemaOptions {
  /** The task parameter that the schema came in, for messages. @default 'validation_schema' */
  readonly parameter?: string;
  /** Whether checking fills the schema's defaults into the data. @default true */
  readonly useDefaults?: boolean;
}

/**
 * Reads a schema from outside: an object or JSON text.
 *
 * @throws TerminalError when it may not be used
 */
export function readSchema(
  source: unknown,
  { parameter = 'validation_schema', useDefaults = true }: ReadSchemaOptions = {},
): OutsideSchema {
  const schema = bounded(typeof source === 'string' ? parse(source, parameter) : source, parameter);
  checkSchema(schema, parameter);
  return { schema: withDoubles(schema), parameter, useDefaults };
}

function parse(text: string, parameter: string): unknown {
  try {
    return parseJson(text);
  } catch (thrown) {
    throw new TerminalError(`The ${parameter} is no JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function bounded(schema: unknown, parameter: string): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new TerminalError(`The ${parameter} must be a JSON object.`);
  try {
    return boundedJson(schema, schemaBounds);
  } catch (thrown) {
    if (thrown instanceof JsonBoundsError)
      throw new TerminalError(`The ${parameter} ${thrown.message}.`, { cause: thrown });
    throw thrown;
  }
}
