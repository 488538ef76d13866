import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { AwaitedTask } from './forms.ts';
import { paging, total } from './paging.ts';
import {
  BusinessKey,
  columnText,
  EngineId,
  IncidentView,
  NullableEndEvent,
  NullableFailure,
  NullableInteger,
  NullableText,
  NullableTimestamp,
  ObstacleView,
  PathEntry,
  ProcessKey,
  Timestamp,
  Variables,
} from './shared-schemas.ts';

export const InstanceState = Type.Enum(['RUNNING', 'SUSPENDED', 'COMPLETED', 'FAILED', 'TERMINATED'], {
  description:
    'COMPLETED: at an end that means success; FAILED: at an error end event, or by an error that nothing caught; TERMINATED: from outside.',
});
export type InstanceState = Static<typeof InstanceState>;

const summary = {
  id: Type.String(),
  processKey: Type.String(),
  version: Type.Integer(),
  businessKey: NullableText,
  state: InstanceState,
  startTime: Timestamp,
  endTime: NullableTimestamp,
  durationMs: NullableInteger,
  parentId: NullableText,
};

export const InstanceSummary = Type.Object(summary, { title: 'InstanceSummary', additionalProperties: false });
export type InstanceSummary = Static<typeof InstanceSummary>;

export const OpenTask = Type.Object(
  {
    topic: Type.String(),
    activityId: Type.String(),
    workerId: NullableText,
    retries: NullableInteger,
    errorMessage: NullableText,
  },
  {
    title: 'OpenTask',
    additionalProperties: false,
    description: 'An external task that waits for a worker or is in its hands.',
  },
);
export type OpenTask = Static<typeof OpenTask>;

export const InstanceView = Type.Object(
  {
    ...summary,
    endEvent: NullableEndEvent,
    error: NullableFailure,
    variables: Variables,
    path: Type.Array(PathEntry),
    incidents: Type.Array(IncidentView, {
      description: 'What stops it; once it has ended without success, what was open until then.',
    }),
    obstacles: Type.Array(ObstacleView),
    openTasks: Type.Array(OpenTask),
    userTasks: Type.Array(AwaitedTask),
  },
  { title: 'Instance', additionalProperties: false },
);
export type InstanceView = Static<typeof InstanceView>;

export const listInstances = defineRoute({
  method: 'get',
  path: '/v1/instances',
  operationId: 'listInstances',
  summary: 'List process instances, newest first.',
  query: Type.Object(
    {
      process: Type.Optional(ProcessKey),
      state: Type.Optional(InstanceState),
      businessKey: Type.Optional(BusinessKey),
      ...paging(50),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'The instances.',
      body: Type.Object({ instances: Type.Array(InstanceSummary), total }, { additionalProperties: false }),
    },
  },
});

export const getInstance = defineRoute({
  method: 'get',
  path: '/v1/instances/:id',
  operationId: 'getInstance',
  summary: 'Look at one process instance: its path, variables, incidents and open tasks.',
  params: Type.Object({ id: EngineId }),
  replies: { 200: { description: 'The instance as it is now.', body: InstanceView } },
  errors: { 404: 'No instance has this id.' },
});

export const endInstance = defineRoute({
  method: 'delete',
  path: '/v1/instances/:id',
  operationId: 'endInstance',
  summary: 'End a running instance and the instances it called. Its history keeps the reason.',
  params: Type.Object({ id: EngineId }),
  body: Type.Object(
    { reason: Type.Optional(columnText('Kept in the history of the instance.', 1_000)) },
    { additionalProperties: false },
  ),
  replies: { 200: { description: 'The instance has ended.', body: InstanceSummary } },
  errors: { 404: 'No instance has this id.', 409: 'The instance has already ended.' },
});
