import { hostname } from 'node:os';
import { messageOf } from '@procos/errors';
import type { Config } from '@procos/config';
import type { Logger } from '@procos/logging';
import {
  type Announcement,
  announceService,
  type ServiceDirectory,
  type ServiceRegistration,
} from '@procos/service-directory';
import type { App } from './app.ts';
import { procosVersion } from './procos-version.ts';
import type { connectionFields } from './service-fields.ts';

export type AnnouncedConfig = Pick<
  Config<ReturnType<typeof connectionFields>>,
  'consulUrl' | 'serviceId' | 'advertisedUrl' | 'heartbeatMs'
> & {
  /** One more tag. */
  readonly workerType?: string | undefined;
};

export interface AnnouncedOptions {
  readonly config: AnnouncedConfig;
  readonly directory: ServiceDirectory;
  readonly logger: Logger;
}

/**
 * The same app, known to the directory while it runs: registered when it has started, heartbeats, taken out before it
 * stops. The directory is a hint for others: when it cannot be reached, the app runs all the same.
 */
export function announced<Kind extends App>(app: Kind, options: AnnouncedOptions): Kind {
  const { config, directory, logger } = options;
  if (config.consulUrl === undefined) return app;
  let announcement: Announcement | undefined;
  const withdraw = async () => {
    const given = announcement;
    announcement = undefined;
    await given?.stop();
  };
  const onFault = (thrown: unknown) => logger.warn('announcement_failed', { error: messageOf(thrown) });
  return {
    ...app,
    start: async () => {
      await app.start();
      announcement = announceService(directory, registrationOf(app, options), onFault);
    },
    stop: async (signal) => {
      await withdraw();
      await app.stop(signal);
    },
  };
}

/** The record of a running app. Source: registration record of the implementation guide, §6. */
function registrationOf({ name, url }: App, { config }: AnnouncedOptions): ServiceRegistration {
  const endpoint = config.advertisedUrl ?? url();
  return {
    service_id: config.serviceId ?? `${name}-${hostname()}-${new URL(endpoint).port}`,
    service_name: name,
    version: procosVersion,
    endpoint,
    health_check_url: `${endpoint}/readyz`,
    tags: [...kindOf(name), ...(config.workerType === undefined ? [] : [config.workerType])],
    metadata: { pid: String(process.pid), host: hostname() },
    intervalMs: config.heartbeatMs,
  };
}

/** The last word of a name says what kind of service it is. */
function kindOf(name: string): readonly string[] {
  return ['worker', 'adapter'].filter((kind) => name.endsWith(`-${kind}`));
}
