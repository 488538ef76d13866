import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { complaints, isRunning, launchSystem, type LaunchedSystem, runCli } from './launched-system.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { ask, ended } from './requests.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { isDistributed } from './system-mode.ts';

let disk: SmallDisk | string;
let models: ModelServer | undefined;
let system: LaunchedSystem | undefined;
beforeAll(async () => {
  disk = isDistributed ? 'the database of a distributed system lies elsewhere' : await mountSmallDisk(40);
  if (typeof disk === 'string') return;
  models = await startModelServer();
  system = await launchSystem({ dataDir: join(disk.folder, 'data'), env: models.env });
}, 180_000);
afterAll(async () => {
  if (typeof disk !== 'string') disk.free();
  await system?.stop();
  await models?.close();
  if (typeof disk !== 'string') await disk[Symbol.asyncDispose]();
}, 90_000);

const status = async ({ url }: LaunchedSystem) =>
  (await (await fetch(`${url}/v1/status`)).json()) as { state: string; problems: { what: string }[] };
const request = ({ url }: LaunchedSystem) =>
  fetch(`${url}/v1/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ process: 'ai_query_process', variables: { user_query: 'x' } }),
  });

it('a full disk is told, keeps out new work, ends nothing, and once there is room the system goes on', async (context) => {
  if (typeof disk === 'string') return context.skip(disk);
  if (system === undefined) throw new Error('The system is started before the tests');
  const up = system;
  const full = `The disk of ${up.dataDir} is full`;
  try {
    disk.fill();

    await vi.waitFor(
      async () =>
        expect((await status(up)).problems.map(({ what }) => what)).toContainEqual(expect.stringContaining(full)),
      { timeout: 15_000, interval: 200 },
    );
    const refused = await request(up);
    expect([refused.status, await refused.json()]).toMatchObject([
      507,
      { error: { code: 'PROCOS_GATEWAY_DISK_FULL' } },
    ]);
    expect((await up.cli('status')).stdout).toContain(full);
    // Logs, history and snapshots go on for a while.
    await delay(12_000);
    expect(isRunning(up.pid)).toBe(true);
    expect((await request(up)).status).toBe(507);

    disk.free();

    const requestId = await vi.waitFor(() => ask(up, { user_query: 'Is there room?' }), {
      timeout: 90_000,
      interval: 500,
    });
    expect(await ended(up, requestId)).toMatchObject({ ok: true, state: 'COMPLETED' });
    await vi.waitFor(async () => expect(await status(up)).toMatchObject({ state: 'RUNNING', problems: [] }), {
      timeout: 60_000,
      interval: 500,
    });
    expect(readdirSync(up.dataDir).filter((name) => /\.tmp$|^\.room|^\.writable/.test(name))).toEqual([]);
  } catch (thrown) {
    process.stderr.write(`${complaints(up)}\n`);
    throw thrown;
  }
}, 240_000);

it.for([
  ['has no room at all', 40],
  ['has room for some files, and for no database', 38],
] as const)(
  'a start on a disk that %s says so, and leaves no temporary file behind',
  { timeout: 120_000 },
  async ([, megabytes], { skip }) => {
    if (isDistributed) return skip('the database of a distributed system lies elsewhere');
    const small = await mountSmallDisk(40);
    if (typeof small === 'string') return skip(small);
    await using full = small;
    const dataDir = join(full.folder, 'data');
    if (megabytes === 40) full.fill();
    else writeFileSync(join(full.folder, 'other'), Buffer.alloc(megabytes * 1_048_576, 1));

    const { code, stdout } = await runCli(['up', '--exit', '--json', '--data-dir', dataDir]);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: {
        code: 'PROCOS_CLI_DISK_FULL',
        message: expect.stringMatching(`the disk of ${dataDir} is full, [0-2]\\.\\d MiB left`) as string,
        remedy: expect.stringContaining('Free some room there') as string,
      },
    });
    const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.tmp$|\.room|\.writable|run\.json|up\.lock/.test(name))).toEqual([]);
  },
);
