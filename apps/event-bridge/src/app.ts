import type { Config } from '@procos/config';
import { bridgeRoutes } from '@procos/contracts';
import { createEngineClient, type EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { Candidate, Leadership } from '@procos/service-directory';
import { type App, bindRoutes, createHttpService, engineConnection, type Readiness } from '@procos/service-kit';
import { createMetrics } from '@procos/telemetry';
import { createBridge } from './bridge.ts';
import type { eventBridgeFields } from './config.ts';
import { createParkedMessages } from './inbound/parked-messages.ts';
import { createHistoryReader } from './outbound/history-reader.ts';
import { createNextEvents } from './outbound/next-events.ts';
import type { OutboxOptions } from './outbound/outbox.ts';
import { createOutboxState, type OutboxState } from './outbound/outbox-state.ts';
import { createTraceContext } from './outbound/trace-context.ts';
import { messageRoutes, routeErrors } from './routes/messages.ts';

export interface EventBridgeDeps {
  readonly logger: Logger;
  readonly eventBus: EventBus;
  readonly leadership: Leadership;
  /** @default a client of the engine that the configuration names */
  readonly engine?: EngineClient;
}

type BridgeConfig = Config<typeof eventBridgeFields>;

/** Who this API is, for its OpenAPI document. */
export const apiInfo = {
  title: 'ProcOS event bridge',
  version: '1',
  description: 'Events for the engine that could not be delivered: what is kept, trying it again.',
};

const name = 'event-bridge';

/** Carries events between the engine and the bus: its history out, messages and starts in. */
export function createApp(config: BridgeConfig, deps: EventBridgeDeps): App {
  const { logger, eventBus, leadership } = deps;
  const engine = deps.engine ?? createEngineClient(engineConnection(config));
  const metrics = createMetrics();
  const state = createOutboxState(metrics);
  const bridge = createBridge({
    engine,
    eventBus,
    leadership,
    logger,
    outbox: () => outboxOptions(config, deps, engine, state),
  });
  const { host, port, allowedHosts, allowedOrigins } = config;
  const http = createHttpService({
    name,
    host,
    port,
    allowedHosts,
    allowedOrigins,
    logger,
    metrics,
    readiness: () => readiness(state, bridge, eventBus),
    api: { info: apiInfo, routes: Object.values(bridgeRoutes) },
    routes: (app) => bindRoutes(app, messageRoutes(createParkedMessages(eventBus)), routeErrors),
  });
  return {
    name,
    url: http.url,
    start: async () => {
      await http.start();
      bridge.start();
    },
    stop: async () => {
      await bridge.stop();
      await http.stop();
      await engine.close();
    },
  };
}

/** A copy that waits to lead is as it should be. */
function readiness(state: OutboxState, bridge: Pick<Candidate, 'isLeading'>, eventBus: EventBus): Readiness {
  // Publishing waits for a while before it fails: a broker that is away is reported at once.
  const away = eventBus.awayBecause();
  const waits = away === undefined ? {} : { waits_for: `message broker: ${away}` };
  return {
    ready: state.isWell() && away === undefined,
    details: { leads: bridge.isLeading(), ...state.details(), ...waits },
  };
}

function outboxOptions(
  { pollMs, windowMs, from }: BridgeConfig,
  { eventBus, logger }: EventBridgeDeps,
  engine: EngineClient,
  state: OutboxState,
): OutboxOptions {
  const next = createNextEvents({ engine, read: createHistoryReader(engine), windowMs, onLate: state.late });
  const traced = createTraceContext(engine);
  const nextEvents: OutboxOptions['nextEvents'] = async (cursor) => {
    const found = await next(cursor);
    return { ...found, events: await traced(found.events) };
  };
  const beginning = async () => {
    const [latest] =
      from === 'now' ? await engine.history.activities({ sortBy: 'startTime', sortOrder: 'desc', maxResults: 1 }) : [];
    return latest === undefined ? 0 : Date.parse(latest.startTime);
  };
  return { nextEvents, eventBus, logger, state, pollMs, windowMs, beginning };
}
