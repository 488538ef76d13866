import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startFakeGateway } from './testing/fake-gateway.ts';

const launcher = fileURLToPath(new URL('../bin/procos.mjs', import.meta.url));

describe('bin/procos.mjs', () => {
  it('starts the CLI and hands on what it writes', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [launcher, '--version']);

    expect({ stdout, stderr }).toEqual({ stdout: '0.1.0\n', stderr: '' });
  });

  it('starts Node with little space for new objects, and keeps compiled sources where its user says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'procos-launcher-'));
    const seen = "process.on('exit', () => process.stderr.write(process.execArgv.join(' ')))";
    try {
      const { stderr } = await promisify(execFile)(process.execPath, [launcher, '--version'], {
        env: {
          ...process.env,
          NODE_COMPILE_CACHE: folder,
          NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(seen)}`,
        },
      });

      expect(stderr).toContain('--max-semi-space-size=2');
      expect(readdirSync(folder)).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('hands on the exit code', async () => {
    await expect(promisify(execFile)(process.execPath, [launcher, 'stauts'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean status?') as string,
    });
  });

  it('hands on Ctrl-C: the wait ends with 130, the request does not', async () => {
    let asked = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (asked = resolve));
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => ({ requestId: 'request-1', state: 'RUNNING' }),
      'GET /v1/requests/:id': () => {
        asked();
        return new Promise(() => undefined);
      },
    });

    const child = spawn(process.execPath, [launcher, 'run', 'slow', '--wait', '--url', gateway.url], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const stderr = text(child.stderr);
    await waiting;
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];

    expect(code).toBe(130);
    expect(await stderr).toContain('Interrupted; request request-1 runs on');
  });
});
