import { describe, expect, it } from 'vitest';
import { core, task } from '../testing/driven-core.ts';
import type { WorkerEvent } from './messages.ts';

describe('a task of a process that died', () => {
  it('is reported until the engine has answered, and fetched when its retry is due', () => {
    const tell = core();
    const unanswered: WorkerEvent = { kind: 'orphanReported', taskId: 'a', answer: 'unanswered' };

    expect(tell(0, { kind: 'start', orphans: [{ task: task(), workerId: 'dead' }] }, 'reportOrphan')).toHaveLength(1);
    expect(tell(10, unanswered, 'reportOrphan')).toEqual([]);
    expect(tell(209, { kind: 'timer' }, 'reportOrphan')).toEqual([]);
    expect(tell(210, { kind: 'timer' }, 'reportOrphan')).toMatchObject([{ outcome: { retries: 1 } }]);
    expect(tell(220, unanswered, 'reportOrphan')).toEqual([]);
    expect(tell(620, { kind: 'timer' }, 'reportOrphan')).toHaveLength(1);
    tell(630, { kind: 'orphanReported', taskId: 'a', answer: 'counted' }, 'fetch');
    expect(tell(640, { kind: 'timer' }, 'fetch')).toMatchObject([{ waitMs: 0 }]);
    expect(tell(60_000, { kind: 'timer' }, 'reportOrphan')).toEqual([]);
  });
});

describe('an answer that is older than the outcome of its task', () => {
  it('starts nothing: the lock had ended and was given to this worker again, then the outcome was taken', () => {
    const tell = core();
    const [poll] = tell(0, { kind: 'start', orphans: [] }, 'fetch');
    const [run] = tell(10, { kind: 'fetched', request: poll?.request ?? 0, tasks: [task()] }, 'run');
    const [next] = tell(11, { kind: 'timer' }, 'fetch').concat();
    const request = next?.request ?? (run?.lease ?? 0) + 1;
    tell(7_000, { kind: 'handled', lease: run?.lease ?? 0, result: { kind: 'complete', variables: {} } }, 'report');
    tell(7_010, { kind: 'reported', lease: run?.lease ?? 0, answer: 'accepted' }, 'leaseEnded');

    expect(tell(7_011, { kind: 'fetched', request, tasks: [task()] }, 'run')).toEqual([]);
  });
});

describe('a retry', () => {
  const asked = () => {
    const tell = core();
    const [poll] = tell(0, { kind: 'start', orphans: [] }, 'fetch');
    const [question] = tell(10, { kind: 'fetched', request: poll?.request ?? 0, tasks: [task(1)] }, 'readKept');
    return { tell, lease: question?.lease ?? 0 };
  };
  const kept = { kind: 'complete', variables: { paid: true } } as const;

  it('asks first whether an earlier attempt has done the work, again and again until it knows', () => {
    const { tell, lease } = asked();

    expect(tell(20, { kind: 'keptRead', lease, kept: 'unanswered' }, 'run')).toEqual([]);
    expect(tell(500, { kind: 'timer' }, 'readKept')).toMatchObject([{ lease }]);
    expect(tell(510, { kind: 'keptRead', lease, kept: 'nothing' }, 'run')).toMatchObject([{ lease, attempt: 2 }]);
  });

  it('tells what was kept, and runs no handler for it, however often the engine refuses it', () => {
    const { tell, lease } = asked();

    expect(tell(20, { kind: 'keptRead', lease, kept }, 'report')).toMatchObject([
      { outcome: { ...kept, wasKept: true } },
    ]);
    const [failure] = tell(30, { kind: 'reported', lease, answer: 'broken', reason: 'no such variable' }, 'report');
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
      const { tell, lease } = asked();

      expect(tell(20, { kind: 'keptRead', lease, kept: answer }, 'leaseEnded')).toMatchObject([{ lease, end: answer }]);
      expect(tell(2_000, { kind: 'timer' }, 'run')).toEqual([]);
    },
  );

  it('is given back by a worker that stops before it knows', () => {
    const { tell, lease } = asked();

    expect(tell(20, { kind: 'stop', graceMs: 1_000 }, 'unlock')).toMatchObject([{ taskId: 'a' }]);
    expect(tell(30, { kind: 'keptRead', lease, kept: 'nothing' }, 'run')).toEqual([]);
  });
});

describe('a result that the engine refuses', () => {
  const achieved = { kind: 'complete', variables: { paid: true } } as const;
  const told = (unkeepable?: string) => {
    const tell = core(unkeepable);
    const [poll] = tell(0, { kind: 'start', orphans: [] }, 'fetch');
    const [run] = tell(10, { kind: 'fetched', request: poll?.request ?? 0, tasks: [task()] }, 'run');
    const lease = run?.lease ?? 0;
    tell(20, { kind: 'handled', lease, result: achieved }, 'report');
    return { tell, lease };
  };

  it('for good is an incident at once, and is kept', () => {
    const { tell, lease } = told();

    expect(tell(30, { kind: 'reported', lease, answer: 'broken', reason: 'no such variable' }, 'report')).toMatchObject(
      [{ outcome: { kind: 'failure', retries: 0, keeps: achieved } }],
    );
  });

  it('for now is told again, and then kept for a retry', () => {
    const { tell, lease } = told();

    expect(tell(30, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report')).toEqual([]);
    expect(tell(200, { kind: 'timer' }, 'report')).toMatchObject([{ outcome: { kind: 'complete' } }]);
    expect(tell(10_100, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report')).toMatchObject([
      { outcome: { kind: 'failure', retries: 1, keeps: achieved } },
    ]);
  });

  it('and that cannot be kept is an incident that says so, never a retry by itself', () => {
    const { tell, lease } = told('it is too large');

    tell(30, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report');
    tell(200, { kind: 'timer' }, 'report');
    const [failure] = tell(10_100, { kind: 'reported', lease, answer: 'failing', reason: 'deadlock' }, 'report');
    expect(failure?.outcome).toMatchObject({
      kind: 'failure',
      retries: 0,
      message:
        'The engine refused the result: deadlock. The result could not be kept: it is too large. A retry does the work again',
    });
    expect(failure?.outcome).not.toHaveProperty('keeps');
  });

  it('sheds the text of its failure before the engine is asked to do without the result', () => {
    const { tell, lease } = told();
    tell(30, { kind: 'reported', lease, answer: 'broken', reason: 'no\u0000text' }, 'report');

    const [plain] = tell(40, { kind: 'reported', lease, answer: 'broken', reason: 'invalid byte sequence' }, 'report');
    const [bare] = tell(50, { kind: 'reported', lease, answer: 'broken', reason: 'no local variables here' }, 'report');

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
