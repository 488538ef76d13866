import { readConfig } from '@procos/config';
import {
  type Check,
  compileCheck,
  ErrorAnswer,
  gatewayRoutes,
  type ProcosEvent,
  type RouteContract,
  renderFaults,
} from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { createInMemoryEventBus, type EventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory, type ServiceDirectory } from '@procos/service-directory';
import type { App } from '@procos/service-kit';
import { createApp } from '../app.ts';
import { gatewayFields } from '../config.ts';
import type { Disk } from '../room/room-watch.ts';
import { type EngineWorld, emptyWorld } from './engine-world.ts';
import { fakeEngine } from './fake-engine.ts';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A gateway on a port of its own, on a fake engine. */
export interface RunningGateway {
  readonly world: EngineWorld;
  readonly bus: EventBus;
  readonly url: string;
  /**
   * Calls the gateway and holds every answer against the contract of its route.
   *
   * @throws Error when the route is not declared, or the answer is not as declared
   */
  call<Body = unknown>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>>;
  publish(event: ProcosEvent): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  /** @default an empty one */
  readonly world?: EngineWorld;
  /** @default a fake engine on the world */
  readonly engine?: EngineClient;
  readonly directory?: ServiceDirectory;
  /** What the bus tells of itself. @default a bus without a broker */
  readonly broker?: Partial<Pick<EventBus, 'broker' | 'awayBecause'>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly disk?: Disk;
}

let buses = 0;

export async function startGateway(options: GatewayOptions = {}): Promise<RunningGateway> {
  const {
    world = emptyWorld(),
    engine = fakeEngine(world),
    directory = createInMemoryServiceDirectory([]),
    env = {},
    disk,
  } = options;
  buses += 1;
  const bus = createInMemoryEventBus({
    name: `gateway-test-${buses}`,
    onHandlerError: (thrown) => {
      throw thrown;
    },
  });
  const config = readConfig(gatewayFields, { PROCOS_GATEWAY_PORT: '0', ...env });
  const eventBus = { ...bus, ...options.broker };
  const app: App = createApp(config, { logger: silentLogger, eventBus, directory, engine, ...(disk && { disk }) });
  await app.start();
  const url = app.url();
  return {
    world,
    bus,
    url,
    call: (method, path, callOptions) => callChecked(url, method, path, callOptions),
    publish: (event) => bus.publish(event),
    stop: async () => {
      await app.stop();
      await bus.close();
    },
  };
}

async function callChecked<Body>(
  base: string,
  method: string,
  path: string,
  { body, headers = {}, signal }: CallOptions = {},
): Promise<Answer<Body>> {
  const response = await fetch(base + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
  const text = await response.text();
  const answer: unknown = mediaType === 'application/json' ? JSON.parse(text) : text;
  const fault = contractFault(method, path, response.status, mediaType, answer);
  if (fault !== undefined)
    throw new Error(`${method} ${path} answered ${response.status} against its contract: ${fault}\n${text}`);
  return { status: response.status, headers: response.headers, body: answer as Body };
}

const checks = new Map<RouteContract['replies'][number], Check<unknown>>();
const checkError = compileCheck(ErrorAnswer);

function contractFault(
  method: string,
  path: string,
  status: number,
  mediaType: string,
  body: unknown,
): string | undefined {
  const contract = contractOf(method, path);
  if (contract === undefined) return 'the route is not declared';
  const declared = contract.replies[status];
  if (declared === undefined) {
    const everywhere = [400, 403, 413, 415, 421, 500, 502, 503];
    if (contract.errors[status] === undefined && !everywhere.includes(status)) return 'the status is not declared';
    return faultsOf(checkError(body));
  }
  const wanted = declared.mediaType ?? 'application/json';
  if (mediaType !== wanted) return `the media type is ${mediaType}, not ${wanted}`;
  const check = checks.get(declared) ?? compileCheck(declared.body);
  checks.set(declared, check);
  return faultsOf(check(body));
}

function contractOf(method: string, path: string): RouteContract | undefined {
  const { pathname } = new URL(path, 'http://gateway');
  return Object.values<RouteContract>(gatewayRoutes).find(
    (route) =>
      route.method === method.toLowerCase() &&
      new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(pathname),
  );
}

function faultsOf(checked: ReturnType<Check<unknown>>): string | undefined {
  return checked.ok ? undefined : renderFaults(checked.faults);
}
