import { afterAll, afterEach, beforeAll } from 'vitest';
import { complaints, launchSystem, type LaunchedSystem, removeFolder } from './launched-system.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { missingService } from './system-mode.ts';

export interface SystemUnderTest {
  system(): LaunchedSystem;
  models(): ModelServer;
}

/**
 * One system for all tests of a file, asking a local model server; what it complained about is shown when a test fails. Where
 * a service that it needs cannot be had, there is none, and they are skipped.
 */
export function useSystem(): SystemUnderTest {
  let models: ModelServer | undefined;
  let system: LaunchedSystem | undefined;
  beforeAll(async () => {
    if (missingService() !== undefined) return;
    models = await startModelServer();
    system = await launchSystem({ env: models.env });
  }, 180_000);
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`${complaints(system)}\n`);
  });
  afterAll(async () => {
    await system?.stop();
    await models?.close();
    if (system !== undefined) removeFolder(system.dataDir);
  }, 60_000);
  const started = <Part>(part: Part | undefined): Part => {
    if (part === undefined) throw new Error('The system is started before the tests, not while they are collected');
    return part;
  };
  return { system: () => started(system), models: () => started(models) };
}
