import { describe, expect, it } from 'vitest';
import { inputParameter, taskModel } from '../fixtures/model-builder.ts';
import { lintProcessModel } from '../lint-process-model.ts';
import { closeAttributeSpacing } from './attribute-spacing.ts';

describe('white space around the equals sign of an attribute', () => {
  it.each([
    ['<a b ="1"/>', '<a b="1" />'],
    ['<a b = \'1\' c="x = y"/>', '<a b=\'1\'   c="x = y"/>'],
    ['<a b=\n"1">c = "2"</a>', '<a b="1"\n>c = "2"</a>'],
    ['<!-- <a b = "1"/> --><a b="1 = \'2\'"/>', '<!-- <a b = "1"/> --><a b="1 = \'2\'"/>'],
  ])('%j is read as %j', (xml, expected) => {
    expect(closeAttributeSpacing(xml)).toBe(expected);
    expect(expected).toHaveLength(xml.length);
  });

  it('is no fault of a model', async () => {
    const xml = taskModel({ extensions: inputParameter('7').replace('name="value"', 'name = "value"') });

    expect((await lintProcessModel(xml)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('takes no longer for a text that is long and broken', () => {
    const startedAt = performance.now();
    closeAttributeSpacing(`<a b = "1"/>${'<a b="'.repeat(50_000)}`);
    closeAttributeSpacing(`<a b = "1"/><a ${'b '.repeat(50_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
