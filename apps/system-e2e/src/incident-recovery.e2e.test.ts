import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchSystem, type LaunchedSystem, removeFolder } from './launched-system.ts';
import { processOf, taskOf } from './reported-failures/failure-row.ts';

let system: LaunchedSystem;
beforeAll(async () => {
  system = await launchSystem({ env: { PROCOS_INCIDENT_RECOVERY_DELAY: '0' } });
}, 180_000);
afterAll(async () => {
  await system.stop();
  removeFolder(system.dataDir);
}, 60_000);

/** Its task lacks the address: no repetition can help. */
const model = processOf('asks_nobody', [taskOf('ask', 'http_request')]);

const recoveries = (incidentId: string) =>
  system.engine.history.instances({
    processDefinitionKey: 'procos_error_recovery',
    processInstanceBusinessKey: `incident:${incidentId}`,
  });
const check = () => system.engine.runtime.startByKey('procos_health_monitoring', {});

it('an open incident reaches procos_error_recovery by itself, which names it; once, however often the health is checked', async () => {
  // given
  const folder = mkdtempSync(join(tmpdir(), 'procos-recovery-'));
  writeFileSync(join(folder, 'asks_nobody.bpmn'), model);
  expect(await system.cli('run', join(folder, 'asks_nobody.bpmn'))).toMatchObject({ code: 0 });
  removeFolder(folder);
  const incident = await vi.waitFor(
    async () => {
      const found = (await system.engine.runtime.incidents()).find(({ activityId }) => activityId === 'ask');
      expect(found).toBeDefined();
      return found?.id ?? '';
    },
    { timeout: 30_000, interval: 200 },
  );

  // when: the timer of the health monitoring, nobody else
  const recovery = await vi.waitFor(
    async () => {
      const [found] = await recoveries(incident);
      expect(found?.state).toBe('COMPLETED');
      return found?.id ?? '';
    },
    { timeout: 60_000, interval: 500 },
  );
  await Promise.all([check(), check()]);

  // then
  expect(await system.engine.history.variables(recovery)).toMatchObject({
    incident_id: incident,
    severity: 'escalate',
    error_summary: expect.stringContaining('ask') as string,
  });
  await vi.waitFor(
    async () =>
      expect(
        await system.engine.history.countMatching({
          processDefinitionKey: 'procos_health_monitoring',
          unfinished: true,
        }),
      ).toBe(0),
    { timeout: 30_000, interval: 200 },
  );
  expect(await recoveries(incident)).toHaveLength(1);
  expect((await system.engine.runtime.incidents({ incidentId: incident })).length).toBe(1);
}, 180_000);
