import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineStartError, ensureEngine, type LaunchedEngine, launchEngine } from '@procos/engine-build';
import { ask, deploy, externalTask, model } from './engine-calls.ts';

describe('the state of the engine', { timeout: 120_000 }, () => {
  let dataDir: string;
  const running: LaunchedEngine[] = [];

  async function launch(options: Parameters<typeof launchEngine>[0] = {}): Promise<LaunchedEngine> {
    const engine = await launchEngine({ dataDir, ...options });
    running.push(engine);
    return engine;
  }

  beforeAll(() => ensureEngine(), 600_000);
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'procos-engine-state-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((engine) => engine.kill()));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('survives SIGKILL to the last acknowledged request, and takes a new password', async () => {
    const first = await launch({ password: 'first password' });
    await deploy(first, model('kept', externalTask('kept')));
    const acknowledged = new Set<string>();
    const starters = Array.from({ length: 8 }, async () => {
      for (;;) {
        const answer = await ask(first, 'POST', '/process-definition/key/kept/start', {}).catch(() => undefined);
        if (answer?.status !== 200) return;
        acknowledged.add((answer.json() as { id: string }).id);
      }
    });
    while (acknowledged.size < 200) await new Promise((resolve) => setTimeout(resolve, 20));
    await first.kill();
    await Promise.all(starters);

    const second = await launch({ password: 'second password' });

    const kept = (await ask(second, 'GET', '/process-instance?processDefinitionKey=kept')).json() as { id: string }[];
    const ids = new Set(kept.map((instance) => instance.id));
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    const old = { authorization: `Basic ${btoa(`${first.user}:first password`)}` };
    expect((await ask(second, 'GET', '/deployment', undefined, old)).status).toBe(401);
    const verified = (
      await ask(second, 'POST', '/identity/verify', { username: second.user, password: 'second password' })
    ).json();
    expect(verified).toMatchObject({ authenticated: true });
  });

  it('belongs to its owner alone', async () => {
    const folder = join(dataDir, 'new', 'folder');
    const engine = await launch({ dataDir: folder });
    await engine.stop();
    if (process.platform !== 'win32') expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is used by one engine at a time; the second says so and ends', async () => {
    await launch();
    await expect(launchEngine({ dataDir })).rejects.toThrow(/Another engine is using this data folder/);
  });

  it('is refused in a folder that cannot be made, with the folder and a remedy', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    const refusal = launchEngine({ dataDir: join(file, 'below') });
    await expect(refusal).rejects.toThrow(EngineStartError);
    await expect(refusal).rejects.toThrow(
      /PROCOS_ENGINE_DATA_DIR cannot be created or is no folder.*\n.*\n[\s\S]*Name a folder that this user may create/,
    );
  });

  it('tells every fault of its environment at once', async () => {
    const refusal = launchEngine({
      password: ' ',
      user: 'a b',
      env: {
        PROCOS_ENGINE_DATA_DIR: dataDir,
        CAMUNDA_DB_URL: 'jdbc:mysql://x',
        PROCOS_ENGINE_REFUSE_EMBEDDED_CODE: 'maybe',
      },
    });
    await expect(refusal).rejects.toThrow(/exit code 2/);
    for (const part of [
      'PROCOS_ENGINE_USER must',
      'PROCOS_ENGINE_PASSWORD must',
      'exactly one of',
      "must be true or false, not 'maybe'",
    ]) {
      await expect(refusal).rejects.toThrow(part);
    }
  });

  it('says that a port is taken, and ends', async () => {
    const first = await launch();
    await expect(launchEngine({ inMemory: true, port: first.port })).rejects.toThrow(
      new RegExp(`Port ${first.port} was already in use`),
    );
  });

  it('stops soon on SIGTERM although a long poll is waiting, and answers the poll', async () => {
    const engine = await launch();
    const poll = ask(engine, 'POST', '/external-task/fetchAndLock', {
      workerId: 'w',
      maxTasks: 1,
      asyncResponseTimeout: 60_000,
      topics: [{ topicName: 'none', lockDuration: 1_000 }],
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const startedAt = performance.now();
    await engine.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect((await poll).body).toContain('Request rejected due to shutdown');
  });

  it('stops when the process that launched it is killed', async () => {
    const script = `import('${new URL('../../libs/engine-build/src/launch-engine.mjs', import.meta.url).href}').then(({ launchEngine }) => launchEngine({ inMemory: true })).then((engine) => console.log(engine.pid))`;
    const starter = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: fileURLToPath(new URL('.', import.meta.url)),
    });
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    starter.kill('SIGKILL');
    const deadline = Date.now() + 15_000;
    while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAlive(pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
