import { useService } from '@procos/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureEngine, type LaunchedEngine, launchEngine } from '@procos/engine-build';
import { ask, deploy, externalTask, model } from './engine-calls.ts';

const postgres = useService('postgres');

describe('the engine on PostgreSQL', { timeout: 180_000 }, () => {
  const running: LaunchedEngine[] = [];
  const launch = async () => {
    const { jdbcUrl = '', user = '', password = '' } = postgres();
    const engine = await launchEngine({
      env: { CAMUNDA_DB_URL: jdbcUrl, CAMUNDA_DB_USER: user, CAMUNDA_DB_PASSWORD: password },
    });
    running.push(engine);
    return engine;
  };
  const answer = async <Body>(engine: LaunchedEngine, method: string, path: string, body?: unknown): Promise<Body> => {
    const { status, body: text, json } = await ask(engine, method, path, body);
    expect(status, text).toBeLessThan(300);
    return (status === 204 ? undefined : json()) as Body;
  };

  beforeAll(() => ensureEngine(), 900_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((engine) => engine.kill()));
  });

  it('keeps what was started over its own end, and two engines share the work', async () => {
    const first = await launch();
    expect((await deploy(first, model('on_postgres', externalTask('on_postgres')))).status).toBe(200);
    const instance = await answer<{ id: string }>(first, 'POST', '/process-definition/key/on_postgres/start', {
      variables: { dish: { value: 'Käsespätzle', type: 'String' } },
    });
    await first.kill();

    const [second, third] = [await launch(), await launch()];

    const topics = [{ topicName: 'on_postgres', lockDuration: 60_000 }];
    const [task] = await answer<{ id: string; processInstanceId: string; variables: { dish: { value: string } } }[]>(
      second,
      'POST',
      '/external-task/fetchAndLock',
      { workerId: 'w', maxTasks: 1, topics },
    );
    expect(task).toMatchObject({ processInstanceId: instance.id, variables: { dish: { value: 'Käsespätzle' } } });
    await answer(third, 'POST', `/external-task/${task?.id}/complete`, { workerId: 'w' });
    const history = await answer<{ state: string }>(second, 'GET', `/history/process-instance/${instance.id}`);
    expect(history.state).toBe('COMPLETED');
  });
});
