import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineApiFile, engineApiVersion, operationIds } from './engine-api.ts';

const root = resolve(import.meta.dirname, '../..');
const types = readFileSync(join(root, engineApiFile), 'utf8');

describe('the types of the engine', () => {
  it('are of the version that is built: otherwise run node_modules/.bin/node tools/engine/write-engine-types.ts', () => {
    expect(types).toContain(`camunda-engine-rest-openapi:${engineApiVersion(root)}\n`);
  });

  it.each(operationIds)('hold the query of %s', (id) => {
    expect(types).toMatch(new RegExp(`^    (?:readonly )?${id}: \\{$`, 'm'));
  });
});
