import { ConfigError, type ConfigFields, type Environment, unknownSettings } from '@procos/config';
import { kernelFields } from '@procos/kernel';
import { cliFields } from '../config.ts';

/** Read by something else than an app: the set-up, the engine itself, the tests. */
const readElsewhere = new Set([
  'PROCOS_CACHE_DIR',
  'PROCOS_PARENT_PID',
  'PROCOS_ENGINE_IN_MEMORY',
  'PROCOS_ENGINE_LOG_LEVEL',
  'PROCOS_ENGINE_REFUSE_EMBEDDED_CODE',
  'PROCOS_ENGINE_STOP_WITH_STDIN',
  'PROCOS_TEST_ENGINE',
  'PROCOS_TEST_ENGINES',
  'PROCOS_TEST_RABBITMQ_URL',
  'PROCOS_TEST_POSTGRES_URL',
  'PROCOS_TEST_CONSUL_URL',
  'PROCOS_CONTAINERS',
  'PROCOS_E2E_MODE',
  'PROCOS_E2E_AWAY_SECONDS',
  'PROCOS_E2E_SHARED_INSTANCES',
]);

/** Refuses a `PROCOS_…` variable that nothing reads: it is almost always a misspelt name. @throws ConfigError */
export async function refuseUnknownSettings(env: Environment): Promise<void> {
  // Of the apps themselves only their settings are loaded here: the rest runs in threads of its own.
  const fields = await Promise.all([
    import('@procos/gateway/config').then(({ gatewayFields }) => gatewayFields),
    import('@procos/system-worker/config').then(({ systemWorkerFields }) => systemWorkerFields),
    import('@procos/generic-worker/config').then(({ genericWorkerFields }) => genericWorkerFields),
    import('@procos/ai-worker/config').then(({ aiWorkerFields }) => aiWorkerFields),
    import('@procos/event-bridge/config').then(({ eventBridgeFields }) => eventBridgeFields),
    import('@procos/email-adapter/config').then(({ emailAdapterFields }) => emailAdapterFields),
    import('@procos/slack-adapter/config').then(({ slackAdapterFields }) => slackAdapterFields),
  ]);
  const known: readonly ConfigFields[] = [kernelFields, cliFields, ...fields];
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !readElsewhere.has(name)));
  if (unknownSettings(own, known).length === 0) return;
  // The app of the distributed mode is asked only now: it is loaded whole.
  const { serviceRegistryFields } = await import('@procos/service-registry');
  const faults = unknownSettings(own, [...known, serviceRegistryFields]);
  if (faults.length > 0) throw new ConfigError(faults);
}
