// Prometheus with a configuration of its caller, on a port of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runServer } from './child-server.ts';
import { containerEngine, startContainer } from './container.ts';
import { findProgram } from './debian-package.ts';
import { freePorts } from './free-port.ts';
import { giveFolder, userToRunAs } from './run-user.ts';
import type { OnProgress, PrometheusOptions, RunningService, ServicePlace } from './running-service.ts';
import { type Started, startIn } from './service-handle.ts';

const SERVICE = 'prometheus';
const IMAGE = 'prom/prometheus:v2.55.1';

interface At {
  readonly place: ServicePlace;
  readonly port: number;
  readonly file: string;
  readonly ready: () => Promise<string | undefined>;
}

type Source = Pick<Started, 'server' | 'from'>;

/** Starts Prometheus from what the machine has. @throws ServiceStartError */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<RunningService> {
  const { onProgress = () => undefined, config = 'scrape_configs: []\n' } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const [port = 0] = options.ports ?? (await freePorts(1));
    const file = join(place.folder, 'prometheus.yml');
    writeFileSync(file, config);
    const at = { place, port, file, ready: () => askPrometheusVersion(`http://127.0.0.1:${port}`) };
    const engine = containerEngine();
    const { server, from } =
      engine === undefined ? await fromPackage(at, onProgress) : await fromContainer(engine, at, onProgress);
    return { server, from, url: `http://127.0.0.1:${port}`, port };
  });
}

/** On the network of this machine: what it is to read listens on loopback. */
async function fromContainer(
  engine: string,
  { place, port, file, ready }: At,
  onProgress: OnProgress,
): Promise<Source> {
  const inside = '/etc/prometheus/prometheus.yml';
  const args = [`--config.file=${inside}`, `--web.listen-address=127.0.0.1:${port}`, '--storage.tsdb.path=/prometheus'];
  return startContainer({
    engine,
    service: SERVICE,
    image: IMAGE,
    publish: {},
    ports: [port],
    options: ['--network=host'],
    files: { [file]: inside },
    args,
    state: '/prometheus',
    place,
    ready,
    onProgress,
  });
}

async function fromPackage({ place: { folder }, port, file, ready }: At, onProgress: OnProgress): Promise<Source> {
  const command = await findProgram(
    { service: SERVICE, program: 'prometheus', places: () => ['/usr/bin/prometheus'], debianPackage: 'prometheus' },
    onProgress,
  );
  const user = userToRunAs(['prometheus', 'nobody']);
  giveFolder(folder, user);
  const args = [
    `--config.file=${file}`,
    `--web.listen-address=127.0.0.1:${port}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
  ];
  return {
    from: `package, ${command}`,
    server: await runServer({
      service: SERVICE,
      command,
      args,
      user,
      cwd: folder,
      logFile: join(folder, 'prometheus.log'),
      ports: [port],
      ready,
    }),
  };
}

/** @returns undefined while it does not answer */
export async function askPrometheusVersion(url: string | URL): Promise<string | undefined> {
  const ask = (path: string) => fetch(new URL(path, url), { signal: AbortSignal.timeout(3_000) });
  try {
    const [ready, built] = await Promise.all([ask('/-/ready'), ask('/api/v1/status/buildinfo')]);
    if (!ready.ok || !built.ok) return undefined;
    return ((await built.json()) as { readonly data: { readonly version: string } }).data.version;
  } catch {
    // Not listening yet: the caller looks at the process and the clock.
    return undefined;
  }
}
