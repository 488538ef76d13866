import { Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';

export const streamEvents = defineRoute({
  method: 'get',
  path: '/v1/events',
  operationId: 'streamEvents',
  summary: 'Follow events as they happen: one CloudEvents document per message, its id is the message id.',
  query: Type.Object(
    {
      type: Type.String({
        default: '#',
        maxLength: 500,
        pattern: '^[\\p{L}\\p{N}_*#-]+(\\.[\\p{L}\\p{N}_*#-]+)*$',
        description: 'Topic pattern over event types: `*` is one word, `#` any number of words.',
      }),
    },
    { additionalProperties: false },
  ),
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({
        maxLength: 500,
        description:
          'Go on after this event, as far as it is remembered; otherwise the first event is `gateway.stream.gap`.',
      }),
    ),
  }),
  replies: {
    200: {
      description:
        'A stream without end. A message with the event name `error` holds an ErrorAnswer and is the last one.',
      body: Type.String(),
      mediaType: 'text/event-stream',
    },
  },
});
