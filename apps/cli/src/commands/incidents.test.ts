import { describe, expect, it } from 'vitest';
import { defineErrors } from '@procos/errors';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway, type ReceivedRequest } from '../testing/fake-gateway.ts';
import { sampleIncident } from '../testing/samples.ts';

const gatewayErrors = defineErrors({
  PROCOS_GATEWAY_NOT_RETRYABLE: {
    message: 'Incident {id} cannot be retried.',
    remedy: 'GET /v1/incidents lists the others.',
    when: '',
    status: 409,
  },
});

const incidents = [
  sampleIncident(),
  sampleIncident({ id: 'incident-2', instanceId: 'instance-2', activityId: 'send_mail' }),
];
const retried = ({ params }: ReceivedRequest): unknown => ({
  incidentId: params['id'],
  instanceId: 'instance-1',
  activityId: 'ask_ai',
  retries: 1,
});

describe('procos incidents', () => {
  it('names the element, the cause and the command that retries it', async () => {
    await using gateway = await startFakeGateway({
      'GET /v1/incidents': () => ({ incidents: [sampleIncident({ message: 'first line\nsecond line' })], total: 1 }),
    });

    const { exitCode, stdout } = await runCli(['incidents', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 open incident\n');
    expect(stdout).toContain('! ask_ai in ai_query_process: first line ⏎ second line\n');
    expect(stdout).toContain('→ Correct what the message says. Then: npx procos retry incident-1\n');
  });

  it('tells details line by line, attempts, code, and who called what failed', async () => {
    const caller = { instanceId: 'request-1', processKey: 'procos_user_request', activityId: 'execute_user_process' };
    const incident = sampleIncident({
      details: 'Status: 503\nResponse: busy\u001b[31m',
      attempts: 1,
      callers: [caller],
      stoppedAt: 'send',
      code: 'PROCOS_INCIDENT_STEP',
    });
    await using gateway = await startFakeGateway({ 'GET /v1/incidents': () => ({ incidents: [incident], total: 1 }) });

    const { stdout } = await runCli(['incidents', '--url', gateway.url]);

    expect(stdout).toContain('  Status: 503\n  Response: busy�[31m\n');
    expect(stdout).toContain(
      '  instance instance-1, called by execute_user_process in procos_user_request (request-1)\n',
    );
    expect(stdout).toMatch(/after 1 attempt, stands at send, PROCOS_INCIDENT_STEP\n/);
  });

  it('suggests no retry where none can help', async () => {
    const remedy = 'This kind of incident cannot be retried. End the instance: DELETE /v1/instances/instance-1';
    await using gateway = await startFakeGateway({
      'GET /v1/incidents': () => ({ incidents: [sampleIncident({ retryable: false, remedy })], total: 1 }),
    });

    const { stdout } = await runCli(['incidents', '--url', gateway.url]);

    expect(stdout).toContain(
      '→ This kind of incident cannot be retried. End the instance: npx procos kill instance-1\n',
    );
  });

  it('says so when none is open', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/incidents': () => ({ incidents: [], total: 0 }) });

    expect(await runCli(['incidents', '--url', gateway.url])).toEqual({
      exitCode: 0,
      stdout: '✓ No incident is open.\n',
      stderr: '',
    });
  });
});

describe('procos retry', () => {
  it.each([
    ['an incident', ['retry', 'incident-2'], ['incident-2']],
    ['an instance', ['retry', 'instance-1'], ['incident-1']],
    ['all', ['retry', '--all'], ['incident-1', 'incident-2']],
  ])('tries again what belongs to %s', async (_, args, expected) => {
    await using gateway = await startFakeGateway({
      'GET /v1/incidents': () => ({ incidents, total: incidents.length }),
      'POST /v1/incidents/:id/retry': retried,
    });

    const { exitCode, stdout } = await runCli([...args, '--json', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(gateway.requests.flatMap(({ params }) => params['id'] ?? [])).toEqual(expected);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      retried: expected.map((incidentId) => ({ incidentId, ok: true })),
    });
  });

  it('goes on after one that is refused, and exits with 1', async () => {
    const refuseFirst = (request: ReceivedRequest): unknown => {
      if (request.params['id'] === 'incident-1') throw gatewayErrors.PROCOS_GATEWAY_NOT_RETRYABLE({ id: 'incident-1' });
      return retried(request);
    };
    await using gateway = await startFakeGateway({
      'GET /v1/incidents': () => ({ incidents, total: incidents.length }),
      'POST /v1/incidents/:id/retry': refuseFirst,
    });

    const { exitCode, stdout } = await runCli(['retry', '--all', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      '✗ ask_ai of instance instance-1: Incident incident-1 cannot be retried.\n  → npx procos incidents lists the others.\n' +
        '✓ send_mail of instance instance-2 is tried again → npx procos show instance-2\n',
    );
  });

  it('exits with 2 for an id that no open incident belongs to', async () => {
    await using gateway = await startFakeGateway({
      'GET /v1/incidents': () => ({ incidents, total: incidents.length }),
    });

    const { exitCode, stderr } = await runCli(['retry', 'instance-9', '--url', gateway.url]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('No open incident belongs to instance-9');
  });
});
