import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';

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

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
  mkdirSync(join(cwd, 'models', 'deep'), { recursive: true });
  writeFileSync(join(cwd, 'models', 'greet.bpmn'), greet.replace('TOPIC', 'http_request'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('procos lint --fix', () => {
  it('keeps what it changes: as it was, in a file of its own, also when it repairs another time', async () => {
    const path = join(cwd, 'models', 'greet.bpmn');
    const before = readFileSync(path, 'utf8');
    chmodSync(path, 0o640);

    const { stdout } = await runCli(['lint', 'models/greet.bpmn', '--fix'], { cwd });
    const other = before.replace('camunda:historyTimeToLive="P30D"', '');
    writeFileSync(path, other);
    await runCli(['lint', 'models/greet.bpmn', '--fix'], { cwd });

    expect(stdout).toContain('as it was before: models/greet.bpmn.orig');
    expect(readFileSync(`${path}.orig`, 'utf8')).toBe(before);
    expect(readFileSync(`${path}.orig2`, 'utf8')).toBe(other);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(cwd, 'models')).sort()).toEqual([
      'deep',
      'greet.bpmn',
      'greet.bpmn.orig',
      'greet.bpmn.orig2',
    ]);
  });

  it('says with --dry-run what it would change, and writes nothing', async () => {
    const before = readFileSync(join(cwd, 'models', 'greet.bpmn'), 'utf8');

    const { stdout } = await runCli(['lint', 'models/greet.bpmn', '--dry-run'], { cwd });

    expect(stdout).toContain('✓ would fix d: drew the diagram [has-diagram]');
    expect(readFileSync(join(cwd, 'models', 'greet.bpmn'), 'utf8')).toBe(before);
    expect(existsSync(join(cwd, 'models', 'greet.bpmn.orig'))).toBe(false);
  });

  it('writes through a link and leaves the link', async () => {
    symlinkSync(join(cwd, 'models', 'greet.bpmn'), join(cwd, 'link.bpmn'));

    await runCli(['lint', 'link.bpmn', '--fix'], { cwd });

    expect(lstatSync(join(cwd, 'link.bpmn')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'models', 'greet.bpmn'), 'utf8')).toContain('BPMNDiagram');
  });

  it('leaves a read-only file alone, says so, and repairs the others', async () => {
    writeFileSync(join(cwd, 'models', 'deep', 'wave.bpmn'), greet.replace('TOPIC', 'http_request'));
    chmodSync(join(cwd, 'models', 'deep', 'wave.bpmn'), 0o444);

    const { exitCode, stdout } = await runCli(['lint', 'models', '--fix'], { cwd });

    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ not repaired models/deep/wave.bpmn cannot be written: it is read-only');
    expect(readFileSync(join(cwd, 'models', 'deep', 'wave.bpmn'), 'utf8')).not.toContain('BPMNDiagram');
    expect(readFileSync(join(cwd, 'models', 'greet.bpmn'), 'utf8')).toContain('BPMNDiagram');
  });

  it('converts a file that is stored in another encoding', async () => {
    const path = join(cwd, 'models', 'greet.bpmn');
    const before = Buffer.from(greet.replace('TOPIC', 'http_request').replace('Say it', 'Grüßen'), 'latin1');
    writeFileSync(path, before);

    const unrepaired = await runCli(['lint', 'models/greet.bpmn'], { cwd });
    const repaired = await runCli(['lint', 'models/greet.bpmn', '--fix'], { cwd });

    expect(unrepaired).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('encoding windows-1252, with "ü" in line 5') as string,
    });
    expect(repaired).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('✓ fixed declared UTF-8 instead of windows-1252') as string,
    });
    expect(readFileSync(path, 'utf8')).toContain('name="Grüßen"');
    expect(readFileSync(`${path}.orig`)).toEqual(before);
  });
});
