import { text } from '@procos/config';
import { defaultPorts } from '@procos/contracts';
import { serviceFields } from '@procos/service-kit';

export const portVariable = 'PROCOS_EVENT_BRIDGE_PORT';

/** Settings of the service. */
export const eventBridgeFields = {
  ...serviceFields({ portVariable, port: defaultPorts['event-bridge'] }),
  salutation: text('PROCOS_EVENT_BRIDGE_SALUTATION', { default: 'Hello', doc: 'First word of every greeting.' }),
} as const;
