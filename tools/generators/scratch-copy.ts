import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Generator, Tree } from '@nx/devkit';
import { FsTree, flushChanges } from 'nx/src/generators/tree';

const root = resolve(import.meta.dirname, '../..');
const leftOut = new Set(['.git', '.nx', '.procos', 'node_modules', 'target']);

/** A copy of the repository that shares the installed packages, but whose `@procos/…` are its own. */
export interface ScratchCopy {
  readonly folder: string;
  /** Runs a program of the repository there. Rejects with its output when it fails. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  /** Runs a generator in this process and writes what it makes there. Rejects as the generator does. */
  generate(generator: (tree: Tree) => ReturnType<Generator>): Promise<void>;
  /** Starts a program there that is to run until it is stopped. */
  start(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): { stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly stderr: string }> };
  /** Makes the workspace link that `npm install` would make. */
  link(name: string, path: string): void;
  /** Lets lint look at these files and what they import, instead of at the whole repository. */
  narrowLint(files: readonly string[]): void;
  remove(): void;
}

/** @param parent folder that holds the copy: its own, or one that git ignores @default that of the system for temporary files */
export function makeScratchCopy(parent = tmpdir()): ScratchCopy {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'procos-generators-'));
  // Build output comes along, with its times: the compiler then looks at what is new only. One after the other, as a folder
  // is not copied into itself.
  for (const name of readdirSync(root).filter((name) => !leftOut.has(name)))
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !leftOut.has(basename(path)),
    });
  linkPackages(folder);
  const copy: ScratchCopy = {
    folder,
    run: (program, ...args) => runThere(folder, program, args),
    generate: (generator) => generateThere(folder, generator),
    start: (program, args, env) => startThere(folder, program, args, env),
    link: (name, path) => symlinkSync(join(folder, path), join(folder, 'node_modules/@procos', name)),
    narrowLint: (files) => {
      const config = JSON.parse(readFileSync(join(folder, 'tsconfig.lint.json'), 'utf8')) as object;
      writeFileSync(join(folder, 'tsconfig.lint.json'), JSON.stringify({ ...config, include: files }));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  for (const path of globSync(['{libs,apps}/*', 'processes', 'tools'], { cwd: folder }))
    copy.link(path.split(sep).at(-1) ?? path, path);
  return copy;
}

function linkPackages(folder: string): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@procos'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@procos') symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  for (const own of globSync(['{libs,apps}/*/node_modules', 'tools/node_modules'], { cwd: root })) {
    if (existsSync(join(folder, dirname(own)))) symlinkSync(join(root, own), join(folder, own));
  }
}

async function generateThere(folder: string, generator: (tree: Tree) => ReturnType<Generator>): Promise<void> {
  const tree = new FsTree(folder, false);
  const next = await generator(tree);
  flushChanges(folder, tree.listChanges());
  await next?.();
}

function environmentOf(folder: string): Record<string, string | undefined> {
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    PATH: `${join(folder, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  };
  // What a test run sets for its own workers must not reach another one.
  for (const name of Object.keys(env))
    if (/^(VITEST|NODE_OPTIONS|NODE_ENV|NODE_COMPILE_CACHE|PROCOS_|TEST$)/.test(name))
      delete env[name as keyof typeof env];
  return env;
}

function startThere(folder: string, program: string, args: readonly string[], more: Readonly<Record<string, string>>) {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...environmentOf(folder), ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return {
    stop: async (signal: NodeJS.Signals) => {
      child.kill(signal);
      const [code] = await ended;
      return { code, stderr };
    },
  };
}

async function runThere(folder: string, program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, {
      cwd: folder,
      env: environmentOf(folder),
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout + stderr;
  } catch (fault) {
    const { stdout = '', stderr = '' } = fault as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: fault });
  }
}
