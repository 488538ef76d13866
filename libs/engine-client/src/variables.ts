import { InexactNumberError, parseJson, writeJson } from '@procos/json';

/** A value in the engine's wire form. Source: Camunda 7 REST API, VariableValueDto. */
export interface EngineValue {
  readonly type?: string;
  readonly value: unknown;
  readonly valueInfo?: Readonly<Record<string, unknown>>;
}
export type EngineValues = Readonly<Record<string, EngineValue>>;
/** Variables as ProcOS code holds them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A value that is sent to the engine as it stands, for types the codec does not choose by itself (files, bytes). */
export class TypedValue {
  readonly type: string;
  readonly value: unknown;
  readonly valueInfo: Readonly<Record<string, unknown>>;

  constructor(type: string, value: unknown, valueInfo: Readonly<Record<string, unknown>> = {}) {
    this.type = type;
    this.value = value;
    this.valueInfo = valueInfo;
  }
}

/** A file variable: content, name and media type are kept by the engine's own File type. */
export function fileValue(content: Buffer, filename: string, mimetype = 'application/octet-stream'): TypedValue {
  return new TypedValue('File', content.toString('base64'), { filename, mimetype });
}

/** A value that the engine keeps and nobody here can read. As JSON it says so; sent back to the engine it is what it was. */
export class UnreadableValue {
  readonly kept: EngineValue;
  /** A sentence without its full stop. */
  readonly reason: string;

  constructor(kept: EngineValue, reason: string) {
    this.kept = kept;
    this.reason = reason;
  }

  toJSON(): { readonly unreadable: string; readonly type: string } {
    return { unreadable: this.reason, type: this.kept.type ?? 'Null' };
  }
}

/** The engine's String column holds this many characters; other text travels as an object. */
const longestString = 4_000;

/**
 * Encodes variables; `undefined` ones are left out.
 *
 * @throws TypeError naming the variable that the engine cannot keep as it is
 */
export function encodeVariables(variables: Variables): EngineValues {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, encodeNamed(name, value)]),
  );
}

function encodeNamed(name: string, value: unknown): EngineValue {
  try {
    return encodeValue(value);
  } catch (thrown) {
    throw new TypeError(
      `The variable ${JSON.stringify(name)} cannot be kept: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      { cause: thrown },
    );
  }
}

export function encodeValue(value: unknown): EngineValue {
  if (value === null) return { type: 'Null', value: null };
  if (value instanceof TypedValue) return { type: value.type, value: value.value, valueInfo: value.valueInfo };
  if (value instanceof UnreadableValue) return value.kept;
  if (typeof value === 'boolean') return { type: 'Boolean', value };
  if (typeof value === 'number' || typeof value === 'bigint') return numberValue(value);
  if (value instanceof Date) return { type: 'Date', value: value.toISOString().replace('Z', '+0000') };
  if (typeof value === 'string') return isPlain(value) ? { type: 'String', value } : json(value, 'java.lang.String');
  return json(value, Array.isArray(value) ? 'java.util.ArrayList' : 'java.util.LinkedHashMap');
}

function numberValue(value: number | bigint): EngineValue {
  if (typeof value === 'bigint')
    return BigInt.asIntN(64, value) === value ? { type: 'Long', value } : json(value, 'java.math.BigInteger');
  if (!Number.isFinite(value)) throw new TypeError(`It is ${value}, which no number in JSON can say`);
  return Number.isSafeInteger(value) ? { type: 'Long', value } : { type: 'Double', value };
}

/** What every database keeps in a column of text: PostgreSQL holds no NUL, and half of a surrogate pair is no character. */
function isPlain(text: string): boolean {
  return text.length <= longestString && !text.includes('\0') && text.isWellFormed();
}

/** An Object with serialisation format application/json: of any size, and understood by stock engines without a JSON data type. */
function json(value: unknown, objectTypeName: string): EngineValue {
  return {
    type: 'Object',
    value: writeJson(value),
    valueInfo: { objectTypeName, serializationDataFormat: 'application/json' },
  };
}

/** Decodes variables that were read with `deserializeValues=false`. */
export function decodeVariables(values: Readonly<Record<string, EngineValue>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decodeValue(value)]));
}

/**
 * Decodes one value. Objects and JSON are parsed; a file becomes its description; the rest stays as the engine gives it. What
 * cannot be read becomes an {@link UnreadableValue}: it must not stand in the way of the others.
 */
export function decodeValue(value: EngineValue): unknown {
  const format = value.valueInfo?.['serializationDataFormat'];
  if (value.type === 'Json' || (value.type === 'Object' && format === 'application/json')) return decodeJson(value);
  if (value.type === 'Object' && value.value !== null)
    return new UnreadableValue(
      value,
      `It is kept as ${typeof format === 'string' ? format : 'an object of Java'}, not as JSON`,
    );
  if (value.type === 'File')
    return {
      filename: value.valueInfo?.['filename'],
      mimetype: value.valueInfo?.['mimeType'] ?? value.valueInfo?.['mimetype'],
    };
  return value.value ?? null;
}

function decodeJson(value: EngineValue): unknown {
  if (typeof value.value !== 'string') return value.value ?? null;
  try {
    return parseJson(value.value);
  } catch (thrown) {
    if (thrown instanceof InexactNumberError) return new UnreadableValue(value, thrown.message);
    // The parser's message would quote the value.
    if (thrown instanceof SyntaxError) return new UnreadableValue(value, 'Its text is no JSON');
    throw thrown;
  }
}
