import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const driver = useProcessDriver(
  new URL('./procos_user_request.bpmn', import.meta.url),
  new URL('../procos_service_call/procos_service_call.bpmn', import.meta.url),
);

const request = { process_key: 'procos_service_call', service_name: 'gateway', path: '/livez' };

/** Sends a request and lets it be routed to the service call. */
async function routed(
  variables: Readonly<Record<string, unknown>> = request,
): Promise<{ instance: string; called: string }> {
  const instance = await driver.startByMessage('UserRequest', variables);
  await (await driver.takeTask('request_routing', instance)).complete({ process_to_execute: 'procos_service_call' });
  const [called = ''] = await driver.calledInstances(instance, 'execute_user_process');
  return { instance, called };
}

describe('procos_user_request', () => {
  it('runs the chosen process with the variables of the request and takes its results back', async () => {
    // given
    const list = ['a', { b: 1 }];
    const { instance, called } = await routed({ ...request, list, long_text: 'x'.repeat(5_000) });

    // when
    const call = await driver.takeTask('service_call', called);
    await call.complete({ status_code: 200, response: { live: true }, success: true });

    // then
    expect(call.variables).toMatchObject({
      service_name: 'gateway',
      path: '/livez',
      list,
      long_text: 'x'.repeat(5_000),
    });
    const end = await driver.ended(instance);
    expect(end.path).toEqual(['wait_for_requests', 'route_user_request', 'execute_user_process', 'request_done']);
    expect(end).toMatchObject({ state: 'COMPLETED', endEvent: 'request_done', failed: false });
    expect(end.variables).toMatchObject({ response: { live: true }, list });
  });

  it('starts a second request while the first is at work, and neither waits for the other', async () => {
    // given
    const first = await routed();

    // when
    const second = await routed();
    await (await driver.takeTask('service_call', second.called)).complete({
      status_code: 200,
      response: 'second',
      success: true,
    });

    // then
    expect(second.instance).not.toBe(first.instance);
    expect((await driver.ended(second.instance)).variables).toMatchObject({ response: 'second' });
    expect(await driver.state(first.instance)).toBe('ACTIVE');
    await (await driver.takeTask('service_call', first.called)).complete({
      status_code: 200,
      response: 'first',
      success: true,
    });
    expect((await driver.ended(first.instance)).variables).toMatchObject({ response: 'first' });
  });

  it('reports the error and fails when the called process ends in one', async () => {
    // given
    const { instance, called } = await routed();

    // when
    await (await driver.takeTask('service_call', called)).bpmnError('SERVICE_FAILED', 'It answered 404.', {
      status_code: 404,
    });
    const handling = await driver.takeTask('error_handling', instance);
    const report = {
      code: 'SERVICE_FAILED',
      message: 'It answered 404.',
      process: 'procos_service_call',
      advice: '',
      reported_at: '',
    };
    await handling.complete({ error_report: report });

    // then
    expect(handling.variables).toMatchObject({
      error_code: 'SERVICE_FAILED',
      error_message: 'It answered 404.',
      process_to_execute: 'procos_service_call',
    });
    const end = await driver.ended(instance);
    expect(end.path).toEqual([
      'wait_for_requests',
      'route_user_request',
      'execute_user_process',
      'process_error',
      'handle_process_error',
      'request_failed',
    ]);
    expect(end).toMatchObject({ state: 'COMPLETED', endEvent: 'request_failed', failed: true });
    expect(end.variables).toMatchObject({ error_report: report, status_code: 404 });
  });

  it('reports the error and fails when no process fits', async () => {
    // given
    const instance = await driver.startByMessage('UserRequest', { process_key: 'nobody' });

    // when
    await (await driver.takeTask('request_routing', instance)).bpmnError(
      'REQUEST_NOT_ROUTABLE',
      'No process with key nobody is deployed',
    );
    const handling = await driver.takeTask('error_handling', instance);
    await handling.complete({
      error_report: { code: 'REQUEST_NOT_ROUTABLE', message: '', process: 'nobody', advice: '', reported_at: '' },
    });

    // then
    expect(handling.variables).toMatchObject({ error_code: 'REQUEST_NOT_ROUTABLE', process_key: 'nobody' });
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ endEvent: 'request_failed', failed: true });
    expect(end.path).not.toContain('execute_user_process');
  });

  it('shows a chosen process that is not deployed as an incident and keeps the request', async () => {
    // given
    const instance = await driver.startByMessage('UserRequest', request);

    // when
    await (await driver.takeTask('request_routing', instance)).complete({ process_to_execute: 'not_deployed' });
    await driver.exhaustRetries(instance);

    // then
    const [incident] = await driver.incidents(instance);
    expect(incident).toMatchObject({ activityId: 'execute_user_process', incidentType: 'failedJob' });
    expect(incident?.incidentMessage).toContain("no processes deployed with key 'not_deployed'");
    expect(await driver.state(instance)).toBe('ACTIVE');
  });
});
