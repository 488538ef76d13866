import { describe, expect, it } from 'vitest';
import { core, task } from '../testing/driven-core.ts';

describe('a task of which only the journal here knows that it was started', () => {
  it('is not run before the engine knows too, so that whoever takes it next counts right', () => {
    const happens = core();
    const [poll] = happens(0, { kind: 'start', orphans: [] }, 'fetch');
    const tasks = [{ ...task(), crashes: 1 }];
    const [report] = happens(10, { kind: 'fetched', request: poll?.request ?? 0, tasks }, 'report');

    expect(report?.outcome).toMatchObject({ kind: 'failure', retries: 1, retryInMs: 0 });
    expect(happens(11, { kind: 'timer' }, 'run')).toEqual([]);
  });
});

describe('a process that stood still for longer than half a lock', () => {
  const paused = () => {
    const happens = core();
    const [poll] = happens(0, { kind: 'start', orphans: [] }, 'fetch');
    return { happens, request: poll?.request ?? 0 };
  };

  it('asks whether a task is still its own before it begins with it: the answer came before', () => {
    const { happens, request } = paused();

    // The timer comes first when a process goes on.
    happens(8_000, { kind: 'timer' }, 'run');
    const [question] = happens(8_000, { kind: 'fetched', request, tasks: [task()] }, 'readKept');
    expect(happens(8_001, { kind: 'timer' }, 'run')).toEqual([]);
    const lease = question?.lease ?? 0;
    expect(happens(8_010, { kind: 'keptRead', lease, kept: 'refused' }, 'leaseEnded')).toMatchObject([
      { end: 'refused' },
    ]);
  });

  it('begins with what is still its own', () => {
    const { happens, request } = paused();
    const [question] = happens(8_000, { kind: 'fetched', request, tasks: [task()] }, 'readKept');

    expect(happens(8_010, { kind: 'keptRead', lease: question?.lease ?? 0, kept: 'nothing' }, 'run')).toHaveLength(1);
  });

  it('asks again when the answer to its question came before', () => {
    const { happens, request } = paused();
    const [question] = happens(10, { kind: 'fetched', request, tasks: [task(1)] }, 'readKept');
    const lease = question?.lease ?? 0;

    expect(happens(8_000, { kind: 'keptRead', lease, kept: 'nothing' }, 'readKept')).toMatchObject([{ lease }]);
    expect(happens(8_010, { kind: 'keptRead', lease, kept: 'nothing' }, 'run')).toHaveLength(1);
  });

  it('asks nothing when it only had nothing to do', () => {
    const { happens, request } = paused();
    for (let second = 1; second <= 8; second++) happens(second * 1_000, { kind: 'timer' }, 'wake');

    expect(happens(8_500, { kind: 'fetched', request, tasks: [task()] }, 'run')).toHaveLength(1);
  });
});
