import { describe, expect, it } from 'vitest';
import { createSupervisionCore } from './supervision-core.ts';
import type { SupervisionCommand, SupervisionEvent } from './supervision-messages.ts';

/** A core with two copies of a worker, and a world that does what it is told at once. */
function supervise() {
  const recipe = { app: 'worker', kind: 'app', graceMs: 1_000 } as const;
  const core = createSupervisionCore([
    { ...recipe, id: 'worker' },
    { ...recipe, id: 'worker-02' },
  ]);
  const said: string[] = [];
  const lives = new Map<string, number>();
  let now = 0;
  const happened = (event: SupervisionEvent): void => core.handle(event, now).forEach(obey);
  const obey = (command: SupervisionCommand) => {
    if (command.kind === 'wake') return;
    said.push(
      [
        command.kind,
        'id' in command ? command.id : command.asker,
        command.kind === 'answer' ? (command.fault?.reason ?? 'done') : '',
      ]
        .join(' ')
        .trim(),
    );
    if (command.kind === 'open') lives.set(command.id, command.child);
  };
  const about = (kind: 'loaded' | 'started' | 'ended' | 'failed' | 'prepared', id: string, reason = 'killed') =>
    happened({ kind, id, child: lives.get(id) ?? 0, reason });
  const come = (id: string) => (about('loaded', id), about('started', id));
  const both = ['worker', 'worker-02'];
  happened({ kind: 'load' });
  happened({ kind: 'start', asker: 1, ids: both });
  both.forEach(come);
  said.length = 0;
  const restart = (asker: number) => happened({ kind: 'restart', asker, app: 'worker', ids: both });
  return {
    said,
    happened,
    about,
    come,
    restart,
    both,
    pass: (ms: number) => ((now += ms), happened({ kind: 'timer' })),
  };
}

describe('the supervision of apps and servers', () => {
  it('makes one restart of two wishes for the same app, one copy after the other', () => {
    const { said, about, come, restart } = supervise();

    restart(2);
    about('ended', 'worker');
    restart(3);
    come('worker');
    about('ended', 'worker-02');
    come('worker-02');

    expect(said).toEqual([
      'sendStop worker',
      'open worker',
      'sendStart worker',
      'sendStop worker-02',
      'open worker-02',
      'sendStart worker-02',
      'answer 2 done',
      'answer 3 done',
    ]);
  });

  it('has as many copies after two restarts of the same app in one moment as before, one life of each', () => {
    const { said, about, come, restart, both, pass } = supervise();
    const count = (kind: string, id: string) => said.filter((one) => one === `${kind} ${id}`).length;

    restart(2);
    restart(3);
    for (const id of both) {
      about('ended', id);
      come(id);
    }
    pass(100_000);

    // Each had one life before, was told to end once, and was opened once when that one was over.
    expect(both.map((id) => [count('sendStop', id), count('open', id), count('sendStart', id)])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(said.slice(-2)).toEqual(['answer 2 done', 'answer 3 done']);
  });

  it('opens a crashed one again after a pause that doubles, when what it needs is there', () => {
    const { said, about, come, pass } = supervise();

    about('ended', 'worker');
    pass(10_000);
    expect(said).toEqual(['report worker', 'prepare worker', 'report worker']);
    about('prepared', 'worker');
    come('worker');
    about('ended', 'worker');
    about('prepared', 'worker');
    pass(499);
    expect(said.filter((one) => one === 'open worker')).toHaveLength(1);
    pass(1);

    expect(said.filter((one) => one === 'open worker')).toHaveLength(2);
  });

  it('kills one that does not end in time, and answers when it has ended', () => {
    const { said, happened, about, pass, both } = supervise();

    happened({ kind: 'stop', asker: 2, ids: both });
    about('ended', 'worker');
    pass(1_000);
    expect(said).toEqual(['sendStop worker', 'sendStop worker-02', 'kill worker-02']);
    about('ended', 'worker-02');

    expect(said.at(-1)).toBe('answer 2 done');
  });

  it('ends a restart under way when the system stops, and brings nothing back', () => {
    const { said, happened, about, come, restart, both, pass } = supervise();

    restart(2);
    about('ended', 'worker');
    happened({ kind: 'stop', asker: 3, ids: both });
    come('worker');
    both.forEach((id) => about('ended', id));
    restart(4);
    happened({ kind: 'start', asker: 5, ids: both });
    pass(100_000);

    expect(said).toEqual([
      'sendStop worker',
      'open worker',
      'answer 2 the system is stopping',
      'sendStop worker',
      'sendStop worker-02',
      'answer 3 done',
      'answer 4 the system is stopping',
      'answer 5 the system is stopping',
    ]);
  });

  it('leaves the other copies alone when one does not come up again, and goes on trying that one', () => {
    const { said, about, restart, pass } = supervise();

    restart(2);
    about('ended', 'worker');
    about('loaded', 'worker');
    about('failed', 'worker', 'the port is taken');
    about('ended', 'worker');
    about('prepared', 'worker');
    pass(250);

    expect(said).toEqual([
      'sendStop worker',
      'open worker',
      'sendStart worker',
      'kill worker',
      'answer 2 the port is taken',
      'report worker',
      'prepare worker',
      'report worker',
      'open worker',
    ]);
  });
});
