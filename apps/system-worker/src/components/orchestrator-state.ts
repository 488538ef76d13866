import { processKeys, systemBusinessKey } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';

/** Whether the one orchestrator is there. During a shutdown it has ended because it was asked to. */
export async function orchestratorState(engine: EngineClient): Promise<'running' | 'stopping' | 'lost'> {
  const count = (processDefinitionKey: string) =>
    engine.history.countInstances({
      processDefinitionKey,
      processInstanceBusinessKey: systemBusinessKey,
      unfinished: true,
    });
  if ((await count(processKeys.systemOrchestrator)) > 0) return 'running';
  return (await count(processKeys.systemShutdown)) > 0 ? 'stopping' : 'lost';
}
