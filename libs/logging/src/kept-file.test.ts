import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openKeptFile } from './kept-file.ts';
import { createLogger } from './logger.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'procos-kept-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file that is appended to', () => {
  it('holds what was written when it is ended', async () => {
    const file = openKeptFile(join(folder, 'log'));
    file.write('one\n');
    file.write('two\n');
    await file.end();

    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('ends nobody when it cannot be written, is told once, and goes on when it can', async () => {
    const path = join(folder, 'away', 'log');
    const [faults, recovered]: [string[], number[]] = [[], []];
    const file = openKeptFile(path, {
      onFault: ({ message }) => void faults.push(message),
      onRecovered: (lost) => void recovered.push(lost),
      retryMs: 20,
    });
    for (let index = 0; index < 5; index++) {
      file.write('lost\n');
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect(faults).toEqual([expect.stringContaining('ENOENT')]);

    mkdirSync(join(folder, 'away'));
    await vi.waitFor(() => {
      file.write('there\n');
      expect(recovered).toHaveLength(1);
    }, 5_000);
    await file.end();

    expect(recovered[0]).toBeGreaterThan(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^(there\n)+$/);
  });
});

// Every write to it finds no room. Source: full(4) of Linux.
describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  it('ends nobody who appends to a file: it is told once', async () => {
    const faults: string[] = [];
    const file = openKeptFile('/dev/full', { onFault: ({ message }) => void faults.push(message), retryMs: 10 });
    for (let index = 0; index < 10; index++) {
      file.write('line\n');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }

    expect(faults).toEqual([expect.stringContaining('ENOSPC')]);
    await file.end();
  });

  it('ends nobody who logs: standard error says which file is not written, and what to do', async () => {
    const said: string[] = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const logger = createLogger({ component: 'test', file: '/dev/full', stderr: false });
    try {
      await vi.waitFor(() => {
        logger.info('line');
        expect(said.join('')).toContain('"event":"log_file_not_written"');
      }, 5_000);
      expect(said.join('')).toMatch(/ENOSPC.*Free some disk space/);
      for (let index = 0; index < 5; index++) logger.info('line');
    } finally {
      await logger.close?.();
      spy.mockRestore();
    }
  });
});
