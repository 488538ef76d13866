import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway, type Answer } from '../testing/fake-gateway.ts';

const greet = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="http://procos.test">
  <bpmn:process id="greet" isExecutable="true" camunda:historyTimeToLive="P30D">
    <bpmn:startEvent id="begin" name="Begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="say" name="Say it" camunda:type="external" camunda:topic="TOPIC"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:endEvent id="end" name="End"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="say" />
    <bpmn:sequenceFlow id="f2" sourceRef="say" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>
`;

const deployed = {
  deploymentId: 'deployment-1',
  name: 'ProcOS-greet',
  definitions: [
    { key: 'greet', version: 2, id: 'greet:2', isNew: true },
    { key: 'wave', version: 1, id: 'wave:1', isNew: false },
  ],
  findings: [],
};

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
  mkdirSync(join(cwd, 'models', 'deep'), { recursive: true });
  mkdirSync(join(cwd, 'models', 'node_modules'));
  mkdirSync(join(cwd, 'empty'));
  writeFileSync(join(cwd, 'models', 'greet.bpmn'), greet.replace('TOPIC', 'http_request'));
  writeFileSync(join(cwd, 'models', 'deep', 'wave.bpmn'), greet.replace('TOPIC', 'htp_request'));
  writeFileSync(join(cwd, 'models', 'node_modules', 'copy.bpmn'), greet);
  writeFileSync(join(cwd, 'models', 'readme.md'), '# models');
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('files of a folder', () => {
  const decision =
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"><decision id="rates"/></definitions>';
  const others: Readonly<Record<string, string>> = {
    'a.bpmn20.xml': greet,
    'b.BPMN': greet,
    'c.bpmn2': greet,
    'd.xml': greet,
    'e.dmn': decision,
    'f.xml': decision,
    'g.form': '{"id":"g"}',
    'pom.xml': '<project/>',
    'case.cmmn': '<x/>',
  };
  beforeEach(() => {
    mkdirSync(join(cwd, 'others', 'deep'), { recursive: true });
    for (const [name, content] of Object.entries(others)) writeFileSync(join(cwd, 'others', name), content);
    symlinkSync(join(cwd, 'models', 'greet.bpmn'), join(cwd, 'others', 'linked.bpmn'));
    symlinkSync(join(cwd, 'models'), join(cwd, 'others', 'folder.bpmn'));
  });

  it('are taken whatever their ending, and what is left out is named with its reason', async () => {
    await using gateway = await startFakeGateway({ 'POST /v1/deployments': () => deployed });

    const { exitCode, stderr, stdout } = await runCli(['deploy', 'others', '--json', '--url', gateway.url], { cwd });

    const sent = (gateway.requests[0]?.body as { files: { name: string }[] }).files.map(({ name }) => name);
    expect(sent).toEqual(
      ['a.bpmn20.xml', 'b.BPMN', 'c.bpmn2', 'd.xml', 'e.dmn', 'f.xml', 'g.form', 'linked.bpmn'].map(
        (name) => `others/${name}`,
      ),
    );
    expect(stderr).toBe(
      '! left out others/case.cmmn: case models (CMMN) are not run here\n! left out others/folder.bpmn: a link to a folder is not followed\n! left out others/pom.xml: its root element is neither that of BPMN nor of DMN\n',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      leftOut: [{ name: 'others/case.cmmn' }, { name: 'others/folder.bpmn' }, { name: 'others/pom.xml' }],
    });
    expect(exitCode).toBe(0);
  });

  it('are linted, decisions and forms too', async () => {
    writeFileSync(join(cwd, 'others', 'g.form'), '{"id":"g"');
    writeFileSync(join(cwd, 'others', 'h.form'), '{"id":"h"}');

    const { stdout, exitCode } = await runCli(['lint', 'others', '--json'], { cwd });

    const { files } = JSON.parse(stdout) as { files: { file: string; findings: { rule: string }[] }[] };
    expect(exitCode).toBe(1);
    expect(files.map(({ file }) => file)).toHaveLength(9);
    expect(new Map(files.map(({ file, findings }) => [file, findings.map(({ rule }) => rule)]))).toEqual(
      expect.objectContaining(
        new Map([
          ['others/e.dmn', ['decision-schema', 'decision-time-to-live', 'decision-logic']],
          ['others/g.form', ['form-readable']],
          ['others/h.form', []],
        ]),
      ),
    );
  });

  it('of a folder without any are an error that says what there was', async () => {
    mkdirSync(join(cwd, 'java'));
    writeFileSync(join(cwd, 'java', 'pom.xml'), '<project/>');
    expect(await runCli(['lint', 'java'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        'java is no model and holds none: java/pom.xml: its root element is neither',
      ) as string,
    });
  });

  it('that call what none of them holds get a warning', async () => {
    const caller = greet.replace('<bpmn:endEvent', '<bpmn:callActivity id="ask" calledElement="KEY"/><bpmn:endEvent');
    writeFileSync(join(cwd, 'others', 'a.bpmn20.xml'), caller.replace('KEY', 'nobody'));
    writeFileSync(join(cwd, 'others', 'c.bpmn2'), caller.replace('KEY', 'greet'));

    const { stdout } = await runCli(['lint', 'others', '--json'], { cwd });

    const findings = (JSON.parse(stdout) as { files: { findings: { rule: string }[] }[] }).files.flatMap(
      (file) => file.findings,
    );
    expect(findings.filter(({ rule }) => rule === 'called-definitions')).toEqual([
      expect.objectContaining({
        file: 'others/a.bpmn20.xml',
        elementId: 'ask',
        line: 6,
        severity: 'warning',
        message: expect.stringContaining('"nobody" is called') as string,
      }),
    ]);
  });
});

describe('procos deploy', () => {
  it('passes on that something may be missing', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/deployments': () => ({ ...deployed, resources: [{ file: 'rates.dmn', isNew: true }] }),
    });

    const { stdout } = await runCli(['deploy', 'models', '--allow-missing', '--url', gateway.url], { cwd });

    expect(gateway.requests[0]?.body).toMatchObject({ allowMissing: true });
    expect(stdout).toMatch(/✓ new +rates\.dmn/);
  });

  it('sends the models of a folder, copies left out, and says which are new', async () => {
    await using gateway = await startFakeGateway({ 'POST /v1/deployments': () => deployed });

    const { exitCode, stdout } = await runCli(['deploy', 'models', '--url', gateway.url], { cwd });

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.body).toMatchObject({
      files: [{ name: 'models/deep/wave.bpmn' }, { name: 'models/greet.bpmn' }],
    });
    expect(stdout).toMatch(/✓ new +greet +2\n= unchanged +wave +1\n$/);
  });

  it('counts warnings and says where to read them', async () => {
    const warning = {
      elementId: 'say',
      rule: 'has-diagram',
      severity: 'warning',
      message: 'No diagram',
      remedy: 'Draw one',
      fixable: true,
    };
    await using gateway = await startFakeGateway({
      'POST /v1/deployments': () => ({ ...deployed, findings: [warning] }),
    });

    const { stdout } = await runCli(['deploy', 'models', '--url', gateway.url], { cwd });

    expect(stdout).toContain('! 1 warning → npx procos lint models\n');
  });

  it('shows which topics no worker is known for', async () => {
    const warning = {
      file: 'models/greet.bpmn',
      elementId: 'say',
      rule: 'known-topic',
      severity: 'warning',
      message: 'Is there a worker for it?',
      remedy: 'See that there is one.',
      fixable: false,
    };
    await using gateway = await startFakeGateway({
      'POST /v1/deployments': () => ({ ...deployed, findings: [warning] }),
    });

    const { exitCode, stdout } = await runCli(['deploy', 'models', '--url', gateway.url], { cwd });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /models\/greet\.bpmn\n {2}! warning say: Is there a worker for it\? \[known-topic\]\n {6}→ See that there is one\.\n$/,
    );
  });

  it('only checks with --dry-run', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/deployments': () => ({ ...deployed, deploymentId: null }),
    });

    const { stdout } = await runCli(['deploy', 'models/greet.bpmn', '--dry-run', '--json', '--url', gateway.url], {
      cwd,
    });

    expect(gateway.requests[0]?.body).toMatchObject({ dryRun: true });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, dryRun: true, definitions: deployed.definitions });
  });

  it('shows the findings of a refused model and exits with 1', async () => {
    const finding = {
      file: 'models/greet.bpmn',
      elementId: 'say',
      rule: 'known-topic',
      severity: 'error',
      message: 'No worker serves it',
      remedy: 'Correct the topic',
      fixable: false,
    };
    const error = {
      code: 'PROCOS_GATEWAY_MODEL_REFUSED',
      message: 'Nothing was deployed, the models have one error:\n  - say: No worker serves it',
      remedy: 'POST /v1/lint checks again.',
      data: {},
    };
    const refuse: Answer = (_, response) =>
      void response
        .writeHead(422, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error, findings: [finding] }));
    await using gateway = await startFakeGateway({ 'POST /v1/deployments': refuse });

    const { exitCode, stdout, stderr } = await runCli(['deploy', 'models/greet.bpmn', '--json', '--url', gateway.url], {
      cwd,
    });

    expect(exitCode).toBe(1);
    expect(stderr).toContain('✗ Nothing was deployed, the models have one error:\n  → npx procos lint checks again.\n');
    expect(stderr).toContain(
      'models/greet.bpmn\n  ✗ error say: No worker serves it [known-topic]\n      → Correct the topic\n',
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: error.code }, findings: [finding] });
  });

  it.each([
    ['gone.bpmn', 'gone.bpmn cannot be read: it does not exist'],
    ['empty', 'empty is no model and holds none'],
    ['models/readme.md', 'models/readme.md is no model and holds none'],
  ])('exits with 2 for %s', async (path, message) => {
    const { exitCode, stderr } = await runCli(['deploy', path], { cwd });

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('procos run with a file', () => {
  const start: Answer = () => ({ requestId: 'request-1', state: 'RUNNING' });

  it('deploys it and runs its process', async () => {
    const one = { ...deployed, definitions: deployed.definitions.slice(0, 1) };
    await using gateway = await startFakeGateway({ 'POST /v1/deployments': () => one, 'POST /v1/requests': start });

    const { exitCode } = await runCli(['run', 'models/greet.bpmn', '--url', gateway.url], { cwd });

    expect(exitCode).toBe(0);
    expect(gateway.requests[1]?.body).toMatchObject({ process: 'greet' });
  });

  it('asks which one when the file holds several', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/deployments': () => deployed,
      'POST /v1/requests': start,
    });

    const unclear = await runCli(['run', 'models/greet.bpmn', '--url', gateway.url], { cwd });
    const chosen = await runCli(['run', 'models/greet.bpmn', '--process', 'wave', '--url', gateway.url], { cwd });

    expect(unclear).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        'models/greet.bpmn holds several processes: greet, wave\n  → Say which one to run: --process greet',
      ) as string,
    });
    expect(chosen.exitCode).toBe(0);
  });
});

describe('procos lint', () => {
  it('works offline, names element, rule and remedy, and exits with 1 at an error', async () => {
    writeFileSync(join(cwd, 'models', 'deep', 'wave.bpmn'), greet.replace('camunda:topic="TOPIC"', ''));

    const { exitCode, stdout, stderr } = await runCli(['lint', 'models/deep/wave.bpmn'], { cwd });

    expect(exitCode).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /models\/deep\/wave\.bpmn\n {2}✗ error say, line 5: .+\[external-task-implementation\]\n {6}→ .+/,
    );
    expect(stdout).toMatch(/✗ 1 model: \d+ errors?, \d+ warnings?\n$/);
  });

  it('warns of a topic that is nearly a known one, and names that', async () => {
    const { exitCode, stdout } = await runCli(['lint', 'models/deep/wave.bpmn'], { cwd });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      / {2}! warning say, line 5: There is no contract for the topic "htp_request": is there a worker for it\? \[known-topic\]\n {6}→ Did you mean "http_request"\?/,
    );
  });

  it('accepts only the topics of --topics', async () => {
    const allowed = await runCli(['lint', 'models/deep/wave.bpmn', '--topics', 'mail, htp_*'], { cwd });
    const refused = await runCli(['lint', 'models/deep/wave.bpmn', '--topics', 'http_request'], { cwd });

    expect(allowed.stdout).not.toContain('known-topic');
    expect(allowed.exitCode).toBe(0);
    expect(refused).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(
        '✗ error say, line 5: The topic "htp_request" is not allowed here [known-topic]\n      → Did you mean "http_request"?',
      ) as string,
    });
  });

  it('repairs the file with --fix, says what it did, and finds nothing to repair the second time', async () => {
    const first = await runCli(['lint', 'models/greet.bpmn', '--fix', '--json'], { cwd });
    const written = readFileSync(join(cwd, 'models', 'greet.bpmn'), 'utf8');
    const second = await runCli(['lint', 'models/greet.bpmn', '--fix', '--json'], { cwd });

    expect(JSON.parse(first.stdout)).toMatchObject({
      ok: true,
      files: [{ file: 'models/greet.bpmn', fixed: [{ rule: 'has-diagram' }] }],
    });
    expect(written).toContain('BPMNDiagram');
    expect(JSON.parse(second.stdout)).toMatchObject({ ok: true, files: [{ fixed: [] }] });
  });

  it('leaves a file that is no XML as it is and says why', async () => {
    writeFileSync(join(cwd, 'broken.bpmn'), '<definitions');

    const { exitCode, stdout } = await runCli(['lint', 'broken.bpmn', '--fix'], { cwd });

    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ not repaired The model is not well-formed XML');
    expect(readFileSync(join(cwd, 'broken.bpmn'), 'utf8')).toBe('<definitions');
  });
});
