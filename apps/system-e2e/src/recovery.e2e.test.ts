import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { complaints, isRunning, launchSystem, type LaunchedSystem, removeFolder } from './launched-system.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { ask, ended } from './requests.ts';

let models: ModelServer;
let system: LaunchedSystem;

beforeAll(async () => {
  models = await startModelServer();
  system = await launchSystem({ env: models.env });
}, 180_000);
afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(`${complaints(system)}\n`);
});
afterAll(async () => {
  await system.stop();
  await models.close();
  removeFolder(system.dataDir);
}, 60_000);

describe('after a kill', () => {
  it('of the engine, the kernel restarts it and instances go on where they were', async () => {
    // given
    const requestId = await ask(system, { user_query: 'slow before the engine is killed' });
    await vi.waitFor(() => expect(models.asked).toContain('slow before the engine is killed'), { timeout: 30_000 });

    // when
    process.kill(system.enginePid, 'SIGKILL');
    models.release();
    await vi.waitFor(() => expect(system.log()).toContain('kernel_engine_restarted'), { timeout: 60_000, interval: 100 });
    const view = await ended(system, requestId, 60_000);

    // then
    expect(view).toMatchObject({ ok: true, endEvent: { id: 'query_answered' } });
    expect(view.path.filter(({ activityId }) => activityId === 'validate_input')).toHaveLength(1);
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
    const orchestrators = await second.engine.history.instances({ processDefinitionKey: 'procos_system_orchestrator', unfinished: true });
    expect(orchestrators).toHaveLength(1);
    expect(await second.stop()).toBe(0);
    expect(isRunning(second.enginePid)).toBe(false);
    await own.close();
    removeFolder(first.dataDir);
  }, 240_000);
});
