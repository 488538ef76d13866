import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixProcessModel } from './fix-process-model.ts';
import { lintProcessModel } from './lint-process-model.ts';

const tour = readFileSync(
  new URL('../../../processes/system/ai_query_process/ai_query_process.bpmn', import.meta.url),
  'utf8',
);
/** Every id of the process in the tour of the README; those of the diagram too. */
const ids = Array.from(tour.matchAll(/ id="([^"]+)"/g), ([, id]) => id ?? '');

/** Ids that only the form knows: nothing says what they were. */
const formIds = ['user_query', 'ai_provider', 'auto', 'ollama', 'openai', 'offline', 'max_tokens'];

describe('an element whose id was deleted', () => {
  it.each(ids)('is named first when "%s" is gone, and alone, or nothing is wrong', async (id) => {
    const broken = tour.replace(` id="${id}"`, '');
    const findings = await lintProcessModel(broken);
    const errors = findings.filter(({ severity }) => severity === 'error');

    expect(errors.length).toBeLessThanOrEqual(1);
    if (errors.length === 0) return;
    if (formIds.includes(id)) return void expect(errors[0]?.message).toMatch(/ has no id$/);
    expect(errors[0]).toMatchObject({
      rule: 'unique-ids',
      elementId: id,
      fixable: true,
      message: expect.stringContaining(`has no id, and other places of the file name it "${id}"`) as string,
    });
    expect((await fixProcessModel(broken)).xml).toContain(` id="${id}"`);
  });
});
