// Jaeger, its traces in memory, on ports of its own: traces come in by OTLP over HTTP, and are asked for by its query API.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGoTool } from './build-go-tool.mjs';
import { runServer } from './child-server.mjs';
import { containerEngine, runContainer } from './container.mjs';
import { freePorts } from './free-port.mjs';
import { startIn } from './service-handle.mjs';

const SERVICE = 'jaeger';
const IMAGE = 'jaegertracing/jaeger:2.11.0';

/** Starts Jaeger from what the machine has. @param {import('./services.d.mts').ServiceOptions} [options] */
export async function startJaeger(options = {}) {
  const { onProgress = () => {} } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const ports = options.ports ?? (await freePorts(4));
    const [port, otlpPort] = ports;
    const at = { place, ports, url: `http://127.0.0.1:${port}` };
    const engine = containerEngine();
    const { server, from } =
      engine === undefined ? await fromModule(at, onProgress) : await fromContainer(engine, at, onProgress);
    return { server, from, url: at.url, port, otlpUrl: `http://127.0.0.1:${otlpPort}` };
  });
}

async function fromContainer(engine, { place, ports: [port, otlpPort], url }, onProgress) {
  const [file, inside] = [
    writeConfig(place.folder, { host: '0.0.0.0', ports: [16686, 4318, 16685, 13133] }),
    '/etc/jaeger/config.json',
  ];
  const ready = () => askJaegerVersion(url, IMAGE.split(':')[1]);
  const wanted = {
    engine,
    service: SERVICE,
    image: IMAGE,
    publish: { [port]: 16686, [otlpPort]: 4318 },
    files: { [file]: inside },
    args: ['--config', inside],
    place,
    ready,
    onProgress,
  };
  return { from: `container ${IMAGE}`, server: await runContainer(wanted) };
}

async function fromModule({ place: { folder }, ports, url }, onProgress) {
  const command = await buildGoTool(SERVICE, { onProgress });
  const version = /github\.com\/jaegertracing\/jaeger v(\S+)/.exec(
    readFileSync(new URL('jaeger/go.mod', import.meta.url), 'utf8'),
  )?.[1];
  const args = ['--config', writeConfig(folder, { host: '127.0.0.1', ports })];
  // Asked to end it waits ten seconds for connections that clients keep; all it has is in memory.
  const recipe = {
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
function writeConfig(folder, { host, ports }) {
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
 * @param {string} url
 * @param {string} [version] what it is known to be
 * @returns {Promise<string | undefined>} undefined while it does not answer
 */
export async function askJaegerVersion(url, version = 'unknown') {
  try {
    const response = await fetch(new URL('/api/services', url), { signal: AbortSignal.timeout(3_000) });
    return response.ok && Array.isArray((await response.json()).data ?? []) ? version : undefined;
  } catch {
    // Not listening yet: the caller looks at the process and the clock.
    return undefined;
  }
}
