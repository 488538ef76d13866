import { randomUUID } from 'node:crypto';
import { makeEvent, type ProcosEvent } from '@procos/contracts';
import { createEngineClient, EngineRequestError, isMessageMismatch } from '@procos/engine-client';
import { RejectEventError } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { waitingProcess } from '../testing/sample-process.ts';
import { correlateMessage } from './correlate-message.ts';
import { createHandledEvents } from './handled-events.ts';
import { inboundHandler } from './inbound-handler.ts';
import { createProcessStarter } from './start-process.ts';

const engine = createEngineClient(inject('engine'));
afterAll(() => engine.close());
const { signal } = new AbortController();

/** What an event comes to when the engine does not take it. */
async function refusalOf(type: string, data: ProcosEvent['data']): Promise<unknown> {
  const start = createProcessStarter(engine);
  const handle = inboundHandler(
    (event, mayBeDone) => (type.startsWith('start.') ? start(event) : correlateMessage(engine, event, mayBeDone)),
    createHandledEvents(),
    silentLogger,
    signal,
  );
  const event = makeEvent({ id: randomUUID(), source: '/shop', type, data });
  return Promise.resolve(handle(event, { signal, isRepetition: false })).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

describe('an event that the engine does not take', () => {
  it('is tried again by the bus while nobody waits for the message, or two do', async () => {
    const key = `wait_${randomUUID().slice(0, 8)}`;
    expect(isMessageMismatch(await refusalOf(`message.${key}.paid`, {}))).toBe(true);

    await engine.repository.deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: waitingProcess(key) } });
    await engine.runtime.startByKey(key);
    await engine.runtime.startByKey(key);

    expect(isMessageMismatch(await refusalOf(`message.${key}.paid`, {}))).toBe(true);
  });

  it('is parked when its message says more than fits together', async () => {
    const refusal = await refusalOf('message.MismatchingMessageCorrelation', { tenantId: 't', processInstanceId: 'i' });

    expect(refusal).toBeInstanceOf(RejectEventError);
    expect(refusal).toMatchObject({ cause: { engineType: 'BadUserRequestException' } });
  });

  it('is parked when there is no such process, whatever its name is', async () => {
    const refusal = await refusalOf('start.OptimisticLocking_desk', {});

    expect(refusal).toBeInstanceOf(RejectEventError);
    expect((refusal as RejectEventError).cause).toBeInstanceOf(EngineRequestError);
  });
});
