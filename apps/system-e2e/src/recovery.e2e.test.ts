import { describe, expect, it, vi } from 'vitest';
import { isRunning, launchSystem, readRun, removeFolder } from './launched-system.ts';
import { startModelServer } from './model-server.ts';
import { ask, ended } from './requests.ts';
import { useSystem } from './use-system.ts';

const under = useSystem();

describe('after a kill', () => {
  it('of the engine, the kernel restarts it and instances go on where they were', async () => {
    // given
    const requestId = await ask(under.system(), { user_query: 'slow before the engine is killed' });
    await vi.waitFor(() => expect(under.models().asked).toContain('slow before the engine is killed'), {
      timeout: 30_000,
    });

    // when
    process.kill(under.system().enginePid, 'SIGKILL');
    under.models().release();
    await vi.waitFor(() => expect(under.system().log()).toContain('kernel_engine_restarted'), {
      timeout: 60_000,
      interval: 100,
    });
    const view = await ended(under.system(), requestId, 60_000);

    // then
    expect(view).toMatchObject({ ok: true, endEvent: { id: 'query_answered' } });
    expect(view.path.filter(({ activityId }) => activityId === 'validate_input')).toHaveLength(1);
    // The next start waits for the end of this engine, not of the one that was killed.
    const { enginePid } = readRun(under.system().dataDir);
    expect(enginePid).not.toBe(under.system().enginePid);
    expect(isRunning(enginePid)).toBe(true);
    // Whoever sits at the open terminal is told in one line.
    expect(
      under
        .system()
        .log()
        .split('\n')
        .filter((line) => /^ *The engine /.test(line)),
    ).toEqual([
      `  The engine ended (process ${under.system().enginePid}) and is started again (process ${enginePid}); instances go on where they were.`,
    ]);
  }, 150_000);

  it('of the whole process tree in the middle of a query, the next start finishes it', async () => {
    // given
    const own = await startModelServer();
    const first = await launchSystem({ env: own.env });
    const requestId = await ask(first, { user_query: 'slow before everything is killed' });
    await vi.waitFor(() => expect(own.asked).toContain('slow before everything is killed'), { timeout: 30_000 });
    await first.killTree();
    own.release();

    // when
    const second = await launchSystem({ env: own.env, dataDir: first.dataDir, portOffset: first.portOffset });
    const view = await ended(second, requestId, 60_000);

    // then
    expect(view).toMatchObject({ ok: true, endEvent: { id: 'query_answered' } });
    const orchestrators = await second.engine.history.instances({
      processDefinitionKey: 'procos_system_orchestrator',
      unfinished: true,
    });
    expect(orchestrators).toHaveLength(1);
    // One Ctrl-C runs the shutdown process to its end before the engine is stopped.
    expect(await second.stop()).toBe(0);
    expect(second.log()).toContain('"event":"kernel_signal","component":"kernel","signal":"SIGINT"');
    expect(second.log()).toContain('"event":"kernel_stopped"');
    expect(second.log()).not.toMatch(/kernel_shutdown_process|Second signal/);
    expect(isRunning(second.enginePid)).toBe(false);
    await own.close();
    removeFolder(first.dataDir);
  }, 240_000);
});

describe('a second Ctrl-C', () => {
  it('ends everything at once, although a worker still waits for a slow answer', async () => {
    // given
    const own = await startModelServer();
    const system = await launchSystem({ env: own.env });
    await ask(system, { user_query: 'slow and never answered' });
    await vi.waitFor(() => expect(own.asked).toContain('slow and never answered'), { timeout: 30_000 });

    // when
    process.kill(system.pid, 'SIGINT');
    await vi.waitFor(() => expect(system.log()).toContain('"event":"kernel_signal"'), {
      timeout: 10_000,
      interval: 10,
    });
    const began = performance.now();
    await system.stop();

    // then
    expect(performance.now() - began).toBeLessThan(5_000);
    await vi.waitFor(() => expect(isRunning(system.enginePid)).toBe(false), { timeout: 5_000 });
    await own.close();
    removeFolder(system.dataDir);
  }, 120_000);
});
