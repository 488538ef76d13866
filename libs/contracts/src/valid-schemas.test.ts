import { Ajv2020 } from 'ajv/dist/2020.js';
import { type TSchema, Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { eventChannels } from './event-channels.ts';
import { bridgeRoutes } from './http/event-bridge.ts';
import { gatewayRoutes } from './http/gateway.ts';
import { registryRoutes } from './http/registry.ts';
import { serviceRoutes } from './http/service.ts';
import type { RouteContract } from './http/route-contract.ts';
import { taskContracts } from './tasks/index.ts';

const ofRoutes = (routes: Readonly<Record<string, RouteContract>>) =>
  Object.values(routes).flatMap(({ operationId, params, query, headers, body, replies }): [string, TSchema][] => [
    [`${operationId} params`, params],
    [`${operationId} query`, query],
    [`${operationId} headers`, headers],
    [`${operationId} body`, body],
    ...Object.entries(replies).map(([status, reply]): [string, TSchema] => [`${operationId} ${status}`, reply.body]),
  ]);

const schemas: [string, TSchema][] = [
  ...taskContracts.flatMap(({ topic, input, output }): [string, TSchema][] => [
    [`${topic} input`, input],
    [`${topic} output`, output],
  ]),
  ...eventChannels.map(({ name, data }): [string, TSchema] => [`event ${name}`, Type.Object(data)]),
  ...[bridgeRoutes, gatewayRoutes, registryRoutes, serviceRoutes].flatMap(ofRoutes),
];

/** Running programs compile them without this check. */
describe('each schema of the contracts', () => {
  const judge = new Ajv2020({ strict: false });

  it('is found: tasks, events and routes', () => {
    expect(schemas.length).toBeGreaterThan(150);
  });

  it('is a valid JSON Schema', () => {
    const faults = schemas.filter(([, schema]) => judge.validateSchema(schema) !== true).map(([name]) => name);

    expect(faults).toEqual([]);
  });

  it('would be found wrong with a limit that is no number', () => {
    expect(judge.validateSchema({ type: 'string', maxLength: 'ten' })).toBe(false);
  });
});
