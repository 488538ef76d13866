import { Secret } from './secret.ts';

/** Reads one setting from its text. Throws an `Error` whose message completes "NAME …" when the text is wrong. */
type Parse<Value> = (text: string) => Value;

/** One setting of a service, read from one environment variable. */
export interface ConfigField<Value> {
  readonly env: string;
  readonly type: string;
  readonly doc: string;
  /** Shown in tables; `undefined` = none. */
  readonly defaultText: string | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  readonly parse: Parse<Value>;
  readonly fallback: Value | undefined;
  /** Further names under which the setting is taken, with what their values are read as; the name itself is not among them. */
  readonly aliases?: Readonly<Record<string, Parse<unknown>>>;
}

interface FieldOptions<Value> {
  /** What the setting means, with its unit. */
  readonly doc: string;
  readonly default?: Value;
}
interface NumberOptions extends FieldOptions<number> {
  readonly min?: number;
  readonly max?: number;
}

function field<Value>(
  env: string,
  type: string,
  options: FieldOptions<Value>,
  parse: Parse<Value>,
): ConfigField<Value> {
  const fallback = options.default;
  return {
    env,
    type,
    doc: options.doc,
    defaultText: fallback === undefined ? undefined : Array.isArray(fallback) ? fallback.join(',') : String(fallback),
    required: fallback === undefined,
    secret: false,
    parse,
    fallback,
  };
}

/** Free text, not empty. */
export function text(env: string, options: FieldOptions<string>): ConfigField<string> {
  return field(env, 'text', options, (value) => {
    if (value.trim() === '') throw new Error('must not be empty');
    return value;
  });
}

/** A whole number within bounds. */
export function integer(env: string, options: NumberOptions): ConfigField<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  const range =
    options.max === undefined ? (options.min === undefined ? '' : ` of at least ${min}`) : ` from ${min} to ${max}`;
  return field(env, `integer${range}`, options, (value) => {
    const number = /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) throw new Error(`must be a whole number${range}, is "${value}"`);
    return number;
  });
}

/** A number within bounds. */
export function decimal(env: string, options: NumberOptions): ConfigField<number> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = options;
  return field(env, `number from ${min} to ${max}`, options, (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!(number >= min && number <= max)) throw new Error(`must be a number from ${min} to ${max}, is "${value}"`);
    return number;
  });
}

/** A TCP port; 0 lets the system choose. */
export function port(env: string, options: FieldOptions<number>): ConfigField<number> {
  return { ...integer(env, { ...options, min: 0, max: 65_535 }), type: 'port' };
}

/** `true` or `false`. */
export function flag(env: string, options: FieldOptions<boolean>): ConfigField<boolean> {
  return field(env, 'true | false', options, (value) => {
    if (value !== 'true' && value !== 'false') throw new Error(`must be true or false, is "${value}"`);
    return value === 'true';
  });
}

/**
 * One of a few words, in any case.
 *
 * @param options synonyms: other words for them, in small letters
 */
export function choice<const Word extends string>(
  env: string,
  words: readonly Word[],
  options: FieldOptions<NoInfer<Word>> & { readonly synonyms?: Readonly<Record<string, NoInfer<Word>>> },
): ConfigField<Word> {
  return field<Word>(env, words.join(' | '), options, (value) => {
    const asked = value.trim().toLowerCase();
    const found =
      words.find((word) => word.toLowerCase() === asked) ??
      (Object.hasOwn(options.synonyms ?? {}, asked) ? options.synonyms?.[asked] : undefined);
    if (found === undefined) throw new Error(`must be one of ${words.join(', ')}, is "${value}"`);
    return found;
  });
}

/** An absolute http or https URL, without user information; a trailing slash is dropped. */
export function url(env: string, options: FieldOptions<string>): ConfigField<string> {
  return field(env, 'URL', options, (value) => {
    if (!URL.canParse(value)) throw new Error('must be an absolute URL such as http://localhost:8080');
    const parsed = new URL(value);
    if (!['http:', 'https:'].includes(parsed.protocol)) throw new Error('must start with http:// or https://');
    if (parsed.username !== '' || parsed.password !== '') throw new Error('must not hold a user name or password');
    return value.replace(/\/+$/, '');
  });
}

/** Words separated by commas. */
export function list(env: string, options: FieldOptions<readonly string[]>): ConfigField<readonly string[]> {
  return field(env, 'comma-separated list', options, (value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
}

/** The same setting, absent when the variable is not set. */
export function optional<Value>(inner: ConfigField<Value>): ConfigField<Value | undefined> {
  return { ...inner, required: false };
}

/**
 * The same setting, also under other names: those that the world around uses for it.
 *
 * @param names each with the way to read it, where its values differ from those of the setting (another unit, say)
 */
export function also<Value>(
  inner: ConfigField<Value>,
  ...names: readonly (string | { readonly env: string; readonly parse: Parse<Value> })[]
): ConfigField<Value> {
  const aliases = Object.fromEntries(
    names.map((name) => (typeof name === 'string' ? [name, inner.parse] : [name.env, name.parse])),
  );
  return {
    ...inner,
    doc: `${inner.doc} Also taken: ${Object.keys(aliases)
      .map((name) => `\`${name}\``)
      .join(', ')}.`,
    aliases: { ...inner.aliases, ...aliases },
  };
}

/** A secret; wrapped so that it never prints. */
export function secret(env: string, options: { readonly doc: string }): ConfigField<Secret> {
  return { ...field<Secret>(env, 'secret', options, (value) => new Secret(value)), secret: true };
}
