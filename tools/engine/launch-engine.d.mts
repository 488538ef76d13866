import type { LaunchedEngine, LaunchEngineOptions } from './launch-home.mjs';

export { EngineStartError, launchHome } from './launch-home.mjs';
export type { EngineExit, LaunchedEngine, LaunchEngineOptions } from './launch-home.mjs';

/**
 * Builds the engine if need be, starts it and resolves when `/engine` and `/deployment` of its REST API answer 200.
 * The engine stops by itself when the calling process ends.
 *
 * @throws EngineStartError when it ends early or does not answer in time
 */
export function launchEngine(options?: LaunchEngineOptions): Promise<LaunchedEngine>;
