import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { FormView } from './forms.ts';
import { paging, total } from './paging.ts';
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
    form: FormView,
  },
  {
    title: 'UserTask',
    additionalProperties: false,
    description: 'Work that waits for a person, with what the person has to know.',
  },
);
export type UserTaskView = Static<typeof UserTaskView>;

export const listUserTasks = defineRoute({
  method: 'get',
  path: '/v1/user-tasks',
  operationId: 'listUserTasks',
  summary: 'List the tasks that wait for people, oldest first.',
  query: Type.Object({ ...paging(200), instance: Type.Optional(EngineId) }, { additionalProperties: false }),
  replies: {
    200: {
      description: 'The open tasks.',
      body: Type.Object({ tasks: Type.Array(UserTaskView), total }, { additionalProperties: false }),
    },
  },
});

export const getUserTask = defineRoute({
  method: 'get',
  path: '/v1/user-tasks/:id',
  operationId: 'getUserTask',
  summary: 'Look at one task that waits for a person, with what it asks for.',
  params: Type.Object({ id: EngineId }),
  replies: { 200: { description: 'The task.', body: UserTaskView } },
  errors: { 404: 'No open task has this id.' },
});

export const completeUserTask = defineRoute({
  method: 'post',
  path: '/v1/user-tasks/:id/complete',
  operationId: 'completeUserTask',
  summary: 'Complete a task with its answer, which is checked against the form; the process goes on.',
  params: Type.Object({ id: EngineId }),
  body: Type.Object({ variables: Type.Optional(Variables) }, { additionalProperties: false }),
  replies: {
    200: {
      description: 'The task is done.',
      body: Type.Object(
        { taskId: Type.String(), variables: Variables },
        {
          additionalProperties: false,
          title: 'UserTaskCompleted',
          description: 'With the variables as they were sent on, defaults of the form filled in.',
        },
      ),
    },
  },
  errors: { 404: 'No open task has this id.' },
});
