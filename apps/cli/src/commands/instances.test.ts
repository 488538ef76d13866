import { describe, expect, it } from 'vitest';
import { defineErrors } from '@procos/errors';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleIncident, sampleInstance, samplePathStep, sampleSummary } from '../testing/samples.ts';

const gatewayErrors = defineErrors({
  PROCOS_GATEWAY_UNKNOWN_INSTANCE: {
    message: 'There is no process instance {id}.',
    remedy: 'GET /v1/instances lists them.',
    when: '',
    status: 404,
  },
  PROCOS_GATEWAY_INSTANCE_ENDED: {
    message: 'Process instance {id} has already ended ({state}).',
    remedy: 'Its path stays readable at GET /v1/instances/{id}.',
    when: '',
    status: 409,
  },
});

describe('procos ps', () => {
  it('lists what runs', async () => {
    await using gateway = await startFakeGateway({
      'GET /v1/instances': () => ({ instances: [sampleSummary({ businessKey: 'order 7' })], total: 1 }),
    });

    const { exitCode, stdout } = await runCli(['ps', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.query).toEqual({ state: 'RUNNING', limit: '50', offset: '0' });
    expect(stdout).toMatch(/^INSTANCE +PROCESS +VER +STATE/);
    expect(stdout).toMatch(/instance-1 +ai_query_process +3 +RUNNING .* order 7\n$/);
  });

  it('asks for ended instances too with --all, and for one process', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/instances': () => ({ instances: [], total: 0 }) });

    const { stdout } = await runCli([
      'ps',
      '--all',
      '--process',
      'greet',
      '--limit',
      '5',
      '--json',
      '--url',
      gateway.url,
    ]);

    expect(gateway.requests[0]?.query).toEqual({ process: 'greet', limit: '5', offset: '0' });
    expect(JSON.parse(stdout)).toEqual({ instances: [], total: 0 });
  });

  it('says what to do when nothing runs', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/instances': () => ({ instances: [], total: 0 }) });

    const { stdout } = await runCli(['ps', '--url', gateway.url]);

    expect(stdout).toBe('Nothing runs. See what has ended with: npx procos ps --all\n');
  });
});

describe('procos show', () => {
  it('marks what is passed, active, stuck and failed, and suggests the retry', async () => {
    const instance = sampleInstance({
      variables: { user_query: 'Hi', order: { items: 3 } },
      path: [
        samplePathStep({ activityId: 'validate_input' }),
        samplePathStep({ activityId: 'ask_ai', endTime: null, state: 'active' }),
        samplePathStep({ activityId: 'remind', endTime: null, state: 'active' }),
        samplePathStep({ activityId: 'skipped', state: 'canceled' }),
        samplePathStep({ activityId: 'failed_end', type: 'errorEndEvent' }),
      ],
      incidents: [sampleIncident()],
      openTasks: [
        { topic: 'ai_query', activityId: 'ask_ai', workerId: null, retries: 0, errorMessage: 'connection refused' },
      ],
    });
    await using gateway = await startFakeGateway({ 'GET /v1/instances/:id': () => instance });

    const { exitCode, stdout } = await runCli(['show', 'instance-1', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    const marks = stdout.split('\n').flatMap((line) => /^([✓!▶–✗]) {2}(\w+)/.exec(line)?.slice(1, 3).join(' ') ?? []);
    expect(marks).toEqual(['✓ validate_input', '! ask_ai', '▶ remind', '– skipped', '✗ failed_end']);
    expect(stdout).toMatch(/order +\{"items":3\}/);
    expect(stdout).toMatch(/ai_query +ask_ai +waits for a worker +0 +connection refused/);
    expect(stdout).toContain('Then: npx procos retry incident-1');
  });

  it('shows control characters of a variable instead of obeying them', async () => {
    const instance = sampleInstance({ variables: { name: '\u001b[2Jgone' } });
    await using gateway = await startFakeGateway({ 'GET /v1/instances/:id': () => instance });

    const { stdout } = await runCli(['show', 'instance-1', '--url', gateway.url]);

    expect(stdout).toContain('�[2Jgone');
    expect(stdout).not.toContain('\u001b');
  });

  it('exits with 2 for an id that nothing has, and names the command that lists them', async () => {
    await using gateway = await startFakeGateway({
      'GET /v1/instances/:id': ({ params }) => {
        throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_INSTANCE({ id: params['id'] ?? '' });
      },
    });

    const { exitCode, stdout, stderr } = await runCli(['show', 'nobody', '--url', gateway.url]);

    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      '✗ There is no process instance nobody.\n  → npx procos ps --all lists them.\n  PROCOS_GATEWAY_UNKNOWN_INSTANCE\n',
    );
  });
});

describe('procos kill', () => {
  it('ends the instance and hands on the reason', async () => {
    const ended = sampleSummary({ state: 'TERMINATED', endTime: '2026-03-01T10:00:02.000Z', durationMs: 2000 });
    await using gateway = await startFakeGateway({ 'DELETE /v1/instances/:id': () => ended });

    const { exitCode, stdout } = await runCli(['kill', 'instance-1', '--reason', 'wrong order', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]).toMatchObject({ params: { id: 'instance-1' }, body: { reason: 'wrong order' } });
    expect(stdout).toBe('✓ Instance instance-1 of ai_query_process was ended.\n');
  });

  it('exits with 1 when it has ended already', async () => {
    await using gateway = await startFakeGateway({
      'DELETE /v1/instances/:id': ({ params }) => {
        throw gatewayErrors.PROCOS_GATEWAY_INSTANCE_ENDED({ id: params['id'] ?? '', state: 'COMPLETED' });
      },
    });

    const { exitCode, stderr } = await runCli(['kill', 'instance-1', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain('npx procos show instance-1');
  });
});
