import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');

describe('the kernel as a process of its own', () => {
  it('writes to its log file what FILE_LOG_LEVEL asks for, and to standard error what LOG_LEVEL asks for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'procos-kernel-'));
    try {
      writeFileSync(join(folder, 'a.bpmn'), '<x/>');
      const file = join(folder, 'kernel.log');
      // No engine comes: the boot is given up after one look.
      const env = {
        CAMUNDA_BASE_URL: 'http://127.0.0.1:9',
        CAMUNDA_READY_MAX_ATTEMPTS: '1',
        PROCESS_DEPLOYMENT_PATH: folder,
        KERNEL_READINESS_FILE: join(folder, 'ready'),
        PROCOS_KERNEL_PORT: '0',
      };

      const run = promisify(execFile)(process.execPath, ['--conditions=@procos/source', main], {
        cwd: folder,
        env: { ...env, PROCOS_KERNEL_LOG_FILE: file, LOG_LEVEL: 'error', FILE_LOG_LEVEL: 'info' },
      });

      await expect(run).rejects.toMatchObject({
        code: 1,
        stderr: expect.not.stringContaining('"level":"info"') as string,
      });
      expect(readFileSync(file, 'utf8')).toMatch(
        /"level":"info","event":"kernel_starting"[\s\S]*"level":"error","event":"kernel_bootstrap_failed"[\s\S]*"event":"kernel_stopped"/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
