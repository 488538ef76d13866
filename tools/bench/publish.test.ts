import { describe, expect, it } from 'vitest';
import { type BenchDocument, withResults } from './publish.ts';

const document = (metric: string, ratio: number, peer = 'tuned'): BenchDocument => ({
  bench: 'worker',
  machine: { cpus: 2, model: 'A processor' },
  runs: [
    { metric, peer },
    { metric, peer },
    { metric: 'other', peer },
  ],
  results: [{ metric, peer, ratio, ci95: [ratio - 0.1234, ratio + 0.1234] }],
});
const rows = (page: string) => page.split('\n').filter((line) => line.startsWith('| `'));

describe('the page of benchmarks', () => {
  it('tells ratio, interval and number of runs', () => {
    const page = withResults('# Benchmarks\n', document('chain40', 1.25));

    expect(page).toMatch(/^# Benchmarks\n\n<!-- worker:begin -->\n## worker\n/);
    expect(rows(page)).toEqual(['| `chain40` | tuned | **1.25** | 1.13 to 1.37 | 2 |']);
  });

  it('keeps what was not measured again, and everything around it', () => {
    const first = `${withResults('# Benchmarks\n', document('chain40', 1.25))}\nMore text.\n`;

    const page = [document('saturation', 0.9), document('chain40', 2), document('chain40', 9, 'temporal')].reduce(
      withResults,
      first,
    );

    expect(rows(page).map((row) => row.split('|').slice(1, 4).join('|'))).toEqual([
      ' `chain40` | tuned | **2** ',
      ' `saturation` | tuned | **0.9** ',
      ' `chain40` | temporal | **9** ',
    ]);
    expect(page.endsWith('<!-- worker:end -->\n\nMore text.\n')).toBe(true);
  });
});
