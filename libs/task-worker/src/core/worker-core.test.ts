import { describe, expect, it } from 'vitest';
import { core, task } from '../testing/driven-core.ts';
import type { WorkerEvent } from './messages.ts';

describe('a task of a process that died', () => {
  it('is reported until the engine has answered, and fetched when its retry is due', () => {
    const handle = core();
    const unanswered: WorkerEvent = { kind: 'orphanReported', taskId: 'a', answer: 'unanswered' };

    expect(handle(0, { kind: 'start', orphans: [{ task: task(), workerId: 'dead' }] }, 'reportOrphan')).toHaveLength(1);
    expect(handle(10, unanswered, 'reportOrphan')).toEqual([]);
    expect(handle(209, { kind: 'timer' }, 'reportOrphan')).toEqual([]);
    expect(handle(210, { kind: 'timer' }, 'reportOrphan')).toMatchObject([{ outcome: { retries: 1 } }]);
    expect(handle(220, unanswered, 'reportOrphan')).toEqual([]);
    expect(handle(620, { kind: 'timer' }, 'reportOrphan')).toHaveLength(1);
    handle(630, { kind: 'orphanReported', taskId: 'a', answer: 'counted' }, 'fetch');
    expect(handle(640, { kind: 'timer' }, 'fetch')).toMatchObject([{ waitMs: 0 }]);
    expect(handle(60_000, { kind: 'timer' }, 'reportOrphan')).toEqual([]);
  });
});

describe('an answer that is older than the outcome of its task', () => {
  it('starts nothing: the lock had ended and was given to this worker again, then the outcome was taken', () => {
    const handle = core();
    const [poll] = handle(0, { kind: 'start', orphans: [] }, 'fetch');
    const [run] = handle(10, { kind: 'fetched', request: poll?.request ?? 0, tasks: [task()] }, 'run');
    const [next] = handle(11, { kind: 'timer' }, 'fetch').concat();
    const request = next?.request ?? (run?.lease ?? 0) + 1;
    handle(7_000, { kind: 'handled', lease: run?.lease ?? 0, result: { kind: 'complete', variables: {} } }, 'report');
    handle(7_010, { kind: 'reported', lease: run?.lease ?? 0, answer: 'accepted' }, 'leaseEnded');

    expect(handle(7_011, { kind: 'fetched', request, tasks: [task()] }, 'run')).toEqual([]);
  });
});

describe('a retry', () => {
  const asked = () => {
    const handle = core();
    const [poll] = handle(0, { kind: 'start', orphans: [] }, 'fetch');
    const [question] = handle(10, { kind: 'fetched', request: poll?.request ?? 0, tasks: [task(1)] }, 'readKept');
    return { handle, lease: question?.lease ?? 0 };
  };
  const kept = { kind: 'complete', variables: { paid: true } } as const;

  it('asks first whether an earlier attempt has done the work, again and again until it knows', () => {
    const { handle, lease } = asked();

    expect(handle(20, { kind: 'keptRead', lease, kept: 'unanswered' }, 'run')).toEqual([]);
    expect(handle(500, { kind: 'timer' }, 'readKept')).toMatchObject([{ lease }]);
    expect(handle(510, { kind: 'keptRead', lease, kept: 'nothing' }, 'run')).toMatchObject([{ lease, attempt: 2 }]);
  });

  it('tells what was kept, and runs no handler for it, however often the engine refuses it', () => {
    const { handle, lease } = asked();

    expect(handle(20, { kind: 'keptRead', lease, kept }, 'report')).toMatchObject([
      { outcome: { ...kept, wasKept: true } },
    ]);
    const [failure] = handle(30, { kind: 'reported', lease, answer: 'broken', reason: 'no such variable' }, 'report');
    expect(failure?.outcome).toMatchObject({
      kind: 'failure',
      retries: 0,
      message: expect.stringMatching(/^The engine refused the result: no such variable\. The result is kept/) as string,
    });
    // The engine has it already.
    expect(failure?.outcome).not.toHaveProperty('keeps');
  });

  it.each(['gone', 'refused'] as const)(
    'starts no handler for a task that is %s by now: somebody has told what was kept',
    (answer) => {
      const { handle, lease } = asked();

      expect(handle(20, { kind: 'keptRead', lease, kept: answer }, 'leaseEnded')).toMatchObject([
        { lease, end: answer },
      ]);
      expect(handle(2_000, { kind: 'timer' }, 'run')).toEqual([]);
    },
  );

  it('is given back by a worker that stops before it knows', () => {
    const { handle, lease } = asked();

    expect(handle(20, { kind: 'stop', graceMs: 1_000 }, 'unlock')).toMatchObject([{ taskId: 'a' }]);
    expect(handle(30, { kind: 'keptRead', lease, kept: 'nothing' }, 'run')).toEqual([]);
  });
});

