import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeScratchCopy, type ScratchCopy } from './scratch-copy.ts';

let copy: ScratchCopy;
const read = (path: string) => readFileSync(join(copy.folder, path), 'utf8');
const generate = (kind: string, ...args: readonly string[]) => copy.run('nx', 'g', `@procos/tools:${kind}`, ...args, '--no-interactive');

// One story: what one step makes, the next one needs.
describe('the generators', () => {
  beforeAll(async () => {
    copy = makeScratchCopy();
    await generate('service', 'order-desk', '--purpose', 'Takes orders.');
    copy.link('order-desk', 'apps/order-desk');
    await generate('adapter', 'crm', '--purpose', "Asks for customers' names.");
    copy.link('crm-adapter', 'apps/crm-adapter');
    await generate('task', 'count-words');
    await generate('task', 'count_letters', '--worker', 'ai-worker');
    await generate('process', 'order_approval');
  }, 120_000);
  afterAll(() => copy.remove());

  it('enter what they make where it must be listed', () => {
    expect(read('libs/contracts/src/system.ts')).toMatch(/'order-desk': \d+,\n {2}'crm-adapter': \d+,\n\} as const;/);
    expect(read('AGENTS.md')).toContain('| `apps/order-desk` | Takes orders. |');
    expect(read('AGENTS.md')).toContain("| `apps/crm-adapter` | Asks for customers' names. |");
    expect(read('apps/crm-adapter/README.md')).toContain("\nAsks for customers' names.\n");
    expect(read('libs/contracts/src/tasks/index.ts')).toMatch(/import \{ countWords \} from '\.\/count-words\.ts';[\s\S]+\n {2}countWords,\n/);
    expect(read('libs/contracts/src/index.ts')).toMatch(/export \{[^}]* countWords,[^}]*\} from '\.\/tasks\/index\.ts';/);
    expect(read('apps/generic-worker/src/tasks/index.ts')).toContain('    countWordsTask(),\n  ];');
    expect(read('apps/ai-worker/src/tasks/index.ts')).toContain('    countLettersTask(),\n  ];');
  });

  it('make sources that compile, that lint has nothing against, and whose tests pass', async () => {
    await copy.run('nx', 'sync');
    const tests = ['apps/order-desk/src', 'apps/crm-adapter/src', 'apps/generic-worker/src/tasks/count-words', 'apps/ai-worker/src/tasks/count-letters', 'processes/models.test.ts'];
    const files = [
      ...['contracts/src/tasks/index.ts', 'contracts/src/index.ts', 'contracts/src/system.ts'].map((file) => `libs/${file}`),
      ...['app.ts', 'app.test.ts', 'config.ts', 'errors.ts', 'index.ts', 'main.ts', 'routes/greeting.ts'].map((file) => `apps/order-desk/src/${file}`),
      ...['app.ts', 'app.test.ts', 'check-health.ts', 'config.ts', 'index.ts', 'main.ts', 'methods/send-message.ts'].map((file) => `apps/crm-adapter/src/${file}`),
      ...['generic-worker/src/tasks/count-words', 'ai-worker/src/tasks/count-letters'].flatMap((file) => [`apps/${file}.ts`, `apps/${file}.test.ts`]),
      'processes/examples/order_approval/order_approval.engine.test.ts',
    ];
    copy.narrowLint(files);
    await Promise.all([copy.run('tsc', '-b', 'apps/order-desk', 'apps/crm-adapter'), copy.run('eslint', '--max-warnings=0', ...files)]);
    await copy.run('vitest', 'run', ...tests, '-t', 'order-desk|crm-adapter|count_|order_approval', '--reporter=json', '--outputFile=result.json');

    const { testResults } = JSON.parse(read('result.json')) as { testResults: { assertionResults: { title: string; status: string }[] }[] };
    const ran = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status !== 'skipped');
    expect(new Set(ran.map(({ status }) => status))).toEqual(new Set(['passed']));
    expect(ran.filter(({ title }) => title === 'greets by name')).toHaveLength(1);
    expect(ran.filter(({ title }) => title === 'sends a message, with its token')).toHaveLength(1);
    expect(ran.filter(({ title }) => title === 'refuses a text that is none')).toHaveLength(2);
    expect(ran.filter(({ title }) => title.startsWith('passes the lint without an error'))).toHaveLength(1);
  }, 240_000);

  it('refuse what is there already', async () => {
    await expect(generate('service', 'order-desk')).rejects.toThrow('apps/order-desk is there already');
    await expect(generate('adapter', 'crm-adapter')).rejects.toThrow('apps/crm-adapter is there already');
    await expect(generate('task', 'http_request')).rejects.toThrow('The topic http_request is there already');
  }, 60_000);
});
