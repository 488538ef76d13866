import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createEngineClient } from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import { eventually, useProcessDriver } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it, type TestContext } from 'vitest';
import { prepareJava, prepareOfficial, preparePython, prepareTypeScript } from './testing/prepare-workers.ts';

const preparations = {
  typescript: prepareTypeScript,
  official: prepareOfficial,
  python: preparePython,
  java: prepareJava,
};
type Language = keyof typeof preparations;
const languages = Object.keys(preparations) as Language[];

const connection = inject('engine');
const engine = createEngineClient(connection);
const driver = useProcessDriver(new URL('count-words.bpmn', import.meta.url));
const workers = new Map<Language, { readonly process: ChildProcess; said: string }>();
const missing = new Map<Language, string>();

/** The first time downloads packages and libraries. */
const prepareMs = 300_000;
const startMs = 30_000;

beforeAll(async () => {
  await Promise.all(
    languages.map((language) =>
      startWorker(language).catch((thrown: unknown) => missing.set(language, messageOf(thrown))),
    ),
  );
}, prepareMs);

afterAll(async () => {
  await Promise.all([...workers.values()].map(({ process: worker }) => stopped(worker)));
  await engine.close();
});

async function startWorker(language: Language): Promise<void> {
  const { command, args, cwd } = await preparations[language]();
  const { baseUrl, user, password } = connection;
  const env = { ...process.env, CAMUNDA_URL: baseUrl, PROCOS_ENGINE_USER: user, PROCOS_ENGINE_PASSWORD: password };
  const worker = { process: spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }), said: '' };
  for (const stream of [worker.process.stdout, worker.process.stderr])
    stream.on('data', (chunk: Buffer) => (worker.said += chunk.toString()));
  await once(worker.process, 'spawn');
  workers.set(language, worker);
}

async function stopped(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill();
  await once(worker, 'exit');
}

/** A language that this machine does not have is no fault of ours, unless the machine is the one that must have all. */
function needs(language: Language, context: TestContext): void {
  const reason = missing.get(language);
  if (reason === undefined) return;
  if (process.env['CI'] === 'true') throw new Error(`The ${language} worker cannot run: ${reason}`);
  context.skip(`the ${language} worker cannot run here: ${reason}`);
}

function counted(id: string, language: Language): Promise<unknown> {
  const worker = workers.get(language);
  return eventually(
    `word count from ${language}`,
    async () => {
      if (worker?.process.exitCode !== null)
        throw new Error(`The ${language} worker has ended: ${worker?.said.slice(-1_500) ?? ''}`);
      return (await driver.variables(id))[`words_${language}`];
    },
    startMs,
  );
}

describe('workers of any make on one engine at the same time', () => {
  it.for(languages)('the %s worker completes its task', async (language, context) => {
    needs(language, context);
    const id = await driver.start('count_words', { text: 'every language counts the same words' });

    expect(await counted(id, language)).toBe(6);
  });

  it('complete processes together, each doing its part', async (context) => {
    for (const language of languages) needs(language, context);
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, index) => driver.start('count_words', { text: 'word '.repeat(index + 1) })),
    );

    for (const [index, id] of ids.entries()) {
      await Promise.all(languages.map((language) => counted(id, language)));
      const { endEvent, variables } = await driver.ended(id);
      expect(endEvent).toBe('counted');
      expect(languages.map((language) => variables[`words_${language}`])).toEqual(languages.map(() => index + 1));
    }
  });
});
