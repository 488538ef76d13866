import { relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import {
  type ServiceName,
  type SharedServiceName,
  type StartedService,
  startOwnService,
  type StartServiceOptions,
  startSharedService,
} from './service-launcher.ts';

/** A real service that was started for the whole run. */
export interface ServiceUnderTest {
  /** Where it was taken from. */
  readonly from: string;
  readonly url: string;
  readonly version: string;
  readonly managementUrl: string | undefined;
  readonly jdbcUrl: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface MissingService {
  /** Why it cannot be had. */
  readonly missing: string;
}

export type ServicesUnderTest = Readonly<Record<SharedServiceName, ServiceUnderTest | MissingService>>;

declare module 'vitest' {
  interface ProvidedContext {
    /** The real services of this test run, see {@link useService}. */
    services: ServicesUnderTest;
  }
}

/**
 * Gives the service.
 *
 * @throws Error when it cannot be had: a `beforeAll` that needs it asks `isMissing` first, and does nothing then
 */
export interface ServiceGetter<Service> {
  (): Service;
  /** Whether it cannot be had on this machine: the tests are skipped with the reason then. */
  isMissing(): boolean;
}

/** A real service for the tests of this file or group. Where it cannot be had, they are skipped with the reason. */
export function useService(name: SharedServiceName): ServiceGetter<ServiceUnderTest> {
  const service = inject('services')[name];
  beforeAll(() => reportWhatItRunsOn(name, service));
  return getterOf(name, () => service);
}

/**
 * A real service of its own for the tests of this file or group, which may end it and start it again. Where it cannot be
 * had, they are skipped with the reason.
 *
 * @returns gives the service, once the hooks of this group have run
 */
export function useOwnService(
  name: SharedServiceName,
  options: StartServiceOptions = {},
): ServiceGetter<StartedService> {
  const shared = useService(name);
  let own: StartedService | undefined;
  beforeAll(async () => {
    if (!shared.isMissing()) own = await startOwnService(name, options);
  });
  afterAll(() => own?.stop());
  const get = () => {
    shared();
    if (own === undefined) throw new Error(`${name} is not started yet.`);
    return own;
  };
  return Object.assign(get, { isMissing: shared.isMissing });
}

/** Until a tool that is published as source is built, some minutes the first time. */
const buildTimeout = 1_200_000;

/**
 * As {@link useOwnService}, of a service that only a few tests need: it is started here and not for the whole run. One that
 * runs already is used where an address is given.
 *
 * @param options may be made when it is started, after the hooks before it
 */
export function useLazyService(
  name: ServiceName,
  options: () => StartServiceOptions = () => ({}),
): ServiceGetter<StartedService> {
  let service: StartedService | MissingService | undefined;
  const onProgress = (message: string) => process.stderr.write(`  ${message}\n`);
  beforeAll(async () => {
    service = await startSharedService(name, { onProgress, ...options() }).catch((thrown: unknown) => {
      if (process.env['CI'] === 'true') throw thrown;
      return { missing: thrown instanceof Error ? thrown.message : String(thrown) };
    });
    reportWhatItRunsOn(name, service);
  }, buildTimeout);
  afterAll(async () => {
    if (service !== undefined && !('missing' in service)) await service.stop();
  });
  return getterOf(name, () => {
    if (service === undefined) throw new Error(`${name} is not started yet.`);
    return service;
  });
}

function getterOf<Service extends object>(
  name: ServiceName,
  find: () => Service | MissingService,
): ServiceGetter<Service> {
  const isMissing = () => 'missing' in find();
  const get = () => {
    const service = find();
    if ('missing' in service) throw new Error(reasonOf(name, service));
    return service;
  };
  beforeEach((context) => {
    const service = find();
    if ('missing' in service) context.skip(reasonOf(name, service));
  });
  return Object.assign(get, { isMissing });
}

const reasonOf = (name: ServiceName, { missing }: MissingService) => `${name} cannot be had: ${missing}`;

function reportWhatItRunsOn(
  name: ServiceName,
  service: { readonly version: string; readonly from: string } | MissingService,
): void {
  const place = 'missing' in service ? `without ${name}` : `on ${name} ${service.version}, ${service.from}`;
  process.stdout.write(`  ${relative(process.cwd(), expect.getState().testPath ?? '')} runs ${place}\n`);
}
