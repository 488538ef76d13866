import { ConfigError, type ConfigFields, type Environment, unknownSettings } from '@procos/config';
import { kernelFields } from '@procos/kernel';
import { cliFields } from '../config.ts';
import { distributedApps, threadedApps } from './app-names.ts';
import { declarationOf } from './declaration-of.ts';

/** Read by something else than an app: the set-up, the engine itself, the tests. */
const readElsewhere = new Set([
  'PROCOS_CACHE_DIR',
  'PROCOS_PARENT_PID',
  'PROCOS_ENGINE_IN_MEMORY',
  'PROCOS_ENGINE_LOG_LEVEL',
  'PROCOS_ENGINE_REFUSE_EMBEDDED_CODE',
  'PROCOS_ENGINE_STOP_WITH_STDIN',
  'PROCOS_CONTAINERS',
]);
/** What tests read; the systems that they start inherit it. */
const ofTests = /^PROCOS_(?:TEST|E2E|AGREEMENT|SIMULATION)(?:_|$)/;

const oneOfAll =
  'it chooses among the workers that run alone (infra/compose, node apps/…/src/main.ts), and procos up runs all of them; remove it';

/** Names that other programs, and earlier versions of these, use for what is a setting here. */
const foreignNames: Readonly<Record<string, string>> = {
  CAMUNDA_ENGINE_URL: 'CAMUNDA_URL',
  CAMUNDA_REST_URL: 'CAMUNDA_URL',
  ENGINE_REST_URL: 'CAMUNDA_URL',
  LOGLEVEL: 'LOG_LEVEL',
  OPENAI_KEY: 'OPENAI_API_KEY',
  OPENAI_TOKEN: 'OPENAI_API_KEY',
  OPENAI_API_BASE: 'OPENAI_BASE_URL',
  OPENAI_API_URL: 'OPENAI_BASE_URL',
  RABBIT_URL: 'RABBITMQ_URL',
  AMQP_URL: 'RABBITMQ_URL',
  SMTP_USERNAME: 'SMTP_USER',
  SMTP_PASS: 'SMTP_PASSWORD',
  SMTP_SERVER: 'SMTP_HOST',
  SLACK_TOKEN: 'SLACK_BOT_TOKEN',
  WORKER_NAME: 'WORKER_ID',
  WORKER_POLL_INTERVAL: 'there is no interval, tasks are fetched by long polling as soon as they appear; remove it',
};
/** Settings of one worker that runs alone. */
const ofOneWorker = ['WORKER_TOPICS', 'WORKER_TYPE'];

/** Refuses a variable that looks like a setting and that nothing reads: it is almost always a misspelt name. @throws ConfigError */
export async function refuseUnknownSettings(env: Environment): Promise<void> {
  // Of the apps themselves only what they declare is loaded here: the rest runs in threads or processes of its own.
  const fieldsOf = async (app: Parameters<typeof declarationOf>[0]) => (await declarationOf(app)).fields;
  const known: readonly ConfigFields[] = [kernelFields, cliFields, ...(await Promise.all(threadedApps.map(fieldsOf)))];
  const own = Object.fromEntries(
    Object.entries(env).filter(([name]) => !readElsewhere.has(name) && !ofTests.test(name)),
  );
  const misplaced = ofOneWorker
    .filter((name) => (env[name] ?? '') !== '')
    .map((name) => `${name} cannot be used here: ${oneOfAll}`);
  if (misplaced.length === 0 && unknownSettings(own, known, foreignNames).length === 0) return;
  // Those of the distributed mode, which need not be installed, are asked only now.
  const further = await Promise.all(distributedApps.map(fieldsOf));
  const faults = [...misplaced, ...unknownSettings(own, [...known, ...further], foreignNames)];
  if (faults.length > 0) throw new ConfigError(faults);
}
