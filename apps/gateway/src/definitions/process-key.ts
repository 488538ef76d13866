import type { EngineClient } from '@procos/engine-client';

/** More definitions than any engine shows at once; beyond it the memory starts anew. */
const remembered = 1_000;

/** A definition never changes, so what it is called is asked once per engine. */
const known = new WeakMap<EngineClient, Map<string, Promise<string>>>();

/** The key of the process that a definition is a version of. */
export function processKeyOf(engine: EngineClient, definitionId: string): Promise<string> {
  const keys = known.get(engine) ?? new Map<string, Promise<string>>();
  known.set(engine, keys);
  const before = keys.get(definitionId);
  if (before !== undefined) return before;
  if (keys.size >= remembered) keys.clear();
  const asked = askFor(engine, definitionId).catch((thrown: unknown) => {
    keys.delete(definitionId);
    throw thrown;
  });
  keys.set(definitionId, asked);
  return asked;
}

async function askFor(engine: EngineClient, definitionId: string): Promise<string> {
  return (await engine.repository.definition(definitionId)).key;
}
