// Services from container images, where an engine for containers can be used.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type ChildServer, runServer } from './child-server.ts';
import { guarded } from './guarded.ts';
import type { OnProgress, ServiceName, ServicePlace } from './running-service.ts';

let found: { readonly engine: string | undefined } | undefined;

/** `docker` or `podman`, when one can be used here; looked for once. */
export function containerEngine(): string | undefined {
  if (process.env['PROCOS_CONTAINERS'] === 'false') return undefined;
  found ??= {
    engine: ['docker', 'podman'].find(
      (name) => spawnSync(name, ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0,
    ),
  };
  return found.engine;
}

export interface WantedContainer {
  /** `docker` or `podman`. */
  readonly engine: string;
  readonly service: ServiceName;
  readonly image: string;
  /** Port of ours → port in the container. */
  readonly publish: Readonly<Record<number, number>>;
  /** Values are not seen on the command line. */
  readonly env?: Readonly<Record<string, string>>;
  /** File of ours → where it is read in the container. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of ours, those that are published unless told otherwise. */
  readonly ports?: readonly number[];
  /** More options of `run`. */
  readonly options?: readonly string[];
  readonly args?: readonly string[];
  /** Where in the container the state is; without it there is none. */
  readonly state?: string;
  readonly place: ServicePlace;
  readonly ready: () => Promise<string | undefined>;
  readonly onProgress: OnProgress;
}

type Container = ChildServer & { readonly name: string; readonly dispose: () => Promise<void> };
type Control = (...command: readonly string[]) => unknown;

/**
 * Runs an image in the foreground, so that it ends with its process. Its state is in a volume: of the folder's own where
 * that is kept, removed with it otherwise. Each start is a container of its own on that volume.
 */
export async function startContainer(wanted: WantedContainer): Promise<{ server: Container; from: string }> {
  const { engine, service, image, publish, env = {}, ports = Object.keys(publish).map(Number) } = wanted;
  const { place, ready, onProgress } = wanted;
  const name = `procos-${service}-${createHash('sha256').update(resolve(place.folder)).digest('hex').slice(0, 12)}`;
  onProgress(`starting ${service} from the image ${image}`);
  const control: Control = (...command) => spawnSync(engine, command, { stdio: 'ignore', timeout: 60_000 });
  const { remove, dispose } = removal(name, wanted, control);
  const recipe = {
    ...{ service, command: engine, args: runWords(name, wanted), env, ready, ports },
    logFile: join(place.folder, `${service}.log`),
    // The first start may have to fetch the image.
    startTimeoutMs: 300_000,
    // One of an earlier start that was not ended in good order would be in the way.
    prepare: remove,
    askToEnd: (signal: NodeJS.Signals) => void control(signal === 'SIGKILL' ? 'kill' : 'stop', name),
  };
  try {
    return { server: Object.assign(await runServer(recipe), { name, dispose }), from: `container ${image}` };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function runWords(
  name: string,
  { image, publish, env = {}, files = {}, options = [], args = [], state }: WantedContainer,
): readonly string[] {
  return [
    // Some keep their state under the name of the host.
    ...['run', '--name', name, ...(options.includes('--network=host') ? [] : ['--hostname', 'procos']), ...options],
    ...Object.entries(publish).flatMap(([ours, inside]) => ['--publish', `127.0.0.1:${ours}:${inside}`]),
    ...(state === undefined ? [] : ['--volume', `${name}:${state}`]),
    ...Object.entries(files).flatMap(([ours, inside]) => ['--volume', `${ours}:${inside}:ro`]),
    ...Object.keys(env).flatMap((key) => ['--env', key]),
    ...[image, ...args],
  ];
}

/** Of a container and of the state that is not kept; the guard does it when this process is killed. */
function removal(name: string, { engine, state, place }: WantedContainer, control: Control) {
  const words = ['rm', '--force', '--volumes', name];
  const stateWords = state !== undefined && !place.kept ? ['volume', 'rm', '--force', name] : undefined;
  const release = [guarded({ command: [engine, ...words] })];
  if (stateWords !== undefined) release.push(guarded({ command: [engine, ...stateWords] }));
  const remove = () => control(...words);
  const dispose = async () => {
    remove();
    if (stateWords !== undefined) control(...stateWords);
    for (const one of release) one();
  };
  return { remove, dispose };
}
