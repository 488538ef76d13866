// Builds the engine if need be and starts it: what tests and benchmarks call.
import { ensureEngine } from './build-engine.mjs';
import { launchHome } from './launch-home.mjs';

export { EngineStartError, launchHome } from './launch-home.mjs';

/**
 * Builds the engine if need be, starts it and resolves when its REST API answers.
 * @param {import('./launch-home.d.mts').LaunchEngineOptions} [options]
 * @returns {Promise<import('./launch-home.d.mts').LaunchedEngine>}
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
