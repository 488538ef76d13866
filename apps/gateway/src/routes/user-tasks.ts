import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { completeUserTask } from '../user-tasks/complete-user-task.ts';
import { knownUserTask, openUserTasks } from '../user-tasks/user-task-view.ts';

/** Work that waits for people. */
export function userTaskRoutes(engine: EngineClient): readonly Route[] {
  return [
    route(gatewayRoutes.listUserTasks, async ({ query }) => reply(200, await openUserTasks(engine, query))),
    route(gatewayRoutes.getUserTask, async ({ params }) => reply(200, await knownUserTask(engine, params.id))),
    route(gatewayRoutes.completeUserTask, async ({ params, body }) =>
      reply(200, { taskId: params.id, variables: await completeUserTask(engine, params.id, body.variables ?? {}) }),
    ),
  ];
}
