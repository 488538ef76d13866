import type { EngineClient, HistoricActivity, HistoricInstance } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { createFailureFinder } from './failure-finder.ts';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
  <error id="refused" errorCode="REFUSED"/>
  <process id="order" isExecutable="true">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="pay"/>
    <serviceTask id="pay"/><sequenceFlow id="f2" sourceRef="pay" targetRef="broken"/>
    <endEvent id="broken"><errorEventDefinition errorRef="refused"/></endEvent>
    <endEvent id="unknown"><errorEventDefinition errorRef="nowhere"/></endEvent>
  </process>
</definitions>`;
const at = '2026-11-30T12:00:00.000+0000';

const instance = (id: string, given: Partial<HistoricInstance> = {}): HistoricInstance =>
  ({ id, startTime: at, endTime: at, state: 'COMPLETED', superProcessInstanceId: null, ...given }) as HistoricInstance;
const activity = (of: string, activityId: string, given: Partial<HistoricActivity> = {}): HistoricActivity =>
  ({
    id: `${activityId} of ${of}`,
    activityId,
    activityType: 'errorEndEvent',
    processDefinitionId: 'order:1',
    processInstanceId: of,
    parentActivityInstanceId: of,
    calledProcessInstanceId: null,
    startTime: at,
    endTime: at,
    canceled: false,
    ...given,
  }) as HistoricActivity;

function engineWith(instances: readonly HistoricInstance[], rows: readonly HistoricActivity[]) {
  const asked: string[] = [];
  const answer =
    <Given extends readonly never[] | readonly unknown[], Rows>(name: string, give: (...given: Given) => Rows) =>
    async (...given: Given) => {
      asked.push(name);
      return give(...given);
    };
  const history = {
    activities: answer('activities', ({ activityType, completeScope }: Readonly<Record<string, unknown>>) =>
      rows.filter((row) => row.activityType === activityType && (completeScope !== true || row.completeScope === true)),
    ),
    path: answer('path', (id: string) => rows.filter((row) => row.processInstanceId === id)),
    instance: answer('instance', (id: string) => instances.find((one) => one.id === id)),
    instances: answer('instances', ({ processInstanceIds }: Readonly<Record<string, unknown>>) =>
      instances.filter(
        ({ id, state }) =>
          (processInstanceIds as readonly string[] | undefined)?.includes(id) ?? state === 'INTERNALLY_TERMINATED',
      ),
    ),
  };
  const repository = { definitionXml: answer('xml', (_id: string) => xml) };
  return { asked, client: { history, repository } as unknown as EngineClient };
}

describe('which instances have failed', () => {
  it('is told with place and code: at an error end event, and where nobody caught the error of a task', async () => {
    const instances = ['ended', 'uncaught', 'undeclared', 'well'].map((id) => instance(id));
    const { client } = engineWith(instances, [
      activity('ended', 'broken'),
      activity('undeclared', 'unknown'),
      activity('uncaught', 'pay', { activityType: 'serviceTask', completeScope: true }),
      activity('well', 'pay', { activityType: 'serviceTask' }),
    ]);
    const finder = createFailureFinder(client);

    expect([...(await finder.among(instances))]).toEqual([
      ['ended', { activityId: 'broken', errorCode: 'REFUSED' }],
      ['uncaught', { activityId: 'pay', errorCode: undefined }],
      // The engine takes the reference for the code.
      ['undeclared', { activityId: 'unknown', errorCode: 'nowhere' }],
    ]);
    expect((await finder.matching({})).map(({ id }) => id)).toEqual(
      ['undeclared', 'uncaught', 'ended'].toSorted().toReversed(),
    );
  });

  it('is no question for what is running, what a person has ended, and what was judged before', async () => {
    const instances = [
      instance('running', { endTime: null, state: 'ACTIVE' }),
      instance('killed', { state: 'EXTERNALLY_TERMINATED' }),
      instance('ended'),
    ];
    const { client, asked } = engineWith(instances, [activity('ended', 'broken'), activity('killed', 'broken')]);
    const finder = createFailureFinder(client);

    expect([...(await finder.among(instances)).keys()]).toEqual(['ended']);
    asked.length = 0;
    expect([...(await finder.among(instances)).keys()]).toEqual(['ended']);
    expect(asked).toEqual([]);
  });

  it('reads no way of an instance without a mark of an error', async () => {
    const instances = Array.from({ length: 50 }, (_, index) => instance(String(index)));
    const { client, asked } = engineWith(instances, []);

    expect((await createFailureFinder(client).among(instances)).size).toBe(0);
    expect(asked).toEqual(Array.from({ length: 11 }, () => 'activities'));
  });
});
