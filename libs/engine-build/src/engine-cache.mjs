// Where built engines are kept, and under which key: outside the tree, so that every clone of the same sources shares one.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import {EngineProductName} from './built-engine.ts' */
/** @import {JavaRuntime} from './java-toolchain.mjs' */

/** The Maven project of the engine, which is part of the checkout. */
export const ENGINE_SOURCES = fileURLToPath(new URL('../../../infra/engine/', import.meta.url));

/** The files that decide how an engine is built: a change of one makes every cached engine a new one. */
const RECIPE = ['build-steps.mjs', 'train-engine.mjs', 'training-model.mjs'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);

const UNUSED_MS = 14 * 24 * 3600 * 1000;

/**
 * The folder for what is built or fetched once: `$PROCOS_CACHE_DIR`, else `$XDG_CACHE_HOME/procos`, else `~/.cache/procos`.
 *
 * @param {Readonly<Record<string, string | undefined>>} [env] the environment of this process unless told otherwise
 */
export function defaultCacheDir(env = process.env) {
  const own = env['PROCOS_CACHE_DIR'];
  if (own) return own;
  const xdg = env['XDG_CACHE_HOME'];
  return join(xdg || join(homedir(), '.cache'), 'procos');
}

/**
 * A short hash over the sources of the engine, the recipe of the build and the Java runtime that will run it.
 *
 * @param {EngineProductName} product
 * @param {Pick<JavaRuntime, 'version' | 'home'>} java
 */
export function engineKey(product, java) {
  const hash = createHash('sha256');
  for (const part of [product, java.version, java.home, process.platform, process.arch]) hash.update(`${part}\0`);
  for (const file of [...sourceFiles(), ...RECIPE]) {
    hash
      .update(`${relative(ENGINE_SOURCES, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** The files that make up the Maven project; documentation and build output are none of them. */
function sourceFiles() {
  const inSrc = readdirSync(join(ENGINE_SOURCES, 'src'), { recursive: true })
    .map((name) => join(ENGINE_SOURCES, 'src', String(name)))
    .filter((file) => statSync(file).isFile());
  return [join(ENGINE_SOURCES, 'pom.xml'), ...inSrc.sort()];
}

/** Marks a home as used now. @param {string} home */
export function markUsed(home) {
  const now = new Date();
  utimesSync(join(home, 'engine.json'), now, now);
}

/**
 * Removes what builders that were killed left behind. To be called by the one that holds the lock of this engine.
 *
 * @param {string} folder of all engines
 * @param {string} name of this one
 */
export function removeUnfinished(folder, name) {
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(`${name}.draft-`) || entry.startsWith(`${name}.work-`))
      rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

/**
 * Removes engines of this product that nobody has used for two weeks.
 *
 * @param {string} folder of all engines
 * @param {EngineProductName} product
 * @param {string} keep name of the one in use
 */
export function removeUnused(folder, product, keep) {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${product}-`) || name.startsWith(keep)) continue;
    const entry = statSync(join(folder, name), { throwIfNoEntry: false });
    const marker = entry?.isDirectory()
      ? (statSync(join(folder, name, 'engine.json'), { throwIfNoEntry: false }) ?? entry)
      : entry;
    if (marker && Date.now() - marker.mtimeMs > UNUSED_MS) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
