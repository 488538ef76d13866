import type { EngineClient } from '@procos/engine-client';
import { describeElements, type DescribedElement, isProcessModelError } from '@procos/process-model';
import { rememberedPerEngine } from '../definitions/remembered-per-engine.ts';

export type ModelElements = ReadonlyMap<string, DescribedElement>;

/** More models than failures are told about at once. */
const mostModels = 100;

/** The elements of a deployed process. A model that only the engine can read has none. */
export const modelElements: (engine: EngineClient, definitionId: string) => Promise<ModelElements> =
  rememberedPerEngine(async (engine, definitionId) => {
    const xml = await engine.repository.definitionXml(definitionId);
    try {
      return describeElements(xml);
    } catch (thrown) {
      if (isProcessModelError(thrown)) return new Map();
      throw thrown;
    }
  }, mostModels);
