import { describe, expect, it } from 'vitest';
import type { Command, HeldTask, WorkerEvent } from './messages.ts';
import { createWorkerCore } from './worker-core.ts';

const policy = { retries: 1, backoffMs: 10, maxBackoffMs: 10, timeoutMs: 0 };
const task = (retries: number | null = null): HeldTask => ({ id: 'a', topic: 'x', retries, policy, crashes: 0 });

function core() {
  const worker = createWorkerCore({ topics: { x: {} }, concurrency: 8, maxTasks: 4, lockDurationMs: 5_000, longPollMs: 20_000, random: () => 0.5 });
  return <Kind extends Command['kind']>(now: number, event: WorkerEvent, kind: Kind) => worker.handle(event, now).filter((command): command is Extract<Command, { kind: Kind }> => command.kind === kind);
}

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

describe('a worker that is told to stop before it was started', () => {
  it('has ended, so that its journal is free for the next', () => {
    expect(core()(0, { kind: 'stop', graceMs: 1_000 }, 'ended')).toEqual([{ kind: 'ended', state: 'STOPPED' }]);
  });
});
