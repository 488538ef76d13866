import type { EngineClient } from '@procos/engine-client';
import { describeElements, type DescribedElement, isProcessModelError } from '@procos/process-model';

export type ModelElements = ReadonlyMap<string, DescribedElement>;

/** More models than failures are told about at once; beyond it the memory starts anew. */
const remembered = 100;

/** A definition never changes, so its model is read once per engine. */
const known = new WeakMap<EngineClient, Map<string, Promise<ModelElements>>>();

/** The elements of a deployed process. A model that only the engine can read has none. */
export function modelElements(engine: EngineClient, definitionId: string): Promise<ModelElements> {
  const models = known.get(engine) ?? new Map<string, Promise<ModelElements>>();
  known.set(engine, models);
  const before = models.get(definitionId);
  if (before !== undefined) return before;
  if (models.size >= remembered) models.clear();
  const read = readElements(engine, definitionId).catch((thrown: unknown) => {
    models.delete(definitionId);
    throw thrown;
  });
  models.set(definitionId, read);
  return read;
}

async function readElements(engine: EngineClient, definitionId: string): Promise<ModelElements> {
  const xml = await engine.repository.definitionXml(definitionId);
  try {
    return describeElements(xml);
  } catch (thrown) {
    if (isProcessModelError(thrown)) return new Map();
    throw thrown;
  }
}
