import { caseFile } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, deploy, externalTask, model, productsUnderTest } from './engine-calls.ts';
import { type LaunchedEngine, launchEngine } from '@procos/engine-build';

interface Problem {
  readonly severity: string;
  readonly kind: string;
  readonly resource: string | null;
  readonly line: number;
  readonly elementId: string | null;
  readonly message: string;
  readonly other: { readonly key: string; readonly version: string | null; readonly elementId: string | null } | null;
}

const called = (what: string) => `<bpmn:callActivity id="step" ${what}/>`;
const decided = (what: string) => `<bpmn:businessRuleTask id="step" ${what}/>`;
const decision = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="x"><decision id="rates" name="Rates" camunda:historyTimeToLive="P1D"><decisionTable id="t"><output id="o" typeRef="string"/><rule id="r"><outputEntry id="e"><text>"a"</text></outputEntry></rule></decisionTable></decision></definitions>`;
const form = '{"id":"address","components":[],"schemaVersion":4,"type":"default"}';

describe.each(productsUnderTest())('the check of a deployment, %s', (product) => {
  let engine: LaunchedEngine;
  let path: string;
  beforeAll(async () => {
    engine = await launchEngine({ product, inMemory: true });
    path = `${engine.baseUrl.replace(/\/engine-rest$/, '')}/procos/deployment-check`;
  }, 600_000);
  afterAll(() => engine.stop());

  const send = (body: unknown) => ask(engine, 'POST', path, body);
  const check = async (resources: Readonly<Record<string, string>>): Promise<readonly Problem[]> => {
    const answer = await send({
      name: 'checked',
      resources: Object.entries(resources).map(([name, content]) => ({ name, content })),
    });
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('problems')]);
    return (answer.json() as { problems: Problem[] }).problems;
  };
  const counts = async () => {
    const ofEach = [
      '/deployment',
      '/process-definition',
      '/decision-definition',
      '/job',
      '/job-definition',
      '/event-subscription',
      '/history/user-operation',
    ];
    return Promise.all(ofEach.map(async (kind) => `${kind} ${(await ask(engine, 'GET', `${kind}/count`)).body}`));
  };

  it('finds nothing in what the engine takes, and keeps nothing of it: no definition, job or subscription', async () => {
    const timed = model('timed', externalTask('t')).replace(
      '<bpmn:startEvent id="start"/>',
      '<bpmn:startEvent id="start"><bpmn:timerEventDefinition><bpmn:timeDate>2020-01-01T00:00:00Z</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:startEvent>',
    );
    const before = await counts();

    expect(
      await check({
        'timed.bpmn': timed,
        'letters.bpmn': caseFile('bpmn', 'b09a-start-message-intake_letters.bpmn').toString('utf8'),
        'rates.dmn': decision,
        'address.form': form,
      }),
    ).toEqual([]);

    expect(await counts()).toEqual(before);
    expect((await ask(engine, 'GET', '/history/process-instance?processDefinitionKey=timed')).json()).toEqual([]);
  });

  it('takes events that wait for a condition, which has no name', async () => {
    const waits =
      '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">${ready}</bpmn:condition></bpmn:conditionalEventDefinition>';
    const conditional = model(
      'conditional',
      `<bpmn:subProcess id="step"><bpmn:startEvent id="inner"/><bpmn:subProcess id="handler" triggeredByEvent="true"><bpmn:startEvent id="when" isInterrupting="false">${waits}</bpmn:startEvent></bpmn:subProcess></bpmn:subProcess>`,
    ).replace('<bpmn:startEvent id="start"/>', `<bpmn:startEvent id="start">${waits}</bpmn:startEvent>`);

    expect(await check({ 'conditional.bpmn': conditional })).toEqual([]);
  });

  it('tells element, line and sentence of what the parser refuses, in every file', async () => {
    const lines = caseFile('bpmn', 'lines.bpmn').toString('utf8');
    const problems = await check({
      'a.bpmn': lines,
      'good.bpmn': model('good', externalTask('t')),
      'b.bpmn': model('b', '<bpmn:userTask id="step" camunda:priority=""/><bpmn:callActivity id="two"/>'),
    });

    expect(problems).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        kind: 'parse',
        resource: 'a.bpmn',
        elementId: 'x',
        line: 17,
        message: expect.stringContaining("'high'") as string,
      }),
    );
    expect(problems.map((one) => one.resource)).toEqual(expect.arrayContaining(['a.bpmn', 'b.bpmn']));
    expect(problems.map((one) => one.resource)).not.toContain('good.bpmn');
  });

  it.each([
    ['a signal that an expression names', 'sig_name_expr_start', 'start-event', 's', /kind/],
    ['a timer over a variable', 'timer_start_expr', 'start-event', 's', /pause/],
    ['a timer that is no time', 'timer_start_bad_duration', 'start-event', 's', /5 minutes/],
    ['an id longer than its column', 'proc_id_long', 'too-long', /^p+$/, /id of the process has 256 characters.*255/],
    ['a version tag longer than its column', 'versiontag_long', 'too-long', 'p', /version tag has 100 characters.*64/],
    ['an assignee longer than its column', 'assignee_long', 'too-long', 'x', /assignee has 300 characters.*255/],
  ])('tells the element of %s', async (_, name, kind, elementId, message) => {
    expect(await check({ 'one.bpmn': caseFile('bpmn', `${name}.bpmn`).toString('utf8') })).toEqual([
      expect.objectContaining({
        severity: 'error',
        kind,
        resource: 'one.bpmn',
        elementId: expect.stringMatching(elementId) as string,
        message: expect.stringMatching(message) as string,
      }),
    ]);
  });

  it('tells which process has a start message already: deployed, or of the same files', async () => {
    const [letters, mails] = ['letters', 'mails'].map((name) =>
      caseFile('bpmn', `b09${name === 'letters' ? 'a' : 'b'}-start-message-intake_${name}.bpmn`).toString('utf8'),
    ) as [string, string];
    const taken = expect.objectContaining({
      kind: 'start-message-taken',
      elementId: 'start',
      other: { key: 'intake_letters', version: '1', elementId: 'start' },
    }) as Problem;

    expect(await check({ 'a.bpmn': letters, 'b.bpmn': mails })).toHaveLength(1);
    expect(await deploy(engine, letters, 'letters.bpmn')).toMatchObject({ status: 200 });
    expect(await check({ 'mails.bpmn': mails })).toEqual([taken]);
    expect(await check({ 'letters.bpmn': letters })).toEqual([]);
  });

  it.each([
    [
      'a process',
      called('calledElement="nobody"'),
      { kind: 'missing-process', other: { key: 'nobody', version: null } },
    ],
    [
      'a version',
      called('calledElement="callee" camunda:calledElementBinding="version" camunda:calledElementVersion="7"'),
      { kind: 'missing-process', other: { key: 'callee', version: '7' } },
    ],
    [
      'a version tag',
      called('calledElement="callee" camunda:calledElementBinding="versionTag" camunda:calledElementVersionTag="v9"'),
      { kind: 'missing-process', other: { key: 'callee', version: 'v9' } },
    ],
    [
      'a process of the same deployment',
      called('calledElement="callee" camunda:calledElementBinding="deployment"'),
      { kind: 'missing-process', other: { key: 'callee', version: null } },
    ],
    [
      'a decision',
      decided('camunda:decisionRef="rates"'),
      { kind: 'missing-decision', other: { key: 'rates', version: null } },
    ],
    [
      'a form',
      '<bpmn:userTask id="step" camunda:formRef="address" camunda:formRefBinding="latest"/>',
      { kind: 'missing-form', other: { key: 'address', version: null } },
    ],
  ])('warns of %s that is missing', async (_, step, problem) => {
    await deploy(engine, model('callee', externalTask('t')), 'callee.bpmn');

    expect(await check({ 'caller.bpmn': model('caller', step) })).toEqual([
      expect.objectContaining({
        severity: 'warning',
        resource: 'caller.bpmn',
        elementId: 'step',
        kind: problem.kind,
        other: { ...problem.other, elementId: null },
      }),
    ]);
  });

  it('misses nothing that another file holds, that is deployed, or that an expression names', async () => {
    await deploy(engine, model('callee', externalTask('t')), 'callee.bpmn');
    const callers = [
      called('calledElement="callee"'),
      called('calledElement="${which}"'),
      called('calledElement="self"'),
      decided('camunda:decisionRef="rates"'),
      '<bpmn:userTask id="step" camunda:formRef="address" camunda:formRefBinding="deployment"/>',
    ];
    const files = callers.map((step, index): [string, string] => [
      `${index}.bpmn`,
      model(index === 2 ? 'self' : `caller${index}`, step),
    ]);

    expect(await check({ ...Object.fromEntries(files), 'rates.dmn': decision, 'address.form': form })).toEqual([]);
  });

  it('tells what is wrong with a decision or a form', async () => {
    expect(
      await check({
        'bad.dmn': decision.replace('<decision id="rates"', '<decision'),
        'good.bpmn': model('good', externalTask('t')),
      }),
    ).toEqual([expect.objectContaining({ severity: 'error', resource: 'bad.dmn' })]);
    expect(await check({ 'bad.form': 'no JSON', 'good.form': form })).toEqual([
      expect.objectContaining({ severity: 'error', resource: 'bad.form' }),
    ]);
  });

  it('says of one key in two files that it is about both', async () => {
    const twice = model('twice', externalTask('t'));
    expect(await check({ 'a.bpmn': twice, 'b.bpmn': twice })).toEqual([
      expect.objectContaining({ resource: null, message: expect.stringContaining("'twice'") as string }),
    ]);
  });

  it('leaves deployments beside it alone, and the next version of a process is the next', async () => {
    const versions = Array.from({ length: 10 }, (_, index) => index);
    const [deployed] = await Promise.all([
      (async () => {
        const answers = [];
        for (const index of versions)
          answers.push((await deploy(engine, model('beside', externalTask(`t${index}`)), 'beside.bpmn')).status);
        return answers;
      })(),
      ...versions.map((index) =>
        check({
          'beside.bpmn': model('beside', externalTask(`c${index}`)),
          'timer.bpmn': model(`timer${index}`, externalTask('t')),
        }),
      ),
    ]);

    expect(new Set(deployed)).toEqual(new Set([200]));
    expect((await ask(engine, 'GET', '/process-definition/key/beside')).json()).toMatchObject({ version: 10 });
    expect((await ask(engine, 'POST', '/process-definition/key/beside/start', {})).status).toBe(200);
  });

  it('wants the account, a deployment and not too much of it', async () => {
    const file = { name: 'a.bpmn', content: model('a', externalTask('t')) };
    const statusOf = async (body: unknown, headers?: Record<string, string>) =>
      (await ask(engine, 'POST', path, body, headers)).status;

    expect(await statusOf({ name: 'x', resources: [file] }, {})).toBe(401);
    expect(
      (
        await fetch(path, {
          method: 'POST',
          headers: { ...engine.headers, 'content-type': 'text/plain' },
          body: JSON.stringify({ name: 'x', resources: [file] }),
        })
      ).status,
    ).toBe(415);
    expect((await ask(engine, 'GET', path)).status).toBe(405);
    for (const body of [
      {},
      [],
      { name: 'x', resources: [] },
      { name: 'x', resources: [{ name: 'a.bpmn' }] },
      { name: 'x', resources: [file, file] },
      { resources: 'x' },
    ])
      expect(await statusOf(body)).toBe(400);
    expect(await statusOf({ name: 'x', resources: [{ name: 'a.bpmn', content: ' '.repeat(33 * 1024 * 1024) }] })).toBe(
      413,
    );
  });
});

describe.each(productsUnderTest())('the metrics of the engine, %s', (product) => {
  it('are answered, counted since the boot, and written nowhere', async () => {
    const engine = await launchEngine({ product, inMemory: true });
    try {
      await deploy(engine, model('counted', '<bpmn:userTask id="step"/>'));
      await ask(engine, 'POST', '/process-definition/key/counted/start', {});

      expect(await ask(engine, 'GET', '/metrics')).toMatchObject({ status: 200, body: '[]' });
      expect((await ask(engine, 'GET', '/metrics/activity-instance-start/sum')).json()).toEqual({ result: 2 });
    } finally {
      await engine.stop();
    }
  });
});
