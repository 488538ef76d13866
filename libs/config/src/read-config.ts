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
    const raw = env[field.env];
    if (raw === undefined || raw === '') {
      if (field.required) faults.push(`${field.env} is missing: ${field.doc}`);
      values[name] = field.fallback;
      continue;
    }
    try {
      values[name] = field.parse(raw);
    } catch (fault) {
      // A secret's own text never reaches a message.
      faults.push(field.secret && !(fault instanceof SecretFault) ? `${field.env} cannot be used` : `${field.env} ${fault instanceof Error ? fault.message : String(fault)}`);
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(values) as Config<Fields>;
}

/**
 * The `PROCOS_…` variables that no setting reads: almost always a misspelt name.
 *
 * @returns one sentence per unknown name, with the nearest known one
 */
export function unknownSettings(env: Environment, known: readonly ConfigFields[]): readonly string[] {
  const names = new Set(known.flatMap((fields) => Object.values(fields).map((field) => field.env)));
  return Object.keys(env)
    .filter((name) => name.startsWith('PROCOS_') && !names.has(name))
    .map((name) => {
      const near = nearestWord(name, names);
      return `${name} is no setting of ProcOS${near === undefined ? '' : ` (did you mean ${near}?)`}`;
    });
}
