import type { FormView } from '@procos/api-client';
import { ProcosError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleInstance, sampleResult, sampleSummary } from '../testing/samples.ts';

const field = {
  id: 'customer',
  label: 'Customer',
  type: 'string',
  required: true,
  readonly: false,
  value: null,
  choices: [],
  rules: [],
};
const form: FormView = {
  formKey: null,
  fields: [field, { ...field, id: 'approved', label: 'Approved?', type: 'boolean', required: false, value: false }],
};
const notAsAsked = () =>
  new ProcosError({
    code: 'PROCOS_GATEWAY_FORM',
    message: 'customer is required',
    remedy: 'GET /v1/process-definitions/bills/start-form shows the form.',
    status: 400,
    data: {},
  });
const accepted = { requestId: 'request-1', state: 'RUNNING' };
const awaited = {
  id: 'task-1',
  name: 'Approve',
  activityId: 'approve',
  instanceId: 'instance-1',
  assignee: null,
  form,
};

/** Takes a request once its customer is text. */
const picky = ({ body }: { body: unknown }) => {
  if (typeof (body as { variables: { customer?: unknown } }).variables.customer !== 'string') throw notAsAsked();
  return accepted;
};

describe('a process with a start form', () => {
  const routes = { 'POST /v1/requests': picky, 'GET /v1/process-definitions/:key/start-form': () => form };

  it('asks the person at the terminal for what is required, and for nothing else', async () => {
    await using gateway = await startFakeGateway(routes);

    const { exitCode, stderr } = await runCli(['run', 'bills', '--url', gateway.url], { answers: ['', 'Ada'] });

    expect(exitCode).toBe(0);
    expect(stderr).toBe('Customer (string): \nCustomer (string): \n');
    expect(gateway.requests.at(-1)?.body).toMatchObject({ process: 'bills', variables: { customer: 'Ada' } });
  });

  it('is refused without a terminal, with what is missing and how to give it', async () => {
    await using gateway = await startFakeGateway(routes);

    const { exitCode, stderr } = await runCli(['run', 'bills', '--url', gateway.url]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('customer is required');
    expect(stderr).toContain('npx procos run bills (at a terminal) shows the form');
  });

  it('takes a text that looks like a number as the text it is', async () => {
    await using gateway = await startFakeGateway(routes);

    await runCli(['run', 'bills', '--var', 'customer=1e3', '--url', gateway.url]);

    expect(gateway.requests.at(-1)?.body).toMatchObject({ variables: { customer: '1e3' } });
  });

  it('starts nothing when nobody answers', async () => {
    await using gateway = await startFakeGateway(routes);

    const { exitCode, stderr } = await runCli(['run', 'bills', '--url', gateway.url], { answers: [] });

    expect(exitCode).toBe(130);
    expect(stderr).toContain('nothing was started');
  });
});

describe('a task that waits for a person', () => {
  it('is told while its request is waited for, and in the instance, with the command that answers it', async () => {
    const results = [
      sampleResult({ state: 'RUNNING', userTasks: [awaited] }),
      sampleResult({ state: 'RUNNING', userTasks: [awaited] }),
      sampleResult(),
    ];
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => results.shift(),
      'GET /v1/instances/:id': () => sampleInstance({ userTasks: [awaited] }),
    });

    const ran = await runCli(['run', 'bills', '--wait', '--url', gateway.url]);
    const shown = await runCli(['show', 'instance-1', '--url', gateway.url]);

    expect(ran.stderr.match(/waits for a person: Approve, task task-1/g)).toHaveLength(1);
    for (const text of [ran.stderr, shown.stdout])
      expect(text).toContain('→ npx procos complete task-1 --var customer=… --var approved=…');
  });

  it('is asked for field by field; Enter takes what a field holds', async () => {
    const task = {
      id: 'task-1',
      name: 'Approve',
      description: null,
      activityId: 'approve',
      processKey: 'bills',
      instanceId: 'i',
      assignee: null,
      created: '2026-03-01T10:00:00.000Z',
      due: null,
      variables: {},
      form,
    };
    await using gateway = await startFakeGateway({
      'GET /v1/user-tasks/:id': () => task,
      'POST /v1/user-tasks/:id/complete': ({ body }) => ({
        taskId: 'task-1',
        variables: { approved: false, ...(body as { variables: object }).variables },
      }),
    });

    const { stdout, stderr } = await runCli(['complete', 'task-1', '--url', gateway.url], { answers: ['007', ''] });

    expect(stderr).toContain('Approved? (boolean) [false]: ');
    expect(gateway.requests.at(-1)?.body).toEqual({ variables: { customer: '007' } });
    expect(stdout).toContain('approved: false');
  });
});

