import { join } from 'node:path';
import type { Environment } from '@procos/config';
import { registerSecret } from '@procos/logging';
import type { DataFolder } from './data-folder.ts';
import type { PortPlan } from './port-plan.ts';
import { systemHost, type SystemOptions } from './system-options.ts';

/** What the apps read as their environment: the user's own, with the plan of this system on top. */
export function appEnvironment(options: SystemOptions, plan: PortPlan, data: DataFolder): Environment {
  const { user, password } = data.credentials();
  registerSecret(password.reveal());
  return {
    AI_OFFLINE: 'true',
    ...options.env,
    PROCOS_HOST: systemHost,
    CAMUNDA_BASE_URL: `http://${systemHost}:${plan.engine}`,
    CAMUNDA_URL: `http://${systemHost}:${plan.engine}/engine-rest`,
    PROCOS_ENGINE_USER: options.env['PROCOS_ENGINE_USER'] ?? user,
    PROCOS_ENGINE_PASSWORD: options.env['PROCOS_ENGINE_PASSWORD'] ?? password.reveal(),
    PROCOS_ENGINE_HOME: options.engineHome,
    PROCOS_ENGINE_DATA_DIR: data.engineDir,
    PROCOS_ENGINE_LOG_FILE: join(data.logsDir, 'engine.log'),
    PROCESS_DEPLOYMENT_PATH: options.processDirectory,
    KERNEL_READINESS_FILE: join(data.path, 'ready'),
    PROCOS_FILE_ROOT: data.filesDir,
    WORKER_JOURNAL_DIR: data.journalDir,
    PROCOS_EVENT_CURSOR_FILE: join(data.path, 'events', 'cursor.json'),
    PROCOS_KERNEL_PORT: String(plan.kernel),
    PROCOS_GATEWAY_PORT: String(plan.gateway),
    PROCOS_SERVICE_REGISTRY_PORT: String(plan['service-registry']),
    PROCOS_EVENT_BRIDGE_PORT: String(plan['event-bridge']),
    PROCOS_SYSTEM_WORKER_PORT: String(plan['system-worker']),
    PROCOS_GENERIC_WORKER_PORT: String(plan['generic-worker']),
    PROCOS_AI_WORKER_PORT: String(plan['ai-worker']),
    PROCOS_EMAIL_ADAPTER_PORT: String(plan['email-adapter']),
    PROCOS_SLACK_ADAPTER_PORT: String(plan['slack-adapter']),
  };
}
