import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLogger } from './logger.ts';
import { redact, registerSecret } from './redaction.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'procos-log-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a log line', () => {
  it('is one line of JSON with time, level, component and event', async () => {
    // given
    const file = join(folder, 'one-line.log');
    const logger = createLogger({ component: 'kernel', file, stderr: false }).child({ process_instance_id: 'p1' });

    // when
    logger.info('kernel_starting', { password: 'canary', duration_ms: 3, message: 'a field of its own' });

    // then
    const line = await vi.waitFor(async () => {
      const content = await readFile(file, 'utf8');
      expect(content).not.toBe('');
      return content;
    }, 10_000);
    expect(line.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      component: 'kernel',
      event: 'kernel_starting',
      process_instance_id: 'p1',
      duration_ms: 3,
      password: '[redacted]',
      message: 'a field of its own',
    });
    expect(JSON.parse(line)).toHaveProperty('ts');
  });
});

describe('a logger that is closed', () => {
  it('has written every line to its file, and drops later ones', async () => {
    const file = join(folder, 'closed.log');
    const logger = createLogger({ component: 'kernel', file, stderr: false });
    const child = logger.child({ part: 1 });
    for (let line = 0; line < 500; line++) child.info('line', { line });

    await logger.close?.();
    child.error('too_late');
    await logger.close?.();

    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(500);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ line: 499 });
  });

  it('closes at once where it has no file', async () => {
    await expect(createLogger({ component: 'kernel', stderr: false }).close?.()).resolves.toBeUndefined();
  });
});

describe('redaction', () => {
  it('blanks out a registered secret wherever it appears', () => {
    registerSecret('canary-0123456789');

    const safe = JSON.stringify(
      redact({ url: 'http://x/?q=canary-0123456789', nested: [new Error('saw canary-0123456789')] }),
    );

    expect(safe).not.toContain('canary-0123456789');
    expect(safe).toContain('[redacted]');
  });

  it('keeps the code of an error and the chain of its causes, without their secrets', () => {
    registerSecret('canary-in-a-cause');
    const refused = Object.assign(new Error('connect ECONNREFUSED with canary-in-a-cause'), { code: 'ECONNREFUSED' });
    const all = new AggregateError([refused, new Error('the other address')], 'no address answers', { cause: refused });
    const error = new Error('The engine cannot be reached.', { cause: all });

    expect(redact({ error })).toMatchObject({
      error: {
        message: 'The engine cannot be reached.',
        cause: {
          name: 'AggregateError',
          cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED with [redacted]' },
          errors: [{ code: 'ECONNREFUSED' }, { message: 'the other address' }],
        },
      },
    });
  });

  it('ends with an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;

    expect(JSON.stringify(redact({ error }))).toContain('[deep]');
  });

  it('blanks out the password of a URL that is a secret, as it stands in it and as it was before', () => {
    registerSecret('amqp://procos:p%40ss-word-1@127.0.0.1:5672');

    expect(redact({ sent: 'as p%40ss-word-1', meant: 'as p@ss-word-1' })).toEqual({
      sent: 'as [redacted]',
      meant: 'as [redacted]',
    });
  });

  it('takes a URL whose password is written wrongly', () => {
    registerSecret('amqp://procos:p%zzword-1@127.0.0.1');

    expect(redact('refused p%zzword-1')).toBe('refused [redacted]');
  });
});
