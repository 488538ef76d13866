// Prometheus with a configuration of its caller, on a port of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runServer } from './child-server.mjs';
import { containerEngine, runContainer } from './container.mjs';
import { findProgram } from './debian-package.mjs';
import { freePorts } from './free-port.mjs';
import { giveFolder, userToRunAs } from './run-user.mjs';
import { startIn } from './service-handle.mjs';

const SERVICE = 'prometheus';
const IMAGE = 'prom/prometheus:v2.55.1';

/** Starts Prometheus from what the machine has. @param {import('./services.d.mts').PrometheusOptions} [options] */
export async function startPrometheus(options = {}) {
  const { onProgress = () => {}, config = 'scrape_configs: []\n' } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const [port] = options.ports ?? (await freePorts(1));
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
async function fromContainer(engine, { place, port, file, ready }, onProgress) {
  const inside = '/etc/prometheus/prometheus.yml';
  const args = [`--config.file=${inside}`, `--web.listen-address=127.0.0.1:${port}`, '--storage.tsdb.path=/prometheus'];
  const wanted = {
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
  };
  return { from: `container ${IMAGE}`, server: await runContainer(wanted) };
}

async function fromPackage({ place: { folder }, port, file, ready }, onProgress) {
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

/** @param {string} url @returns {Promise<string | undefined>} undefined while it does not answer */
export async function askPrometheusVersion(url) {
  const ask = (path) => fetch(new URL(path, url), { signal: AbortSignal.timeout(3_000) });
  try {
    const [ready, built] = await Promise.all([ask('/-/ready'), ask('/api/v1/status/buildinfo')]);
    return ready.ok && built.ok ? (await built.json()).data.version : undefined;
  } catch {
    // Not listening yet: the caller looks at the process and the clock.
    return undefined;
  }
}
