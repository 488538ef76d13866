import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createInMemoryLeadership } from './in-memory-leadership.ts';
import { describeLeadership } from './testing/leadership-contract.ts';

describeLeadership('memory', (name) => createInMemoryLeadership({ name }));

it('a leadership with a file finds after a restart what was written last', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leadership-'));
  const file = join(folder, 'state', 'cursor.json');
  const before = await createInMemoryLeadership({ name: 'first-run', file }).lead(AbortSignal.timeout(1_000));
  expect(await before.read()).toBeUndefined();
  await before.write('1');
  await before.write('2');

  const after = await createInMemoryLeadership({ name: 'second-run', file }).lead(AbortSignal.timeout(1_000));

  expect(await after.read()).toBe('2');
  expect(await readdir(join(folder, 'state'))).toEqual(['cursor.json']);
  await rm(folder, { recursive: true });
});
