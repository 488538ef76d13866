import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '@procos/config';
import { portVariable } from '@procos/service-kit';
import { type AppName, appsToRun, distributedApps, type Scale } from '../system/app-names.ts';
import type { SupervisedApp } from '../system/supervised-app.ts';
import type { DataFolder } from '../system/data-folder.ts';
import { isBusy, type PortPlan } from '../system/port-plan.ts';
import { systemHost, type SystemOptions } from '../system/system-options.ts';
import { appArguments, openProcess } from './open-process.ts';

/** The apps of a distributed system; those that are not part of this installation are left out. */
export function appsOfSystem(env: Environment): readonly AppName[] {
  const installed = (app: AppName) => existsSync(appArguments(app).at(-1) ?? '');
  return (['kernel', ...distributedApps, ...appsToRun(env)] as const).filter(installed);
}

export interface CopiesOptions {
  readonly options: SystemOptions;
  readonly scale: Scale;
  readonly plan: PortPlan;
  readonly data: DataFolder;
  readonly env: Environment;
}

/** Every copy of every app. The first listens where the plan says, the others on ports that the system chooses. */
export function copiesOf(given: CopiesOptions): readonly SupervisedApp[] {
  return appsOfSystem(given.options.env).flatMap((app) => {
    const copies: Readonly<Partial<Record<AppName, number>>> = given.scale;
    return Array.from({ length: copies[app] ?? 1 }, (_, index) => oneCopy(app, index + 1, given));
  });
}

/** End of the ids in the directory. One directory may serve several systems: the port of the kernel tells them apart. */
export const idSuffix = ({ kernel }: PortPlan) => `-${hostname()}-${kernel}`;

function oneCopy(app: AppName, number: number, { options, plan, data, env }: CopiesOptions): SupervisedApp {
  const numbered = `${app}-${String(number).padStart(2, '0')}`;
  const id = number === 1 ? app : numbered;
  const port = number === 1 ? {} : { [portVariable(app)]: '0' };
  const serviceId = `${numbered}${idSuffix(plan)}`;
  // What the kernel writes is kept in its log file.
  const level = (app === 'kernel' && env['FILE_LOG_LEVEL']) || options.logLevel;
  const own = { ...env, ...port, WORKER_ID: numbered, PROCOS_SERVICE_ID: serviceId, LOG_LEVEL: level };
  return {
    id,
    app,
    serviceId,
    open: () =>
      openProcess({ app, env: own, logFile: join(data.logsDir, `${id}.log`), logToStderr: options.logToStderr }),
    ...(app === 'kernel' ? { graceMs: 60_000, beforeRevival: () => portFree(plan.engine) } : {}),
  };
}

/** The engine of a kernel that was killed ends by itself: the next kernel must not take it for one that stays. */
async function portFree(port: number): Promise<void> {
  for (let waited = 0; (await isBusy(port, systemHost)) && waited < 20_000; waited += 100) await delay(100);
}
