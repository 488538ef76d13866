import type { TestProject } from 'vitest/node';
import { type ServiceName, startSharedService, type StartedService } from './service-launcher.ts';
import type { ServicesUnderTest } from './use-service.ts';

const names = ['rabbitmq', 'postgres', 'consul'] as const satisfies readonly ServiceName[];

/**
 * Starts the real services for all tests of the run, from what the machine has. One that cannot be had fails the run where
 * `CI=true`; elsewhere its tests are skipped, with the reason.
 *
 * @returns stops them again
 */
export default async function startServicesForTests(project: TestProject): Promise<() => Promise<void>> {
  const started: StartedService[] = [];
  const stop = async () => {
    await Promise.all(started.map((service) => service.stop()));
  };
  const onProgress = (message: string) => process.stderr.write(`  ${message}\n`);
  const start = async (name: ServiceName): Promise<ServicesUnderTest[ServiceName]> => {
    try {
      const service = await startSharedService(name, { onProgress });
      started.push(service);
      const { from, url, version, managementUrl, jdbcUrl, user } = service;
      onProgress(`${name} ${version} at ${new URL(url).host} (${from})`);
      return { from, url, version, managementUrl, jdbcUrl, user };
    } catch (thrown) {
      onProgress(`${name} cannot be had: ${tell(thrown)}`);
      if (process.env['CI'] === 'true') throw thrown;
      return { missing: tell(thrown) };
    }
  };
  try {
    const [rabbitmq, postgres, consul] = await Promise.all(names.map(start));
    if (rabbitmq !== undefined && postgres !== undefined && consul !== undefined) project.provide('services', { rabbitmq, postgres, consul });
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return stop;
}

const tell = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
