import { describe, expect, it } from 'vitest';
import { isProcessModelError, processModelErrors } from './errors.ts';

describe('the errors of this library', () => {
  it('are recognised by their code', () => {
    expect(isProcessModelError(processModelErrors.PROCOS_MODEL_XINCLUDE({ line: 3 }))).toBe(true);
    expect(isProcessModelError(Object.assign(new Error('x'), { code: 'PROCOS_OTHER', remedy: 'y' }))).toBe(false);
    expect(isProcessModelError('PROCOS_MODEL_XINCLUDE')).toBe(false);
  });

  it.each(Object.entries(processModelErrors.entries))(
    '%s says when it is thrown and what to do',
    (code, { when, remedy, status }) => {
      expect(code).toMatch(/^PROCOS_MODEL_[A-Z_]+$/);
      expect(when).toMatch(/\.$/);
      expect(remedy).toMatch(/\.$/);
      expect([413, 422]).toContain(status);
    },
  );
});
