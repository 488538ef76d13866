import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkout, launchSystem, type LaunchedSystem, removeFolder } from './launched-system.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { type OutsideServices, startOutsideServices } from './outside-services.ts';
import { ended } from './requests.ts';

let system: LaunchedSystem;
let models: ModelServer;
let outside: OutsideServices;

beforeAll(async () => {
  [models, outside] = await Promise.all([startModelServer(), startOutsideServices()]);
  system = await launchSystem({ env: { ...models.env, ...outside.env } });
}, 180_000);
afterAll(async () => {
  await system.stop();
  await Promise.all([models.close(), outside[Symbol.asyncDispose]()]);
  removeFolder(system.dataDir);
}, 60_000);

async function run(...args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await system.cli('run', ...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { requestId: string }).requestId;
}

/** Calls an adapter as any process would. */
async function callAdapter(name: string, body: object) {
  const requestId = await run(
    'procos_service_call',
    '--var',
    `service_name=${name}`,
    '--var',
    'method=POST',
    '--var',
    'path=/call',
    '--var',
    `body=${JSON.stringify(body)}`,
  );
  return ended(system, requestId);
}

/** Mails that the e-mail adapter was asked for and has handed over: the generic worker could send them by itself. */
async function sentByAdapter(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${8096 + system.portOffset}/metrics`)).text();
  return Number(
    /^procos_adapter_calls_total\{adapter="email-adapter",method="send_email",status="200"\} (\d+)$/m.exec(
      metrics,
    )?.[1] ?? 0,
  );
}

describe('a system that knows a mail server and Slack', () => {
  it('sends what a person wrote as an e-mail', async () => {
    // given
    const requestId = await run('hello_email_process');
    const task = await vi.waitFor(
      async () => {
        const { tasks } = JSON.parse((await system.cli('tasks', '--json')).stdout) as { tasks: { id: string }[] };
        expect(tasks).toHaveLength(1);
        return tasks[0]?.id ?? '';
      },
      { timeout: 30_000, interval: 200 },
    );

    // when
    await system.cli(
      'complete',
      task,
      '--var',
      'recipient_email=ada@example.com',
      '--var',
      'message=Good morning.',
      '--json',
    );
    const view = await ended(system, requestId);

    // then
    expect(view).toMatchObject({
      ok: true,
      endEvent: { id: 'email_sent' },
      variables: { sent: true, to: 'ada@example.com' },
    });
    expect(outside.mails.received[0]?.parsed).toMatchObject({
      subject: 'Hello from ProcOS',
      messageId: view.variables['message_id'],
    });
    expect(outside.mails.received[0]?.parsed.text?.trim()).toBe('Good morning.');
    expect([outside.mails.received.length, await sentByAdapter()]).toEqual([1, 1]);
  }, 120_000);

  it('has a process send a mail by the adapter itself', async () => {
    const parameters = { to_email: 'ben@example.com', subject: 'By name', body: 'From a process.' };

    const sent = await callAdapter('email-adapter', { method: 'send_email', parameters });

    expect(sent).toMatchObject({
      ok: true,
      endEvent: { id: 'service_answered' },
      variables: { status_code: 200, response: { status: 'sent', to: 'ben@example.com' } },
    });
    expect(outside.mails.received.at(-1)).toMatchObject({ to: ['ben@example.com'], parsed: { subject: 'By name' } });
    expect([outside.mails.received.length, await sentByAdapter()]).toEqual([2, 2]);
  }, 120_000);

  it('has a process call each adapter by its name', async () => {
    const example = join(checkout, 'processes/examples/tell_the_team/tell_the_team.bpmn');
    expect(await system.cli('deploy', example)).toMatchObject({ code: 0 });
    const said = await ended(
      system,
      await run('tell_the_team', '--var', 'channel=#general', '--var', 'text=<!channel> Hello'),
    );
    const unknown = await callAdapter('email-adapter', { method: 'read_email' });

    expect(said).toMatchObject({
      ok: true,
      endEvent: { id: 'team_told' },
      variables: { response: { ok: true, channel: 'C1', ts: '1.2' } },
    });
    // It is shown as it was written, and calls nobody.
    expect(outside.posted).toMatchObject([{ channel: '#general', text: '&lt;!channel&gt; Hello', parse: 'none' }]);
    expect(unknown).toMatchObject({
      ok: false,
      endEvent: { id: 'service_failed' },
      variables: { status_code: 404, response: { error: { message: 'Unknown method: read_email' } } },
    });
  }, 120_000);

  it('tells its adapters among its services, and never a credential', async () => {
    const { stdout } = await system.cli('status', '--json');

    expect(stdout).toContain('email-adapter');
    expect(stdout).toContain('slack-adapter');
    expect(stdout + system.log()).not.toContain('canary');
  });
});
