import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'procos_service_call';
const driver = useProcessDriver(new URL('./procos_service_call.bpmn', import.meta.url));
const call = { service_name: 'gateway', method: 'GET', path: '/livez' };

describe('procos_service_call', () => {
  it('ends with what the service answered', async () => {
    // given
    const instance = await driver.start(key, call);

    // when
    const task = await driver.takeTask('service_call', instance);
    await task.complete({ status_code: 200, response: { live: true }, success: true });

    // then
    expect(task.variables).toMatchObject(call);
    const end = await driver.ended(instance);
    expect(end.path).toEqual(['service_requested', 'call_service', 'service_answered']);
    expect(end.variables).toMatchObject({ status_code: 200, response: { live: true } });
  });

  it.each([
    ['SERVICE_NOT_FOUND', 'service_unknown', 'service_not_found'],
    ['SERVICE_FAILED', 'service_said_no', 'service_failed'],
  ])('takes the path of %s', async (code, boundary, endEvent) => {
    // given
    const instance = await driver.start(key, call);

    // when
    await (await driver.takeTask('service_call', instance)).bpmnError(code, 'So it is.');

    // then
    const end = await driver.ended(instance);
    expect(end.path).toEqual(['service_requested', 'call_service', boundary, endEvent]);
    expect(end).toMatchObject({ failed: true, variables: { error_code: code, error_message: 'So it is.' } });
  });

  it('waits with an incident when the service stays down', async () => {
    // given
    const instance = await driver.start(key, call);

    // when
    await (await driver.takeTask('service_call', instance)).fail('gateway gave no answer');

    // then
    expect(await driver.incidents(instance)).toMatchObject([
      { activityId: 'call_service', incidentMessage: 'gateway gave no answer' },
    ]);
  });
});
