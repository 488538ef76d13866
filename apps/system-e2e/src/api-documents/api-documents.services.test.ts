import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFull, sampleSeed } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout, launchSystem, type LaunchedSystem, removeFolder } from '../launched-system.ts';
import { missingService } from '../system-mode.ts';
import { schemathesis, type TryService } from './schemathesis.ts';

// The command line is no service.
const apps = readdirSync(join(checkout, 'apps')).filter(
  (app) => app !== 'cli' && existsSync(join(checkout, 'apps', app, 'src/main.ts')),
);
/** A number that Schemathesis takes, the same for the same sample. */
const seed = sampleSeed % 2 ** 31;

const folder = mkdtempSync(join(tmpdir(), 'procos-schemathesis-'));
let system: LaunchedSystem | undefined;
let tries: TryService | { readonly missing: string } = { missing: 'not asked for' };
const addresses = new Map<string, string>();

beforeAll(async () => {
  if (missingService() !== undefined) return;
  tries = await schemathesis(folder);
  if ('missing' in tries) return;
  // The adapters come up where they are set up; nothing listens on port 9.
  const env = { SMTP_HOST: '127.0.0.1', SMTP_PORT: '9', SLACK_BOT_TOKEN: 'xoxb-test' };
  system = await launchSystem({ env });
  const { services } = (await (await fetch(`${system.url}/v1/status`)).json()) as {
    readonly services: readonly { readonly name: string; readonly url: string }[];
  };
  for (const { name, url } of services) addresses.set(name, url);
}, 600_000);
afterAll(async () => {
  await system?.stop();
  if (system !== undefined) removeFolder(system.dataDir);
  removeFolder(folder);
}, 60_000);

describe(`the API of every service is what its document says (seed ${seed})`, {
  timeout: isFull ? 1_200_000 : 300_000,
}, () => {
  it.for(apps)('%s', async (app, { skip }) => {
    if ('missing' in tries) return skip(tries.missing);
    const url = addresses.get(app);
    expect(url, `${app} is not among ${[...addresses.keys()].join(', ')}`).toBeDefined();

    const { ok, report } = await tries(url ?? '', { seed, examples: isFull ? 150 : 10 });

    process.stdout.write(`  ${app}: ${/\d+ generated.*/.exec(report)?.[0] ?? 'nothing generated'}\n`);
    expect(ok, report.slice(-8_000)).toBe(true);
    expect(report).toMatch(/[1-9]\d* generated/);
  });
});
