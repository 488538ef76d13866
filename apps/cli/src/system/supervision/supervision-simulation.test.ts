import { describe, expect, it } from 'vitest';
import { playSupervision } from '../../testing/simulated-supervision.ts';
import { createSupervisionCore, type SupervisionCore } from './supervision-core.ts';
import type { SupervisionCommand, SupervisionEvent, UnitRecipe } from './supervision-messages.ts';

/** Other histories: `PROCOS_SIMULATION_SEED=123456 npx vitest run apps/cli/src/system/supervision`. */
const firstSeed = Number(process.env['PROCOS_SIMULATION_SEED'] ?? 1);
const histories = Number(process.env['PROCOS_SIMULATION_HISTORIES'] ?? 2_000);

/** A core that gets or says something else than the honest one. */
function sabotage(change: {
  readonly event?: (event: SupervisionEvent) => SupervisionEvent | undefined;
  readonly command?: (command: SupervisionCommand) => SupervisionCommand | undefined;
}) {
  return (recipes: readonly UnitRecipe[]): SupervisionCore => {
    const honest = createSupervisionCore(recipes);
    return {
      handle: (given, now) => {
        const event = change.event === undefined ? given : change.event(given);
        const commands = event === undefined ? [] : honest.handle(event, now);
        return change.command === undefined ? commands : commands.flatMap((command) => change.command?.(command) ?? []);
      },
    };
  };
}

/** Counts, by the units that are meant, how often a restart is wanted in the moment in which the same one is wanted already. */
function countTwins() {
  const twice = new Map<string, number>();
  const make = (recipes: readonly UnitRecipe[]): SupervisionCore => {
    const honest = createSupervisionCore(recipes);
    let earlier = '';
    return {
      handle: (event, now) => {
        if (event.kind === 'restart') {
          const units = event.ids.join();
          const wish = `${units} at ${now}`;
          if (wish === earlier) twice.set(units, (twice.get(units) ?? 0) + 1);
          earlier = wish;
        }
        return honest.handle(event, now);
      },
    };
  };
  return { twice, make };
}

const bugs = {
  'nobody is killed': sabotage({ command: (command) => (command.kind === 'kill' ? undefined : command) }),
  'the servers are forgotten': sabotage({
    command: (command) =>
      command.kind === 'sendStop' && command.id === 'broker'
        ? undefined
        : command.kind === 'kill' && command.id === 'broker'
          ? undefined
          : command,
  }),
  'a crash goes unnoticed': sabotage({
    event: (event) => (event.kind === 'ended' && event.id === 'gateway' ? undefined : event),
  }),
  'a second life begins before the first has ended': sabotage({
    event: (event) => (event.kind === 'failed' ? { ...event, kind: 'ended' } : event),
  }),
  'an answer is lost': sabotage({
    command: (command) => (command.kind === 'answer' && command.fault !== undefined ? undefined : command),
  }),
};

describe('the supervision of apps and servers that crash, hang and are restarted', () => {
  it(`keeps one life of each, brings back what is wanted, answers everybody, leaves nothing behind: ${histories} histories from seed ${firstSeed}`, {
    timeout: 60_000,
  }, () => {
    const broken: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + histories && broken.length < 5; seed++)
      broken.push(...playSupervision(seed).map((what) => `seed ${seed}: ${what}`));
    expect(broken).toEqual([]);
  });

  it('have restarts of all copies of one app that are wanted twice in the same moment', { timeout: 60_000 }, () => {
    const { twice, make } = countTwins();
    for (let seed = firstSeed; seed < firstSeed + histories; seed++) playSupervision(seed, make);
    expect(twice.get('worker,worker-02')).toBeGreaterThan(0);
    expect(twice.get('gateway')).toBeGreaterThan(0);
  });

  it.each(Object.entries(bugs))('finds the planted bug: %s', { timeout: 60_000 }, (_, make) => {
    let found: readonly string[] = [];
    for (let seed = 1; seed <= 500 && found.length === 0; seed++) found = playSupervision(seed, make);
    expect(found).not.toEqual([]);
  });
});
