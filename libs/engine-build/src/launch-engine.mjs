// Builds the engine if need be and starts it: what tests and benchmarks call.
import { ensureEngine } from './build-engine.mjs';
import { launchHome } from './launch-home.mjs';

/** @import {LaunchedEngine, LaunchEngineOptions} from './launched-engine.ts' */

/**
 * Builds the engine if need be, starts it and resolves when `/engine` and `/deployment` of its REST API answer 200.
 * The engine stops by itself when the calling process ends.
 *
 * @param {LaunchEngineOptions} [options]
 * @returns {Promise<LaunchedEngine>}
 * @throws {EngineStartError} when it ends early or does not answer in time; what `ensureEngine` throws besides
 */
export async function launchEngine(options = {}) {
  const home = await ensureEngine({
    product: options.product,
    cacheDir: options.cacheDir,
    javaHome: options.javaHome,
    onProgress: options.onProgress,
  });
  return launchHome(home, options);
}
