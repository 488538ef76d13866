import {
  type ActivityRow,
  type DeploymentRecord,
  type EngineClient,
  EngineRequestError,
  type HistoricIncident,
  type HistoricInstance,
  type HistoricTaskLogEntry,
} from '@procos/engine-client';

/** A history to be filled by tests, read through the calls that the bridge makes. */
export interface FakeEngine {
  readonly client: EngineClient;
  readonly instances: HistoricInstance[];
  readonly activities: ActivityRow[];
  readonly incidents: HistoricIncident[];
  readonly failures: HistoricTaskLogEntry[];
  readonly deployments: DeploymentRecord[];
  /** Variable `traceparent` of instances. */
  readonly traces: Map<string, unknown>;
  /** Definitions that were deleted, their history was not. */
  readonly deleted: Set<string>;
  /** Called before each question, by its name. */
  onAsk: (question: string) => void;
}

type Row = { readonly startTime: string; readonly endTime: string | null };

export function fakeEngine(): FakeEngine {
  const instances: HistoricInstance[] = [];
  const activities: ActivityRow[] = [];
  const incidents: HistoricIncident[] = [];
  const failures: HistoricTaskLogEntry[] = [];
  const deployments: DeploymentRecord[] = [];
  const traces = new Map<string, unknown>();
  const deleted = new Set<string>();
  const asked = async <Rows>(question: string, rows: () => Rows): Promise<Rows> => {
    fake.onAsk(question);
    return rows();
  };
  const page = <Kind extends Row>(
    rows: readonly Kind[],
    time: 'startTime' | 'endTime',
    after: unknown,
    limit: number,
    until?: string,
  ) =>
    rows
      .filter((row) => row[time] !== null && Date.parse(String(row[time])) > Date.parse(String(after)))
      .filter((row) => until === undefined || Date.parse(String(row[time])) <= Date.parse(until))
      .toSorted((a, b) => Date.parse(String(a[time])) - Date.parse(String(b[time])))
      .slice(0, limit);
  const between = (rows: readonly Row[], query: Readonly<Record<string, unknown>>) => {
    const [time, from, to] =
      'startedAfter' in query
        ? (['startTime', query['startedAfter'], query['startedBefore']] as const)
        : (['endTime', query['finishedAfter'], query['finishedBefore']] as const);
    return rows.filter(
      (row) =>
        row[time] !== null &&
        Date.parse(String(row[time])) >= Date.parse(String(from)) &&
        Date.parse(String(row[time])) <= Date.parse(String(to)),
    ).length;
  };
  const history = {
    instance: (id: string) => asked('instance', () => instances.find((row) => row.id === id)),
    instances: (filter: Readonly<Record<string, unknown>>, { maxResults = 200 }: { maxResults?: number } = {}) =>
      'finishedAfter' in filter
        ? asked('instancesEnded', () => page(instances, 'endTime', justBefore(filter['finishedAfter']), maxResults))
        : asked('instancesStarted', () => page(instances, 'startTime', justBefore(filter['startedAfter']), maxResults)),
    variableOf: (_name: string, ids: readonly string[]) =>
      asked('variable', () => new Map(ids.flatMap((id) => (traces.has(id) ? [[id, traces.get(id)]] : [])))),
    activity: (id: string) => asked('activity', () => activities.find((row) => row.id === id)),
    endedActivities: (after: string, limit: number, until?: string) =>
      asked('ended', () => page(activities, 'endTime', after, limit, until)),
    runningActivities: (after: string, limit: number, until?: string) =>
      asked('running', () =>
        page(
          activities.filter(({ endTime }) => endTime === null),
          'startTime',
          after,
          limit,
          until,
        ),
      ),
    countActivities: (query: Readonly<Record<string, unknown>>) => asked('count', () => between(activities, query)),
    countInstances: (query: Readonly<Record<string, unknown>>) => asked('count', () => between(instances, query)),
    taskLog: () => asked('failed', () => failures.toReversed()),
    incidents: (query: Readonly<Record<string, unknown>>) =>
      asked('incidents', () => incidents.filter((row) => ('createTimeAfter' in query ? true : row.endTime !== null))),
  };
  const repository = {
    deploymentsAfter: (after: string) =>
      asked('deployments', () =>
        deployments.filter(({ deploymentTime }) => Date.parse(deploymentTime) > Date.parse(after)),
      ),
    definitionXml: (id: string) =>
      asked('xml', () => (deleted.has(id) || !id.startsWith('ordering:') ? refuse() : modelXml)),
  };
  const fake: FakeEngine = {
    client: { history, repository, runtime: {}, close: async () => undefined } as unknown as EngineClient,
    instances,
    activities,
    incidents,
    failures,
    deployments,
    traces,
    deleted,
    onAsk: () => undefined,
  };
  return fake;
}

/** Instances of the very moment that is named are among those after it; activities are not. */
function justBefore(moment: unknown): string {
  return new Date(Date.parse(String(moment)) - 1).toISOString();
}

function refuse(): never {
  throw new EngineRequestError({ method: 'GET', path: '/process-definition' }, 404, {
    type: 'RestException',
    message: 'No such definition',
  });
}

const modelXml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://procos.dev/test">
  <error id="refused" errorCode="REFUSED"/>
  <process id="ordering" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="to_pay" sourceRef="begun" targetRef="pay"/>
    <serviceTask id="pay" camunda:type="external" camunda:topic="payment"/><sequenceFlow id="to_end" sourceRef="pay" targetRef="ended"/>
    <endEvent id="ended"/>
    <boundaryEvent id="not_paid" attachedToRef="pay"><errorEventDefinition errorRef="refused"/></boundaryEvent>
    <endEvent id="broken"><errorEventDefinition errorRef="refused"/></endEvent>
  </process>
</definitions>`;
