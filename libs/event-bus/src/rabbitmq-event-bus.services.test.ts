import { useService } from '@procos/testing';
import { describe, expect, it } from 'vitest';
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

describe('the RabbitMQ event bus', () => {
  it('tells where its broker is, without the password, and which version, once it is connected', async () => {
    const { url } = rabbitmq();
    const bus = createRabbitMqEventBus({ url, name: 'facts', onHandlerError: (thrown) => expect.fail(String(thrown)) });

    expect(bus.broker()).toEqual({ url: url.replace(/\/\/[^/@]*@/, '//'), version: undefined });
    await expect.poll(() => bus.awayBecause(), { timeout: 10_000 }).toBeUndefined();
    expect(bus.broker()?.version).toMatch(/^\d+\.\d+/);
    await bus.close();
  });
});
