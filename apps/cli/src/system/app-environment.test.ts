import { join, resolve } from 'node:path';
import { readConfig, Secret } from '@procos/config';
import { kernelFields } from '@procos/kernel';
import { describe, expect, it } from 'vitest';
import { appEnvironment } from './app-environment.ts';
import type { DataFolder } from './data-folder.ts';
import { planPorts } from './port-plan.ts';
import type { SystemOptions } from './system-options.ts';

const data = {
  path: '/data',
  filesDir: '/data/files',
  journalDir: '/data/journal',
  eventsDir: '/data/events',
  logsDir: '/data/logs',
  engineDir: '/data/engine',
  credentials: () => ({ user: 'u', password: new Secret('not-a-real-one') }),
} as unknown as DataFolder;
const environment = (env: Readonly<Record<string, string | undefined>>) =>
  appEnvironment(
    { env, engineHome: '/engine', processDirectory: '/processes' } as unknown as SystemOptions,
    planPorts(0),
    data,
  );

describe('what the apps of a system read as their environment', () => {
  it('keeps the places that the user gives, seen from where the command was given', () => {
    const given = environment({ PROCOS_FILE_ROOT: 'my/files', KERNEL_READINESS_FILE: '/run/procos.ready' });

    expect(given).toMatchObject({ PROCOS_FILE_ROOT: resolve('my/files'), KERNEL_READINESS_FILE: '/run/procos.ready' });
    expect(readConfig(kernelFields, given).readinessFile).toBe('/run/procos.ready');
  });

  it.each([{}, { PROCOS_FILE_ROOT: '', KERNEL_READINESS_FILE: '' }])(
    'puts them into the data folder otherwise',
    (env) => {
      expect(environment(env)).toMatchObject({
        PROCOS_FILE_ROOT: '/data/files',
        KERNEL_READINESS_FILE: join('/data', 'ready'),
      });
    },
  );

  it('takes the levels of the logs in any case', () => {
    const config = readConfig(kernelFields, environment({ LOG_LEVEL: 'INFO', FILE_LOG_LEVEL: 'Warning' }));

    expect([config.logLevel, config.fileLogLevel]).toEqual(['info', 'warn']);
  });
});
