// Jaeger, its traces in memory, on ports of its own: traces come in by OTLP over HTTP, and are asked for by its query API.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGoTool } from './build-go-tool.ts';
import { runServer, type ServerRecipe } from './child-server.ts';
import { containerEngine, startContainer } from './container.ts';
import { freePorts } from './free-port.ts';
import type { OnProgress, RunningJaeger, ServiceOptions, ServicePlace } from './running-service.ts';
import { type Started, startIn } from './service-handle.ts';

const SERVICE = 'jaeger';
const IMAGE = 'jaegertracing/jaeger:2.11.0';

interface At {
  readonly place: ServicePlace;
  readonly ports: readonly number[];
  readonly url: string;
}

type Source = Pick<Started, 'server' | 'from'>;

/** Starts Jaeger from what the machine has. @throws ServiceStartError */
export async function startJaeger(options: ServiceOptions = {}): Promise<RunningJaeger> {
  const { onProgress = () => undefined } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const ports = options.ports ?? (await freePorts(4));
    const [port = 0, otlpPort = 0] = ports;
    const at = { place, ports, url: `http://127.0.0.1:${port}` };
    const engine = containerEngine();
    const { server, from } =
      engine === undefined ? await fromModule(at, onProgress) : await fromContainer(engine, at, onProgress);
    return { server, from, url: at.url, port, otlpUrl: `http://127.0.0.1:${otlpPort}` };
  });
}

async function fromContainer(
  engine: string,
  { place, ports: [port = 0, otlpPort = 0], url }: At,
  onProgress: OnProgress,
): Promise<Source> {
  const file = writeConfig(place.folder, { host: '0.0.0.0', ports: [16686, 4318, 16685, 13133] });
  const inside = '/etc/jaeger/config.json';
  const ready = () => askJaegerVersion(url, IMAGE.split(':')[1]);
  return startContainer({
    engine,
    service: SERVICE,
    image: IMAGE,
    publish: { [port]: 16686, [otlpPort]: 4318 },
    files: { [file]: inside },
    args: ['--config', inside],
    place,
    ready,
    onProgress,
  });
}

async function fromModule({ place: { folder }, ports, url }: At, onProgress: OnProgress): Promise<Source> {
  const command = await buildGoTool(SERVICE, { onProgress });
  const version = /github\.com\/jaegertracing\/jaeger v(\S+)/.exec(
    readFileSync(new URL('../modules/jaeger/go.mod', import.meta.url), 'utf8'),
  )?.[1];
  const args = ['--config', writeConfig(folder, { host: '127.0.0.1', ports })];
  // Asked to end it waits ten seconds for connections that clients keep; all it has is in memory.
  const recipe: ServerRecipe = {
    service: SERVICE,
    command,
    args,
    cwd: folder,
    logFile: join(folder, 'jaeger.log'),
    stopSignal: 'SIGKILL',
    ports,
    ready: () => askJaegerVersion(url, version),
  };
  return { from: 'Go module github.com/jaegertracing/jaeger', server: await runServer(recipe) };
}

/** Without a configuration it listens on twelve ports more than are used here. */
function writeConfig(
  folder: string,
  { host, ports }: { readonly host: string; readonly ports: readonly number[] },
): string {
  const file = join(folder, 'config.json');
  const [http, otlp, grpc, health] = ports.map((port) => ({ endpoint: `${host}:${port}` }));
  const pipeline = { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] };
  const config = {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: { traces: pipeline },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      jaeger_query: { storage: { traces: 'memory' }, http, grpc },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 10_000 } } } },
      healthcheckv2: { use_v2: true, http: health },
    },
    receivers: { otlp: { protocols: { http: otlp } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}

/**
 * It does not tell its version.
 *
 * @param version what it is known to be
 * @returns undefined while it does not answer
 */
export async function askJaegerVersion(url: string | URL, version = 'unknown'): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/api/services', url), { signal: AbortSignal.timeout(3_000) });
    if (!response.ok) return undefined;
    const { data } = (await response.json()) as { readonly data: unknown };
    return Array.isArray(data ?? []) ? version : undefined;
  } catch {
    // Not listening yet: the caller looks at the process and the clock.
    return undefined;
  }
}
