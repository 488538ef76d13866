import { describe, expect, it } from 'vitest';
import { core, task } from '../testing/driven-core.ts';

describe('a task of which only the journal here knows that it was started', () => {
  it('is not run before the engine knows too, so that whoever takes it next counts right', () => {
    const tell = core();
    const [poll] = tell(0, { kind: 'start', orphans: [] }, 'fetch');
    const tasks = [{ ...task(), crashes: 1 }];
    const [told] = tell(10, { kind: 'fetched', request: poll?.request ?? 0, tasks }, 'report');

    expect(told?.outcome).toMatchObject({ kind: 'failure', retries: 1, retryInMs: 0 });
    expect(tell(11, { kind: 'timer' }, 'run')).toEqual([]);
  });
});

describe('a process that stood still for longer than half a lock', () => {
  const paused = () => {
    const tell = core();
    const [poll] = tell(0, { kind: 'start', orphans: [] }, 'fetch');
    return { tell, request: poll?.request ?? 0 };
  };

  it('asks whether a task is still its own before it begins with it: the answer came before', () => {
    const { tell, request } = paused();

    // The timer comes first when a process goes on.
    tell(8_000, { kind: 'timer' }, 'run');
    const [question] = tell(8_000, { kind: 'fetched', request, tasks: [task()] }, 'readKept');
    expect(tell(8_001, { kind: 'timer' }, 'run')).toEqual([]);
    const lease = question?.lease ?? 0;
    expect(tell(8_010, { kind: 'keptRead', lease, kept: 'refused' }, 'leaseEnded')).toMatchObject([{ end: 'refused' }]);
  });

  it('begins with what is still its own', () => {
    const { tell, request } = paused();
    const [question] = tell(8_000, { kind: 'fetched', request, tasks: [task()] }, 'readKept');

    expect(tell(8_010, { kind: 'keptRead', lease: question?.lease ?? 0, kept: 'nothing' }, 'run')).toHaveLength(1);
  });

  it('asks again when the answer to its question came before', () => {
    const { tell, request } = paused();
    const [question] = tell(10, { kind: 'fetched', request, tasks: [task(1)] }, 'readKept');
    const lease = question?.lease ?? 0;

    expect(tell(8_000, { kind: 'keptRead', lease, kept: 'nothing' }, 'readKept')).toMatchObject([{ lease }]);
    expect(tell(8_010, { kind: 'keptRead', lease, kept: 'nothing' }, 'run')).toHaveLength(1);
  });

  it('asks nothing when it only had nothing to do', () => {
    const { tell, request } = paused();
    for (let second = 1; second <= 8; second++) tell(second * 1_000, { kind: 'timer' }, 'wake');

    expect(tell(8_500, { kind: 'fetched', request, tasks: [task()] }, 'run')).toHaveLength(1);
  });
});
