import { silentLogger } from '@procos/logging';
import { describe, expect, it } from 'vitest';
import { type AppReport, serveSupervisor, type Supervisor, type SupervisorCommand } from './supervision.ts';

/** An app under a supervisor that the test plays. */
async function supervised(start: () => Promise<void> = async () => undefined) {
  const [reports, calls]: [AppReport[], string[]] = [[], []];
  let command: (given: SupervisorCommand) => void = () => undefined;
  let supervisor: Supervisor | undefined;
  const closed = new Promise<void>((resolve) => {
    const channel = {
      post: (report: AppReport) => void reports.push(report),
      onCommand: (listener: typeof command) => void (command = listener),
      close: resolve,
    };
    void serveSupervisor(channel, async (given) => {
      supervisor = given;
      const app = {
        name: 'sample',
        url: () => 'http://127.0.0.1:1',
        start,
        stop: async (signal?: string) => void calls.push(`stop ${signal}`),
      };
      return {
        app,
        logger: silentLogger,
        stopTracing: async () => void calls.push('stop tracing'),
        connections: [{ close: async () => void calls.push('close') }],
      };
    });
  });
  await Promise.resolve();
  if (supervisor === undefined) throw new Error('The app was not made');
  return { reports, calls, closed, supervisor, send: (given: SupervisorCommand) => command(given) };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('an app under a supervisor', () => {
  it('is loaded at once, started when told to, and stopped with all that belongs to it', async () => {
    const { reports, calls, closed, send } = await supervised();
    await soon();
    expect(reports).toEqual([{ kind: 'loaded' }]);

    send({ kind: 'start' });
    await soon();
    send({ kind: 'stop', signal: 'SIGINT' });
    await closed;

    expect(reports.slice(1)).toEqual([{ kind: 'started', url: 'http://127.0.0.1:1' }, { kind: 'stopped' }]);
    expect(calls).toEqual(['stop SIGINT', 'stop tracing', 'close']);
  });

  it('reports why it could not start', async () => {
    const { reports, send } = await supervised(() => Promise.reject(new Error('the port is taken')));

    send({ kind: 'start' });
    await soon();

    expect(reports.at(-1)).toMatchObject({ kind: 'failed', reason: 'the port is taken' });
  });

  it('asks its supervisor for the restart of another app, and hears when that failed', async () => {
    const { reports, supervisor, send } = await supervised();

    const restarted = supervisor.restart('gateway', ['gateway-01']);
    const failed = supervisor.stopOthers();
    const [first, second] = reports.filter((report) => report.kind === 'request');
    send({ kind: 'answer', id: first?.id ?? '' });
    send({ kind: 'answer', id: second?.id ?? '', reason: 'nobody is there' });

    await expect(restarted).resolves.toBeUndefined();
    await expect(failed).rejects.toThrow('nobody is there');
    expect([first?.wanted, second?.wanted]).toEqual([{ restart: 'gateway', services: ['gateway-01'] }, 'stop_others']);
  });
});
