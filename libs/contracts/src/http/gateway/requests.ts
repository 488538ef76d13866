import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { AwaitedTask } from './forms.ts';
import {
  diskFull,
  BusinessKey,
  EngineId,
  IncidentView,
  NullableEndEvent,
  NullableFailure,
  NullableText,
  ObstacleView,
  PathEntry,
  ProcessKey,
  Variables,
} from './shared-schemas.ts';

const RequestState = Type.Enum(['RUNNING', 'COMPLETED', 'TERMINATED']);

export const RequestAccepted = Type.Object(
  { requestId: Type.String({ description: 'Instance id of the user request process.' }), state: RequestState },
  { title: 'RequestAccepted', additionalProperties: false },
);
export type RequestAccepted = Static<typeof RequestAccepted>;

export const RequestView = Type.Object(
  {
    requestId: Type.String(),
    state: RequestState,
    ok: Type.Boolean({
      description: 'Completed, and neither the request nor the process it called ended in an error end event.',
    }),
    processKey: Type.String({ description: 'The process that was asked for.' }),
    instanceId: NullableText,
    endEvent: NullableEndEvent,
    error: NullableFailure,
    variables: Variables,
    path: Type.Array(PathEntry, { description: 'What the called process passed, oldest first.' }),
    requestPath: Type.Array(PathEntry, { description: 'What the user request process passed, oldest first.' }),
    incidents: Type.Array(IncidentView, {
      description: 'What stops it; once it has ended without success, what was open until then.',
    }),
    obstacles: Type.Array(ObstacleView, {
      description: 'What the request waits for although nothing has failed, in called processes too.',
    }),
    userTasks: Type.Array(AwaitedTask, {
      description: 'The people for whom the request waits, those of called processes included.',
    }),
  },
  { title: 'Request', additionalProperties: false },
);
export type RequestView = Static<typeof RequestView>;

export const createRequest = defineRoute({
  method: 'post',
  path: '/v1/requests',
  operationId: 'createRequest',
  summary: 'Ask the system to run a process. Answers at once; the request never waits for another one.',
  headers: Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description:
          'The same key with the same body gives the same request again. Cannot be combined with businessKey.',
      }),
    ),
    traceparent: Type.Optional(Type.String({ maxLength: 128, description: 'W3C trace context to continue.' })),
  }),
  body: Type.Object(
    {
      process: ProcessKey,
      variables: Type.Optional(Variables),
      businessKey: Type.Optional(BusinessKey),
    },
    { additionalProperties: false },
  ),
  replies: {
    202: { description: 'The request runs, or has run already under this Idempotency-Key.', body: RequestAccepted },
  },
  errors: {
    404: 'No process with this key is deployed.',
    409: 'The Idempotency-Key was used for another request or is combined with a businessKey, or the process is suspended.',
    ...diskFull,
  },
});

export const getRequest = defineRoute({
  method: 'get',
  path: '/v1/requests/:id',
  operationId: 'getRequest',
  summary: 'Look at a request; with waitMs, hold the answer until it has ended or an incident stops it.',
  params: Type.Object({ id: EngineId }),
  query: Type.Object(
    {
      waitMs: Type.Integer({
        minimum: 0,
        maximum: 30_000,
        default: 0,
        description: 'Wait at most this long, in milliseconds.',
      }),
    },
    { additionalProperties: false },
  ),
  replies: { 200: { description: 'The request as it is now.', body: RequestView } },
  errors: { 404: 'No request has this id.' },
});
