import { type Static, Type } from 'typebox';

/** Schemas that several resources of the gateway share. A title makes a schema a component of the OpenAPI document. */

export const Timestamp = Type.String({
  format: 'date-time',
  description: 'ISO 8601, UTC, from the clock of the engine.',
});

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const NullableText = nullable(Type.String());
export const NullableTimestamp = nullable(Timestamp);
export const NullableInteger = nullable(Type.Integer());

/** A text that ends in a column of the engine's database: not longer than that, and without NUL, which PostgreSQL does not keep. */
export const columnText = (description: string, length = 255) =>
  Type.String({
    minLength: 1,
    maxLength: length,
    maxCodeUnits: length,
    pattern: '^[^\\u0000]*$',
    $comment: 'without a NUL character',
    description,
  });

export const ProcessKey = columnText('Id of the BPMN process.');
export const BusinessKey = columnText('Your own name for it.');
/** Not of dots alone: as a step of a path those would lead elsewhere. */
export const EngineId = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: '^(?!\\.+$)[\\w.:-]+$',
  $comment: 'an id: letters, digits, and _ . : - alone',
});

export const Variables = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Process variables by name: text, numbers, true/false, null, lists and structures.',
  maxProperties: 1_000,
  propertyNames: {
    maxCodeUnits: 255,
    pattern: '^(?!__proto__$)[\\p{L}_][\\p{L}\\p{N}_.-]{0,254}$',
    description: 'a letter or _ first, then letters, digits, and _ . - , 255 at most',
  },
});

/** Of the routes that begin new work. */
export const diskFull = { 507: 'The disk on which the system keeps its state is full; nothing was begun.' } as const;

export const PathEntry = Type.Object(
  {
    activityId: Type.String({ description: 'Id of the BPMN element.' }),
    name: NullableText,
    type: Type.String({
      description: "The engine's word for the kind of element, for example `serviceTask` or `errorEndEvent`.",
    }),
    startTime: Timestamp,
    endTime: NullableTimestamp,
    state: Type.Enum(['completed', 'canceled', 'active']),
  },
  { title: 'PathEntry', additionalProperties: false, description: 'One element that the token passed.' },
);
export type PathEntry = Static<typeof PathEntry>;

export const EndEvent = Type.Object(
  { id: Type.String(), name: NullableText, type: Type.String() },
  { title: 'EndEvent', additionalProperties: false, description: 'The end event that was reached last.' },
);
export type EndEvent = Static<typeof EndEvent>;
export const NullableEndEvent = nullable(EndEvent);

/** Longest `details` of an incident or failure, in characters: what is longer is cut, and ends in `…`. */
export const longestDetails = 2_000;

const NullableDetails = nullable(
  Type.String({
    maxLength: longestDetails,
    description: 'The cause in more words: what a service answered, what the engine says. Cut at 2,000 characters.',
  }),
);

export const Caller = Type.Object(
  {
    instanceId: Type.String(),
    processKey: Type.String(),
    activityId: Type.String({ description: 'The call activity.' }),
  },
  { title: 'Caller', additionalProperties: false, description: 'An instance that waits for the one it has called.' },
);
export type Caller = Static<typeof Caller>;

/** What went wrong, where, and what to do: the same for everything that fails. */
const reported = {
  code: Type.String({
    description: 'Stable: recognise what happened by it. A code of the system, or the error code of a process.',
  }),
  message: NullableText,
  details: NullableDetails,
  remedy: Type.String({ description: 'What to do next; calls of this API are named as such.' }),
  processKey: Type.String({ description: 'The process whose element failed.' }),
  activityId: Type.String({ description: 'The element that failed.' }),
  callers: Type.Array(Caller, { description: 'Who waits for it: the nearest caller first, the request last.' }),
};

export const IncidentView = Type.Object(
  {
    id: Type.String(),
    type: Type.String({ description: '`failedExternalTask`, `failedJob` or a type of its own.' }),
    ...reported,
    time: Timestamp,
    instanceId: Type.String({ description: 'The instance that stands still.' }),
    stoppedAt: Type.String({
      description:
        'The element at which it stands, and which a retry repeats. The failed one may be a later step, or one of a process that was about to be called.',
    }),
    attempts: nullable(Type.Integer({ description: 'How often it was tried; null when nobody counts.' })),
    retryable: Type.Boolean({ description: 'Whether POST /v1/incidents/:id/retry can help.' }),
  },
  { title: 'Incident', additionalProperties: false, description: 'What stopped an instance and waits for a person.' },
);
export type IncidentView = Static<typeof IncidentView>;

export const FailureView = Type.Object(
  { ...reported, instanceId: Type.String({ description: 'The instance in which it failed.' }) },
  { title: 'Failure', additionalProperties: false, description: 'Why an instance that has ended did not succeed.' },
);
export type FailureView = Static<typeof FailureView>;
export const NullableFailure = nullable(FailureView);

/** Not an incident: nothing has failed, and it goes on by itself once the cause is gone. */
export const ObstacleView = Type.Object(
  { ...reported, instanceId: Type.String({ description: 'The instance that does not go on.' }) },
  {
    title: 'Obstacle',
    additionalProperties: false,
    description:
      'Why a running instance does not go on although nothing has failed: it is suspended, or no running worker is known that serves the topic of its task.',
  },
);
export type ObstacleView = Static<typeof ObstacleView>;
