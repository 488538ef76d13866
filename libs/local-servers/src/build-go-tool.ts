// Builds servers that are published as Go modules, once, and keeps them outside the tree.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultCacheDir, withBuildLock } from '@procos/engine-build';
import { guarded } from './guarded.ts';
import type { OnProgress } from './running-service.ts';

/** Name of a tool → the Go package to build. Its module with all its pins is the folder of that name in `modules`. */
const GO_TOOLS = {
  consul: 'github.com/hashicorp/consul',
  jaeger: 'github.com/jaegertracing/jaeger/cmd/jaeger',
  temporal: 'github.com/temporalio/cli/cmd/temporal',
  toxiproxy: 'github.com/Shopify/toxiproxy/v2/cmd/server',
};

export type GoTool = keyof typeof GO_TOOLS;

/** From two cores with a cold cache to eight with a warm one. */
const ESTIMATED_MINUTES: Readonly<Record<GoTool, readonly [number, number]>> = {
  consul: [2, 12],
  jaeger: [3, 15],
  temporal: [2, 12],
  toxiproxy: [1, 2],
};

/** How to do without, told first: whoever waits for a quarter of an hour would rather have known. */
const WITHOUT_BUILD: Readonly<Partial<Record<GoTool, string>>> = {
  consul:
    'set CONSUL_URL to a Consul that runs already, start docker or podman, or install the package of your system (https://developer.hashicorp.com/consul/install) and put `consul` on the PATH',
};

/** Minor version of Go 1. */
const OLDEST_GO = 21;
const GO_INSTALLATION = `Install it:
  Debian 13, Ubuntu 24.04:  sudo apt-get install golang-go
  Debian 12:                sudo apt-get install -t bookworm-backports golang-go
  macOS:                    brew install go
  any machine:              https://go.dev/dl/`;
const PROGRESS_EVERY_MS = 15_000;
const WINDOWS = process.platform === 'win32';

/** Thrown when a tool cannot be had on this machine. The message says why and what to do. */
export class GoToolError extends Error {
  override name = 'GoToolError';
}

/**
 * Path of the program, built first if need be (some minutes, with downloads). Builders of the same tool wait for each other.
 *
 * @throws GoToolError when there is no Go, or the build fails
 */
export async function buildGoTool(
  name: GoTool,
  { onProgress = () => undefined }: { readonly onProgress?: OnProgress } = {},
): Promise<string> {
  const module = moduleOf(name);
  const folder = join(defaultCacheDir(), 'go', `${name}-${keyOf(name, module)}`);
  const binary = join(folder, WINDOWS ? `${name}.exe` : name);
  if (existsSync(binary)) return binary;
  needGo(name);
  const onWait = (pid: number) => onProgress(`${name}: another build is under way (process ${pid}), waiting for it`);
  await withBuildLock(`${folder}.lock`, { onWait }, async () => {
    if (!existsSync(binary)) await build({ name, module, folder, binary, onProgress });
  });
  return binary;
}

function moduleOf(name: GoTool): string {
  if (!Object.hasOwn(GO_TOOLS, name))
    throw new GoToolError(`unknown tool '${name}', it must be one of ${Object.keys(GO_TOOLS).join(', ')}`);
  const module = fileURLToPath(new URL(`../modules/${name}/`, import.meta.url));
  if (!existsSync(join(module, 'go.mod')))
    throw new GoToolError(`there is no ${join(module, 'go.mod')} to build '${name}' from`);
  return module;
}

function keyOf(name: GoTool, module: string): string {
  const hash = createHash('sha256');
  for (const part of [GO_TOOLS[name], process.platform, process.arch]) hash.update(`${part}\0`);
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(module, file))).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** An older one neither reads our modules nor gets itself the toolchain that they name. */
function needGo(name: GoTool): void {
  const asked = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (asked.error !== undefined || asked.status !== 0) {
    const { code } = (asked.error ?? {}) as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'no go is on the path' : (asked.error?.message ?? asked.stderr.trim());
    throw new GoToolError(`Go is needed to build ${name} once, but ${why}. ${GO_INSTALLATION}`);
  }
  const [, version, major, minor] = /\bgo((\d+)\.(\d+)\S*)/.exec(asked.stdout) ?? [];
  if (version === undefined || Number(major) > 1 || Number(minor) >= OLDEST_GO) return;
  throw new GoToolError(
    `Go 1.${OLDEST_GO} or newer is needed to build ${name} once, but this machine has ${version}. ${GO_INSTALLATION}`,
  );
}

interface Build {
  readonly name: GoTool;
  readonly module: string;
  readonly folder: string;
  readonly binary: string;
  readonly onProgress: OnProgress;
}

async function build({ name, module, folder, binary, onProgress }: Build): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const logFile = `${folder}.log`;
  const draft = `${binary}.draft-${process.pid}`;
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const estimate = `${ESTIMATED_MINUTES[name].join(' to ')} minutes, more on a busy machine`;
  const without = WITHOUT_BUILD[name];
  onProgress(`building ${name} once (${estimate}); later starts take it from the cache. What Go says is in ${logFile}`);
  if (without !== undefined) onProgress(`without the build: ${without}`);
  let total: number | undefined;
  void packageCount(name, module).then((count) => (total = count));
  const ticker = setInterval(
    () => onProgress(`building ${name} (${seconds()} s${renderProgress(logFile, total)})`),
    PROGRESS_EVERY_MS,
  );
  try {
    const args = ['build', '-v', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', draft, GO_TOOLS[name]];
    await run('go', args, { cwd: module, logFile }, name);
    renameSync(draft, binary);
    onProgress(`${name} is built (${seconds()} s)`);
  } finally {
    clearInterval(ticker);
    rmSync(draft, { force: true });
  }
}

/** Packages that may have to be compiled; undefined when Go does not say. */
async function packageCount(name: GoTool, module: string): Promise<number | undefined> {
  const child = spawn('go', ['list', '-deps', '-mod=readonly', GO_TOOLS[name]], {
    cwd: module,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => (lines += chunk.toString().split('\n').length - 1));
  const code = await new Promise<number | null>((resolve) =>
    child.once('error', () => resolve(1)).once('close', resolve),
  );
  return code === 0 && lines > 0 ? lines : undefined;
}

/** With -v Go names each package that it compiles: what is in its cache is not among them. */
function renderProgress(logFile: string, total: number | undefined): string {
  if (total === undefined || !existsSync(logFile)) return '';
  const done = readFileSync(logFile, 'utf8').split('\n').length - 1;
  return `, ${Math.min(done, total)} of at most ${total} packages`;
}

/** Go takes every core it gets: it is told to step back behind whatever else runs here. */
async function run(
  command: string,
  args: readonly string[],
  { cwd, logFile }: { readonly cwd: string; readonly logFile: string },
  name: GoTool,
): Promise<void> {
  const log = openSync(logFile, 'w');
  try {
    const child = spawn(command, args, { cwd, stdio: ['ignore', log, log], detached: !WINDOWS });
    if (child.pid !== undefined && !WINDOWS) setPriority(child.pid, 10);
    // It must not go on when nobody waits for it any more, however we end.
    const release = child.pid === undefined ? () => undefined : guarded({ pid: child.pid, signal: 'SIGTERM' });
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once('error', reject).once('close', resolve),
    );
    release();
    if (code === 0) return;
    const lastLines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15);
    throw new GoToolError(
      `Building ${name} ended with exit code ${code}. Its last lines, the rest is in ${logFile}:\n${lastLines.map((line) => `  ${line}`).join('\n')}`,
    );
  } finally {
    closeSync(log);
  }
}
