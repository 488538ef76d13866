// Makes the example workers ready to run, outside the tree and once per content: a virtual environment, a packaged jar.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from '../../../libs/engine-build/src/build-lock.mjs';
import { packageProject } from '../../../libs/engine-build/src/build-steps.mjs';
import { defaultCacheDir } from '../../../libs/engine-build/src/engine-cache.mjs';
import { findJava, findMaven } from '../../../libs/engine-build/src/java-toolchain.mjs';

const examples = fileURLToPath(new URL('../', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const WINDOWS = process.platform === 'win32';

/** How a worker is started. */
export interface WorkerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** From source, as a checkout has it. */
export async function prepareTypeScript(): Promise<WorkerCommand> {
  return {
    command: process.execPath,
    args: ['--conditions=@procos/source', join(examples, 'typescript/worker.ts')],
    cwd: root,
  };
}

/** The public client of the engine's makers, unmodified. */
export async function prepareOfficial(): Promise<WorkerCommand> {
  return { command: process.execPath, args: [join(examples, 'node-official/worker.mjs')], cwd: root };
}

/** @throws Error when there is no Python, or its packages cannot be had */
export async function preparePython(): Promise<WorkerCommand> {
  const python = WINDOWS ? 'python' : 'python3';
  const asked = spawnSync(python, ['--version'], { encoding: 'utf8' });
  if (asked.error !== undefined || asked.status !== 0) throw new Error(`there is no ${python} on the path`);
  const requirements = join(examples, 'python/requirements.txt');
  const folder = await once('python', [asked.stdout, readFileSync(requirements)], async (venv) => {
    await run(python, ['-m', 'venv', venv]);
    await run(interpreter(venv), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--requirement',
      requirements,
    ]);
  });
  return { command: interpreter(folder), args: [join(examples, 'python/worker.py')], cwd: root };
}

/** @throws Error when there is no JDK or Maven, or its libraries cannot be had */
export async function prepareJava(): Promise<WorkerCommand> {
  const java = findJava();
  const maven = findMaven(java);
  const sources = join(examples, 'java');
  const files = ['pom.xml', 'src/main/java/CountWordsWorker.java'].map((file) => readFileSync(join(sources, file)));
  const folder = await once('java', [java.version, ...files], async (home) => {
    const workDir = mkdtempSync(`${home}-`);
    try {
      const jar = await packageProject({
        sources,
        workDir,
        profiles: [],
        jarName: 'count-words.jar',
        java,
        maven,
        logFile: `${home}.log`,
        onTick: () => undefined,
      });
      mkdirSync(home);
      for (const name of ['count-words.jar', 'lib'])
        cpSync(join(dirname(jar), name), join(home, name), { recursive: true });
    } finally {
      rmSync(workDir, { recursive: true, force: true });
    }
  });
  return { command: java.executable, args: ['-jar', join(folder, 'count-words.jar')], cwd: root };
}

const interpreter = (venv: string): string =>
  WINDOWS ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');

/** A folder in the cache, made whole before anybody else sees it as ready. */
async function once(
  name: string,
  contents: readonly (string | Buffer)[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\0`);
  for (const content of contents) hash.update(content).update('\0');
  const folder = join(defaultCacheDir(), 'examples', `${name}-${hash.digest('hex').slice(0, 16)}`);
  const stamp = join(folder, 'ready');
  if (existsSync(stamp)) return folder;
  await withBuildLock(`${folder}.lock`, {}, async () => {
    if (existsSync(stamp)) return;
    rmSync(folder, { recursive: true, force: true });
    await make(folder);
    writeFileSync(stamp, '');
  });
  return folder;
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}: ${output.trim().slice(-2_000)}`);
}
