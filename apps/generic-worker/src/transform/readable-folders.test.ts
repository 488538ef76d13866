import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readableFolders } from './readable-folders.ts';

describe('what the process for works of models may read', () => {
  it('is its code, and nothing of the machine or of the files of the worker', () => {
    const folder = mkdtempSync(join(tmpdir(), 'procos-readable-'));
    writeFileSync(join(folder, 'kept.txt'), 'x');
    const asked = [
      join(folder, 'kept.txt'),
      '/etc/passwd',
      homedir(),
      join(process.cwd(), '.procos/files/a.txt'),
      import.meta.filename,
    ];
    const script = `console.log(JSON.stringify(process.argv.slice(1).map((path) => process.permission.has('fs.read', path))))`;

    const answer = execFileSync(
      process.execPath,
      ['--permission', ...readableFolders().map((path) => `--allow-fs-read=${path}`), '--eval', script, ...asked],
      { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });

    expect(JSON.parse(answer)).toEqual([false, false, false, false, true]);
  });
});
