/**
 * For this repository alone.
 *
 * @packageDocumentation
 * @internal
 */
export type { EngineBuildProgress, EngineHome, EngineProductName, EnsureEngineOptions } from './built-engine.ts';
export type { EngineExit, LaunchedEngine, LaunchEngineOptions } from './launched-engine.ts';
export { ensureEngine } from './build-engine.mjs';
export { withBuildLock } from './build-lock.mjs';
export { EngineBuildError, packageProject } from './build-steps.mjs';
export { defaultCacheDir, ENGINE_SOURCES, engineKey } from './engine-cache.mjs';
export type { JavaRuntime } from './java-toolchain.mjs';
export { findJava, findMaven, MINIMUM_JAVA, MissingToolError } from './java-toolchain.mjs';
export { launchEngine } from './launch-engine.mjs';
export { EngineStartError, launchHome } from './launch-home.mjs';
