import { randomUUID } from 'node:crypto';
import { makeEvent } from '@procos/contracts';
import { createEngineClient, type EngineClient, EngineUnreachableError } from '@procos/engine-client';
import type { EngineUnderTest } from '@procos/testing';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { sampleProcess } from '../testing/sample-process.ts';
import { createProcessStarter, startEventVariable } from './start-process.ts';

const engine = createEngineClient(inject('engine') satisfies EngineUnderTest);
afterAll(() => engine.close());

/** The engine has started the process, and whoever asked for it never hears of it: as when that one is killed. */
const deaf: EngineClient = {
  ...engine,
  runtime: {
    ...engine.runtime,
    startByKey: async (key, request) => {
      await engine.runtime.startByKey(key, request);
      throw new EngineUnreachableError({ method: 'POST', path: '/start' }, 'engine', new Error('killed'));
    },
  },
};

describe('a bridge that is killed between the start and its acknowledgement', () => {
  it.each([[{}], [{ businessKey: 'order-7' }]])(
    'has started one instance when the event comes again, with %j',
    async (data) => {
      const key = `started_${randomUUID().slice(0, 8)}`;
      await engine.repository.deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: sampleProcess(key) } });
      const event = makeEvent({ id: randomUUID(), source: '/shop', type: `start.${key}`, data });
      await expect(createProcessStarter(deaf)(event)).rejects.toThrow(EngineUnreachableError);

      await createProcessStarter(engine)(event);
      await createProcessStarter(engine)(event);

      const started = await engine.history.instances({ processDefinitionKey: key });
      expect(started).toHaveLength(1);
      expect(await engine.history.variables(started[0]?.id ?? '')).toEqual({ [startEventVariable]: event.id });
    },
  );
});
