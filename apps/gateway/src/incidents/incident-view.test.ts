import type { IncidentView } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDefinition, addIncident, addInstance } from '../testing/engine-world.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

const list = async () => (await gateway.call<{ incidents: IncidentView[] }>('GET', '/v1/incidents')).body.incidents;

const process = (key: string, inside: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="x"><process id="${key}" isExecutable="true">${inside}</process></definitions>`;

describe('an incident', () => {
  it('tells what a worker wrote, without frames of a stack, and the advice in it', async () => {
    const { world } = gateway;
    const incident = addIncident(world, addInstance(world, 'orders'), { incidentMessage: 'The bank refused' });
    world.details.set(
      incident.configuration ?? '',
      'The bank refused\nStatus: 503, Response: busy\n    at pay (file:///secret/place.js:1:1)\n→ Ask the bank.',
    );

    expect(await list()).toMatchObject([
      {
        code: 'PROCOS_INCIDENT_TASK',
        message: 'The bank refused',
        details: 'Status: 503, Response: busy',
        remedy: expect.stringMatching(/^Ask the bank\. Then: POST \/v1\/incidents\/.*\/retry/) as string,
        attempts: 0,
      },
    ]);
  });

  it('cuts details that are longer than they may be', async () => {
    const { world } = gateway;
    const incident = addIncident(world, addInstance(world, 'orders'));
    world.details.set(incident.configuration ?? '', '😀'.repeat(2_000));

    const [view] = await list();

    expect(view?.details).toHaveLength(1_999);
    expect(view?.details).toMatch(/😀…$/u);
  });

  it('names the element of the process that was about to be called, and who called it', async () => {
    const { world } = gateway;
    addDefinition(world, 'outer', process('outer', '<callActivity id="ask" calledElement="${which}"/>'));
    addDefinition(world, 'inner', process('inner', '<exclusiveGateway id="choose" name="Large?"/>'));
    const instance = addInstance(world, 'outer');
    world.variables.set(instance.id, { which: 'inner' });
    const reason =
      "ENGINE-02004 No outgoing sequence flow for the element with id 'choose' could be selected for continuing the process.";
    addIncident(world, instance, {
      incidentType: 'failedJob',
      activityId: 'ask',
      failedActivityId: 'choose',
      incidentMessage: reason,
    });

    expect(await list()).toMatchObject([
      {
        code: 'PROCOS_INCIDENT_NO_FLOW',
        message: 'No way leads on from choose (Large?): none of its conditions is true.',
        processKey: 'inner',
        activityId: 'choose',
        stoppedAt: 'ask',
        callers: [{ instanceId: instance.id, processKey: 'outer', activityId: 'ask' }],
        attempts: 3,
      },
    ]);
  });

  it('stays at its own element when the process called cannot be found', async () => {
    const { world } = gateway;
    addDefinition(world, 'outer', process('outer', '<callActivity id="ask" calledElement="${which.ever()}"/>'));
    addIncident(world, addInstance(world, 'outer'), {
      incidentType: 'failedJob',
      activityId: 'ask',
      failedActivityId: 'elsewhere',
      incidentMessage: 'java.lang.RuntimeException: broken',
    });

    expect(await list()).toMatchObject([
      {
        code: 'PROCOS_INCIDENT_STEP',
        message: 'RuntimeException: broken',
        processKey: 'outer',
        activityId: 'elsewhere',
        stoppedAt: 'ask',
      },
    ]);
  });

  it('lists the callers from the nearest to the farthest', async () => {
    const { world } = gateway;
    const [request, middle, inner] = [
      addInstance(world, 'request'),
      addInstance(world, 'middle'),
      addInstance(world, 'inner'),
    ];
    const cause = addIncident(world, inner);
    const repeated = addIncident(world, middle, {
      activityId: 'call_inner',
      configuration: null,
      rootCauseIncidentId: cause.id,
      causeIncidentId: cause.id,
    });
    addIncident(world, request, {
      activityId: 'call_middle',
      configuration: null,
      rootCauseIncidentId: cause.id,
      causeIncidentId: repeated.id,
    });

    expect((await list())[0]?.callers.map(({ processKey, activityId }) => `${activityId} in ${processKey}`)).toEqual([
      'call_inner in middle',
      'call_middle in request',
    ]);
  });

  it('costs one question for its details and none more, however many there are', async () => {
    const { world } = gateway;
    const instances = Array.from({ length: 50 }, () => addInstance(world, 'orders'));
    const callers = addInstance(world, 'request');
    for (const instance of instances) {
      const cause = addIncident(world, instance);
      addIncident(world, callers, { rootCauseIncidentId: cause.id, causeIncidentId: cause.id, configuration: null });
    }
    await list();
    world.calls.length = 0;

    expect(await list()).toHaveLength(50);

    const counts = Map.groupBy(world.calls, (name) => name);
    expect(counts.get('errorDetails')).toHaveLength(50);
    expect(world.calls.length - 50).toBeLessThanOrEqual(4);
  });
});
