import type { Config } from '@procos/config';
import { gatewayRoutes } from '@procos/contracts';
import { createEngineClient, type EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { ServiceDirectory } from '@procos/service-directory';
import {
  type App,
  bindRoutes,
  createHttpService,
  engineConnection,
  type Route,
  type RouteErrors,
} from '@procos/service-kit';
import { createMetrics, type Metrics } from '@procos/telemetry';
import type { gatewayFields } from './config.ts';
import { gatewayErrors } from './errors.ts';
import { createEventFeed, type EventFeed } from './events/event-feed.ts';
import { createEventHub, type EventHub } from './events/event-hub.ts';
import { translateEngineError } from './http/translate-engine-error.ts';
import { createSettledWatch } from './instances/settled-watch.ts';
import { modelBodyLimits } from './deployments/model-body-limits.ts';
import { askBridge } from './messages/ask-bridge.ts';
import { refuseWhenFull } from './room/refuse-when-full.ts';
import { createRoomWatch, type Disk, type RoomWatch } from './room/room-watch.ts';
import { definitionRoutes } from './routes/definitions.ts';
import { deploymentRoutes } from './routes/deployments.ts';
import { eventRoutes } from './routes/events.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { instanceRoutes } from './routes/instances.ts';
import { messageRoutes } from './routes/messages.ts';
import { requestRoutes } from './routes/requests.ts';
import { statusRoutes } from './routes/status.ts';
import { userTaskRoutes } from './routes/user-tasks.ts';
import { createServedTopics } from './services/served-topics.ts';
import { createTopicRules } from './services/topic-rules.ts';

export interface GatewayDeps {
  readonly logger: Logger;
  readonly eventBus: EventBus;
  readonly directory: ServiceDirectory;
  /** @default a client of the engine that the configuration names */
  readonly engine?: EngineClient;
  /** @default the file system */
  readonly disk?: Disk;
}

/** The public API of the system. */
export function createApp(config: Config<typeof gatewayFields>, deps: GatewayDeps): App {
  const { logger, directory, eventBus } = deps;
  const engine = deps.engine ?? createEngineClient(engineConnection(config));
  const { maxStreams: maxListeners, replayEvents, topics } = config;
  const feed = createEventFeed(eventBus, logger);
  const hub = createEventHub({ feed, maxListeners, replayEvents });
  const { host, port, allowedHosts, allowedOrigins } = config;
  const metrics = createMetrics();
  const room = createRoomWatch({ folder: config.dataDir, minFreeBytes: config.minFreeBytes, disk: deps.disk });
  const http = createHttpService({
    name: 'gateway',
    ...{ host, port, allowedHosts, allowedOrigins },
    logger,
    metrics,
    readiness: async () => {
      const reachable = await engine.isReady();
      return { ready: reachable, details: { engine_reachable: reachable } };
    },
    api: { info: apiInfo, routes: Object.values(gatewayRoutes) },
    bodyLimits: modelBodyLimits,
    routes: (app) => bindApi(app, { engine, directory, eventBus, feed, hub, logger, metrics, topics, room }),
  });
  return {
    name: 'gateway',
    url: () => http.url(),
    start: async () => {
      feed.start();
      await http.start();
    },
    stop: async () => {
      hub.close();
      await feed.close();
      await http.stop();
      await engine.close();
    },
  };
}

interface Parts {
  readonly engine: EngineClient;
  readonly directory: ServiceDirectory;
  readonly eventBus: EventBus;
  readonly feed: EventFeed;
  readonly hub: EventHub;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The only ones that models may use; undefined: any. */
  readonly topics: readonly string[] | undefined;
  readonly room: RoomWatch;
}

/** Every route and what it does. */
function gatewayApi(parts: Parts): readonly Route[] {
  const { engine, directory, eventBus, feed, hub, logger, metrics, topics, room } = parts;
  const servedTopics = createServedTopics(directory);
  const watch = createSettledWatch({ engine, feed, logger });
  const routes = [
    ...requestRoutes(engine, watch, servedTopics),
    ...definitionRoutes(engine),
    ...deploymentRoutes(engine, createTopicRules(servedTopics, topics)),
    ...instanceRoutes(engine, watch, servedTopics),
    ...incidentRoutes(engine),
    ...userTaskRoutes(engine),
    ...eventRoutes(hub, metrics),
    ...messageRoutes(engine, askBridge(directory)),
    ...statusRoutes({ engine, directory, eventBus, room }),
  ];
  return refuseWhenFull(routes, room);
}

/** Who this API is, for its OpenAPI document. */
export const apiInfo = {
  title: 'ProcOS gateway',
  version: '1',
  description:
    'Requests, deployments, instances, incidents, user tasks and events of a process-oriented operating system.',
};

const bindApi = (app: Parameters<typeof bindRoutes>[0], parts: Parts): void =>
  bindRoutes(app, gatewayApi(parts), routeErrors);

const routeErrors: RouteErrors = {
  input: gatewayErrors.PROCOS_GATEWAY_INPUT,
  bodyType: gatewayErrors.PROCOS_GATEWAY_BODY_TYPE,
  translate: translateEngineError,
};
