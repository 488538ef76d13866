import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { procosVersion } from './procos-version.ts';

describe('the version of ProcOS', () => {
  it('is that of package.json', () => {
    const path = resolve(import.meta.dirname, '../../../package.json');

    expect(procosVersion).toBe((JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version);
  });
});
