#!/usr/bin/env node
// Builds the engine once and keeps it outside the tree. Runs on any Node from 20 on and needs nothing but a JDK and Maven.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { dropWorkFiles, extractEngine, packageEngine, publish } from './build-steps.mjs';
import {
  ENGINE_SOURCES,
  defaultCacheDir,
  engineKey,
  markUsed,
  removeUnfinished,
  removeUnused,
} from './engine-cache.mjs';
import { findJava, findMaven } from './java-toolchain.mjs';
import { trainEngine } from './train-engine.mjs';

/** @import {EngineBuildProgress, EngineHome, EngineProductName, EnsureEngineOptions} from './built-engine.ts' */
/** @import {JavaRuntime} from './java-toolchain.mjs' */

/** @type {readonly string[]} */
const PRODUCTS = ['operaton', 'camunda'];

/**
 * Makes sure that the engine is built (once per content of its sources and Java version) and says how to start it.
 *
 * @param {EnsureEngineOptions} [options]
 * @returns {Promise<EngineHome>}
 * @throws {RangeError} for an unknown product
 * @throws {MissingToolError} when there is no JDK 17 or newer, or no Maven; the message says what to install
 * @throws {EngineBuildError} when a step fails; the message ends with the path of the log
 */
export async function ensureEngine(options = {}) {
  const product = options.product ?? 'operaton';
  if (!PRODUCTS.includes(product))
    throw new RangeError(`unknown engine product '${product}', it must be one of ${PRODUCTS.join(', ')}`);
  const java = findJava({ javaHome: options.javaHome });
  const cache = join(options.cacheDir ?? defaultCacheDir(), 'engine');
  const name = `${product}-${engineKey(product, java)}`;
  const home = join(cache, name);
  if (!isBuilt(home)) {
    const startedAt = performance.now();
    /** @type {Report} */
    const report = (step, message) =>
      options.onProgress?.({ product, step, message, elapsedMs: Math.round(performance.now() - startedAt) });
    mkdirSync(cache, { recursive: true });
    const onWait = (/** @type {number} */ pid) =>
      report('wait', `another build is under way (process ${pid}), waiting for it`);
    await withBuildLock(join(cache, `${name}.lock`), { onWait }, async () => {
      if (!isBuilt(home)) await build({ product, java, cache, name, home, report });
    });
    removeUnused(cache, product, name);
  }
  markUsed(home);
  return readHome(home);
}

/** @typedef {(step: EngineBuildProgress['step'], message: string) => void} Report */

/** @param {{product: EngineProductName, java: JavaRuntime, cache: string, name: string, home: string, report: Report}} what */
async function build({ product, java, cache, name, home, report }) {
  const maven = findMaven(java);
  removeUnfinished(cache, name);
  const logFile = join(cache, `${name}.log`);
  writeFileSync(logFile, '');
  const draft = mkdtempSync(join(cache, `${name}.draft-`));
  const workDir = mkdtempSync(join(cache, `${name}.work-`));
  try {
    report(
      'package',
      `building ${product} with Maven ${maven.version} and ${java.version}, about a minute the first time`,
    );
    const jar = await packageEngine({ sources: ENGINE_SOURCES, workDir, product, java, maven, logFile, report });
    report('extract', 'unpacking the jar');
    await extractEngine({ jar, home: draft, java, logFile });
    report('train', 'recording the classes of a first boot, so that later ones are fast');
    const trained = await trainEngine({ home: draft, java, logFile });
    const description = { format: 1, product, ...trained, java: java.executable };
    writeFileSync(join(draft, 'engine.json'), `${JSON.stringify(description, null, 2)}\n`);
    publish(draft, home);
    report('done', `engine ready in ${home}`);
  } finally {
    await dropWorkFiles(workDir);
    await dropWorkFiles(draft);
  }
}

/** @param {string} home */
function isBuilt(home) {
  return existsSync(join(home, 'engine.json'));
}

/** @param {string} home @returns {EngineHome} */
function readHome(home) {
  const { product, version, java, args, shortLifeArgs, mainJar } = JSON.parse(
    readFileSync(join(home, 'engine.json'), 'utf8'),
  );
  return { home, product, version, java, args, shortLifeArgs, mainJar };
}

/** @param {readonly string[]} argv */
async function main(argv) {
  if (argv.includes('--help')) {
    console.log(
      'Usage: node libs/engine-build/src/build-engine.mjs [--product operaton|camunda] [--json]\nBuilds the engine once and prints where it is.',
    );
    return;
  }
  const known = new Set(['--product', '--json']);
  const unknown = argv.find((word, index) => !known.has(word) && argv[index - 1] !== '--product');
  if (unknown !== undefined) throw new RangeError(`unknown option '${unknown}', see --help`);
  const product = /** @type {EngineProductName} */ (
    argv.includes('--product') ? argv[argv.indexOf('--product') + 1] : 'operaton'
  );
  const onProgress = (/** @type {EngineBuildProgress} */ { step, message, elapsedMs }) =>
    console.error(`[engine ${(elapsedMs / 1000).toFixed(1).padStart(5)} s] ${step}: ${message}`);
  const engine = await ensureEngine({ product, onProgress });
  console.log(
    argv.includes('--json') ? JSON.stringify(engine) : `${engine.product} ${engine.version} in ${engine.home}`,
  );
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
