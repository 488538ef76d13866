import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { BusinessKey, columnText, diskFull, EngineId, NullableText, Variables } from './shared-schemas.ts';

export const Receiver = Type.Object(
  {
    outcome: Type.Enum(['started', 'received'], {
      description: '`started`: a new instance; `received`: an instance that waited goes on.',
    }),
    instanceId: NullableText,
    processKey: NullableText,
    activityId: NullableText,
  },
  { title: 'Receiver', additionalProperties: false, description: 'Who got a message or a signal.' },
);
export type Receiver = Static<typeof Receiver>;

const sent = Type.Object(
  { name: Type.String(), receivers: Type.Array(Receiver) },
  { title: 'Sent', additionalProperties: false },
);
export type Sent = Static<typeof sent>;

/** The engine compares values of columns: lists and structures have none, and PostgreSQL keeps no NUL. */
const CorrelationValues = Type.Record(
  Type.String({ pattern: '^[^\\u0000\\n\\r\\u2028\\u2029]*$' }),
  Type.Union([Type.String({ maxLength: 4_000, pattern: '^[^\\u0000]*$' }), Type.Number(), Type.Boolean()]),
  {
    // What the pattern of the names does not match, such as one of two lines, is not let through unseen.
    additionalProperties: false,
    maxProperties: 50,
    propertyNames: { maxLength: 255, maxCodeUnits: 255 },
  },
);

export const sendMessage = defineRoute({
  method: 'post',
  path: '/v1/messages',
  operationId: 'sendMessage',
  summary: 'Send a message to the instance that waits for it, or start the process that begins with it.',
  body: Type.Object(
    {
      name: columnText('Name of the message, as in the model.'),
      businessKey: Type.Optional(BusinessKey),
      instanceId: Type.Optional(EngineId),
      correlation: Type.Optional(CorrelationValues),
      variables: Type.Optional(Variables),
      all: Type.Optional(
        Type.Boolean({ description: 'Send it to everybody who waits for it, instead of refusing when several do.' }),
      ),
    },
    {
      title: 'MessageToSend',
      additionalProperties: false,
      description:
        '`businessKey`, `instanceId` and `correlation` (variables and their values) say which instance is meant; `variables` go into it.',
    },
  ),
  replies: { 200: { description: 'It was received.', body: sent } },
  errors: {
    404: 'Nobody waits for it; the error names who waits for something near.',
    409: 'Several wait for it and `all` was not set, or the message steers the system itself.',
    ...diskFull,
  },
});

export const sendSignal = defineRoute({
  method: 'post',
  path: '/v1/signals',
  operationId: 'sendSignal',
  summary: 'Send a signal to everybody who waits for it.',
  body: Type.Object(
    { name: columnText('Name of the signal, as in the model.'), variables: Type.Optional(Variables) },
    { title: 'SignalToSend', additionalProperties: false },
  ),
  replies: { 200: { description: 'It was received.', body: sent } },
  errors: { 404: 'Nobody waits for it; the error names what is waited for.', ...diskFull },
});
