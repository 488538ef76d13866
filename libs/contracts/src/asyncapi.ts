import { Type } from 'typebox';
import type { EventChannel } from './event-channel.ts';
import { eventChannels } from './event-channels.ts';
import { eventExchange, ProcosEvent } from './events.ts';

type Json = Record<string, unknown>;

const inbound = new Set(['message', 'start']);

/**
 * The AsyncAPI 3.0 document of all events, made from the same data that the event bus checks them with.
 * An operation `send…` is what the system sends, `receive…` what it listens for.
 */
export function asyncApiDocument(version: string): Json {
  const named = <Value>(make: (channel: EventChannel) => Value) =>
    Object.fromEntries(eventChannels.map((channel) => [channel.name, make(channel)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'ProcOS events',
      version,
      description: `Events travel as CloudEvents 1.0 in persistent JSON messages on the durable topic exchange \`${eventExchange}\`. The type of an event is its routing key.`,
    },
    defaultContentType: 'application/json',
    servers: {
      broker: {
        host: 'localhost:5672',
        protocol: 'amqp',
        protocolVersion: '0.9.1',
        description: 'RabbitMQ, as RABBITMQ_URL names it.',
      },
    },
    channels: named(channelObject),
    operations: Object.fromEntries(eventChannels.map((channel) => operation(channel))),
    components: { messages: named(messageObject), schemas: { Event: plain(ProcosEvent), ...named(dataSchema) } },
  };
}

function channelObject({ name, address, summary, parameters }: EventChannel): Json {
  return {
    address,
    summary,
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, { description, words }]) => [
        key,
        { description, ...(words === undefined ? {} : { enum: [...words] }) },
      ]),
    ),
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: { name: eventExchange, type: 'topic', durable: true, autoDelete: false },
        bindingVersion: '0.3.0',
      },
    },
  };
}

function operation({ name, summary }: EventChannel): [string, Json] {
  const action = inbound.has(name) ? 'receive' : 'send';
  const channel = { $ref: `#/channels/${name}` };
  const bindings =
    action === 'send'
      ? { bindings: { amqp: { deliveryMode: 2, mandatory: false, timestamp: true, bindingVersion: '0.3.0' } } }
      : {};
  return [
    `${action}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    { action, channel, summary, messages: [{ $ref: `#/channels/${name}/messages/${name}` }], ...bindings },
  ];
}

function messageObject({ name, summary }: EventChannel): Json {
  return {
    name,
    summary,
    contentType: 'application/json',
    headers: plain(Type.Object({ traceparent: Type.Optional(Type.String({ description: 'W3C trace context.' })) })),
    payload: {
      allOf: [
        { $ref: '#/components/schemas/Event' },
        { type: 'object', properties: { data: { $ref: `#/components/schemas/${name}` } } },
      ],
    },
  };
}

const dataSchema = ({ data }: EventChannel) => plain(Type.Object(data));

/** A schema as plain JSON: names that only this code base knows left out. */
function plain(schema: object): Json {
  const { $id: _, ...rest } = JSON.parse(JSON.stringify(schema)) as Json;
  return rest;
}
