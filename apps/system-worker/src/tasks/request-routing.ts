import { processKeys, requestRouting } from '@procos/contracts';
import { BpmnError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

const processForType: Readonly<Record<string, string>> = {
  question: processKeys.aiQuery,
  file: processKeys.fileOperation,
  service: processKeys.serviceCall,
  interaction: processKeys.userInteraction,
};

/** Started by the kernel or by requests themselves: as the target of a request they would boot, stop or loop the system. */
const notForUsers = new Set<string>([
  processKeys.systemOrchestrator,
  processKeys.systemShutdown,
  processKeys.userRequest,
]);

export function requestRoutingTask({ engine }: SystemTools): TaskDefinition {
  return defineTask(requestRouting, async ({ process_key, request_type, user_query }) => {
    const type = request_type ?? (user_query === undefined ? undefined : 'question');
    const key = process_key ?? (type === undefined ? undefined : processForType[type]);
    if (key === undefined)
      throw notRoutable(
        `The request names neither a process nor a known type (known: ${Object.keys(processForType).join(', ')})`,
      );
    if (notForUsers.has(key)) throw notRoutable(`Process ${key} runs the system itself and cannot be requested`);
    const definition = await engine.repository.latestDefinition(key);
    if (definition === undefined) throw notRoutable(`No process with key ${key} is deployed`);
    // The engine would call a suspended process all the same.
    if (definition.suspended)
      throw notRoutable(
        `Process ${key} is suspended (version ${definition.version}): nothing starts until it is resumed`,
      );
    return { process_to_execute: key };
  });
}

function notRoutable(message: string): BpmnError {
  return new BpmnError('REQUEST_NOT_ROUTABLE', message);
}
