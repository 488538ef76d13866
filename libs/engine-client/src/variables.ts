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

/** The engine's String column holds this many characters, and on PostgreSQL no NUL; other text travels as an object. */
const longestString = 4_000;

/** Encodes variables; `undefined` ones are left out. */
export function encodeVariables(variables: Variables): EngineValues {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, encodeValue(value)]),
  );
}

function encodeValue(value: unknown): EngineValue {
  if (value === null) return { type: 'Null', value: null };
  if (value instanceof TypedValue) return { type: value.type, value: value.value, valueInfo: value.valueInfo };
  if (typeof value === 'boolean') return { type: 'Boolean', value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { type: 'Long', value } : { type: 'Double', value };
  if (value instanceof Date) return { type: 'Date', value: value.toISOString().replace('Z', '+0000') };
  if (typeof value === 'string') return value.length <= longestString && !value.includes('\0') ? { type: 'String', value } : json(value, 'java.lang.String');
  return json(value, Array.isArray(value) ? 'java.util.ArrayList' : 'java.util.LinkedHashMap');
}

/** An Object with serialisation format application/json: of any size, and understood by stock engines without a JSON data type. */
function json(value: unknown, objectTypeName: string): EngineValue {
  return { type: 'Object', value: JSON.stringify(value), valueInfo: { objectTypeName, serializationDataFormat: 'application/json' } };
}

/** Decodes variables that were read with `deserializeValues=false`. */
export function decodeVariables(values: Readonly<Record<string, EngineValue>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decodeValue(value)]));
}

/** Decodes one value. Objects and JSON are parsed; a file becomes its description; the rest stays as the engine gives it. */
export function decodeValue(value: EngineValue): unknown {
  const format = value.valueInfo?.['serializationDataFormat'];
  const isJson = value.type === 'Json' || (value.type === 'Object' && format === 'application/json');
  if (isJson && typeof value.value === 'string') return JSON.parse(value.value) as unknown;
  if (value.type === 'File') return { filename: value.valueInfo?.['filename'], mimetype: value.valueInfo?.['mimeType'] ?? value.valueInfo?.['mimetype'] };
  return value.value ?? null;
}
