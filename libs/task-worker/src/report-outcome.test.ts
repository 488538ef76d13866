import { type EngineClient, EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { reportOutcome } from './report-outcome.ts';

const request = { method: 'POST', path: '/external-task/t1/complete' };
const unreachable = () => new EngineUnreachableError(request, 'http://127.0.0.1:1', new Error('ECONNRESET'));
const answered = (status: number) => new EngineRequestError(request, status, { type: 'X', message: 'told' });
const complete = { kind: 'complete', variables: {} } as const;

/** An engine that answers each try with the next of these. */
function engine(...answers: readonly (Error | undefined)[]): { client: EngineClient; tries: () => number } {
  let tries = 0;
  const answer = () => {
    const fault = answers[Math.min(tries++, answers.length - 1)];
    return fault === undefined ? Promise.resolve() : Promise.reject(fault);
  };
  const client = { externalTasks: { complete: answer, fail: answer, bpmnError: answer } } as unknown as EngineClient;
  return { client, tries: () => tries };
}

describe('telling the engine an outcome', () => {
  it('is tried again after a cut connection', async () => {
    const { client, tries } = engine(unreachable(), undefined);

    await expect(reportOutcome(client, 'w', 't1', complete)).resolves.toBe('accepted');
    expect(tries()).toBe(2);
  });

  it('counts as accepted when the task is gone after an unanswered try', async () => {
    const { client } = engine(unreachable(), answered(404));

    await expect(reportOutcome(client, 'w', 't1', complete)).resolves.toBe('accepted');
  });

  it('counts as refused when the task is gone without such a try', async () => {
    const { client } = engine(answered(404));

    await expect(reportOutcome(client, 'w', 't1', complete)).resolves.toBe('refused');
  });

  it('is refused when another worker holds the lease', async () => {
    const { client, tries } = engine(answered(400));

    await expect(reportOutcome(client, 'w', 't1', complete)).resolves.toBe('refused');
    expect(tries()).toBe(1);
  });

  it('is given up when the engine itself keeps failing', async () => {
    const { client, tries } = engine(answered(500));

    await expect(reportOutcome(client, 'w', 't1', complete)).rejects.toThrow('Engine answered 500 to POST /external-task/t1/complete: told');
    expect(tries()).toBe(3);
  });
});
