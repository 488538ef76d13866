import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compileCheck, ProcosEvent, type ServiceRecord } from '@procos/contracts';
import {
  createGiveTries,
  type EngineClient,
  EngineRequestError,
  type HistoricIncident,
  type Incident,
} from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import type { TaskContext, TaskDefinition } from '@procos/task-worker';
import { onTestFinished } from 'vitest';
import { createHealthChecks } from '../components/health-checks.ts';
import type { SystemTools } from '../deps.ts';

export interface FakeService {
  readonly record: ServiceRecord;
  /** What it says of itself from now on. */
  become(ready: boolean): void;
}

/** A real HTTP service that says whether it is ready. */
export async function fakeService(
  name: string,
  ready: boolean,
  topics: readonly string[] = [],
  idleState = 'STOPPED',
): Promise<FakeService> {
  let isReady = ready;
  const server = createServer((request, response) => {
    const body = { status: isReady ? 'ok' : 'not_ready', state: isReady ? 'RUNNING' : idleState, topics };
    response
      .writeHead(isReady || request.url === '/livez' ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const record = {
    service_id: `${name}-1`,
    service_name: name,
    version: '1',
    endpoint,
    health_check_url: `${endpoint}/readyz`,
    tags: [],
    metadata: {},
    last_heartbeat: new Date(0).toISOString(),
  };
  return { record, become: (next) => void (isReady = next) };
}

export interface FakeSystem {
  readonly tools: SystemTools;
  readonly events: ProcosEvent[];
  /** Calls that changed something, in order. */
  readonly done: string[];
  /** Execution → the incident that a recovery has marked there. */
  readonly marks: ReadonlyMap<string, unknown>;
}

interface FakeSystemOptions {
  readonly services?: readonly FakeService[];
  readonly definitions?: readonly string[];
  readonly incidents?: readonly Partial<Incident>[];
  /** Recoveries that the history knows, oldest first. */
  readonly recoveries?: readonly { readonly id: string; readonly businessKey: string }[];
  /** Incidents of the past, resolved ones. */
  readonly pastIncidents?: readonly Partial<HistoricIncident>[];
  /** What is kept with the failure of a task, by its id. */
  readonly failureDetails?: Readonly<Record<string, string>>;
  readonly orchestrators?: readonly string[];
  /** The shutdown process runs. @default false */
  readonly shuttingDown?: boolean;
  readonly onRestart?: (service: string) => void;
  /** The orchestrator does not wait for a message. */
  readonly orchestratorBusy?: boolean;
}

const checkEvent = compileCheck(ProcosEvent);

/** Everything a system task works with: real health checks, an engine that remembers what it was told. */
export function fakeSystem(options: FakeSystemOptions = {}): FakeSystem {
  const {
    services = [],
    definitions = [],
    incidents = [],
    recoveries = [],
    pastIncidents = [],
    failureDetails = {},
    orchestrators = [],
    onRestart,
    orchestratorBusy = false,
    shuttingDown = false,
  } = options;
  const [events, done, running]: [ProcosEvent[], string[], Set<string>] = [[], [], new Set(orchestrators)];
  const marks = new Map<string, unknown>();
  const engine = {
    externalTasks: { errorDetails: async (id: string) => failureDetails[id] ?? '' },
    repository: { latestDefinition: async (key: string) => (definitions.includes(key) ? { key } : undefined) },
    runtime: {
      instances: async ({ processDefinitionKey }: { processDefinitionKey: string }) =>
        processDefinitionKey === 'procos_system_orchestrator'
          ? [...running].map((id) => ({ id }))
          : [{ id: 'request-1' }],
      incidents: async ({ incidentId }: { incidentId?: string } = {}) =>
        incidents.filter(({ id }) => incidentId === undefined || id === incidentId),
      correlate: async ({ messageName, processInstanceId }: { messageName: string; processInstanceId: string }) => {
        if (orchestratorBusy) throw new EngineRequestError({ method: 'POST', path: '/correlate' }, 400, 'nobody waits');
        done.push(`${messageName} to ${processInstanceId}`);
        running.delete(processInstanceId);
      },
      deleteInstance: async (id: string) => {
        done.push(`delete ${id}`);
        running.delete(id);
      },
      ...fakeMarks(marks),
      giveTries: createGiveTries({
        task: async (id, retries) => void done.push(`task ${id} gets ${retries}`),
        job: async (id, retries) => void done.push(`job ${id} gets ${retries}`),
      }),
    },
    history: {
      countInstances: async ({ processDefinitionKey }: { processDefinitionKey: string }) =>
        processDefinitionKey === 'procos_system_orchestrator' ? running.size : Number(shuttingDown),
      ...fakeFailures([...incidents, ...pastIncidents]),
      instances: async (filter: { processInstanceBusinessKey?: string; processInstanceBusinessKeyIn?: string[] }) => {
        const keys = filter.processInstanceBusinessKeyIn ?? [filter.processInstanceBusinessKey];
        return recoveries.filter(({ businessKey }) => keys.includes(businessKey));
      },
    },
  } as unknown as EngineClient;
  const health = createHealthChecks(createInMemoryServiceDirectory(services.map(({ record }) => record)), {
    checkTimeoutMs: 500,
    settleTimeoutMs: 400,
  });
  const components = {
    restart: async (service: string, services?: readonly string[]) => {
      done.push(['restart', service, ...(services ?? [])].join(' '));
      onRestart?.(service);
    },
  };
  const publish = async (event: ProcosEvent) => {
    if (!checkEvent(event).ok) throw new TypeError('This is no event');
    events.push(event);
  };
  const eventBus = {
    publish,
    subscribe: async () => async () => undefined,
    consume: async () => async () => undefined,
    deadLetters: { list: async () => [], replay: async () => 0, discard: async () => 0 },
    awayBecause: () => undefined,
    broker: () => undefined,
    close: async () => undefined,
  };
  return { tools: { engine, eventBus, components, health, incidentDelayMs: 60_000 }, events, done, marks };
}

/** Variables of executions, each of which has one. */
function fakeMarks(marks: Map<string, unknown>) {
  return {
    setLocalVariable: async (executionId: string, _name: string, value: unknown) => void marks.set(executionId, value),
    localVariablesNamed: async (_name: string, executionIds: readonly string[]) =>
      executionIds.flatMap((id) => (marks.has(id) ? [marks.get(id)] : [])),
  };
}

/** The engine's memory of incidents, oldest first; one without a time is old. */
function fakeFailures(incidents: readonly Partial<HistoricIncident>[]) {
  return {
    incidents: async (query: { createTimeBefore: string; firstResult: number; maxResults: number }) =>
      incidents
        .filter(({ endTime, createTime = '' }) => endTime == null && createTime < query.createTimeBefore)
        .slice(query.firstResult, query.firstResult + query.maxResults)
        .map((incident) => ({ rootCauseIncidentId: incident.id, processDefinitionKey: 'bills', ...incident })),
    countIncidents: async ({ configuration }: { configuration: string }) =>
      incidents.filter((incident) => incident.configuration === configuration).length,
  };
}

/** Runs a task as the worker does, contract checks included. */
export async function runTask(
  task: TaskDefinition,
  input: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const checkedInput = task.contract.checkInput(input);
  if (!checkedInput.ok) throw new TypeError(JSON.stringify(checkedInput.faults));
  const output = await task.run(checkedInput.value, context);
  const checkedOutput = task.contract.checkOutput(output);
  if (!checkedOutput.ok) throw new TypeError(JSON.stringify(checkedOutput.faults));
  return output;
}

const context: TaskContext = {
  topic: 'test',
  processInstanceId: 'p1',
  processDefinitionKey: 'k',
  activityId: 'a',
  businessKey: null,
  properties: {},
  lease: {
    taskId: 't',
    workerId: 'w',
    attempt: 1,
    idempotencyKey: 'p1:a1',
    deadline: () => new Date(),
    signal: new AbortController().signal,
  },
  logger: silentLogger,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};
