import { _, Ajv, type Options, str, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { messageOf, TerminalError } from '@procos/errors';
import { isMultiple } from './is-multiple.ts';
import type { OutsideSchema } from './read-schema.ts';
import { withinTime } from './within-time.ts';

const compileTimeMs = 2_000;
const kept = 100;
const commonOptions: Options = {
  allErrors: true,
  ownProperties: true,
  strictSchema: true,
  strictTypes: false,
  allowUnionTypes: true,
  logger: false,
};
// ajv-formats is CommonJS: its default export arrives in two shapes, depending on who loads it.
const installFormats = (
  typeof addFormats === 'function' ? addFormats : (addFormats as { default: unknown }).default
) as (to: Ajv) => void;

const dialects: Readonly<Record<string, (options: Options) => Ajv>> = {
  'https://json-schema.org/draft/2020-12/schema': (options) => new Ajv2020(options),
  'http://json-schema.org/draft-07/schema': (options) => new Ajv(options),
};

const compiled = new Map<string, ValidateFunction>();

/**
 * Compiles a schema from outside. Compiled schemas are kept, so that a model's schema is compiled once.
 *
 * @throws TerminalError when it is no usable JSON Schema
 */
export function compileSchema(given: OutsideSchema): ValidateFunction {
  const key = JSON.stringify(given);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = compile(given);
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(key, made);
  return made;
}

function compile({ schema, parameter, useDefaults }: OutsideSchema): ValidateFunction {
  const { $schema = 'https://json-schema.org/draft/2020-12/schema', ...rest } = schema as { $schema?: unknown };
  const makeAjv = dialects[String($schema).replace(/#$/, '')];
  if (makeAjv === undefined) {
    throw new TerminalError(
      `The ${parameter} cannot be used: its $schema is none of ${Object.keys(dialects).join(', ')}.`,
    );
  }
  try {
    return withinTime(compileTimeMs, () => {
      const ajv = makeAjv({ ...commonOptions, useDefaults });
      installFormats(ajv);
      installMultipleOf(ajv);
      return ajv.compile(rest);
    });
  } catch (thrown) {
    if (thrown instanceof RangeError) throw withoutEnd(parameter, thrown);
    throw new TerminalError(`The ${parameter} cannot be used: ${messageOf(thrown)}`, { cause: thrown });
  }
}

/** The validator's own rule divides doubles: nine prices of ten are no multiple of 0.01 to it. */
function installMultipleOf(ajv: Ajv): void {
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    error: {
      message: ({ schemaCode }) => str`must be multiple of ${schemaCode}`,
      params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}`,
    },
    validate: (limit: number, value: number) => isMultiple(value, limit),
  });
}

/** Only a schema that leads back to itself uses up the stack: the depth of schemas and data is bounded. */
export function withoutEnd(parameter: string, cause: RangeError): TerminalError {
  return new TerminalError(`The ${parameter} cannot be used: it refers to itself without end.`, {
    details: 'A $ref leads back to its own place without going down into the data, as {"allOf": [{"$ref": "#"}]} does.',
    cause,
  });
}
