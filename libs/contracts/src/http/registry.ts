import { Type } from 'typebox';
import { ServiceRecord } from '../service-record.ts';
import { defineRoute, type RouteContract } from './route-contract.ts';

const serviceId = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[\\w.:-]+$',
  description: 'Unique per running copy.',
});
const serviceName = Type.String({
  minLength: 1,
  maxLength: 63,
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  description: 'The name others look it up by.',
});
const url = (description: string) => Type.String({ maxLength: 500, pattern: '^https?://', format: 'uri', description });
/** As much as Consul keeps beside what it is told of each service; it counts values in bytes. */
const metadata = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9_-]{1,126}$' }),
  Type.String({ maxLength: 512, description: 'Up to 512 bytes.' }),
  {
    additionalProperties: false,
    maxProperties: 60,
    default: {},
    description: 'More about this copy, for whom it concerns.',
  },
);
const copy = Type.Object({ service_id: serviceId }, { additionalProperties: false });
const named = Type.Object({ service_name: serviceName }, { additionalProperties: false });
const notKnown = { 404: 'Nobody is registered under this id: register again.' };
const away = { 503: 'The directory cannot be asked.' };

const registerService = defineRoute({
  method: 'post',
  path: '/v1/services',
  operationId: 'registerService',
  summary: 'Make a running copy of a service known. Repeating it replaces what was known.',
  body: Type.Object(
    {
      service_id: serviceId,
      service_name: serviceName,
      version: Type.String({ maxLength: 100 }),
      endpoint: url('Base URL.'),
      health_check_url: Type.Optional(
        url('Answers 200 while the service can work. Without it, `/readyz` of the endpoint.'),
      ),
      tags: Type.Array(Type.String({ maxLength: 100 }), { default: [], maxItems: 50 }),
      metadata,
      check: Type.Union([Type.Literal('heartbeat'), Type.Literal('http')], {
        default: 'heartbeat',
        description:
          '`heartbeat`: the copy calls the heartbeat route; `http`: the directory asks its `health_check_url`.',
      }),
      interval_ms: Type.Integer({
        default: 30_000,
        minimum: 1_000,
        maximum: 3_600_000,
        description: 'Time between two heartbeats or questions. More than twice that without one makes it unhealthy.',
      }),
    },
    { additionalProperties: false },
  ),
  replies: {
    201: { description: 'It is known.', body: Type.Object({ service_id: Type.String(), interval_ms: Type.Integer() }) },
  },
  errors: { 422: 'The directory cannot keep this record.', ...away },
});

const sendHeartbeat = defineRoute({
  method: 'post',
  path: '/v1/services/:service_id/heartbeat',
  operationId: 'sendHeartbeat',
  summary: 'Say that a copy is alive.',
  params: copy,
  replies: { 200: { description: 'Heard.', body: Type.Object({ service_id: Type.String() }) } },
  errors: { ...notKnown, ...away },
});

const deregisterService = defineRoute({
  method: 'delete',
  path: '/v1/services/:service_id',
  operationId: 'deregisterService',
  summary: 'Say that a copy has gone. It may have been unknown.',
  params: copy,
  replies: { 200: { description: 'It is not known any more.', body: Type.Object({ service_id: Type.String() }) } },
  errors: away,
});

const findServices = defineRoute({
  method: 'get',
  path: '/v1/services',
  operationId: 'findServices',
  summary: 'Find running copies by name, by any of some tags, or all.',
  query: Type.Object(
    {
      name: Type.Optional(serviceName),
      tag: Type.Optional(
        Type.String({
          maxLength: 1_000,
          description: 'One tag, or several with commas between them: a copy with any of them is found.',
        }),
      ),
      healthy: Type.Union([Type.Literal('true'), Type.Literal('false')], {
        default: 'false',
        description: 'Only those that are healthy.',
      }),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'The copies, oldest registration first.',
      body: Type.Object({ services: Type.Array(ServiceRecord) }),
    },
  },
  errors: away,
});

const chooseEndpoint = defineRoute({
  method: 'get',
  path: '/v1/services/:service_name/endpoint',
  operationId: 'chooseEndpoint',
  summary: 'Choose one healthy copy of a service.',
  params: named,
  query: Type.Object(
    {
      strategy: Type.Union([Type.Literal('round-robin'), Type.Literal('first')], {
        default: 'round-robin',
        description: 'Each in its turn, or always the oldest.',
      }),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: { description: 'The copy.', body: Type.Object({ service_id: Type.String(), endpoint: Type.String() }) },
  },
  errors: { 404: 'No copy of it is healthy.', ...away },
});

const watchService = defineRoute({
  method: 'get',
  path: '/v1/services/:service_name/changes',
  operationId: 'watchService',
  summary: 'Follow who of a service is healthy: now, and whenever that changes.',
  params: named,
  replies: {
    200: {
      description: 'A stream without end; each message is `{"services": […]}`.',
      body: Type.String(),
      mediaType: 'text/event-stream',
    },
  },
});

/** The API of the service registry: every route it has. */
export const registryRoutes = {
  registerService,
  sendHeartbeat,
  deregisterService,
  findServices,
  chooseEndpoint,
  watchService,
} as const satisfies Readonly<Record<string, RouteContract>>;
