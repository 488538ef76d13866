import type { EngineClient } from '@procos/engine-client';

/** More definitions than any engine shows at once; beyond it the memory starts anew. */
const mostDefinitions = 1_000;

/**
 * A definition never changes, so what is to be known of it is asked once per engine.
 *
 * @param most facts that are kept; beyond it the memory starts anew
 */
export function rememberedPerEngine<Fact>(
  ask: (engine: EngineClient, definitionId: string) => Promise<Fact>,
  most = mostDefinitions,
): (engine: EngineClient, definitionId: string) => Promise<Fact> {
  const known = new WeakMap<EngineClient, Map<string, Promise<Fact>>>();
  return (engine, definitionId) => {
    const facts = known.get(engine) ?? new Map<string, Promise<Fact>>();
    known.set(engine, facts);
    const before = facts.get(definitionId);
    if (before !== undefined) return before;
    if (facts.size >= most) facts.clear();
    const asked = ask(engine, definitionId).catch((thrown: unknown) => {
      facts.delete(definitionId);
      throw thrown;
    });
    facts.set(definitionId, asked);
    return asked;
  };
}
