import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkout, isRunning, removeFolder } from './launched-system.ts';
import { ask, ended, look } from './requests.ts';
import { useSystem } from './use-system.ts';

const answeredPath = [
  'query_received',
  'validate_input',
  'input_valid',
  'provider_chosen',
  'ask_ai',
  'format_response',
  'query_answered',
];
const under = useSystem();

describe('a system that is up', () => {
  it('has answered its first question and shown six phases', () => {
    const { ok, state, processKey, variables, path, boot } = under.system().firstAnswer;

    expect({ ok, state, processKey }).toEqual({ ok: true, state: 'COMPLETED', processKey: 'ai_query_process' });
    expect(variables['ai_response']).toMatch(/^Answer to: /);
    expect(path).toEqual(answeredPath.toSpliced(4, 0, 'select_provider'));
    expect(boot.phases.map(({ name }) => name)).toEqual([
      'Environment Validation',
      'Start Engine',
      'Wait for Ready',
      'Deploy Processes',
      'Start Orchestrator',
      'Monitor System',
    ]);
  });

  it("is seen in the engine's own history, results of ended instances included (trap T11): the orchestrator waits, the query has finished", async () => {
    const { engine, firstAnswer } = under.system();

    const query = await engine.history.instance(firstAnswer.instanceId);
    const steps = await engine.history.path(firstAnswer.instanceId);
    const results = await engine.history.variables(firstAnswer.instanceId);

    expect(query).toMatchObject({ state: 'COMPLETED', processDefinitionKey: 'ai_query_process' });
    expect(results).toMatchObject({ ai_response: firstAnswer.variables['ai_response'], selected_provider: 'openai' });
    expect(steps.map(({ activityId }) => activityId)).toEqual(firstAnswer.path);
    await vi.waitFor(
      async () => {
        const [orchestrator] = await engine.history.instances({
          processDefinitionKey: 'procos_system_orchestrator',
          unfinished: true,
        });
        expect(orchestrator).toMatchObject({ state: 'ACTIVE', businessKey: 'procos-system' });
        const waiting = (await engine.history.path(orchestrator?.id ?? '')).filter(({ endTime }) => endTime === null);
        expect(waiting.map(({ activityId }) => activityId)).toContain('system_running');
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  it('tells which field is wrong and why, in an end event of its own', async () => {
    const requestId = await ask(under.system(), { user_query: '', max_tokens: 5_000 });

    const view = await ended(under.system(), requestId);

    expect(view).toMatchObject({ ok: false, state: 'COMPLETED', endEvent: { id: 'invalid_input' } });
    expect(view.variables['validation_errors']).toMatchObject([{ field: 'user_query' }, { field: 'max_tokens' }]);
  });

  it.each([
    [
      'a process key nobody knows',
      ['run', 'ai_query_proces', '--var', 'user_query=x'],
      'PROCOS_GATEWAY_UNKNOWN_PROCESS',
      'Did you mean ai_query_process',
    ],
    [
      'a variable that is broken JSON',
      ['run', 'ai_query_process', '--var', 'user_query={"a":'],
      'PROCOS_CLI_BAD_VARIABLE',
      '--var',
    ],
    ['a model that is broken XML', ['deploy', 'BROKEN'], 'PROCOS_GATEWAY_MODEL_REFUSED', 'broken.bpmn'],
    [
      'a model whose history would be kept for ever',
      ['deploy', 'KEPT_FOR_EVER'],
      'PROCOS_GATEWAY_MODEL_REFUSED',
      'historyTimeToLive',
    ],
  ])('refuses %s with one message, a remedy and a code', async (_, args, code, hint) => {
    const folder = mkdtempSync(join(tmpdir(), 'procos-refused-'));
    const model = readFileSync(join(checkout, 'processes/system/ai_query_process/ai_query_process.bpmn'), 'utf8');
    writeFileSync(join(folder, 'broken.bpmn'), model.slice(0, 2_000));
    writeFileSync(join(folder, 'kept.bpmn'), model.replace(/ camunda:historyTimeToLive="[^"]*"/, ''));
    const files: Record<string, string> = {
      BROKEN: join(folder, 'broken.bpmn'),
      KEPT_FOR_EVER: join(folder, 'kept.bpmn'),
    };

    const result = await under.system().cli(...args.map((arg) => files[arg] ?? arg), '--json');

    removeFolder(folder);
    expect(result.code).toBeGreaterThan(0);
    const { ok, error } = JSON.parse(result.stdout) as {
      ok: boolean;
      error: { code: string; message: string; remedy: string };
    };
    expect({ ok, code: error.code }).toEqual({ ok: false, code });
    expect(error.remedy).not.toBe('');
    expect(JSON.stringify(error)).toContain(hint);
  });

  it('warns of a topic that nobody serves, with the one that was probably meant', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'procos-warned-'));
    const model = readFileSync(join(checkout, 'processes/system/ai_query_process/ai_query_process.bpmn'), 'utf8');
    writeFileSync(join(folder, 'topic.bpmn'), model.replaceAll('camunda:topic="ai_query"', 'camunda:topic="ai_qery"'));

    const { code, stdout } = await under.system().cli('deploy', join(folder, 'topic.bpmn'), '--dry-run', '--json');

    removeFolder(folder);
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 0,
      findings: [
        {
          elementId: 'ask_ai',
          severity: 'warning',
          message: expect.stringContaining('ai_qery') as string,
          remedy: expect.stringContaining('ai_query') as string,
        },
      ],
    });
  });

  it('runs a hundred commands at once: none is lost', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);

    const results = await Promise.all(
      numbers.map((n) =>
        under
          .system()
          .cli(
            'run',
            'ai_query_process',
            '--var',
            `user_query=question ${n}`,
            '--var',
            'ai_provider=openai',
            '--wait',
            '--json',
          ),
      ),
    );

    const answers = results.map(({ stdout, stderr, code }) => {
      expect({ code, stderr, stdout }).toMatchObject({ code: 0 });
      return (JSON.parse(stdout) as { variables: { ai_response: string } }).variables.ai_response;
    });
    expect(answers).toEqual(numbers.map((n) => `Answer to: question ${n}`));
  }, 180_000);

  it('lets no request wait for the slow task of another one', async () => {
    // given
    const slow = await Promise.all(
      Array.from({ length: 100 }, (_, n) => ask(under.system(), { user_query: `slow question ${n}` })),
    );
    await vi.waitFor(
      () => expect(under.models().asked.filter((question) => question.startsWith('slow'))).toHaveLength(100),
      { timeout: 60_000, interval: 100 },
    );

    // when
    const quick = await Promise.all(
      Array.from({ length: 10 }, (_, n) => ask(under.system(), { user_query: `quick question ${n}` })),
    );
    const views = await Promise.all(quick.map((id) => ended(under.system(), id)));

    // then
    expect(views.every(({ ok }) => ok)).toBe(true);
    const still = await Promise.all(slow.map((id) => look(under.system(), id)));
    expect(still.every(({ state }) => state === 'RUNNING')).toBe(true);
    under.models().release();
    const all = await Promise.all(slow.map((id) => ended(under.system(), id)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(100);
  }, 180_000);

  it('uses a changed ai_query_process for the next question, while a running one ends on its old version', async () => {
    // given: a question that the model has not answered yet
    under.models().hold();
    const old = await ask(under.system(), { user_query: 'slow question on the old version' });
    await vi.waitFor(() => expect(under.models().asked).toContain('slow question on the old version'), {
      timeout: 30_000,
      interval: 100,
    });
    const folder = mkdtempSync(join(tmpdir(), 'procos-change-'));
    const original = readFileSync(join(checkout, 'processes/system/ai_query_process/ai_query_process.bpmn'), 'utf8');
    const changed = original
      .replaceAll('"query_answered"', '"query_answered_in_markdown"')
      .replace('"format_type">json<', '"format_type">markdown<');
    writeFileSync(join(folder, 'ai_query_process.bpmn'), changed);

    // when
    const deployed = await under.system().cli('deploy', join(folder, 'ai_query_process.bpmn'), '--json');
    const next = await ended(
      under.system(),
      await ask(under.system(), { user_query: 'quick question on the new version' }),
    );
    under.models().release();
    const before = await ended(under.system(), old);

    // then
    expect({ code: deployed.code, stderr: deployed.stderr }).toMatchObject({ code: 0 });
    expect(next).toMatchObject({ ok: true, endEvent: { id: 'query_answered_in_markdown' } });
    expect(next.variables['formatted_response']).toContain('Answer to: quick question');
    expect(before).toMatchObject({ ok: true, endEvent: { id: 'query_answered' } });
    expect(before.variables['formatted_response']).toMatchObject({
      response: 'Answer to: slow question on the old version',
    });
    removeFolder(folder);
  }, 120_000);

  it('keeps an instance that waits for a person on its version, too', async () => {
    // given: an instance that waits for a person
    const original = readFileSync(
      join(checkout, 'processes/system/procos_user_interaction/procos_user_interaction.bpmn'),
      'utf8',
    );
    const folder = mkdtempSync(join(tmpdir(), 'procos-change-'));
    const file = join(folder, 'procos_user_interaction.bpmn');
    writeFileSync(file, original.replaceAll('"question_answered"', '"question_closed"'));
    const start = () => under.system().cli('run', 'procos_user_interaction', '--var', 'question=Shall we?', '--json');
    const old = JSON.parse((await start()).stdout) as { requestId: string };
    await waitForTask(1);

    // when
    const deployed = await under.system().cli('deploy', file, '--json');
    const changed = JSON.parse((await start()).stdout) as { requestId: string };
    const tasks = await waitForTask(2);
    for (const { id } of tasks) await under.system().cli('complete', id, '--var', 'answer=yes', '--json');

    // then
    expect({ code: deployed.code, out: deployed.stderr }).toMatchObject({ code: 0 });
    expect((await ended(under.system(), old.requestId)).endEvent?.id).toBe('question_answered');
    expect((await ended(under.system(), changed.requestId)).endEvent?.id).toBe('question_closed');
    removeFolder(folder);
  }, 120_000);

  it('looks again before it restarts anything: a component that is well is left alone', async () => {
    const recovery = await under.system().engine.runtime.startByKey('procos_error_recovery', {
      variables: { component: 'generic-worker', error_type: 'test' },
    });

    const end = await vi.waitFor(
      async () => {
        const instance = await under.system().engine.history.instance(recovery.id);
        expect(instance?.state).toBe('COMPLETED');
        return under.system().engine.history.path(recovery.id);
      },
      { timeout: 30_000, interval: 200 },
    );

    expect(end.map(({ activityId }) => activityId)).toContain('detect_error');
    expect(end.map(({ activityId }) => activityId)).not.toContain('restart_component');
    expect(isRunning(under.system().enginePid)).toBe(true);
  });

  async function waitForTask(count: number): Promise<readonly { id: string }[]> {
    return vi.waitFor(
      async () => {
        const { stdout } = await under.system().cli('tasks', '--json');
        const { tasks } = JSON.parse(stdout) as { tasks: { id: string }[] };
        expect(tasks).toHaveLength(count);
        return tasks;
      },
      { timeout: 30_000, interval: 300 },
    );
  }
});
