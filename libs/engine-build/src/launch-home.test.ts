import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineStartError, launchHome } from './launch-home.mjs';

/** What stands in for the engine: a Node script that is started as an engine is. */
const ENGINE = `
const http = require('node:http');
const { PROCOS_ENGINE_USER: user, PROCOS_ENGINE_PASSWORD: password, SERVER_PORT: port } = process.env;
const expected = 'Basic ' + Buffer.from(user + ':' + password).toString('base64');
let asked = 0;
const server = http.createServer((request, response) => {
  asked += 1;
  response.statusCode = asked < 3 ? 503 : request.headers.authorization === expected ? 200 : 401;
  response.end('[]');
});
server.listen(Number(port), '127.0.0.1', () => console.log('engine ready: test 1 at http://127.0.0.1:' + server.address().port + '/engine-rest after 1 ms'));
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGTERM', () => process.exit(7));
`;

describe('launchHome', () => {
  let folder: string;
  const home = (script: string, ...args: string[]) => {
    writeFileSync(join(folder, 'engine.cjs'), script);
    return { home: folder, java: process.execPath, args: ['engine.cjs', ...args] };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-launch-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('resolves when the engine answers its account, and stops it with SIGTERM', async () => {
    const engine = await launchHome(home(ENGINE), { user: 'ada' });
    expect(engine).toMatchObject({ baseUrl: `http://127.0.0.1:${engine.port}/engine-rest`, user: 'ada' });
    expect(engine.password).toMatch(/^[\w-]{32}$/);
    expect((await fetch(`${engine.baseUrl}/deployment`, { headers: engine.headers })).status).toBe(200);
    expect(await engine.stop()).toEqual({ code: 7, signal: null });
    expect(await engine.exited).toEqual({ code: 7, signal: null });
  });

  it('passes secrets by the environment, never as arguments', async () => {
    const lines: string[] = [];
    const engine = await launchHome(home(`console.log(JSON.stringify(process.argv.slice(2)));${ENGINE}`, 'x'), {
      password: 'se cret',
      onLog: (line) => lines.push(line),
    });
    expect((await fetch(`${engine.baseUrl}/deployment`, { headers: engine.headers })).status).toBe(200);
    await engine.kill();
    expect(lines[0]).toBe('["x"]');
    expect(await engine.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('tells why an engine ended early, by its last lines', async () => {
    const failing = launchHome(home("console.log('one'); console.error('the cause'); process.exitCode = 3;"));
    await expect(failing).rejects.toThrow(EngineStartError);
    await expect(failing).rejects.toThrow(
      /ended while it was starting \(exit code 3\)\.\nIts last lines:\n {2}[\s\S]*the cause/,
    );
  });

  it('gives up on an engine that does not answer, and leaves nothing running', async () => {
    const lines: string[] = [];
    const silent = launchHome(home('console.log(process.pid); setInterval(() => {}, 1000);'), {
      startTimeoutMs: 1_500,
      onLog: (line) => lines.push(line),
    });
    await expect(silent).rejects.toThrow('The engine did not answer within 1500 ms.');
    expect(() => process.kill(Number(lines[0]), 0)).toThrow('ESRCH');
  });

  it('tells that Java cannot be started', async () => {
    await expect(launchHome({ home: folder, java: join(folder, 'no-java'), args: [] })).rejects.toThrow(
      /could not be started: spawn .*no-java ENOENT/,
    );
  });
});
