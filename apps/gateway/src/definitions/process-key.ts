import type { EngineClient } from '@procos/engine-client';
import { rememberedPerEngine } from './remembered-per-engine.ts';

/** The key of the process that a definition is a version of. */
export const processKeyOf: (engine: EngineClient, definitionId: string) => Promise<string> = rememberedPerEngine(
  async (engine, definitionId) => (await engine.repository.definition(definitionId)).key,
);
