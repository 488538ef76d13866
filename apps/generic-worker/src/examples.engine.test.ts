import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '@procos/config';
import type { ServiceRecord } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import type { TaskDefinition } from '@procos/task-worker';
import { useProcessDriver } from '@procos/testing';
import { Agent } from 'undici';
import { genericWorkerFields } from './config.ts';
import { fileVariablesOf } from './files/file-variable.ts';
import { createAddressGuard } from './http/address-guard.ts';
import { createGuardedAgent } from './http/guarded-agent.ts';
import { genericTasks } from './tasks/index.ts';
import { localServer, type LocalServer } from './testing/local-server.ts';
import { playTasks } from './testing/play-tasks.ts';
import { createSandbox } from './transform/sandbox.ts';

const example = (key: string) => new URL(`../../../processes/examples/${key}/${key}.bpmn`, import.meta.url);
const driver = useProcessDriver(
  example('import_orders'),
  example('price_an_order'),
  new URL('./testing/copy_file.bpmn', import.meta.url),
);
const client = createEngineClient(inject('engine'));
const sandbox = createSandbox({ timeMs: 10_000, memoryMb: 128, maxCharacters: 5_000_000 });
const networkDispatcher = new Agent();
const publicDispatcher = createGuardedAgent(createAddressGuard({ allow: ['127.0.0.1'] }));

let root: string;
let server: LocalServer;
let tasks: readonly TaskDefinition[];
const { runToEnd } = playTasks(driver, () => tasks);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'procos-examples-'));
  server = await localServer(({ url = '' }, response) => {
    const body = url.startsWith('/items') ? { name: 'A book', price: 9.99 } : { rate: 1.5 };
    response
      .writeHead(url.includes('to=ZZZ') ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const stock: ServiceRecord = {
    service_id: 'stock-1',
    service_name: 'stock',
    version: '1',
    endpoint,
    health_check_url: `${endpoint}/livez`,
    tags: [],
    metadata: {},
    last_heartbeat: '2026-01-01T00:00:00Z',
  };
  const config = readConfig(genericWorkerFields, { PROCOS_FILE_ROOT: root });
  const directory = createInMemoryServiceDirectory([stock]);
  tasks = genericTasks({
    config,
    directory,
    publicDispatcher,
    networkDispatcher,
    sandbox,
    openFileVariable: fileVariablesOf(client),
  });
});
afterAll(async () => {
  sandbox.close();
  const closed = [
    client.close(),
    networkDispatcher.destroy(),
    publicDispatcher.destroy(),
    server[Symbol.asyncDispose](),
    rm(root, { recursive: true, force: true }),
  ];
  await Promise.all(closed);
});

describe('orders from a CSV file', () => {
  const toVerdict = ['file_operation', 'data_transform', 'data_validation'];
  const paths = { orders_path: 'orders.csv', report_path: 'sums.csv' };

  it('are summed up into another, however many they are', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `customer-${index % 500},${index % 7}.5,2`);
    await writeFile(join(root, 'orders.csv'), `customer,price,quantity\n${lines.join('\n')}\n`);

    const end = await runToEnd('import_orders', paths, [
      ...toVerdict,
      'data_transform',
      'file_operation',
      'response_formatting',
    ]);

    expect(end).toMatchObject({ endEvent: 'orders_imported', variables: { warnings: [] } });
    const report = await readFile(join(root, 'sums.csv'), 'utf8');
    expect(report.length).toBeGreaterThan(4_000);
    expect(report.split('\n').slice(0, 2)).toEqual(['customer,orders,total', 'customer-10,4,36']);
  });

  it('that break the rules are told with their places', async () => {
    await writeFile(join(root, 'orders.csv'), 'customer,price,quantity\nann,5,1\n,-1,1\n');

    const end = await runToEnd('import_orders', paths, toVerdict);

    expect(end).toMatchObject({ endEvent: 'orders_refused', failed: true });
    expect(end.variables['errors']).toMatchObject([
      { path: '/1/customer', rule: 'minLength' },
      { path: '/1/amount', rule: 'exclusiveMinimum' },
    ]);
  });
});

describe('the price of an order', () => {
  const all = ['input_validation', 'service_call', 'http_request', 'data_transform', 'response_formatting'];
  const order = (changes: object = {}) => ({
    sku: 'AB-1',
    quantity: 3,
    currency: 'USD',
    rates_url: `http://127.0.0.1:${server.port}/rates`,
    ...changes,
  });

  it('is worked out from what a service and a web server say', async () => {
    const end = await runToEnd('price_an_order', order(), all);

    expect(end).toMatchObject({
      endEvent: 'order_priced',
      variables: { formatted_response: { response: { article: 'A book', price: 44.96, currency: 'USD' } } },
    });
    expect(server.seen.map(({ url }) => url)).toEqual(['/items/AB-1', '/rates?from=EUR&to=USD']);
  });

  it.each([
    [{ sku: '../etc' }, 'order_refused', 1],
    [{ rates_url: 'http://169.254.169.254/latest/meta-data' }, 'rate_refused', 3],
    [{ currency: 'ZZZ' }, 'rate_unknown', 3],
  ])('of %j ends in %s', async (changes, endEvent, steps) => {
    expect(await runToEnd('price_an_order', order(changes), all.slice(0, steps))).toMatchObject({
      endEvent,
      failed: true,
    });
  });
});

describe('a file of many bytes', () => {
  it('goes through the engine as a File variable', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 256));
    await writeFile(join(root, 'original.bin'), bytes);

    const end = await runToEnd('copy_file', {}, ['file_operation', 'file_operation']);

    expect(end.endEvent).toBe('copied');
    expect((await readFile(join(root, 'copy.bin'))).equals(bytes)).toBe(true);
  });
});
