import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineClient } from '@procos/engine-client';
import type { EngineUnderTest } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { taskContext, tryTask } from '../testing/try-task.ts';
import { fileOperationTask } from '../tasks/file-operation.ts';
import { fileSavesTo, fileVariablesOf } from './file-variable.ts';

const client = createEngineClient(inject('engine') satisfies EngineUnderTest);
const key = `large_file_${randomUUID().slice(0, 8)}`;
const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="https://procos.dev/test">
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="wait"/><userTask id="wait"/>
  </process>
</definitions>`;
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'procos-large-'));
  await client.repository.deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: model } });
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await client.close();
});

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a large file', () => {
  it('becomes a File variable byte by byte, is no output beside it, and is written back from it', async () => {
    const bytes = randomBytes(9_000_001);
    await writeFile(join(root, 'report.bin'), bytes);
    const { id } = await client.runtime.startByKey(key);
    const task = fileOperationTask({
      root,
      maxFileBytes: 10_000_000,
      quotaBytes: 100_000_000,
      openFileVariable: fileVariablesOf(client),
      saveFileVariable: fileSavesTo(client),
    });
    const context = taskContext({ processInstanceId: id });

    const output = await tryTask(task, { operation: 'read', file_path: 'report.bin' }, context);

    expect(output).toMatchObject({ success: true, file_size: bytes.length, file_content: null });
    expect(output).not.toHaveProperty('file');
    expect(await client.runtime.variable(id, 'file')).toMatchObject({
      type: 'File',
      valueInfo: { filename: 'report.bin' },
    });

    await tryTask(task, { operation: 'write', file_path: 'copy.bin', content_variable: 'file' }, context);
    const { body } = await client.runtime.variableData(id, 'file');
    expect(digest(Buffer.concat(await body.toArray()))).toBe(digest(bytes));
    await client.runtime.terminateInstance(id);
  });

  it('that the engine does not take is a failure of the task, which is tried again', async () => {
    await writeFile(join(root, 'late.bin'), 'late');
    const task = fileOperationTask({
      root,
      maxFileBytes: 1_000,
      quotaBytes: 100_000_000,
      saveFileVariable: fileSavesTo(client),
    });

    const reading = tryTask(
      task,
      { operation: 'read', file_path: 'late.bin', as_file: true },
      taskContext({ processInstanceId: 'gone' }),
    );

    await expect(reading).rejects.toMatchObject({
      name: 'RetryableError',
      message: expect.stringMatching(/^The variable file cannot be written now: Engine answered 500/) as string,
    });
  });
});
