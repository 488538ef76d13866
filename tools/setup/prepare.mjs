// Everything that must be there before ProcOS runs: tools of the machine, packages, the engine. Runs on Node 20 with nothing but Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureEngine } from '../../libs/engine-build/src/build-engine.mjs';
import { defaultCacheDir, engineKey } from '../../libs/engine-build/src/engine-cache.mjs';
import { findJava } from '../../libs/engine-build/src/java-toolchain.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { demandTools } from './missing-tools.mjs';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The Node of package.json, whatever Node started us. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Checks the machine, installs the packages and builds the engine, each only if need be. Speaks on stderr only.
 * @param {{product?: 'operaton' | 'camunda'}} [options]
 * @returns {Promise<{engineHome: string}>}
 */
export async function prepare({ product = 'operaton' } = {}) {
  const startedAt = performance.now();
  let spoken = false;
  const report = (/** @type {string} */ message) => {
    spoken = true;
    process.stderr.write(`[set-up ${elapsed(startedAt)} s] ${message}\n`);
  };
  demandTools({ toBuild: !isBuilt(product) });
  // Side by side: one mostly waits for the network, the other computes. Each is seen to its end before a fault of the other is told.
  const [packages, engine] = await Promise.allSettled([
    ensureDependencies(root, (message) => report(`packages: ${message}`)),
    ensureEngine({ product, onProgress: ({ message }) => report(`engine: ${message}`) }),
  ]);
  if (packages.status === 'rejected') throw packages.reason;
  if (engine.status === 'rejected') throw engine.reason;
  if (spoken) report('everything is in place');
  return { engineHome: engine.value.home };
}

/** Ends the process with a message instead of a stack: for what a person can mend. @param {unknown} error @returns {never} */
export function giveUp(error) {
  if (!(error instanceof Error)) throw error;
  const known = ['MissingToolsError', 'MissingToolError', 'InstallError', 'EngineBuildError', 'UsageError'].includes(
    error.name,
  );
  process.stderr.write(`${known ? error.message : error.stack}\n`);
  process.exit(2);
}

/** @param {'operaton' | 'camunda'} product @returns {boolean} */
function isBuilt(product) {
  try {
    return existsSync(join(defaultCacheDir(), 'engine', `${product}-${engineKey(product, findJava())}`, 'engine.json'));
  } catch (error) {
    // Without Java nothing is known of a built engine; the check of the tools says it in full.
    if (error instanceof Error && error.name === 'MissingToolError') return false;
    throw error;
  }
}

/** @param {number} since @returns {string} */
function elapsed(since) {
  return ((performance.now() - since) / 1000).toFixed(1).padStart(5);
}
