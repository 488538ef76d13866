import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '../http/route.ts';
import { completeUserTask, openUserTasks } from '../user-tasks/user-task-view.ts';

/** Work that waits for people. */
export function userTaskRoutes(engine: EngineClient): readonly Route[] {
  return [
    route(gatewayRoutes.listUserTasks, async () => reply(200, { tasks: await openUserTasks(engine) })),
    route(gatewayRoutes.completeUserTask, async ({ params, body }) => {
      await completeUserTask(engine, params.id, body.variables ?? {});
      return reply(200, { taskId: params.id });
    }),
  ];
}
