import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { EngineId, NullableText, NullableTimestamp, Timestamp, Variables } from './shared-schemas.ts';

export const UserTaskView = Type.Object(
  {
    id: Type.String(),
    name: NullableText,
    description: NullableText,
    activityId: Type.String(),
    processKey: Type.String(),
    instanceId: Type.String(),
    assignee: NullableText,
    created: Timestamp,
    due: NullableTimestamp,
    variables: Variables,
  },
  { title: 'UserTask', additionalProperties: false, description: 'Work that waits for a person, with what the person has to know.' },
);
export type UserTaskView = Static<typeof UserTaskView>;

export const listUserTasks = defineRoute({
  method: 'get',
  path: '/v1/user-tasks',
  operationId: 'listUserTasks',
  summary: 'List the tasks that wait for people, oldest first.',
  replies: {
    200: { description: 'The open tasks.', body: Type.Object({ tasks: Type.Array(UserTaskView) }, { additionalProperties: false }) },
  },
});

export const completeUserTask = defineRoute({
  method: 'post',
  path: '/v1/user-tasks/:id/complete',
  operationId: 'completeUserTask',
  summary: 'Complete a task with its answer; the process goes on.',
  params: Type.Object({ id: EngineId }),
  body: Type.Object({ variables: Type.Optional(Variables) }, { additionalProperties: false }),
  replies: {
    200: { description: 'The task is done.', body: Type.Object({ taskId: Type.String() }, { additionalProperties: false, title: 'UserTaskCompleted' }) },
  },
  errors: { 404: 'No open task has this id.' },
});
