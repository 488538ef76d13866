import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchSystem, type LaunchedSystem, removeFolder } from '../launched-system.ts';
import { missingService } from '../system-mode.ts';
import { type FailureRow, processOf, taskOf } from './failure-row.ts';
import { deploy, expectReported, provoke } from './surfaces.ts';
import { installOllama, type TroubledOllama } from './troubled-services.ts';

let system: LaunchedSystem;
let ollama: TroubledOllama;

const bareModels = Object.fromEntries(
  ['email_send', 'ai_query', 'provider_selection', 'service_call'].map((topic) => [
    `bare_${topic}`,
    processOf(`bare_${topic}`, [taskOf('work', topic)]),
  ]),
);
const nobody = ['No AI provider can be asked', 'OLLAMA_URL', 'OPENAI_API_KEY', 'AI_OFFLINE=true'];

const rows: readonly FailureRow[] = [
  {
    what: 'a question where there is no AI provider at all',
    process: 'ai_query_process',
    question: 'Is anybody there?',
    leadsTo: 'failed end',
    place: 'no_provider in ai_query_process',
    code: 'NO_PROVIDER',
    words: nobody,
  },
  {
    what: 'a choice where there is no AI provider at all',
    process: 'bare_provider_selection',
    variables: { user_query: 'Is anybody there?' },
    leadsTo: 'failed end',
    place: 'work in bare_provider_selection',
    code: 'NO_PROVIDER',
    words: nobody,
  },
  {
    what: 'a provider that has no key',
    process: 'bare_ai_query',
    variables: { user_query: 'Is anybody there?', provider: 'openai' },
    leadsTo: 'incident',
    place: 'work in bare_ai_query',
    code: 'PROCOS_INCIDENT_TASK',
    words: ['OPENAI_API_KEY'],
  },
  {
    what: 'an offline answer that is not allowed',
    process: 'bare_ai_query',
    variables: { user_query: 'Is anybody there?', provider: 'offline' },
    leadsTo: 'incident',
    place: 'work in bare_ai_query',
    code: 'PROCOS_INCIDENT_TASK',
    words: ['AI_OFFLINE=true'],
  },
  {
    what: 'a mail where no mail server is named',
    process: 'bare_email_send',
    variables: { to_email: 'ada@example.com', subject: 'Hello', body: 'Hello' },
    leadsTo: 'incident',
    place: 'work in bare_email_send',
    code: 'PROCOS_INCIDENT_TASK',
    words: ['SMTP_HOST'],
  },
  {
    what: 'a message to a Slack that is not set up',
    process: 'bare_service_call',
    variables: { service_name: 'slack-adapter', method: 'POST', path: '/call', body: { method: 'send_message' } },
    leadsTo: 'failed end',
    place: 'work in bare_service_call',
    code: 'SERVICE_NOT_FOUND',
    words: ['slack-adapter'],
  },
];

const pull = [
  'Ollama answers, but has no model llama2',
  'Run `ollama pull llama2`',
  'OLLAMA_MODEL=mistral:7b (also phi3:mini)',
];
const rowsWithOllama: readonly FailureRow[] = [
  {
    what: 'a question that all settings leave to it',
    process: 'ai_query_process',
    question: 'Who has the model?',
    leadsTo: 'failed end',
    place: 'no_provider in ai_query_process',
    code: 'NO_PROVIDER',
    words: pull,
  },
  {
    what: 'a choice of the provider',
    process: 'bare_provider_selection',
    variables: { user_query: 'Who has the model?' },
    leadsTo: 'failed end',
    place: 'work in bare_provider_selection',
    code: 'NO_PROVIDER',
    words: pull,
  },
  {
    what: 'a question that is put to it by name',
    process: 'bare_ai_query',
    variables: { user_query: 'Who has the model?', provider: 'ollama' },
    leadsTo: 'incident',
    place: 'work in bare_ai_query',
    code: 'PROCOS_INCIDENT_TASK',
    words: ['404', ...pull],
  },
  {
    what: 'a model that the task names itself',
    process: 'bare_ai_query',
    variables: { user_query: 'Who has the model?', provider: 'ollama', model: 'gemma:2b' },
    leadsTo: 'incident',
    place: 'work in bare_ai_query',
    code: 'PROCOS_INCIDENT_TASK',
    words: ['has no model gemma:2b', 'Run `ollama pull gemma:2b`', 'mistral:7b'],
  },
];

beforeAll(async () => {
  if (missingService() !== undefined) return;
  ollama = await installOllama(['mistral:7b', 'phi3:mini']);
  system = await launchSystem({
    env: { AI_OFFLINE: 'false', OLLAMA_URL: ollama.url, PROCOS_INCIDENT_RECOVERY_DELAY: '3600000' },
  });
  await deploy(system, bareModels);
}, 240_000);
afterAll(async () => {
  if (missingService() !== undefined) return;
  await system.stop();
  await ollama[Symbol.asyncDispose]();
  removeFolder(system.dataDir);
}, 60_000);

/** Each row is provoked and told on its own. */
const isReported = async (row: FailureRow, businessKey: string): Promise<void> => {
  const surfaces = await provoke(system, row, businessKey);
  const { stdout } = await system.cli('incidents');
  expectReported(row, { ...surfaces, incidents: stdout });
};

describe('a system without any outside service', () => {
  it.each(rows)('tells $what on every surface', (row) => isReported(row, `bare-${rows.indexOf(row)}`), 120_000);
});

describe('a system whose Ollama runs but lacks the model', () => {
  beforeAll(() => ollama?.start());

  it.each(rowsWithOllama)(
    'tells the command that gets it, and the models that are there: $what',
    (row) => isReported(row, `model-${rowsWithOllama.indexOf(row)}`),
    120_000,
  );
});
