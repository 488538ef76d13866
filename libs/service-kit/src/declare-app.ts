import { type Config, type ConfigFields, type Environment, readConfig } from '@procos/config';
import type { EventBus } from '@procos/event-bus';
import { createLogger, type Logger, type LoggerOptions } from '@procos/logging';
import type { ServiceDirectory } from '@procos/service-directory';
import { startTracing } from '@procos/telemetry';
import { announced } from './announced.ts';
import type { App } from './app.ts';
import { directoryFrom, eventBusFrom } from './connections.ts';
import type { serviceFields } from './service-fields.ts';
import type { MainParts, Supervisor } from './supervision.ts';

/**
 * When `procos up` runs an app: `first`, before all others and in no thread; `always`; once a setting is given, such as the
 * address of the outside service that it speaks to; only in distributed mode; or never, because it is started on its own.
 */
export type Runs = 'first' | 'always' | { readonly whenSet: string } | 'distributed' | 'alone';

/** Whether an app may run in several copies: never; with the work shared among them; or with one that leads while others wait. */
export type Copies = 'one' | 'several' | 'one leads';

/** What an app is made of, besides its settings. */
export interface AppParts {
  readonly env: Environment;
  readonly logger: Logger;
  /** Where other services are found. */
  readonly directory: ServiceDirectory;
  /** The bus is opened when it is asked for first, and closed after the app has stopped. */
  readonly eventBus: () => EventBus;
  /** `undefined` where nobody supervises the app. */
  readonly supervisor: Supervisor | undefined;
}

/** What an app is, as it says so itself in its `src/declaration.ts`. */
interface AppSpecification<Fields extends ServiceFields> {
  /** Its folder below `apps/`, its name in the directory, in logs and among images. */
  readonly name: string;
  readonly runs: Runs;
  readonly copies: Copies;
  /** Its settings; its port is the default of the one for the port. */
  readonly fields: Fields;
  /** Makes the app, which is loaded only now: who wants to know what an app is need not load it. */
  readonly create: (config: Config<Fields>, parts: AppParts) => Promise<App>;
  /** Where a process of its own writes its log to, besides standard error. @default nowhere */
  readonly logTo?: (config: Config<Fields>) => Pick<LoggerOptions, 'file' | 'fileLevel'>;
  /** The directory of a process of its own. @default that of CONSUL_URL, else an empty one within the process */
  readonly openDirectory?: (config: Config<Fields>, logger: Logger) => ServiceDirectory;
  /** Whether a process of its own announces itself. @default where a Consul is named */
  readonly isAnnounced?: (config: Config<Fields>) => boolean;
}

type ServiceFields = ReturnType<typeof serviceFields>;

/** An app as others see it. */
export interface DeclaredApp {
  readonly name: string;
  /** Where it listens unless told otherwise. */
  readonly port: number;
  readonly runs: Runs;
  readonly copies: Copies;
  readonly fields: ConfigFields;
  /** Puts it together for a process of its own. @throws ConfigError */
  assembleAlone(env: Environment, supervisor?: Supervisor): Promise<MainParts>;
  /** Puts it together of what the apps of one process share. @throws ConfigError */
  assembleAmongOthers(parts: AppParts): Promise<MainParts>;
}

/** Declares an app: what it is, when it runs and how it is made. Everything that lists apps follows from it. */
export function declareApp<const Fields extends ServiceFields>(app: AppSpecification<Fields>): DeclaredApp {
  const { name, runs, copies, fields } = app;
  return {
    ...{ name, runs, copies, fields },
    port: fields.port.fallback,
    assembleAlone: async (env, supervisor) => {
      const { config, common } = readSettings(fields, env);
      const logger = createLogger({ component: name, level: common.logLevel, ...app.logTo?.(config) });
      const stopTracing = await startTracing(name, common.otlpEndpoint);
      const directory = app.openDirectory?.(config, logger) ?? directoryFrom(common, logger);
      const bus = openedOnce(() => eventBusFrom(common, name, logger));
      const made = await app.create(config, { env, logger, directory, eventBus: bus.open, supervisor });
      const isAnnounced = app.isAnnounced?.(config) ?? true;
      return {
        app: isAnnounced ? announced(made, { config: common, directory, logger }) : made,
        ...{ logger, stopTracing },
        connections: [bus, directory],
      };
    },
    assembleAmongOthers: async (parts) => {
      const { config, common } = readSettings(fields, parts.env);
      const stopTracing = await startTracing(name, common.otlpEndpoint);
      const bus = openedOnce(parts.eventBus);
      const made = await app.create(config, { ...parts, eventBus: bus.open });
      return { app: made, logger: parts.logger, stopTracing, connections: [bus, parts.directory] };
    },
  };
}

/** The settings as the app knows them, and as everyone does. */
function readSettings<const Fields extends ServiceFields>(fields: Fields, env: Environment) {
  return { config: readConfig(fields, env), common: readConfig<ServiceFields>(fields, env) };
}

function openedOnce(open: () => EventBus) {
  let opened: EventBus | undefined;
  return { open: () => (opened ??= open()), close: async () => opened?.close() };
}
