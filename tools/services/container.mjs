// Services from container images, where an engine for containers can be used.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runServer } from './child-server.mjs';

let found;

/** `docker` or `podman`, when one can be used here; looked for once. */
export function containerEngine() {
  if (process.env['PROCOS_CONTAINERS'] === 'false') return undefined;
  found ??= { engine: ['docker', 'podman'].find((name) => spawnSync(name, ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0) };
  return found.engine;
}

/**
 * Runs an image in the foreground, so that it ends with its process.
 * @param {object} wanted
 * @param {string} wanted.engine
 * @param {string} wanted.service
 * @param {string} wanted.image
 * @param {Record<number, number>} wanted.publish port of ours → port in the container
 * @param {Record<string, string>} [wanted.env]
 * @param {string[]} [wanted.args]
 */
export async function runContainer({ engine, service, image, publish, env = {}, args = [], folder, ready, onProgress }) {
  const name = `procos-${service}-${process.pid}-${Object.keys(publish)[0]}`;
  onProgress(`starting ${service} from the image ${image}`);
  const words = [
    ...['run', '--name', name],
    ...Object.entries(publish).flatMap(([ours, inside]) => ['--publish', `127.0.0.1:${ours}:${inside}`]),
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...[image, ...args],
  ];
  // The first start may have to fetch the image.
  const recipe = { service, command: engine, args: words, logFile: join(folder, `${service}.log`), ready, startTimeoutMs: 300_000 };
  const server = await runServer(recipe);
  const control = (...command) => spawnSync(engine, command, { stdio: 'ignore', timeout: 60_000 });
  return {
    name,
    get pid() {
      return server.pid;
    },
    get version() {
      return server.version;
    },
    stop: async () => {
      control('stop', name);
      await server.stop();
    },
    kill: async () => {
      control('kill', name);
      await server.kill();
    },
    restart: async () => {
      control('restart', name);
      while ((await ready()) === undefined) await new Promise((resolve) => setTimeout(resolve, 200));
    },
    dispose: async () => void control('rm', '--force', '--volumes', name),
  };
}
