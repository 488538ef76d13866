import { relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import { type ServiceName, type StartedService, startOwnService, type StartServiceOptions } from './service-launcher.ts';

/** A real service that was started for the whole run. */
export interface ServiceUnderTest {
  /** Where it was taken from. */
  readonly from: string;
  readonly url: string;
  readonly version: string;
  readonly managementUrl: string | undefined;
  readonly jdbcUrl: string | undefined;
  readonly user: string | undefined;
}

export type ServicesUnderTest = Readonly<Record<ServiceName, ServiceUnderTest | { readonly missing: string }>>;

declare module 'vitest' {
  interface ProvidedContext {
    /** The real services of this test run, see {@link useService}. */
    services: ServicesUnderTest;
  }
}

/**
 * A real service for the tests of this file or group. Where it cannot be had, they are skipped with the reason.
 *
 * @returns gives the service, from the first hook on
 */
export function useService(name: ServiceName): () => ServiceUnderTest {
  const service = inject('services')[name];
  beforeAll(() => {
    const told = 'missing' in service ? `without ${name}` : `on ${name} ${service.version}, ${service.from}`;
    process.stdout.write(`  ${relative(process.cwd(), expect.getState().testPath ?? '')} runs ${told}\n`);
  });
  beforeEach((context) => {
    if ('missing' in service) context.skip(`${name} cannot be had: ${service.missing}`);
  });
  return () => {
    if ('missing' in service) throw new Error(`${name} cannot be had: ${service.missing}`);
    return service;
  };
}

/**
 * A real service of its own for the tests of this file or group, which may end it and start it again. Where it cannot be
 * had, they are skipped with the reason.
 *
 * @returns gives the service, once the hooks of this group have run
 */
export function useOwnService(name: ServiceName, options: StartServiceOptions = {}): () => StartedService {
  useService(name);
  let own: StartedService | undefined;
  beforeAll(async () => {
    if (!('missing' in inject('services')[name])) own = await startOwnService(name, options);
  });
  afterAll(() => own?.stop());
  return () => {
    if (own === undefined) throw new Error(`${name} is not started yet.`);
    return own;
  };
}
