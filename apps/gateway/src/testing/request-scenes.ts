import { processKeys } from '@procos/contracts';
import type { HistoricInstance } from '@procos/engine-client';
import { addActivity, addDefinition, addInstance, emptyWorld, endInstance, type EngineWorld } from './engine-world.ts';

/** An engine after boot, with one process to ask for. */
export function bootedWorld(): EngineWorld {
  const world = emptyWorld();
  addDefinition(world, processKeys.userRequest);
  addDefinition(world, processKeys.aiQuery);
  return world;
}

/** The user request process has called the process that was asked for. */
export function callProcess(
  world: EngineWorld,
  requestId: string,
  key: string = processKeys.aiQuery,
): HistoricInstance {
  const request = world.instances.find((one) => one.id === requestId);
  if (request === undefined) throw new Error(`no request ${requestId} in the world`);
  addActivity(world, request, 'wait_for_requests', 'messageStartEvent');
  addActivity(world, request, 'route_user_request', 'serviceTask');
  const called = addInstance(world, key, { superProcessInstanceId: requestId });
  addActivity(world, request, 'execute_user_process', 'callActivity', {
    calledProcessInstanceId: called.id,
    endTime: null,
  });
  addActivity(world, called, 'query_received', 'startEvent');
  return called;
}

/** The called process reaches an end event, and the request after it. */
export function finishBoth(world: EngineWorld, called: HistoricInstance, end: 'good' | 'error'): void {
  const request = world.instances.find((one) => one.id === called.superProcessInstanceId);
  if (request === undefined) throw new Error('the called instance has no request');
  addActivity(
    world,
    called,
    end === 'good' ? 'query_answered' : 'invalid_input',
    end === 'good' ? 'noneEndEvent' : 'errorEndEvent',
  );
  addActivity(
    world,
    request,
    end === 'good' ? 'request_done' : 'request_failed',
    end === 'good' ? 'noneEndEvent' : 'errorEndEvent',
  );
  endInstance(world, called.id);
  endInstance(world, request.id);
}
