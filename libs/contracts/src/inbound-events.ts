import { type Static, Type } from 'typebox';

const text = (description: string) => Type.String({ description, maxLength: 255 });
const values = (description: string) =>
  Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.Unknown(), { description });

/** `data` of an event `message.<name>`. Source: Camunda 7 REST API, CorrelationMessageDto. */
export const MessageData = Type.Object(
  {
    businessKey: Type.Optional(text('Business key of the instance that waits.')),
    processInstanceId: Type.Optional(text('Id of the instance that waits.')),
    correlationKeys: Type.Optional(values('Variables by whose values the instance that waits is found.')),
    tenantId: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: 'Tenant of the instance that waits; null: of no tenant. Left out: whoever waits.',
      }),
    ),
    processVariables: Type.Optional(values('Process variables to set.')),
  },
  { $id: 'MessageData', additionalProperties: false },
);
export type MessageData = Static<typeof MessageData>;

/** `data` of an event `start.<processKey>`. */
export const StartData = Type.Object(
  {
    businessKey: Type.Optional(text('Business key of the new instance. Left out: one made from the id of the event.')),
    tenantId: Type.Optional(text('Tenant whose version of the process is started.')),
    processVariables: Type.Optional(values('Process variables to start with.')),
  },
  { $id: 'StartData', additionalProperties: false },
);
export type StartData = Static<typeof StartData>;
