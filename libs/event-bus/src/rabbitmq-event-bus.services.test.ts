import { useService } from '@procos/testing';
import { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';
import { describeEventBus } from './testing/event-bus-contract.ts';

const rabbitmq = useService('rabbitmq');

describeEventBus('RabbitMQ', () => {
  const failures: unknown[] = [];
  const onHandlerError = (thrown: unknown) => void failures.push(thrown);
  return {
    failures: () => failures,
    connect: () => createRabbitMqEventBus({ url: rabbitmq().url, name: 'contract', onHandlerError }),
  };
});
