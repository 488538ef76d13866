import { defineErrors } from '@procos/errors';

/** Errors that this service tells people. */
export const eventBridgeErrors = defineErrors({
  PROCOS_EVENT_BRIDGE_NAME_MISSING: {
    message: 'The name to greet is empty.',
    remedy: 'Add a name to the path: /v1/greetings/Ada.',
    when: 'A greeting is asked for a name of nothing but spaces.',
    status: 400,
  },
});
