import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const eslint = new ESLint({
  cwd: root,
  // Only what needs no types: the files of these tests exist in name only.
  overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { project: false } } },
  ruleFilter: ({ ruleId }) => /^(?:@nx\/|procos\/|no-console$|no-restricted-properties$)/.test(ruleId),
});

async function findings(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}${file}` });
  return (result?.messages ?? []).map((finding) => `${finding.ruleId ?? 'fatal'}: ${finding.message}`);
}

describe('the boundaries between projects', () => {
  // The rule reads the project graph that Nx keeps, and checks nothing while there is none.
  beforeAll(() => {
    execFileSync(process.execPath, [`${root}node_modules/nx/dist/bin/nx.js`, 'show', 'projects'], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false' },
    });
  }, 60_000);

  it.each([
    ['an app imports another app', 'apps/kernel/src/app.ts', '@procos/gateway', 'type:app'],
    ['a lib imports an app', 'libs/process-model/src/index.ts', '@procos/kernel', 'type:util'],
    ['a util imports the platform', 'libs/process-model/src/index.ts', '@procos/service-kit', 'type:util'],
    ['a client imports the platform', 'libs/event-bus/src/event-bus.ts', '@procos/task-worker', 'type:client'],
    ['code that is no test imports the test kit', 'apps/kernel/src/app.ts', '@procos/testing', 'type:app'],
    ['the host imports the test kit', 'apps/cli/src/main.ts', '@procos/testing', 'type:host'],
  ])('are broken when %s', async (_, file, imported, tag) => {
    const found = await findings(file, `import * as foreign from '${imported}';\nvoid foreign;\n`);

    expect(found).toEqual([
      expect.stringMatching(
        new RegExp(`^@nx/enforce-module-boundaries: A project tagged with "${tag}" can only depend on`),
      ),
    ]);
  });

  it('are broken when a project is entered by a relative path', async () => {
    const found = await findings(
      'apps/kernel/src/app.ts',
      "import * as foreign from '../../gateway/src/app.ts';\nvoid foreign;\n",
    );

    expect(found).toEqual([expect.stringContaining('Projects cannot be imported by a relative or absolute path')]);
  });

  it('are broken when two libs import each other', async () => {
    const found = await findings(
      'libs/logging/src/logger.ts',
      "import * as foreign from '@procos/service-kit';\nvoid foreign;\n",
    );

    expect(found).toEqual([
      expect.stringContaining('Circular dependency between "logging" and "service-kit" detected'),
    ]);
  });

  it.each([
    ['an app imports the platform', 'apps/kernel/src/app.ts', '@procos/service-kit'],
    ['the host imports an app', 'apps/cli/src/main.ts', '@procos/kernel'],
    ['one interface of the platform stands on another', 'libs/official-client/src/index.ts', '@procos/task-worker'],
    ['a test imports the test kit', 'apps/kernel/src/app.test.ts', '@procos/testing'],
    ['a client imports a contract', 'libs/engine-client/src/http.ts', '@procos/contracts'],
  ])('hold when %s', async (_, file, imported) => {
    expect(await findings(file, `import * as foreign from '${imported}';\nvoid foreign;\n`)).toEqual([]);
  });
});

describe('the house rules', () => {
  it.each([
    ['apps/kernel/src/app.ts', 'export const home = process.env.HOME;', 'process.env is read in main.ts only'],
    ['apps/kernel/src/app.ts', "export const home = process['env']['HOME'];", 'process.env is read in main.ts only'],
    ['apps/kernel/src/app.ts', "import { env } from 'node:process';\nvoid env;", 'process.env is read in main.ts only'],
    ['apps/kernel/src/app.ts', 'const { env } = process;\nvoid env;', 'process.env is read in main.ts only'],
    [
      'apps/kernel/src/app.ts',
      "export const path = '/external-task/fetchAndLock';",
      'call a method of @procos/engine-client',
    ],
    [
      'apps/kernel/src/app.ts',
      'export const path = `/process-instance/${1}`;',
      'call a method of @procos/engine-client',
    ],
    ['apps/kernel/src/app.ts', 'export default 1;', 'Export by name'],
    ['apps/kernel/src/app.ts', "console.log('x');", 'Unexpected console statement.'],
    ['apps/kernel/src/app.test.ts', "import { vi } from 'vitest';\nvi.mock('node:fs');", 'Hand the double in'],
    [
      'apps/kernel/src/app.test.ts',
      "import { vi } from 'vitest';\nawait vi.waitFor(() => undefined);",
      'Say how long to wait',
    ],
    ['apps/kernel/src/engine-helpers.ts', 'export const one = 1;', 'name it after its main export'],
    ['apps/kernel/src/utils.ts', 'export const one = 1;', 'name it after its main export'],
    ['apps/kernel/src/EngineWatch.ts', 'export const one = 1;', 'is not in kebab-case'],
    ['apps/kernel/src/app.ts', 'export const one = 1;\n'.repeat(401), 'File has too many lines'],
    [
      'apps/kernel/src/app.ts',
      "export const f = (e: Error) => e.message.includes('gone');",
      'Nothing decides by the text',
    ],
    [
      'libs/mail/src/mailer.ts',
      'export const f = (e: Error) => /gone/.test(`${e.message}.`);',
      'Nothing decides by the text',
    ],
    [
      'apps/kernel/src/app.ts',
      "export const f = (a: { errorMessage?: string }) => (a.errorMessage ?? '').startsWith('gone');",
      'Nothing decides by the text',
    ],
    [
      'apps/kernel/src/app.ts',
      'export const f = (e: unknown) => {\n  const said = e instanceof Error ? e.message : String(e);\n  return said.match(/gone/);\n};',
      'Nothing decides by the text',
    ],
    [
      'apps/kernel/src/app.ts',
      'export const f = ({ message }: Error) => /gone (.*)/.exec(message)?.[1];',
      'Nothing decides by the text',
    ],
  ])('refuse in %s: %s', async (file, code, message) => {
    expect(await findings(file, code)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['apps/kernel/src/main.ts', 'export const home = process.env.HOME;'],
    ['apps/kernel/src/app.ts', "export const url = 'http://localhost:8080/engine-rest';"],
    ['apps/gateway/src/routes/definitions.ts', "export const path = '/v1/process-definitions';"],
    ['libs/engine-client/src/runtime/jobs.ts', "export const path = '/process-instance';"],
    ['apps/cli/src/main.ts', "console.log('x');"],
    ['apps/kernel/src/app.test.ts', "import { vi } from 'vitest';\nawait vi.waitFor(() => undefined, 10_000);"],
    ['apps/kernel/src/app.test.ts', "export const f = (e: Error) => e.message.includes('gone');"],
    ['libs/process-model/src/moddle-sentences.ts', 'export const f = (message: string) => /gone/.test(message);'],
    ['apps/kernel/src/app.ts', "export const f = (e: { code: string }) => e.code.startsWith('E');"],
    ['apps/kernel/src/app.ts', 'export const f = (e: Error) => `${e.message}.`.slice(0, 10);'],
  ])('let pass in %s: %s', async (file, code) => {
    expect(await findings(file, code)).toEqual([]);
  });
});