describe('everyday verbs', () => {
  it('send a message with its correlation, and tell who got it', async () => {
    const receivers = [{ outcome: 'received', instanceId: 'instance-1', processKey: 'bills', activityId: null }];
    await using gateway = await startFakeGateway({ 'POST /v1/messages': () => ({ name: 'Paid', receivers }) });

    const { exitCode, stdout } = await runCli([
      'send',
      'Paid',
      '--business-key',
      'b1',
      '--correlation',
      'order_id=17',
      '--var',
      'amount=1.5',
      '--url',
      gateway.url,
    ]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.body).toEqual({
      name: 'Paid',
      businessKey: 'b1',
      correlation: { order_id: 17 },
      variables: { amount: 1.5 },
    });
    expect(stdout).toContain('instance instance-1 of bills → npx procos show instance-1');
  });

  it('send a signal, which cannot be narrowed', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/signals': () => ({
        name: 'Closing',
        receivers: [{ outcome: 'started', instanceId: null, processKey: null, activityId: 'begin' }],
      }),
    });

    const sent = await runCli(['send', 'Closing', '--signal', '--url', gateway.url]);
    const narrowed = await runCli(['send', 'Closing', '--signal', '--business-key', 'b1', '--url', gateway.url]);

    expect(sent.stdout).toBe('✓ Signal Closing was received by 1 receiver.\n  - a new instance began at begin\n');
    expect([narrowed.exitCode, gateway.requests.length]).toEqual([2, 1]);
  });

  it('suspend, resume and delete a process or one version of it', async () => {
    const changed = { key: 'bills', versions: [3], instances: 2 };
    await using gateway = await startFakeGateway({
      'POST /v1/process-definitions/:key/suspend': () => changed,
      'POST /v1/process-definitions/:key/resume': () => changed,
      'DELETE /v1/process-definitions/:key': () => changed,
      'DELETE /v1/deployments/:id': () => ({ deploymentId: 'd1', definitions: [changed] }),
    });
    const cli = (...args: string[]) => runCli([...args, '--url', gateway.url]);

    expect((await cli('suspend', 'bills', '--version', '3', '--instances')).stdout).toContain(
      'bills is suspended: nothing starts (version 3, 2 instances with it)',
    );
    expect((await cli('resume', 'bills')).stdout).toContain('bills can be started again');
    expect((await cli('delete', 'bills', '--version', '3', '--cascade')).stdout).toBe(
      '✓ bills version 3 is deleted; 2 running instances ended.\n',
    );
    expect((await cli('delete', '--deployment', 'd1')).exitCode).toBe(0);
    expect((await cli('delete')).exitCode).toBe(2);
    expect(gateway.requests.map(({ query, body }) => ({ ...query, ...(body as object) }))).toEqual([
      { version: 3, instances: true },
      {},
      { version: '3', cascade: 'true' },
      {},
    ]);
  });
});

describe('a long list', () => {
  const instances = Array.from({ length: 625 }, (_, index) =>
    sampleSummary({ id: `instance-${index}`, state: index % 2 === 0 ? 'FAILED' : 'COMPLETED' }),
  );
  const routes = {
    'GET /v1/instances': ({ query }: { query: Readonly<Record<string, string>> }) => {
      const [limit, offset] = [Number(query['limit']), Number(query['offset'])];
      return { instances: instances.slice(offset, offset + limit), total: instances.length };
    },
  };

  it('says that it goes on, and with which command', async () => {
    await using gateway = await startFakeGateway(routes);

    const { stdout } = await runCli(['ps', '--all', '--process', 'bills', '--url', gateway.url]);

    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '50 of 625 shown → npx procos ps --all --process "bills" --offset 50 --limit 50, or all of them with --limit 0',
    );
    expect(stdout).toContain('FAILED');
  });

  it('is read to its end with --limit 0, in as many pages as it takes', async () => {
    await using gateway = await startFakeGateway(routes);

    const { stdout } = await runCli(['ps', '--all', '--limit', '0', '--offset', '5', '--json', '--url', gateway.url]);

    const document = JSON.parse(stdout) as { instances: { id: string }[]; total: number };
    expect([document.instances.length, document.instances.at(-1)?.id, document.total]).toEqual([
      620,
      'instance-624',
      625,
    ]);
    expect(gateway.requests.map(({ query }) => query['offset'])).toEqual(['5', '505']);
  });
});
