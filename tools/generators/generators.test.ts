import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator } from '@nx/devkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from './adapter.ts';
import { startFakeConsul } from './fake-consul.ts';
import { makeScratchCopy, type ScratchCopy } from './scratch-copy.ts';
import { task } from './task.ts';

let copy: ScratchCopy;
let nextSteps: string;
const read = (path: string) => readFileSync(join(copy.folder, path), 'utf8');
const generate = (kind: string, ...args: readonly string[]) =>
  copy.run('nx', 'g', `@procos/tools:${kind}`, ...args, '--no-interactive');
/** As `generate` does it, without a start of Nx, which takes longer than what it starts. */
const make = <Options>(generator: Generator<Options>, options: Options) =>
  copy.generate((tree) => generator(tree, options));

// One story: what one step makes, the next one needs.
describe('the generators', () => {
  beforeAll(async () => {
    copy = makeScratchCopy();
    await generate('service', 'order-desk', '--purpose', 'Takes orders.');
    copy.link('order-desk', 'apps/order-desk');
    await make(adapter, { name: 'crm', purpose: "Asks for customers' names." });
    copy.link('crm-adapter', 'apps/crm-adapter');
    await generate('task', 'count-words');
    await make(task, { name: 'count_letters', worker: 'ai-worker' });
    nextSteps = await generate('process', 'order_approval');
    // As the generators ask for it.
    await copy.run('node', '--conditions=@procos/source', 'tools/generate/main.ts');
  }, 120_000);
  afterAll(() => copy.remove());

  it('enter what they make where it must be listed', () => {
    const portOf = (app: string) => Number(/\bport: (\d+) \}/.exec(read(`apps/${app}/src/config.ts`))?.[1]);
    expect(portOf('crm-adapter')).toBe(portOf('order-desk') + 1);
    expect(read('apps/cli/src/system/declared-apps.ts')).toContain(
      `port: ${portOf('crm-adapter')},\n    runs: { whenSet: 'PROCOS_CRM_ADAPTER_TOKEN' },`,
    );
    // Nothing starts it but a person or the compose file.
    expect(read('apps/cli/src/system/declared-apps.ts')).not.toContain('order-desk');
    expect(read('AGENTS.md')).toContain('| `apps/order-desk` | Takes orders. |');
    expect(read('AGENTS.md')).toContain("| `apps/crm-adapter` | Asks for customers' names. |");
    expect(read('apps/crm-adapter/README.md')).toContain("\nAsks for customers' names.\n");
    expect(read('libs/contracts/src/tasks/index.ts')).toMatch(
      /import \{ countWords \} from '\.\/count-words\.ts';[\s\S]+\n {2}countWords,\n/,
    );
    expect(read('libs/contracts/src/index.ts')).toMatch(
      /export \{[^}]* countWords,[^}]*\} from '\.\/tasks\/index\.ts';/,
    );
    expect(read('apps/generic-worker/src/tasks/index.ts')).toContain('    countWordsTask(),\n  ];');
    expect(read('apps/ai-worker/src/tasks/index.ts')).toContain('    countLettersTask(),\n  ];');
  });

  it('make apps that announce themselves in the directory under their names', async () => {
    await using consul = await startFakeConsul();
    for (const [app, env] of [
      ['crm-adapter', { PROCOS_CRM_ADAPTER_TOKEN: 'x' }],
      ['order-desk', {}],
    ] as const) {
      const main = copy.start('node', ['--conditions=@procos/source', `apps/${app}/src/main.ts`], {
        CONSUL_URL: consul.url,
        [`PROCOS_${app.replace('-', '_').toUpperCase()}_PORT`]: '0',
        ...env,
      });

      const record = await consul.registration(app);

      expect(record).toMatchObject({ Name: app, Address: '127.0.0.1' });
      expect(await main.stop('SIGTERM')).toMatchObject({ code: 0 });
    }
  }, 60_000);

  it('make adapters that `procos up` starts once their token is set, and whose settings it knows', async () => {
    const script = `
      import { openThread } from './apps/cli/src/embedded/open-thread.ts';
      import { appsToRun } from './apps/cli/src/system/app-names.ts';
      import { refuseUnknownSettings } from './apps/cli/src/system/known-settings.ts';
      const env = { PROCOS_CRM_ADAPTER_TOKEN: 'x', PROCOS_CRM_ADAPTER_PORT: '0' };
      await refuseUnknownSettings(env);
      const app = appsToRun(env).at(-1);
      const thread = openThread({ app, env, services: [], busName: 'b', busFile: 'queues.db', logFile: 'crm.log', logToStderr: false, logLevel: 'info' });
      thread.onReport((report) => {
        if (report.kind === 'loaded') thread.send({ kind: 'start' });
        else if (report.kind !== 'started') console.log(app, report.error ?? appsToRun({}).includes(app));
        else thread.send({ kind: 'stop' });
      });`;

    writeFileSync(join(copy.folder, 'start-adapter.mjs'), script);

    expect(await copy.run('node', '--conditions=@procos/source', 'start-adapter.mjs')).toBe('crm-adapter false\n');
  }, 60_000);

  it('leave the compose file, Prometheus, and what holds them and the house rules in order', async () => {
    expect(read('infra/prometheus/prometheus.yml')).toMatch(
      /- \{ names: \[slack-adapter\].*\n {6}- \{ names: \[order-desk\], type: A, port: \d+ \}\n {6}- \{ names: \[crm-adapter\]/,
    );
    await copy.run('vitest', 'run', 'tools/images', 'tools/house', 'apps/cli/src/system');
  }, 120_000);

  it('make sources that compile, that lint has nothing against, that are formatted, and whose tests pass', async () => {
    await copy.run('nx', 'sync');
    const tests = [
      'apps/order-desk/src',
      'apps/crm-adapter/src',
      'apps/generic-worker/src/tasks/count-words',
      'apps/ai-worker/src/tasks/count-letters',
      'processes/models.test.ts',
    ];
    const files = [
      ...['contracts/src/tasks/index.ts', 'contracts/src/index.ts'].map((file) => `libs/${file}`),
      ...[
        'app.ts',
        'app.test.ts',
        'config.ts',
        'declaration.ts',
        'errors.ts',
        'index.ts',
        'main.ts',
        'routes/greeting.ts',
      ].map((file) => `apps/order-desk/src/${file}`),
      ...[
        'app.ts',
        'app.test.ts',
        'check-health.ts',
        'config.ts',
        'declaration.ts',
        'index.ts',
        'main.ts',
        'methods/send-message.ts',
      ].map((file) => `apps/crm-adapter/src/${file}`),
      ...['generic-worker/src/tasks/count-words', 'ai-worker/src/tasks/count-letters'].flatMap((file) => [
        `apps/${file}.ts`,
        `apps/${file}.test.ts`,
      ]),
      ...['app-names.ts', 'declared-apps.ts', 'known-settings.ts'].map((file) => `apps/cli/src/system/${file}`),
      'processes/examples/order_approval/order_approval.engine.test.ts',
    ];
    copy.narrowLint(files);
    await Promise.all([
      copy.run('node', 'node_modules/typescript-native/bin/tsc', '-b', 'apps/order-desk', 'apps/crm-adapter'),
      copy.run('eslint', '--max-warnings=0', ...files),
      copy.run('biome', 'format', ...files),
    ]);
    await copy.run(
      'vitest',
      'run',
      ...tests,
      '-t',
      'order-desk|crm-adapter|count_|order_approval',
      '--reporter=json',
      '--outputFile=result.json',
    );

    const { testResults } = JSON.parse(read('result.json')) as {
      testResults: { assertionResults: { title: string; status: string }[] }[];
    };
    const ran = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== 'skipped');
    expect(new Set(ran.map(({ status }) => status))).toEqual(new Set(['passed']));
    expect(ran.filter(({ title }) => title === 'greets by name')).toHaveLength(1);
    expect(ran.filter(({ title }) => title === 'sends a message, with its token')).toHaveLength(1);
    expect(ran.filter(({ title }) => title === 'refuses a text that is none')).toHaveLength(2);
    expect(ran.filter(({ title }) => title.startsWith('passes the lint without an error'))).toHaveLength(1);
  }, 240_000);

  it.each(['service', 'adapter', 'task', 'process'])(
    'say in their help what a %s is',
    async (kind) => {
      const help = await copy.run('nx', 'g', `@procos/tools:${kind}`, '--help');

      expect(help).toMatch(/\n {2}An? [^\n]+\.\n/);
      expect(help).not.toContain('undefined');
    },
    60_000,
  );

  it('name the command that runs the test of a new process', async () => {
    const [, path = ''] = /npx vitest run -c vitest\.engine\.config\.ts (\S+)/.exec(nextSteps) ?? [];

    expect(await copy.run('vitest', 'list', '--config=vitest.engine.config.ts', '--filesOnly', path)).toContain(
      'order_approval.engine.test.ts',
    );
  }, 60_000);

  it('refuse what is there already', async () => {
    await expect(generate('service', 'order-desk')).rejects.toThrow('apps/order-desk is there already');
    await expect(make(adapter, { name: 'crm-adapter' })).rejects.toThrow('apps/crm-adapter is there already');
    await expect(make(task, { name: 'http_request' })).rejects.toThrow('The topic http_request is there already');
  }, 60_000);
});
