import { join, resolve } from 'node:path';
import type { Environment } from '@procos/config';
import { portVariable } from '@procos/service-kit';
import type { DataFolder } from './data-folder.ts';
import type { PortPlan } from './port-plan.ts';
import { systemHost, type SystemOptions } from './system-options.ts';

/** What the apps read as their environment: the user's own, with the plan of this system on top. */
export function appEnvironment(options: SystemOptions, plan: PortPlan, data: DataFolder): Environment {
  const { user, password } = data.credentials();
  return {
    AI_OFFLINE: 'true',
    ...options.env,
    PROCOS_HOST: systemHost,
    PROCOS_DATA_DIR: data.path,
    CAMUNDA_BASE_URL: `http://${systemHost}:${plan.engine}`,
    CAMUNDA_URL: `http://${systemHost}:${plan.engine}/engine-rest`,
    PROCOS_ENGINE_USER: options.env['PROCOS_ENGINE_USER'] ?? user,
    PROCOS_ENGINE_PASSWORD: options.env['PROCOS_ENGINE_PASSWORD'] ?? password.reveal(),
    PROCOS_ENGINE_HOME: options.engineHome,
    PROCOS_ENGINE_DATA_DIR: data.engineDir,
    PROCOS_ENGINE_LOG_FILE: join(data.logsDir, 'engine.log'),
    PROCESS_DEPLOYMENT_PATH: options.processDirectory,
    KERNEL_READINESS_FILE: given(options, 'KERNEL_READINESS_FILE') ?? join(data.path, 'ready'),
    PROCOS_FILE_ROOT: given(options, 'PROCOS_FILE_ROOT') ?? data.filesDir,
    WORKER_JOURNAL_DIR: data.journalDir,
    PROCOS_EVENT_CURSOR_FILE: join(data.eventsDir, 'cursor.json'),
    ...portSettings(plan),
  };
}

/** A place that the user wants: it stands where the command was given, not where an app runs. */
function given({ env }: SystemOptions, name: string): string | undefined {
  const value = env[name] ?? '';
  return value === '' ? undefined : resolve(value);
}

/** The engine is told its port by the kernel, in its address. */
function portSettings({ engine: _engine, ...apps }: PortPlan): Environment {
  return Object.fromEntries(Object.entries(apps).map(([app, port]) => [portVariable(app), String(port)]));
}
