import fs, { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@procos/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultRetryPolicy } from '../retry-policy.ts';
import { useFakeEngine } from '../testing/use-fake-engine.ts';
import { openAttemptJournal } from './attempt-journal.ts';

const disk = { isFull: false, room: Number.POSITIVE_INFINITY };
const real = { writeSync: fs.writeSync, writeFileSync: fs.writeFileSync };
const check = () => {
  if (disk.isFull) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
beforeAll(() => {
  vi.spyOn(fs, 'writeSync').mockImplementation(((file: number, bytes: Uint8Array) => {
    check();
    const taken = bytes.subarray(0, disk.room);
    disk.room = Number.POSITIVE_INFINITY;
    return real.writeSync(file, taken);
  }) as typeof fs.writeSync);
  vi.spyOn(fs, 'writeFileSync').mockImplementation((...args) => {
    check();
    real.writeFileSync(...args);
  });
  // For those who have imported the functions by name.
  syncBuiltinESMExports();
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
const fakeEngine = useFakeEngine();
const task = (id: string) => ({
  id,
  executionId: 'e',
  topic: 'x',
  retries: null,
  policy: defaultRetryPolicy,
  crashes: 0,
});
afterEach(() => {
  disk.isFull = false;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a worker whose journal cannot be written', () => {
  it('says so once, goes on from memory, writes the journal anew when it can, and stops in good order', async () => {
    const { create, log, work } = fakeEngine();
    const worker = work(
      { x: async () => ({ kind: 'complete', variables: {} }) },
      { journalDir: folder, workerName: 'full' },
    );
    const end = (id: string) => {
      const made = create(id, 'x');
      return eventually('the end', async () => (made.state === 'completed' ? true : undefined), 2_000);
    };
    await end('before');

    disk.isFull = true;
    for (const id of ['a', 'b', 'c']) await end(id);
    expect(log.filter(({ event }) => event === 'worker_journal_failed')).toEqual([
      expect.objectContaining({
        level: 'error',
        error: 'ENOSPC: no space left on device, write',
        path: join(folder, 'full.journal'),
      }),
    ]);

    disk.isFull = false;
    await end('after');
    expect(log.map(({ event }) => event)).toContain('worker_journal_recovered');
    expect(readFileSync(join(folder, 'full.journal'), 'utf8')).toContain('"after"');
    disk.isFull = true;
    await worker.stop();
    expect(worker.state()).toBe('STOPPED');
  });
});

describe('a journal of which the disk takes a part only', () => {
  it('writes the rest', () => {
    const journal = openAttemptJournal(folder, 'short');
    disk.room = 20;
    journal.started(task('a'), 'w/1');
    journal.started(task('b'), 'w/1');
    journal.write();

    const lines = readFileSync(join(folder, 'short.journal'), 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { task: { id: string } }).task.id)).toEqual(['a', 'b']);
    journal.close();
  });
});
