import { expect, it } from 'vitest';
import { measured } from './measured.ts';

it('compares the runs of ours with those of the peer, and keeps them all', () => {
  const runs = [
    { candidate: 'ours', value: 20 },
    { candidate: 'theirs', value: 10 },
    { candidate: 'somebody else', value: 1 },
  ];

  const { runs: kept, results } = measured(
    { metric: 'm', unit: 'tasks/s', peer: 'theirs', runs },
    { better: 'higher' },
  );

  expect(kept).toBe(runs);
  expect(results).toMatchObject([{ metric: 'm', unit: 'tasks/s', peer: 'theirs', ours: 20, theirs: 10, ratio: 2 }]);
});
