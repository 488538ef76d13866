import { describe, expect, it } from 'vitest';
import { defineErrors } from '@procos/errors';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway, type ReceivedRequest } from '../testing/fake-gateway.ts';
import { sampleIncident, samplePathStep, sampleResult } from '../testing/samples.ts';

const accepted = { requestId: 'request-1', state: 'RUNNING' };
const running = sampleResult({
  state: 'RUNNING',
  ok: false,
  endEvent: null,
  path: [samplePathStep({ state: 'active', endTime: null })],
});

const gatewayErrors = defineErrors({
  PROCOS_GATEWAY_UNKNOWN_PROCESS: {
    message: 'No process "{process}" is deployed.',
    remedy: 'Did you mean ai_query_process? GET /v1/process-definitions lists the processes that are.',
    when: '',
    status: 404,
  },
});

describe('procos run', () => {
  it('starts the process with its variables and says how to look at it', async () => {
    await using gateway = await startFakeGateway({ 'POST /v1/requests': () => accepted });

    const { exitCode, stdout } = await runCli([
      'run',
      'greet',
      '--var',
      'name=Ada',
      '--var',
      'times=3',
      '--url',
      gateway.url,
    ]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.body).toEqual({ process: 'greet', variables: { name: 'Ada', times: 3 } });
    expect(stdout).toBe('✓ greet runs as request request-1\n  → npx procos show request-1\n');
  });

  it('waits for the end and prints path and variables', async () => {
    const answers = [running, sampleResult()];
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => answers.shift(),
    });

    const { exitCode, stdout, stderr } = await runCli(['run', 'ai_query_process', '--wait', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stderr).toBe('waiting: Ask the AI\n');
    expect(stdout).toContain('✓ ai_query_process is complete at query_answered (Answered)\n  instance instance-1\n');
    expect(stdout).toMatch(/✓ {2}ask_ai +Ask the AI +serviceTask +1\.5 s/);
    expect(stdout).toMatch(/ai_response +A process is work in steps\./);
  });

  it('exits with 1 and shows the failed end when the model ends in an error', async () => {
    const failed = sampleResult({
      ok: false,
      endEvent: { id: 'invalid_input', name: 'Invalid input', type: 'errorEndEvent' },
      path: [samplePathStep({ activityId: 'invalid_input', type: 'errorEndEvent', state: 'canceled' })],
      variables: { validation_errors: [{ field: 'user_query', rule: 'minLength', message: 'must not be empty' }] },
    });
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => failed,
    });

    const { exitCode, stdout } = await runCli(['run', 'ai_query_process', '--wait', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ ai_query_process failed at invalid_input (Invalid input) (COMPLETED)');
    expect(stdout).toContain('user_query: must not be empty');
    expect(stdout).toMatch(/✗ {2}invalid_input/);
  });

  it('exits with 1 at an incident and names the command that retries it', async () => {
    const stuck = { ...running, incidents: [sampleIncident()] };
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => stuck,
    });

    const { exitCode, stdout } = await runCli(['run', 'ai_query_process', '--wait', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('! ai_query_process is stuck');
    expect(stdout).toContain('! ask_ai in ai_query_process: connection refused');
    expect(stdout).toContain('Then: npx procos retry incident-1');
  });

  it('says once, while it waits, what a request waits for although nothing has failed', async () => {
    const obstacle = {
      code: 'PROCOS_OBSTACLE_SUSPENDED',
      message: 'The instance is suspended: nothing in it goes on, weigh included.',
      details: null,
      remedy:
        'POST /v1/process-definitions/parcel/resume {"instances":true} lets it go on; or end the instance: DELETE /v1/instances/instance-1',
      processKey: 'parcel',
      activityId: 'weigh',
      callers: [],
      instanceId: 'instance-1',
    };
    const waiting = { ...running, obstacles: [obstacle] };
    const answers = [waiting, waiting, sampleResult()];
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => answers.shift(),
    });

    const { exitCode, stderr } = await runCli(['run', 'parcel', '--wait', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stderr.match(/weigh in parcel: The instance is suspended/g)).toHaveLength(1);
    expect(stderr).toContain('PROCOS_OBSTACLE_SUSPENDED');
    expect(stderr).toMatch(
      /→ npx procos resume (?:--url \S+ )?parcel --instances lets it go on; or end the instance: npx procos kill/,
    );
  });

  it('prints the result as the only document with --json, failed or not', async () => {
    const failed = sampleResult({ ok: false });
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => failed,
    });

    const { exitCode, stdout } = await runCli(['run', 'ai_query_process', '--wait', '--json', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual(failed);
  });

  it('exits with 4 when the time given is over, and says that the request runs on', async () => {
    const held = async ({ query }: ReceivedRequest): Promise<unknown> => {
      await new Promise((resolve) => setTimeout(resolve, Number(query['waitMs'])));
      return running;
    };
    await using gateway = await startFakeGateway({ 'POST /v1/requests': () => accepted, 'GET /v1/requests/:id': held });

    const { exitCode, stdout, stderr } = await runCli([
      'run',
      'slow',
      '--wait',
      '--timeout',
      '1',
      '--json',
      '--url',
      gateway.url,
    ]);

    expect(exitCode).toBe(4);
    expect(stderr).toContain('Request request-1 has not ended after 1 seconds; it runs on');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'PROCOS_CLI_WAIT_TIMEOUT' } });
  });

  it('exits with 130 at Ctrl-C, leaves the request running and says how to look at it', async () => {
    const interruption = new AbortController();
    const held = (): Promise<never> => {
      interruption.abort();
      return new Promise(() => undefined);
    };
    await using gateway = await startFakeGateway({ 'POST /v1/requests': () => accepted, 'GET /v1/requests/:id': held });

    const { exitCode, stderr } = await runCli(['run', 'slow', '--wait', '--url', gateway.url], {
      interruption: interruption.signal,
    });

    expect(exitCode).toBe(130);
    expect(stderr).toContain('Interrupted; request request-1 runs on\n  → Look at it with: npx procos show request-1');
    expect(gateway.requests.map(({ route }) => route)).toEqual(['POST /v1/requests', 'GET /v1/requests/:id']);
  });

  it('tells a mistyped process key with the nearest one, in words of the command line', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => {
        throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_PROCESS({ process: 'ai_query_proces' });
      },
    });

    const { exitCode, stdout, stderr } = await runCli(['run', 'ai_query_proces', '--json', '--url', gateway.url]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      '✗ No process "ai_query_proces" is deployed.\n  → Did you mean ai_query_process? npx procos processes lists',
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'PROCOS_GATEWAY_UNKNOWN_PROCESS' } });
  });
});
