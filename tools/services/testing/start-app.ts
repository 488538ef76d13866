import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface StartedApp {
  readonly url: string;
  /** As Ctrl-C does: what it has to send is sent first. */
  stop(): Promise<void>;
}

/** An app of ProcOS as a process of its own, on the port that its settings name. It needs no engine to listen. */
export async function startApp(app: string, env: Readonly<Record<string, string>>): Promise<StartedApp> {
  const main = fileURLToPath(new URL(`../../../apps/${app}/src/main.ts`, import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), `procos-${app}-`));
  const settings = { CAMUNDA_URL: 'http://127.0.0.1:9/engine-rest', WORKER_JOURNAL_DIR: folder, ...env };
  const child = spawn(process.execPath, ['--conditions=@procos/source', main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const listening = () => /"event":"service_listening".*"url":"([^"]+)"/.exec(said)?.[1];
  for (let waited = 0; listening() === undefined && waited < 20_000; waited += 50) await delay(50);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = listening();
  if (url !== undefined) return { url, stop };
  await stop();
  throw new Error(`${app} does not listen: ${said}`);
}
