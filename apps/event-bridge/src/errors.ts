import { defineErrors } from '@procos/errors';

/** Errors that this service tells people. */
export const eventBridgeErrors = defineErrors({
  PROCOS_EVENT_BRIDGE_INPUT: {
    message: 'The {part} of {method} {path} is not as it must be: {faults}.',
    remedy: 'Correct the fields named; /openapi.json describes {operation}.',
    when: 'The path of a request breaks the schema of the route.',
    status: 400,
  },
  PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE: {
    message: 'No message is kept under the id {id}.',
    remedy: 'GET /v1/messages lists what is kept: it may have been replayed or thrown away meanwhile.',
    when: 'A message is to be replayed or thrown away that is not kept.',
    status: 404,
  },
  PROCOS_EVENT_BRIDGE_BROKER_AWAY: {
    message: 'The message broker is away: {reason}.',
    remedy: 'Try again soon. If it stays so, look whether RabbitMQ runs where RABBITMQ_URL says.',
    when: 'Kept messages are asked for while the broker is away.',
    status: 503,
  },
});