describe('a result that the engine refuses', () => {
  const achieved = { kind: 'complete', variables: { paid: true } } as const;
  const reported = (unkeepable?: string) => {
    const handle = core(unkeepable);
    const [poll] = handle(0, { kind: 'start', orphans: [] }, 'fetch');
    const [run] = handle(10, { kind: 'fetched', request: poll?.request ?? 0, tasks: [task()] }, 'run');
    const lease = run?.lease ?? 0;
    handle(20, { kind: 'handled', lease, result: achieved }, 'report');
    return { handle, lease };
  };

  it('for good is an incident at once, and is kept', () => {
    const { handle, lease } = reported();

    expect(
      handle(30, { kind: 'reported', lease, answer: 'broken', reason: 'no such variable' }, 'report'),
    ).toMatchObject([{ outcome: { kind: 'failure', retries: 0, keeps: achieved } }]);
  });

  it('for now is told again, and then kept for a retry', () => {
    const { handle, lease } = reported();

    expect(handle(30, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report')).toEqual([]);
    expect(handle(200, { kind: 'timer' }, 'report')).toMatchObject([{ outcome: { kind: 'complete' } }]);
    expect(handle(10_100, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report')).toMatchObject([
      { outcome: { kind: 'failure', retries: 1, keeps: achieved } },
    ]);
  });

  it('and that cannot be kept is an incident that says so, never a retry by itself', () => {
    const { handle, lease } = reported('it is too large');

    handle(30, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report');
    handle(200, { kind: 'timer' }, 'report');
    const [failure] = handle(10_100, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report');
    expect(failure?.outcome).toMatchObject({
      kind: 'failure',
      retries: 0,
      message:
        'The engine refused the result: deadlock. The result could not be kept: it is too large. A retry does the work again',
    });
    expect(failure?.outcome).not.toHaveProperty('keeps');
  });

  it('sheds the text of its failure before the engine is asked to do without the result', () => {
    const { handle, lease } = reported();
    handle(30, { kind: 'reported', lease, answer: 'broken', reason: 'no\u0000text' }, 'report');

    const [plain] = handle(
      40,
      { kind: 'reported', lease, answer: 'broken', reason: 'invalid byte sequence' },
      'report',
    );
    const [bare] = handle(
      50,
      { kind: 'reported', lease, answer: 'broken', reason: 'no local variables here' },
      'report',
    );

    expect(plain?.outcome).toMatchObject({
      message: 'The engine refused the result; it did not take the text of its reason. The result is kept',
      keeps: achieved,
    });
    expect(bare?.outcome).toMatchObject({
      retries: 0,
      message: expect.stringMatching(
        /could not be kept: the engine did not take it \(no local variables here\)/,
      ) as string,
    });
    expect(bare?.outcome).not.toHaveProperty('keeps');
  });
});

describe('a worker that is told to stop before it was started', () => {
  it('has ended, so that its journal is free for the next', () => {
    expect(core()(0, { kind: 'stop', graceMs: 1_000 }, 'ended')).toEqual([{ kind: 'ended', state: 'STOPPED' }]);
  });
});
