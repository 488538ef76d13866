import { type Static, Type } from 'typebox';
import { defineRoute, type RouteContract } from './route-contract.ts';

/** An event for the engine that could not be delivered, and is kept until somebody decides. */
export const ParkedMessage = Type.Object(
  {
    id: Type.String({
      description: 'Id of the event; of what is no event the id its sender gave it, else one of ours.',
    }),
    type: Type.String({ description: '`message.<name>` or `start.<processKey>`; empty when what came is no event.' }),
    reason: Type.Union([Type.Literal('rejected'), Type.Literal('delivery_limit')], {
      description:
        '`rejected`: the engine refuses it for good; `delivery_limit`: it was tried often enough, for example because nobody waits for the message.',
    }),
    problem: Type.Optional(Type.String({ description: 'What the engine, or the check of the message, said last.' })),
    time: Type.Optional(Type.String({ format: 'date-time' })),
    source: Type.Optional(Type.String()),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    text: Type.Optional(Type.String({ description: 'Beginning of what came, when it is no event.' })),
  },
  { title: 'ParkedMessage', additionalProperties: false },
);
export type ParkedMessage = Static<typeof ParkedMessage>;

const one = Type.Object(
  { id: Type.String({ minLength: 1, maxLength: 255, description: 'Id of the event.' }) },
  { additionalProperties: false },
);
const unknownId = { 404: 'Nothing is kept under this id.' };
const away = { 503: 'The message broker is away.' };

const listMessages = defineRoute({
  method: 'get',
  path: '/v1/messages',
  operationId: 'listMessages',
  summary: 'List the messages and starts that could not be delivered to the engine, up to 200, oldest first.',
  replies: {
    200: {
      description: 'What is kept.',
      body: Type.Object({ messages: Type.Array(ParkedMessage) }, { additionalProperties: false }),
    },
  },
  errors: away,
});

const replayMessages = defineRoute({
  method: 'post',
  path: '/v1/messages/replay',
  operationId: 'replayMessages',
  summary: 'Try all of them again.',
  replies: {
    200: {
      description: 'They are tried again; what still cannot be delivered is kept again.',
      body: Type.Object({ replayed: Type.Integer() }, { additionalProperties: false }),
    },
  },
  errors: away,
});

const replayMessage = defineRoute({
  method: 'post',
  path: '/v1/messages/:id/replay',
  operationId: 'replayMessage',
  summary: 'Try one again.',
  params: one,
  replies: {
    200: {
      description: 'It is tried again.',
      body: Type.Object({ replayed: Type.Integer() }, { additionalProperties: false }),
    },
  },
  errors: { ...unknownId, ...away },
});

const discardMessage = defineRoute({
  method: 'delete',
  path: '/v1/messages/:id',
  operationId: 'discardMessage',
  summary: 'Throw one away for good.',
  params: one,
  replies: {
    200: {
      description: 'It is gone.',
      body: Type.Object({ discarded: Type.Integer() }, { additionalProperties: false }),
    },
  },
  errors: { ...unknownId, ...away },
});

/** The API of the event bridge: every route it has. The gateway offers the same ones. */
export const bridgeRoutes = { listMessages, replayMessages, replayMessage, discardMessage } as const satisfies Readonly<
  Record<string, RouteContract>
>;
