import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout, freePortOffset, removeFolder, runCli } from './launched-system.ts';
import { leftBehind } from './left-behind.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-failure-'));
});
afterEach(() => removeFolder(folder));

it('a process that knows a folder by its environment alone is seen', async () => {
  const child = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], PROCOS_FILE_ROOT: folder } });
  try {
    await once(child, 'spawn');
    expect(leftBehind(folder)).toBe(`${child.pid} sleep 60 `);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  expect(leftBehind(folder)).toBe('');
});

function occupy(port: number): Promise<Server> {
  return new Promise((done) => {
    const server = createServer((_request, response) => response.writeHead(404).end('something else'));
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

describe('a boot that cannot succeed says why, what to do, and leaves nothing behind', () => {
  it.each([
    ['gateway', 8088, 'PROCOS_HTTP_PORT_BUSY'],
    ['engine', 8080, 'PROCOS_KERNEL_ENGINE_FOREIGN'],
  ])(
    'when the port of the %s is occupied',
    async (_, base, code) => {
      const offset = await freePortOffset();
      const other = await occupy(base + offset);

      const result = await runCli([
        'up',
        '--exit',
        '--json',
        '--data-dir',
        join(folder, 'data'),
        '--port-offset',
        String(offset),
      ]);

      other.close();
      expect(result.code).toBe(1);
      expect(JSON.parse(result.stdout)).toMatchObject({
        ok: false,
        error: { code, remedy: expect.stringContaining('--port-offset') as string },
      });
      expect(leftBehind(folder)).toBe('');
    },
    60_000,
  );

  it('when the data folder cannot be written', async () => {
    writeFileSync(join(folder, 'a-file'), '');

    const result = await runCli(['up', '--exit', '--json', '--data-dir', join(folder, 'a-file/data')]);

    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({
      ok: false,
      error: { code: 'PROCOS_CLI_DATA_FOLDER', remedy: expect.stringContaining('--data-dir') as string },
    });
    expect(leftBehind(folder)).toBe('');
  });

  it('when Java is missing', async () => {
    const start = spawnSync(
      process.execPath,
      [join(checkout, 'tools/start.mjs'), '--exit', '--data-dir', join(folder, 'data')],
      {
        encoding: 'utf8',
        env: { PATH: folder, HOME: folder, PROCOS_CACHE_DIR: folder },
      },
    );

    expect(start.status).not.toBe(0);
    expect(start.stderr).toMatch(/openjdk-17/);
    expect(start.stdout).toBe('');
    expect(leftBehind(folder)).toBe('');
  });

  it('when a root process is broken', async () => {
    writeFileSync(join(folder, 'broken.bpmn'), '<definitions/>');
    const offset = await freePortOffset();

    const result = await runCli(
      ['up', '--exit', '--json', '--data-dir', join(folder, 'data'), '--port-offset', String(offset)],
      { PROCESS_DEPLOYMENT_PATH: folder },
    );

    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({
      ok: false,
      error: { code: 'PROCOS_KERNEL_DEPLOYMENT', remedy: expect.stringContaining('broken.bpmn') as string },
    });
    expect(leftBehind(folder)).toBe('');
  }, 120_000);

  it('when the key of the AI provider is wrong: the question fails, the system still stops in good order', async () => {
    const provider = createServer((_request, response) => {
      const error = {
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      };
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    });
    await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
    const { port } = provider.address() as AddressInfo;
    const env = {
      OPENAI_API_KEY: 'wrong-key-0123456789',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OLLAMA_URL: 'http://127.0.0.1:9',
    };
    const offset = await freePortOffset();

    const result = await runCli(
      ['up', '--exit', '--data-dir', join(folder, 'data'), '--port-offset', String(offset)],
      env,
    );

    provider.close();
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/Failed +OpenAI API request failed/);
    expect(result.stdout).toMatch(/Next +.*Then: npx procos retry --data-dir \S+ [0-9a-f-]{36}/);
    expect(`${result.stdout}${result.stderr}`).not.toContain('wrong-key-0123456789');
    expect(leftBehind(folder)).toBe('');
  }, 120_000);
});
