import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchSystem, type LaunchedSystem, removeFolder } from '../launched-system.ts';
import { missingService } from '../system-mode.ts';
import { type FailureRow, processOf, taskOf } from './failure-row.ts';
import { deploy, expectTold, provoke } from './surfaces.ts';

let system: LaunchedSystem;

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

beforeAll(async () => {
  if (missingService() !== undefined) return;
  system = await launchSystem({
    env: { AI_OFFLINE: 'false', OLLAMA_URL: 'http://127.0.0.1:9', PROCOS_INCIDENT_RECOVERY_DELAY: '3600000' },
  });
  await deploy(system, bareModels);
}, 240_000);
afterAll(async () => {
  if (missingService() !== undefined) return;
  await system.stop();
  removeFolder(system.dataDir);
}, 60_000);

describe('a system without any outside service', () => {
  it.each(rows)(
    'tells $what on every surface',
    async (row) => {
      const surfaces = await provoke(system, row, `bare-${rows.indexOf(row)}`);
      const { stdout } = await system.cli('incidents');
      expectTold(row, { ...surfaces, incidents: stdout });
    },
    120_000,
  );
});
