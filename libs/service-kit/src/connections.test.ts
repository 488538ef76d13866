import { readConfig } from '@procos/config';
import { silentLogger } from '@procos/logging';
import { describe, expect, it } from 'vitest';
import { directoryFrom, eventBusFrom } from './connections.ts';
import { connectionFields } from './service-fields.ts';

function collected() {
  const events: string[] = [];
  return { events, logger: { ...silentLogger, info: (event: string) => void events.push(event) } };
}

describe('broker and directory by environment', () => {
  it('stay in the process and say so where none are named', async () => {
    const { events, logger } = collected();
    const config = readConfig(connectionFields(), {});

    const [bus, directory] = [eventBusFrom(config, 'sample', logger), directoryFrom(config, logger)];

    expect(events).toEqual(['event_bus_in_memory', 'directory_in_memory']);
    expect(await directory.list()).toEqual([]);
    await Promise.all([bus.close(), directory.close()]);
  });

  it.each(['http://localhost:5672', 'localhost'])(
    'refuse the broker address %s without repeating it',
    (RABBITMQ_URL) => {
      expect(() => readConfig(connectionFields(), { RABBITMQ_URL })).toThrow('RABBITMQ_URL cannot be used');
    },
  );

  it('keep the password of the broker secret', () => {
    const { rabbitmqUrl } = readConfig(connectionFields(), { RABBITMQ_URL: 'amqp://procos:geheim@localhost:5672' });

    expect(JSON.stringify({ rabbitmqUrl })).not.toContain('geheim');
    expect(rabbitmqUrl?.reveal()).toContain('geheim');
  });
});
