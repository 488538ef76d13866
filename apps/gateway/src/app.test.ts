import { request } from 'node:http';
import { ConfigError, readConfig } from '@procos/config';
import { gatewayRoutes, serviceRoutes } from '@procos/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayFields } from './config.ts';
import { type RunningGateway, startGateway } from './testing/running-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: object }>>;
}

async function readDocument(): Promise<OpenApi> {
  const response = await fetch(`${gateway.url}/openapi.json`);
  expect(response.status).toBe(200);
  return (await response.json()) as OpenApi;
}
const operations = ({ paths }: OpenApi) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the OpenAPI document', () => {
  it('describes exactly the routes of the contracts, each under a name of its own', async () => {
    const described = operations(await readDocument()).map(({ operation }) => operation.operationId);
    const routes = { ...gatewayRoutes, ...serviceRoutes };

    expect(described.toSorted()).toEqual(Object.keys(routes).toSorted());
    expect(Object.entries(routes).filter(([name, route]) => name !== route.operationId)).toEqual([]);
  });

  it('describes only what the server answers', async () => {
    const tried = operations(await readDocument()).filter(({ path }) => path !== '/v1/events');

    for (const { path, method } of tried) {
      const response = await fetch(gateway.url + path.replaceAll(/\{\w+\}/g, 'x'), { method });
      expect(await response.text(), `${method} ${path}`).not.toContain('PROCOS_HTTP_NO_ROUTE');
    }
  });

  it('is sound OpenAPI 3.1: path parameters declared, every reference resolved, every response described', async () => {
    const document = await readDocument();

    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'ProcOS gateway', version: expect.any(String) as string });
    for (const { path, operation } of operations(document)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map((parameter) => parameter.name)).toEqual(inPath);
      expect(declared.every((parameter) => parameter.required)).toBe(true);
      expect(operation.summary).not.toBe('');
      expect(Object.keys(operation.responses).every((status) => /^(?:[1-5]\d\d|default)$/.test(status))).toBe(true);
      expect(Object.values(operation.responses).every((response) => response.description !== '')).toBe(true);
    }
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
    expect(known.filter((name) => !references.includes(name))).toEqual([]);
    expect(text).not.toContain('"$id"');
  });
});

/** With headers that `fetch` does not let a caller set. */
function statusWith(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(gateway.url + path, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('every route', () => {
  const paths = Object.values(gatewayRoutes).map(
    ({ method, path }) => [method.toUpperCase(), path.replaceAll(/:\w+/g, 'x')] as const,
  );

  it.each([...paths, ['GET', '/openapi.json'] as const])('refuses foreign callers: %s %s', async (method, path) => {
    expect(await statusWith(method, path, { host: 'evil.example' })).toBe(421);
    expect(await statusWith(method, path, { origin: 'http://evil.example' })).toBe(403);
  });
});

describe('the configuration', () => {
  it('reads the services that run beside it', () => {
    const record = {
      service_id: 'w-1',
      service_name: 'w',
      version: '1',
      endpoint: 'http://127.0.0.1:1',
      health_check_url: 'http://127.0.0.1:1/readyz',
      tags: [],
      metadata: {},
      last_heartbeat: '2026-01-01T00:00:00Z',
    };

    expect(readConfig(gatewayFields, { PROCOS_SERVICES: JSON.stringify([record]) }).services).toEqual([record]);
    expect(readConfig(gatewayFields, {})).toMatchObject({ port: 8088, services: [] });
  });

  it.each([
    ['{', 'PROCOS_SERVICES must be a JSON list'],
    ['{}', 'PROCOS_SERVICES must be a JSON list'],
    ['[{"service_id":1}]', 'PROCOS_SERVICES does not hold directory records: 0.service_name is required'],
  ])('refuses the services %s', (value, message) => {
    const read = () => readConfig(gatewayFields, { PROCOS_SERVICES: value });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
  });
});
