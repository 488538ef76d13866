import type { EngineClient } from '@procos/engine-client';
import { isProcessModelError, type ProcessForms, readForms } from '@procos/process-model';
import { rememberedPerEngine } from '../definitions/remembered-per-engine.ts';

const none: ProcessForms = { start: { formKey: undefined, fields: [] }, tasks: new Map() };

/** The forms of one version of a process, as its model describes them. */
export const formsOf: (engine: EngineClient, definitionId: string) => Promise<ProcessForms> = rememberedPerEngine(
  async (engine, definitionId) => {
    const [{ key }, xml] = await Promise.all([
      engine.repository.definition(definitionId),
      engine.repository.definitionXml(definitionId),
    ]);
    try {
      return readForms(xml, key);
    } catch (thrown) {
      // Deployed past the gateway, in a form that our intake does not read: the engine runs it, and has no form that we could show.
      if (isProcessModelError(thrown)) return none;
      throw thrown;
    }
  },
);
