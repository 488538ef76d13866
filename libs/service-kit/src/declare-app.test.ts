import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optional, text } from '@procos/config';
import { createInMemoryEventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory, type ServiceDirectory } from '@procos/service-directory';
import { describe, expect, it, vi } from 'vitest';
import { type AppParts, declareApp } from './declare-app.ts';
import { serviceFields } from './service-fields.ts';

const fields = {
  ...serviceFields({ name: 'sample-worker', port: 4711 }),
  workerType: optional(text('WORKER_TYPE', { doc: 'Kind.' })),
  greeting: text('GREETING', { default: 'Hello', doc: 'First word.' }),
} as const;

const app = { url: () => 'http://127.0.0.1:4711', start: async () => undefined, stop: async () => undefined };

/** A declared app that keeps what it was made of; `more` is what its declaration says besides. */
function declareSample(more: Partial<Parameters<typeof declareApp<typeof fields>>[0]> = {}) {
  const made: { greeting: string; parts: AppParts }[] = [];
  const declaration = declareApp({
    name: 'sample-worker',
    runs: 'always',
    copies: 'one',
    fields,
    create: async ({ greeting }, parts) => {
      made.push({ greeting, parts });
      return { ...app, name: 'sample-worker' };
    },
    ...more,
  });
  return { declaration, made };
}

/** A directory and an event bus that count how often they are closed. */
function sharedParts() {
  const directory = createInMemoryServiceDirectory([]);
  const eventBus = createInMemoryEventBus({ name: 'sample-worker', onHandlerError: () => undefined });
  const [directoryClosed, busClosed] = [vi.spyOn(directory, 'close'), vi.spyOn(eventBus, 'close')];
  return { directory, eventBus, directoryClosed, busClosed };
}

describe('a declared app', () => {
  it('says what it is before it is made: its port is the default of its setting', () => {
    const { declaration, made } = declareSample({ runs: { whenSet: 'GREETING' }, copies: 'several' });

    expect(declaration).toMatchObject({
      name: 'sample-worker',
      port: 4711,
      runs: { whenSet: 'GREETING' },
      copies: 'several',
      fields,
    });
    expect(made).toEqual([]);
  });

  it('is made of its settings and of what it shares with others, which nobody need have opened', async () => {
    const { declaration, made } = declareSample();
    const { directory, eventBus, directoryClosed, busClosed } = sharedParts();
    const open = vi.fn(() => eventBus);
    const env = { GREETING: 'Good day' };

    const parts = await declaration.assembleAmongOthers({
      ...{ env, logger: silentLogger, directory, supervisor: undefined },
      eventBus: open,
    });
    for (const connection of parts.connections ?? []) await connection.close();

    expect(made).toMatchObject([{ greeting: 'Good day', parts: { env, directory } }]);
    expect(open).not.toHaveBeenCalled();
    expect(directoryClosed).toHaveBeenCalledOnce();
    expect(busClosed).not.toHaveBeenCalled();
  });

  it('opens the event bus once, and closes it with its other connections', async () => {
    const { directory, eventBus, busClosed } = sharedParts();
    const open = vi.fn(() => eventBus);
    const { declaration } = declareSample({
      create: async (_config, parts) => {
        expect(parts.eventBus()).toBe(parts.eventBus());
        return { ...app, name: 'sample-worker' };
      },
    });

    const parts = await declaration.assembleAmongOthers({
      ...{ env: {}, logger: silentLogger, directory, supervisor: undefined },
      eventBus: open,
    });
    for (const connection of parts.connections ?? []) await connection.close();

    expect(open).toHaveBeenCalledOnce();
    expect(busClosed).toHaveBeenCalledOnce();
  });

  it('is not made where a setting is wrong', async () => {
    const { declaration, made } = declareSample();

    await expect(declaration.assembleAlone({ PROCOS_SAMPLE_WORKER_PORT: 'x' })).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('PROCOS_SAMPLE_WORKER_PORT') as string,
    });
    expect(made).toEqual([]);
  });
});

describe('a declared app in a process of its own', () => {
  const env = { CONSUL_URL: 'http://127.0.0.1:9', WORKER_TYPE: 'sample', LOG_LEVEL: 'error' };
  /** Starts and stops it. @returns the records that the directory was given */
  async function registered(isAnnounced?: () => boolean) {
    const directory: ServiceDirectory = createInMemoryServiceDirectory([]);
    const register = vi.spyOn(directory, 'register');
    const { declaration } = declareSample({ openDirectory: () => directory, ...(isAnnounced && { isAnnounced }) });
    const parts = await declaration.assembleAlone(env);
    await parts.app.start();
    await parts.app.stop();
    for (const connection of parts.connections ?? []) await connection.close();
    return register.mock.calls.map(([record]) => record);
  }

  it('announces itself where a Consul is named, with the kind of worker that it is', async () => {
    expect(await registered()).toMatchObject([{ service_name: 'sample-worker', tags: ['worker', 'sample'] }]);
  });

  it('announces itself nowhere when it says so', async () => {
    expect(await registered(() => false)).toEqual([]);
  });

  it('writes its log to the file that it names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'procos-declared-'));
    try {
      const file = join(folder, 'sample.log');
      const { declaration } = declareSample({ logTo: () => ({ file, fileLevel: 'info' }) });

      const { logger } = await declaration.assembleAlone({ LOG_LEVEL: 'error' });
      logger.info('greeted', { word: 'Hello' });
      await logger.close?.();

      expect(readFileSync(file, 'utf8')).toContain('"event":"greeted","component":"sample-worker","word":"Hello"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
