import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { defaultEnginePort } from '@procos/contracts';
import { describe, expect, it } from 'vitest';
import { appsToRun } from './app-names.ts';
import { planPorts, refuseBusyPorts, serviceRecords } from './port-plan.ts';

const core = ['gateway', 'system-worker', 'generic-worker', 'ai-worker', 'event-bridge'];

describe('the apps of embedded mode', () => {
  it.each([
    [{}, core],
    [{ SMTP_HOST: '', SLACK_BOT_TOKEN: '' }, core],
    [{ SMTP_HOST: 'mail.example.com' }, [...core, 'email-adapter']],
    [{ SMTP_HOST: 'mail.example.com', SLACK_BOT_TOKEN: 'xoxb-1' }, [...core, 'email-adapter', 'slack-adapter']],
  ])('with %j are %j', (env, apps) => {
    expect(appsToRun(env)).toEqual(apps);
  });

  it('are found by name, as what they are', () => {
    const records = serviceRecords(planPorts(100), '127.0.0.1', '1', appsToRun({ SMTP_HOST: 'mail.example.com' }));

    expect(records.map(({ service_name }) => service_name)).toEqual(['kernel', ...core, 'email-adapter']);
    expect(records.at(-1)).toMatchObject({
      endpoint: 'http://127.0.0.1:8196',
      health_check_url: 'http://127.0.0.1:8196/readyz',
      tags: ['adapter'],
    });
    expect(records.at(-3)).toMatchObject({ tags: ['worker'] });
  });

  it('need their own ports, and no others', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    // A port of its own for each of the others, away from the defaults that a running system would hold.
    const port = (taken.address() as AddressInfo).port;
    const plan = {
      ...planPorts(0),
      kernel: 0,
      gateway: 0,
      'system-worker': 0,
      'generic-worker': 0,
      'ai-worker': 0,
      'event-bridge': 0,
      'email-adapter': port,
      'slack-adapter': 0,
    };

    await expect(refuseBusyPorts(plan, '127.0.0.1', appsToRun({}))).resolves.toBeUndefined();
    await expect(refuseBusyPorts(plan, '127.0.0.1', appsToRun({ SMTP_HOST: 'x' }))).rejects.toMatchObject({
      code: 'PROCOS_HTTP_PORT_BUSY',
      message: `Port ${port} on 127.0.0.1 is in use, so email-adapter cannot listen there.`,
    });
    taken.close();
    expect(planPorts(0).engine).toBe(defaultEnginePort);
  });
});
