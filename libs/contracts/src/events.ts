import { Type, type Static } from 'typebox';

/** CloudEvents 1.0 envelope of every event. `type` is also the routing key on the exchange. */
export const ProcosEvent = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String({ description: 'The same for every repetition of one event.' }),
    source: Type.String({ description: 'Who says it, for example `/kernel` or `/components/gateway`.' }),
    type: Type.String({ description: 'Routing key, for example `process.ai_query_process.completed`.' }),
    time: Type.String({ format: 'date-time' }),
    subject: Type.Optional(Type.String({ description: 'What it is about: a process instance id, a service name.' })),
    datacontenttype: Type.Literal('application/json'),
    traceparent: Type.Optional(Type.String()),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'ProcosEvent' },
);
export type ProcosEvent = Static<typeof ProcosEvent>;

/** Topic exchange on which all events travel. */
export const eventExchange = 'procos.events';

export interface EventFields {
  readonly source: string;
  readonly type: string;
  readonly data?: Record<string, unknown>;
  readonly subject?: string;
  /** @default a random id: give one that is stable when the event may be repeated */
  readonly id?: string;
  /** @default now */
  readonly time?: Date;
  readonly traceparent?: string;
}

/** Puts an event into its envelope. */
export function makeEvent(fields: EventFields): ProcosEvent {
  const { source, type, data = {}, subject, id = crypto.randomUUID(), time = new Date(), traceparent } = fields;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    ...(subject === undefined ? {} : { subject }),
    ...(traceparent === undefined ? {} : { traceparent }),
    data,
  };
}

/**
 * True when a routing key matches a topic pattern: `*` is one word, `#` any number of words.
 * Source: AMQP 0-9-1, topic exchange.
 */
export function matchesRoutingKey(pattern: string, routingKey: string): boolean {
  return matchWords(pattern.split('.'), routingKey.split('.'));
}

function matchWords(pattern: readonly string[], words: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return words.length === 0;
  if (head === '#') return words.some((_, index) => matchWords(rest, words.slice(index))) || matchWords(rest, []);
  const [word, ...others] = words;
  return word !== undefined && (head === '*' || head === word) && matchWords(rest, others);
}
