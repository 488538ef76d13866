import { describe, expect, it } from 'vitest';
import { playHistory } from './history.ts';
import { honest, plantedBugs } from './planted-bugs.ts';

/** Another start of the numbers plays other histories: `PROCOS_SIMULATION_SEED=123456 npx vitest run libs/task-worker`. */
const firstSeed = Number(process.env['PROCOS_SIMULATION_SEED'] ?? 1);
const histories = Number(process.env['PROCOS_SIMULATION_HISTORIES'] ?? 10_000);

describe('the worker against an engine, a network and processes that fail', () => {
  it(`keeps its promises in ${histories} histories`, { timeout: 300_000 }, () => {
    const broken: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + histories && broken.length < 5; seed++) {
      const violation = playHistory(seed, honest);
      if (violation !== undefined) broken.push(`seed ${seed}: ${violation}`);
    }
    expect(broken).toEqual([]);
  });

  it.each(Object.entries(plantedBugs))('finds the planted bug: %s', { timeout: 60_000 }, (_, saboteur) => {
    let found: string | undefined;
    for (let seed = 1; seed <= 3_000 && found === undefined; seed++) found = playHistory(seed, saboteur);
    expect(found).toMatch(/^I\d /);
  });
});
