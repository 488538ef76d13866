import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(import.meta.dirname, file), 'utf8') }));

describe('the microkernel stays small', () => {
  it('has fewer than 500 lines of code (blank lines and comments apart)', () => {
    const isCode = (line: string) => !/^\s*(\/\/|\/?\*|$)/.test(line);

    const lines = sources.flatMap(({ text }) => text.split('\n').filter(isCode));

    expect(lines.length).toBeLessThan(500);
  });

  it('imports no worker, adapter or AI code', () => {
    const imports = sources.flatMap(({ text }) =>
      [...text.matchAll(/(?:from|import) ?\(?'([^']+)'/g)].map(([, name]) => name ?? ''),
    );

    expect(imports.filter((name) => /worker|adapter|openai|ollama|\bai\b/i.test(name))).toEqual([]);
    expect(new Set(imports.filter((name) => name.startsWith('@procos/')))).toEqual(
      new Set([
        '@procos/config',
        '@procos/contracts',
        '@procos/engine-client',
        '@procos/engine-process',
        '@procos/errors',
        '@procos/event-bus',
        '@procos/logging',
        '@procos/service-kit',
        '@procos/telemetry',
      ]),
    );
  });
});
