import type { AppReport } from '@procos/service-kit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openThread } from '../embedded/open-thread.ts';
import type { AppChild } from './app-child.ts';
import type { ThreadedApp } from './app-names.ts';
import { type AppSupervisor, createAppSupervisor } from './app-supervisor.ts';

const script = new URL('../testing/sample-thread.ts', import.meta.url);
const open: AppSupervisor[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.stopAll())));

function supervise(env: Record<string, string> = {}) {
  const events: string[] = [];
  const apps = (['gateway', 'ai-worker'] as const).map((app: ThreadedApp) => ({
    id: app,
    app,
    open: () =>
      openThread(
        { app, env, services: [], busName: 'test', busFile: '', logFile: '', logToStderr: false, logLevel: 'info' },
        script,
      ),
  }));
  const supervisor = createAppSupervisor(apps, {
    report: (_level, event, fields) => void events.push(`${event} ${String(fields['app'])}`),
    onProgress: (app, detail) => void events.push(`${app} ${String(detail)}`),
  });
  open.push(supervisor);
  supervisor.load();
  return { supervisor, events };
}

describe('the supervisor of the apps', () => {
  it('starts an app that crashes again, and leaves the others alone', async () => {
    const { supervisor, events } = supervise({ CRASHES: 'ai-worker' });

    await supervisor.startAll();
    await vi.waitFor(() => expect(events).toContain('app_restarted ai-worker'), { timeout: 10_000 });

    expect(events.slice(0, 3)).toEqual([
      'app_crashed ai-worker',
      'app_restarting ai-worker',
      'app_restarted ai-worker',
    ]);
    expect(events.filter((event) => event.endsWith('gateway'))).toEqual([]);
  }, 15_000);

  it('leaves no clock running once all have stopped, however long they might have taken', async () => {
    const clocks = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = clocks();
    const ended = Promise.withResolvers<string>();
    const listeners: ((report: AppReport) => void)[] = [];
    const child: AppChild = {
      pid: 1,
      ended: ended.promise,
      hasEnded: () => false,
      send: ({ kind }) =>
        kind === 'stop'
          ? ended.resolve('stopped')
          : listeners.forEach((listener) => listener({ kind: 'started', url: '' })),
      onReport: (listener) => {
        listeners.push(listener);
        setImmediate(() => listener({ kind: 'loaded' }));
        return () => undefined;
      },
      kill: async () => undefined,
    };
    const supervisor = createAppSupervisor([{ id: 'kernel', app: 'kernel', graceMs: 60_000, open: () => child }], {
      report: vi.fn(),
    });
    supervisor.load();
    await supervisor.startAll();

    await supervisor.stopAll();

    expect(clocks()).toBe(before);
  });

  it('tells the error of an app that cannot start', async () => {
    const { supervisor } = supervise({ FAILS: 'gateway' });

    await expect(supervisor.startAll()).rejects.toMatchObject({
      code: 'PROCOS_TEST',
      message: 'port is taken',
      remedy: 'free it',
    });
  });

  it('restarts one app when asked, and refuses one it does not run', async () => {
    const { supervisor, events } = supervise();
    await supervisor.startAll();

    await supervisor.restart('ai-worker');

    await expect(supervisor.restart('nobody')).rejects.toThrow('nobody is not run by this supervisor');
    expect(events).toEqual([]);
  });

  it('ends at once, when told to, also an app that is just being stopped and takes its time', async () => {
    const { supervisor, events } = supervise({ HANGS: 'gateway' });
    await supervisor.startAll();
    const stopped = supervisor.stopAll();
    await vi.waitFor(() => expect(events).toContain('gateway stopping'), 10_000);
    const began = performance.now();

    await supervisor.killAll('SIGINT');
    await stopped;

    expect(performance.now() - began).toBeLessThan(2_000);
    expect(events).toContain('gateway killed by SIGINT');
  }, 20_000);
});
