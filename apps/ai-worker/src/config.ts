import { also, choice, type ConfigField, flag, integer, optional, secret, text, url } from '@procos/config';
import { engineFields, serviceFields, workerFields } from '@procos/service-kit';

const longest = 600_000;

/** Settings of the AI worker. Names and defaults as in the implementation guide, part 2, §5.1 and §8.2. */
export const aiWorkerFields = {
  ...serviceFields({ name: 'ai-worker', port: 8095 }),
  ...engineFields(),
  ...workerFields(),
  openaiApiKey: optional(secret('OPENAI_API_KEY', { doc: 'Key for the OpenAI API; without it OpenAI is not used.' })),
  openaiBaseUrl: url('OPENAI_BASE_URL', {
    default: 'https://api.openai.com/v1',
    doc: 'Root of the OpenAI API, or of a server that speaks it.',
  }),
  openaiModel: text('OPENAI_MODEL', { default: 'gpt-3.5-turbo', doc: 'Model asked at OpenAI when a task names none.' }),
  openaiTimeoutMs: timeout('OPENAI_TIMEOUT', {
    default: 60_000,
    doc: 'Longest wait for a whole answer of OpenAI, in milliseconds.',
  }),
  ollamaUrl: also(
    url('OLLAMA_URL', { default: 'http://localhost:11434', doc: 'Root of the Ollama API.' }),
    'OLLAMA_BASE_URL',
  ),
  ollamaModel: text('OLLAMA_MODEL', { default: 'llama2', doc: 'Model asked at Ollama when a task names none.' }),
  ollamaTimeoutMs: timeout('OLLAMA_TIMEOUT', {
    default: 120_000,
    doc: 'Longest wait for a whole answer of Ollama, in milliseconds.',
  }),
  temperature: also(
    temperature('AI_TEMPERATURE', { default: 0.7, doc: 'How freely models answer: 0 = always the likeliest words.' }),
    'OPENAI_TEMPERATURE',
  ),
  maxTokens: also(
    integer('AI_MAX_TOKENS', {
      default: 1_000,
      min: 1,
      max: 1_000_000,
      doc: 'Longest answer of a model, in tokens, when a task names none.',
    }),
    'OPENAI_MAX_TOKENS',
  ),
  defaultProvider: optional(
    choice('AI_DEFAULT_PROVIDER', ['auto', 'openai', 'ollama', 'offline'], {
      default: 'auto',
      doc: 'Who is asked first when a task names nobody. auto: OpenAI for long or complex questions, else Ollama.',
    }),
  ),
  fallback: flag('AI_FALLBACK_ENABLED', {
    default: true,
    doc: 'Ask somebody else when the first choice cannot be asked; false: the question fails with NO_PROVIDER.',
  }),
  strategy: optional(
    text('AI_STRATEGY', { doc: 'Taken for the sake of the reference, whose default `hybrid` is what is done.' }),
  ),
  pullModel: optional(
    modelToPull('OLLAMA_PULL_MODEL', {
      doc: 'Model that Ollama is to pull at the start when it does not have it; true = that of OLLAMA_MODEL.',
    }),
  ),
  maxBytes: integer('PROCOS_AI_MAX_BYTES', {
    default: 2_097_152,
    min: 1_000,
    max: 67_108_864,
    doc: 'Largest answer of a model, in bytes.',
  }),
  offline: flag('AI_OFFLINE', {
    default: false,
    doc: 'Allow the provider "offline", which answers without asking any model and says so.',
  }),
} as const;

/** `…_MS` in milliseconds; without the unit in its name, a number up to 600 is one of seconds. */
function timeout(name: string, options: { readonly default: number; readonly doc: string }): ConfigField<number> {
  const field = integer(`${name}_MS`, { ...options, min: 1, max: longest });
  const parse = (value: string) => {
    const number = field.parse(value);
    return number <= longest / 1_000 ? number * 1_000 : number;
  };
  return also(
    { ...field, doc: `${field.doc} The shorter name takes seconds up to 600, milliseconds above.` },
    { env: name, parse },
  );
}

/** The name of a model; `true` and `false` in any of their spellings instead of it. */
function modelToPull(env: string, { doc }: { readonly doc: string }): ConfigField<string | boolean> {
  const parse = (value: string) => {
    const given = value.trim();
    if (/^(?:true|1|yes|on)$/i.test(given)) return true;
    return /^(?:false|0|no|off|)$/i.test(given) ? false : given;
  };
  return { ...text(env, { doc }), type: 'true | false | text', parse, fallback: undefined };
}

function temperature(env: string, options: { readonly default: number; readonly doc: string }): ConfigField<number> {
  const parse = (value: string) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!(number >= 0 && number <= 2)) throw new Error(`must be a number from 0 to 2, is "${value}"`);
    return number;
  };
  return { ...integer(env, options), type: 'number from 0 to 2', parse };
}
