import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchSystem, type LaunchedSystem, removeFolder } from '../launched-system.ts';
import { missingService } from '../system-mode.ts';
import { engineFailures, engineModels } from './engine-failures.ts';
import type { FailureRow } from './failure-row.ts';
import { deploy, expectReported, provoke, type Surfaces, withIncidents } from './surfaces.ts';
import { type TroubledServices, startTroubledServices } from './troubled-services.ts';
import { waitingFailures, waitingModels } from './waiting-failures.ts';
import { workerFailures, workerModels } from './worker-failures.ts';

/** How many commands run side by side: each is a process of its own. */
const sideBySide = 6;

let system: LaunchedSystem;
let services: TroubledServices;
const reported = new Map<string, Surfaces>();
/** The web server has its port only later: names and count are the same. */
const names = [...engineFailures, ...waitingFailures, ...workerFailures({ web: '' })].map(({ what }) => what);
let rows: readonly FailureRow[] = [];

beforeAll(async () => {
  if (missingService() !== undefined) return;
  services = await startTroubledServices();
  // The rows tell failures as they stand: no recovery may try them again meanwhile.
  system = await launchSystem({ env: { ...services.env, PROCOS_INCIDENT_RECOVERY_DELAY: '3600000' } });
  rows = [...engineFailures, ...waitingFailures, ...workerFailures(services)];
  await deploy(system, { ...engineModels, ...waitingModels, ...workerModels });
  const waiting = rows.entries();
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const [index, row] of waiting) reported.set(row.what, await provoke(system, row, `row-${index}`));
    }),
  );
  const { stdout } = await system.cli('incidents', '--limit', '0');
  for (const [what, surfaces] of reported) reported.set(what, withIncidents(surfaces, stdout));
}, 600_000);
afterAll(async () => {
  if (missingService() !== undefined) return;
  await system.stop();
  await services[Symbol.asyncDispose]();
  removeFolder(system.dataDir);
}, 60_000);

it('is about at least sixty failures, each of its own', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

describe.each(names)('%s', (what) => {
  it('is told by the command, the instance, the list and the API: what, where, why, what to do, under which code', () => {
    const [row, surfaces] = [rows.find((one) => one.what === what), reported.get(what)];
    if (row === undefined || surfaces === undefined) throw new Error(`${what} was not provoked`);
    expectReported(row, surfaces);
  });
});
