import { processKeys, type ServiceRecord, systemBusinessKey, type SystemStatus } from '@procos/contracts';
import { createInMemoryServiceDirectory, DirectoryAwayError, DirectoryRefusedError } from '@procos/service-directory';
import { afterEach, describe, expect, it } from 'vitest';
import { addIncident, addInstance, emptyWorld } from '../testing/engine-world.ts';
import { fakeService } from '../testing/fake-service.ts';
import { type GatewayOptions, startGateway } from '../testing/running-gateway.ts';

const open: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.stop())));

async function service(name: string, report: object | undefined, status = 200): Promise<ServiceRecord> {
  const made = await fakeService(name, report, status);
  open.push(made);
  return made.record;
}

async function statusOf(
  records: readonly ServiceRecord[],
  world = emptyWorld(),
  broker: GatewayOptions['broker'] = {},
): Promise<SystemStatus> {
  const gateway = await startGateway({ world, directory: createInMemoryServiceDirectory(records), broker });
  open.push(gateway);
  const { status, body } = await gateway.call<SystemStatus>('GET', '/v1/status');
  expect(status).toBe(200);
  return body;
}

function bootedWorld() {
  const world = emptyWorld();
  const orchestrator = addInstance(world, processKeys.systemOrchestrator, { businessKey: systemBusinessKey });
  return { world, orchestrator };
}

/** A directory that cannot be asked, and of which nothing is remembered. */
const unaskable = (thrown: Error) => ({
  ...createInMemoryServiceDirectory([]),
  list: () => Promise.reject(thrown),
});

describe('the status', () => {
  it.each([
    ['is away', new DirectoryAwayError('Consul gave no answer: connect ECONNREFUSED')],
    ['lets nobody in', new DirectoryRefusedError('Permission denied')],
  ])('is told when the directory %s: as DEGRADED, with the reason', async (_, thrown) => {
    const gateway = await startGateway({ world: bootedWorld().world, directory: unaskable(thrown), broker: {} });
    open.push(gateway);

    const { status, body } = await gateway.call<SystemStatus>('GET', '/v1/status');

    expect({ status, state: body.state, services: body.services }).toEqual({
      status: 200,
      state: 'DEGRADED',
      services: [],
    });
    expect(body.problems).toEqual([
      { what: `The service directory cannot be asked: ${thrown.message}`, remedy: expect.any(String) as string },
    ]);
  });

  it('is RUNNING when engine, orchestrator and services are up, and counts work and trouble', async () => {
    const { world, orchestrator } = bootedWorld();
    const cause = addIncident(world, addInstance(world, 'bills'));
    addIncident(world, orchestrator, { rootCauseIncidentId: cause.id });
    const worker = await service('generic-worker', { status: 'ok', topics: ['http_request'] });

    expect(await statusOf([worker], world)).toMatchObject({
      state: 'RUNNING',
      engine: { reachable: true, version: '7.24.0', url: 'http://engine.test:8080/engine-rest' },
      orchestrator: { instanceId: orchestrator.id, state: 'RUNNING' },
      services: [{ name: 'generic-worker', url: worker.endpoint, ready: true, details: { topics: ['http_request'] } }],
      instances: { active: 2 },
      incidents: { open: 1 },
      problems: [],
    });
  });

  it('is DEGRADED when a service says that it is not ready, is gone, or does not answer in time', async () => {
    const sick = await service('a-sick', { status: 'not_ready', state: 'DRAINING' }, 503);
    const gone = {
      ...sick,
      service_id: 'b-gone-1',
      service_name: 'b-gone',
      health_check_url: 'http://127.0.0.1:1/readyz',
    };
    const silent = await service('c-silent', undefined);

    const { state, services, problems } = await statusOf([silent, gone, sick], bootedWorld().world);

    expect(state).toBe('DEGRADED');
    expect(problems.map(({ what }) => what)).toEqual([
      'Service a-sick is not ready.',
      'Service b-gone is not ready.',
      'Service c-silent is not ready.',
    ]);
    expect(services).toMatchObject([
      { name: 'a-sick', ready: false, details: { state: 'DRAINING' } },
      { name: 'b-gone', ready: false, details: { problem: expect.any(String) as string } },
      { name: 'c-silent', ready: false, details: { problem: 'no answer within 1500 ms' } },
    ]);
  });

  it('names the broker, and is DEGRADED while it is away', async () => {
    const facts = { url: 'amqp://127.0.0.1:5672', version: '4.1.0' };

    const { world } = bootedWorld();
    const there = await statusOf([], world, { broker: () => facts });
    const away = await statusOf([], world, { broker: () => facts, awayBecause: () => 'ECONNREFUSED' });

    expect(there).toMatchObject({ state: 'RUNNING', broker: { ...facts, reachable: true, reason: null } });
    expect(away).toMatchObject({
      state: 'DEGRADED',
      broker: { ...facts, reachable: false, reason: 'ECONNREFUSED' },
      problems: [{ what: 'RabbitMQ at amqp://127.0.0.1:5672 is away: ECONNREFUSED.' }],
    });
    expect((await statusOf([], world)).broker).toBeNull();
  });

  it('lists the processes of the operating system, each with what runs in it', async () => {
    const kernel = await service('kernel', { pid: 10, engine_pid: 11 });
    const worker = await service('generic-worker', { pid: 10 });
    const foreign = await service('other', { pid: 'unknown' });

    expect((await statusOf([kernel, worker, foreign], bootedWorld().world)).processes).toEqual([
      { pid: 10, parts: ['generic-worker', 'kernel'] },
      { pid: 11, parts: ['engine'] },
    ]);
  });

  it('is NOT_BOOTED while no orchestrator runs', async () => {
    expect(await statusOf([])).toMatchObject({
      state: 'NOT_BOOTED',
      orchestrator: null,
      problems: [{ remedy: expect.stringContaining('procos up') as string }],
    });
  });

  it('is DEGRADED when a booted system has lost its orchestrator, and says what becomes of it', async () => {
    const kernel = await service('kernel', { status: 'ok' });

    const { state, orchestrator, problems } = await statusOf([kernel]);

    expect({ state, orchestrator }).toEqual({ state: 'DEGRADED', orchestrator: null });
    expect(problems).toEqual([
      { what: expect.stringContaining('orchestrator') as string, remedy: expect.stringContaining('kernel') as string },
    ]);
  });

  it('is DEGRADED while the orchestrator is suspended', async () => {
    const world = emptyWorld();
    addInstance(world, processKeys.systemOrchestrator, { businessKey: systemBusinessKey, state: 'SUSPENDED' });

    expect(await statusOf([], world)).toMatchObject({
      state: 'DEGRADED',
      problems: [{ what: 'The orchestrator is SUSPENDED.' }],
    });
  });

  it('is answered while the engine is down', async () => {
    const { world } = bootedWorld();
    world.down = true;

    expect(await statusOf([], world)).toMatchObject({
      state: 'ENGINE_DOWN',
      engine: { reachable: false, version: null },
      instances: { active: 0 },
    });
  });
});
