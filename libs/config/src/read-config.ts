import { nearestWord } from '@procos/errors';
import type { ConfigField } from './fields.ts';

export type ConfigFields = Readonly<Record<string, ConfigField<unknown>>>;
export type Config<Fields extends ConfigFields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends ConfigField<infer Value> ? Value : never;
};
export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown once for all faults of an environment together, so that one start tells everything that is wrong. */
export class ConfigError extends Error {
  readonly code = 'PROCOS_CONFIG_INVALID';
  readonly remedy = 'Correct the environment variables named above; each line says what is allowed.';
  readonly status = 500;
  readonly data: { readonly faults: readonly string[] };

  constructor(faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.data = { faults };
  }
}

/** What is wrong with a secret setting, in words that hold nothing of the secret. The message completes "NAME …". */
export class SecretFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SecretFault';
  }
}

/**
 * Reads the settings of one service from an environment. An empty variable counts as not set.
 *
 * @returns a frozen object, one property per field
 * @throws ConfigError naming every fault
 */
export function readConfig<const Fields extends ConfigFields>(fields: Fields, env: Environment): Config<Fields> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = givenNames(field, env);
    if (given.length === 0) {
      if (field.required) faults.push(`${field.env} is missing: ${field.doc}`);
      values[name] = field.fallback;
      continue;
    }
    const [first = field.env] = given;
    try {
      values[name] = (first === field.env ? field.parse : (field.aliases?.[first] ?? field.parse))(env[first] ?? '');
    } catch (fault) {
      // A secret's own text never reaches a message.
      faults.push(
        field.secret && !(fault instanceof SecretFault)
          ? `${first} cannot be used`
          : `${first} ${fault instanceof Error ? fault.message : String(fault)}`,
      );
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(values) as Config<Fields>;
}

/** The names under which a setting is given; its own first, which wins. */
function givenNames(field: ConfigField<unknown>, env: Environment): readonly string[] {
  return namesOf(field).filter((name) => (env[name] ?? '') !== '');
}

function namesOf({ env, aliases = {} }: ConfigField<unknown>): readonly string[] {
  return [env, ...Object.keys(aliases)];
}

/** Letters that are wrong, missing or too many in a slip of the pen. */
const slipLetters = 2;

/**
 * The variables that no setting reads and that were meant for one: each `PROCOS_…` that is none, names that others use for
 * a setting, and names that are a slip of the pen away from one.
 *
 * @param foreign names that others use → the setting that was meant, or why there is none
 * @returns one sentence per name, with what to write instead
 */
export function unknownSettings(
  env: Environment,
  known: readonly ConfigFields[],
  foreign: Readonly<Record<string, string>> = {},
): readonly string[] {
  const names = new Set(known.flatMap((fields) => Object.values(fields).flatMap(namesOf)));
  const families = new Set([...names].map(familyOf));
  return Object.entries(env).flatMap(([name, value = '']) => {
    if (names.has(name) || value === '') return [];
    const meant = Object.hasOwn(foreign, name) ? foreign[name] : undefined;
    if (meant !== undefined)
      return names.has(meant)
        ? `${name} is no setting of ProcOS: write ${meant}`
        : `${name} is no setting of ProcOS: ${meant}`;
    const own = name.startsWith('PROCOS_');
    const near = own
      ? (nearestWord(name, names) ?? nearestWord(name.slice('PROCOS_'.length), names))
      : [...families].some((family) => isSameFamily(familyOf(name), family))
        ? slipOf(name, names)
        : undefined;
    if (near === undefined && !own) return [];
    return `${name} is no setting of ProcOS${near === undefined ? '' : ` (did you mean ${near}?)`}`;
  });
}

/** Names of other programs may be near without being meant: two letters at most make a slip. */
function slipOf(name: string, names: ReadonlySet<string>): string | undefined {
  const near = nearestWord(
    name,
    [...names].filter(
      (known) => isSameFamily(familyOf(name), familyOf(known)) && Math.abs(known.length - name.length) <= slipLetters,
    ),
  );
  return near !== undefined && lettersApart(name, near) <= slipLetters ? near : undefined;
}

/** `WORKER_MAX_TASKS` → `WORKER`. */
function familyOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf('_')));
}

/** A long first word may hold a slip itself: `OLAMA_URL`. Short ones are those of other programs: `HTTP_HOST`. */
function isSameFamily(left: string, right: string): boolean {
  return (
    left !== '' && (left === right || (Math.min(left.length, right.length) >= 5 && lettersApart(left, right) <= 1))
  );
}

/** How many letters of the longer word lie between the beginning and the end that both share: a slip is short. */
function lettersApart(left: string, right: string): number {
  const shortest = Math.min(left.length, right.length);
  let start = 0;
  while (start < shortest && left[start] === right[start]) start++;
  let end = 0;
  while (end < shortest - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  return Math.max(left.length, right.length) - start - end;
}
