import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '@procos/config';
import { createEngineClient, fileValue } from '@procos/engine-client';
import { BpmnError } from '@procos/errors';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import type { TaskDefinition } from '@procos/task-worker';
import { type MailServer, startMailServer, useProcessDriver } from '@procos/testing';
import { Agent } from 'undici';
import { genericWorkerFields } from '../config.ts';
import { fileVariablesOf } from '../files/file-variable.ts';
import { genericTasks } from '../tasks/index.ts';
import { taskContext, tryTask } from '../testing/try-task.ts';
import { createSandbox } from '../transform/sandbox.ts';

const model = (path: string) => new URL(`../../../../processes/${path}.bpmn`, import.meta.url);
const driver = useProcessDriver(
  model('system/hello_email_process/hello_email_process'),
  model('examples/validate_and_mail/validate_and_mail'),
);
const dispatcher = new Agent();
const sandbox = createSandbox({ timeMs: 5_000, memoryMb: 128, maxCharacters: 1_000_000 });
const client = createEngineClient(inject('engine'));
const openFileVariable = fileVariablesOf(client);
let server: MailServer;
let tasks: readonly TaskDefinition[];

beforeAll(async () => {
  server = await startMailServer({
    recipient: (address) => (address.startsWith('gone') ? '550 5.1.1 no such user' : undefined),
  });
  const config = readConfig(genericWorkerFields, {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(server.port),
    SMTP_TLS: 'none',
    SMTP_FROM: 'procos@example.com',
  });
  tasks = genericTasks({
    config,
    directory: createInMemoryServiceDirectory([]),
    publicDispatcher: dispatcher,
    networkDispatcher: dispatcher,
    sandbox,
    openFileVariable,
  });
});
afterAll(async () => {
  sandbox.close();
  await Promise.all([client.close(), dispatcher.destroy(), server[Symbol.asyncDispose]()]);
});

/** Does the next task of a topic as the worker would. */
async function work(topic: string, instance: string): Promise<void> {
  const definition = tasks.find(({ contract }) => contract.topic === topic);
  if (definition === undefined) throw new TypeError(`The worker has no topic ${topic}`);
  const task = await driver.takeTask(topic, instance);
  const given = Object.entries(task.variables).filter(
    ([name, value]) => value !== null && name in definition.contract.input.properties,
  );
  try {
    await task.complete(
      await tryTask(definition, Object.fromEntries(given), taskContext({ processInstanceId: instance })),
    );
  } catch (thrown) {
    if (!(thrown instanceof BpmnError)) throw thrown;
    await task.bpmnError(thrown.code, thrown.message, thrown.variables);
  }
}

describe('a mail on the real engine', () => {
  it('arrives as a person wrote it, however long it is', async () => {
    const message = 'Grüße ☀\n'.repeat(2_000);
    const instance = await driver.start('hello_email_process', {});
    await driver.answer(instance, { recipient_email: 'ada@example.com', message });

    await work('email_validation', instance);
    await work('email_send', instance);

    const mail = server.received.at(-1);
    expect(mail?.parsed).toMatchObject({ subject: 'Hello from ProcOS', text: message });
    expect(await driver.ended(instance)).toMatchObject({
      endEvent: 'email_sent',
      variables: { sent: true, to: 'ada@example.com', message_id: mail?.parsed.messageId },
    });
  });

  it('that is refused ends as the model says', async () => {
    const instance = await driver.start('hello_email_process', {});
    await driver.answer(instance, { recipient_email: 'gone@example.com', message: 'x' });

    await work('email_validation', instance);
    await work('email_send', instance);

    const refused = [{ email: 'gone@example.com', reason: '550 5.1.1 no such user' }];
    expect(await driver.ended(instance)).toMatchObject({
      endEvent: 'email_refused',
      failed: true,
      variables: { error_code: 'EMAIL_REFUSED', refused },
    });
  });

  it('takes lists of recipients, and files from variables, as text and as File', async () => {
    const content = Buffer.alloc(100_000, 7).toString('base64');
    const report = fileValue(Buffer.alloc(2_000_000, 9), 'nines.bin');
    const variables = {
      desk: 'desk@example.com',
      recipients: ['ada@example.com', 'gone@example.com'],
      subject: 'News',
      body: 'x',
      attachments: [
        { filename: 'sevens.bin', content },
        { filename: 'nines.bin', content_variable: 'report' },
      ],
    };
    const instance = await driver.start('validate_and_mail', { ...variables, report });

    await work('email_validation', instance);
    await work('email_send', instance);

    expect(server.received.at(-1)?.to).toEqual(['desk@example.com', 'ada@example.com']);
    expect(
      server.received.at(-1)?.parsed.attachments.map(({ content: bytes }) => [bytes.length, bytes.at(-1)]),
    ).toEqual([
      [100_000, 7],
      [2_000_000, 9],
    ]);
    expect(await driver.ended(instance)).toMatchObject({
      endEvent: 'news_sent',
      variables: { refused: [{ email: 'gone@example.com' }] },
    });
  });
});
