import { describe, expect, it } from 'vitest';
import { EngineRequestError, EngineUnreachableError } from './engine-errors.ts';
import { unlessOthersAreFirst } from './transaction-conflict.ts';

const request = { method: 'PUT', path: '/job/a/retries' };
const answered = (body: object, status = 500) => new EngineRequestError(request, status, body);
const message = "ENGINE-03005 Execution of 'UPDATE MessageEntity[a]' failed. Entity was updated by another transaction";

/** Fails that often, then answers. */
function sends(times: number, fault: Error) {
  let calls = 0;
  const send = async () => {
    calls += 1;
    if (calls <= times) throw fault;
    return 'done';
  };
  return { send, calls: () => calls };
}

describe('a request whose transaction the engine has rolled back', () => {
  it.each<[string, EngineRequestError]>([
    ['by the number', answered({ type: 'ProcessEngineException', message: 'x', code: 1 })],
    ['as a deadlock', answered({ type: 'ProcessEnginePersistenceException', message: 'x', code: 10_000 })],
    ['by the exception', answered({ type: 'OptimisticLockingException', message: 'x' })],
    [
      'because a deployment was deleted while it read it',
      answered({ message: "no resource found with name 'a.bpmn' in deployment 'b': resource is null" }),
    ],
    ['in its sentence alone', answered({ type: 'InvalidRequestException', message })],
  ])('is sent again when the engine says so %s', async (_, fault) => {
    const { send, calls } = sends(2, fault);

    expect(await unlessOthersAreFirst(send)).toBe('done');
    expect(calls()).toBe(3);
  });

  it('fails with the conflict when others are first five times', async () => {
    const fault = answered({ message });
    const { send, calls } = sends(5, fault);

    await expect(unlessOthersAreFirst(send)).rejects.toBe(fault);
    expect(calls()).toBe(5);
  });

  it('is not sent again when nobody wants its answer any more', async () => {
    const { send, calls } = sends(1, answered({ message }));

    await expect(unlessOthersAreFirst(send, { signal: AbortSignal.abort() })).rejects.toThrow('ENGINE-03005');
    expect(calls()).toBe(1);
  });
});

describe('every other failure', () => {
  it.each<[string, Error]>([
    ['a refusal', answered({ type: 'InvalidRequestException', message: 'no such job' }, 400)],
    ['a fault of the model that quotes the number', answered({ message: "Unknown property 'ENGINE-03005 '" })],
    ['silence: the request may have been carried out', new EngineUnreachableError(request, 'http://127.0.0.1:9', 'x')],
  ])('is told at once: %s', async (_, fault) => {
    const { send, calls } = sends(1, fault);

    await expect(unlessOthersAreFirst(send)).rejects.toBe(fault);
    expect(calls()).toBe(1);
  });
});
