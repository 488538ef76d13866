export { startEngineProcess } from './engine-process.ts';
export type { EngineProcess, EngineProcessOptions } from './engine-process.ts';
export { engineHomeFaults, readEngineHome } from './engine-home.ts';
export type { EngineHome } from './engine-home.ts';
