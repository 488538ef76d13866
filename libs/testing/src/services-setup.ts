import type { TestProject } from 'vitest/node';
import { type SharedServiceName, startSharedService, type StartedService } from './service-launcher.ts';
import type { ServicesUnderTest } from './use-service.ts';

const names = ['rabbitmq', 'postgres', 'consul'] as const satisfies readonly SharedServiceName[];

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
  const start = async (name: SharedServiceName): Promise<ServicesUnderTest[SharedServiceName]> => {
    try {
      const service = await startSharedService(name, { onProgress });
      started.push(service);
      const { from, url, version, managementUrl, jdbcUrl, user, password } = service;
      onProgress(`${name} ${version} at ${new URL(url).host} (${from})`);
      return { from, url, version, managementUrl, jdbcUrl, user, password };
    } catch (thrown) {
      onProgress(`${name} cannot be had: ${reasonOf(thrown)}`);
      if (process.env['CI'] === 'true') throw thrown;
      return { missing: reasonOf(thrown) };
    }
  };
  // Each is seen to its end, so that none is left running when another one cannot be had.
  const [rabbitmq, postgres, consul] = await Promise.allSettled(names.map(start));
  const fault = [rabbitmq, postgres, consul].find((one) => one?.status === 'rejected');
  if (fault !== undefined) {
    await stop();
    throw fault.reason;
  }
  if (rabbitmq?.status === 'fulfilled' && postgres?.status === 'fulfilled' && consul?.status === 'fulfilled') {
    project.provide('services', { rabbitmq: rabbitmq.value, postgres: postgres.value, consul: consul.value });
  }
  return stop;
}

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
