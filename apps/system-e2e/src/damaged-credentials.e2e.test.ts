import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePortOffset, launchSystem, removeFolder, runCli } from './launched-system.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { missingService } from './system-mode.ts';

let dataDir: string;
let portOffset: number;
let models: ModelServer | undefined;
let answered: string | undefined;
const file = () => join(dataDir, 'credentials.json');
const launch = () => launchSystem({ dataDir, portOffset, env: models?.env ?? {} });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'procos-credentials-'));
  portOffset = await freePortOffset();
  if (missingService() !== undefined) return;
  models = await startModelServer();
  const system = await launch();
  answered = system.firstAnswer.instanceId;
  await system.stop();
}, 180_000);
afterAll(async () => {
  await models?.close();
  removeFolder(dataDir);
});

describe('credentials of the engine that were damaged', () => {
  const whole = () => JSON.stringify({ user: 'procos', password: 'x'.repeat(32) });
  it.each<[string, () => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['cut', () => Buffer.from(whole().slice(0, 30))],
    ['zeros', () => Buffer.alloc(64)],
    ['a list', () => Buffer.from('[]')],
    ['a number for a password', () => Buffer.from('{"user":"procos","password":7}')],
    ['no text at all', () => Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])(
    'are told in words, and left as they are: %s',
    async (_, content) => {
      writeFileSync(file(), content());

      const { code, stderr } = await runCli(['up', '--data-dir', dataDir, '--port-offset', String(portOffset)]);

      expect(code).toBe(1);
      expect(stderr).toContain(`The credentials of the engine in ${file()} cannot be used`);
      expect(stderr).toContain('PROCOS_CLI_CREDENTIALS');
      expect(stderr).not.toMatch(/^\s+at |node:internal/m);
      expect(readFileSync(file())).toEqual(content());
      expect(existsSync(join(dataDir, 'run.json'))).toBe(false);
    },
    60_000,
  );

  it('are told in words where they cannot be read', async () => {
    rmSync(file());
    mkdirSync(file());

    const { code, stderr } = await runCli(['up', '--data-dir', dataDir, '--port-offset', String(portOffset)]);

    expect([code, stderr]).toEqual([1, expect.stringContaining('PROCOS_CLI_CREDENTIALS')]);
    expect(stderr).not.toMatch(/^\s+at |node:internal/m);
    rmSync(file(), { recursive: true });
  }, 60_000);

  it('are made anew when they are deleted, as the remedy says, and nothing is lost', async (context) => {
    const missing = missingService();
    if (missing !== undefined) return context.skip(missing);
    rmSync(file(), { recursive: true, force: true });

    const system = await launch();
    try {
      expect(await system.engine.history.instance(answered ?? '')).toMatchObject({ state: 'COMPLETED' });
    } finally {
      await system.stop();
    }
  }, 180_000);
});
