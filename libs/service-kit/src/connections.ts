import type { Config } from '@procos/config';
import type { ServiceRecord } from '@procos/contracts';
import { createInMemoryEventBus, createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import {
  createConsulServiceDirectory,
  createInMemoryServiceDirectory,
  type ServiceDirectory,
} from '@procos/service-directory';
import type { connectionFields } from './service-fields.ts';

export type ConnectionConfig = Pick<
  Config<ReturnType<typeof connectionFields>>,
  'rabbitmqUrl' | 'renewLostQueues' | 'consulUrl' | 'consulToken'
>;

/** The event bus that the settings name: RabbitMQ, or, when none is named, one that nobody outside of this process hears. */
export function eventBusFrom(
  { rabbitmqUrl, renewLostQueues }: Pick<ConnectionConfig, 'rabbitmqUrl' | 'renewLostQueues'>,
  name: string,
  logger: Logger,
): EventBus {
  const onHandlerError = (error: unknown, event?: { readonly type: string }) =>
    logger.error('event_handler_failed', { type: event?.type, error });
  if (rabbitmqUrl === undefined) {
    logger.info('event_bus_in_memory', { remedy: 'Set RABBITMQ_URL to share events with other processes.' });
    return createInMemoryEventBus({ name, onHandlerError });
  }
  const url = rabbitmqUrl.reveal();
  const onStateChange = (state: string, reason: string) => logger.info('event_bus_state', { state, reason });
  return createRabbitMqEventBus({ url, name, onHandlerError, onStateChange, renewLostQueues });
}

/**
 * The service directory that the settings name: Consul, or, when none is named, one of this process.
 *
 * @param records what the directory of this process holds
 */
export function directoryFrom(
  config: Pick<ConnectionConfig, 'consulUrl' | 'consulToken'>,
  logger: Logger,
  records: readonly ServiceRecord[] = [],
): ServiceDirectory {
  const { consulUrl: url, consulToken } = config;
  if (url === undefined) {
    logger.info('directory_in_memory', {
      services: records.length,
      remedy: 'Set CONSUL_URL to find services that run elsewhere.',
    });
    return createInMemoryServiceDirectory(records);
  }
  const token = consulToken?.reveal();
  return createConsulServiceDirectory({ url, token, onFault: (error) => logger.warn('directory_fault', { error }) });
}
