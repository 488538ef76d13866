import { seededRandom } from '@procos/testing';
import { createSupervisionCore, type SupervisionCore } from '../system/supervision/supervision-core.ts';
import type { SupervisionCommand, SupervisionEvent, UnitRecipe } from '../system/supervision/supervision-messages.ts';

const grace = 12_000;
const app = (id: string, name = id): UnitRecipe => ({ id, app: name, kind: 'app', graceMs: grace });
const units: readonly UnitRecipe[] = [
  app('kernel'),
  app('gateway'),
  app('worker'),
  app('worker-02', 'worker'),
  { ...app('broker'), kind: 'server' },
  { ...app('database'), kind: 'server' },
];
const apps = units.filter(({ kind }) => kind === 'app').map(({ id }) => id);
const servers = units.filter(({ kind }) => kind === 'server').map(({ id }) => id);

/** One life of a unit in the simulated world. */
interface Life {
  readonly id: string;
  readonly child: number;
  /** It takes no notice of what it is told: only a kill ends it. */
  readonly hangs: boolean;
  isOver: boolean;
}

interface World {
  readonly core: SupervisionCore;
  readonly random: () => number;
  readonly lives: Life[];
  readonly due: { readonly at: number; readonly order: number; readonly act: () => void }[];
  readonly answers: Map<number, string[]>;
  readonly broken: string[];
  now: number;
  order: number;
  /** Parts crash, hang and fail to start. */
  isTroubled: boolean;
}

const after = (world: World, ms: number, act: () => void) =>
  void world.due.push({ at: world.now + ms, order: world.order++, act });
const happened = (world: World, event: SupervisionEvent) =>
  world.core.handle(event, world.now).forEach((command) => obey(world, command));
const living = ({ lives }: World, id?: string) =>
  lives.filter((life) => !life.isOver && (id === undefined || life.id === id));
const trouble = ({ isTroubled, random }: World, share: number) => isTroubled && random() < share;

function ask(world: World, event: (asker: number) => SupervisionEvent): number {
  const asker = world.answers.size + 1;
  world.answers.set(asker, []);
  happened(world, event(asker));
  return asker;
}

function end(world: World, life: Life, reason: string): void {
  if (life.isOver) return;
  life.isOver = true;
  after(world, world.random() * 5, () => happened(world, { kind: 'ended', id: life.id, child: life.child, reason }));
}

function say(world: World, { isOver, id, child }: Life, kind: 'loaded' | 'started' | 'failed'): void {
  if (!isOver)
    happened(world, kind === 'failed' ? { kind, id, child, reason: 'the port is taken' } : { kind, id, child });
}

function obey(world: World, command: SupervisionCommand): void {
  const { random } = world;
  switch (command.kind) {
    case 'open':
      return open(world, command.id, command.child);
    case 'sendStart':
      return living(world, command.id).forEach((life) =>
        after(world, random() * 2_000, () => say(world, life, trouble(world, 0.15) ? 'failed' : 'started')),
      );
    case 'sendStop':
      return living(world, command.id)
        .filter(({ hangs }) => !hangs)
        .forEach((life) => after(world, random() * 4_000, () => end(world, life, 'stopped')));
    case 'kill':
      return living(world, command.id).forEach((life) => end(world, life, 'killed'));
    case 'prepare':
      return after(world, random() * 1_000, () =>
        happened(world, { kind: 'prepared', id: command.id, child: command.child }),
      );
    case 'answer':
      return void world.answers.get(command.asker)?.push(command.fault?.reason ?? 'done');
    case 'wake':
      return after(world, Math.max(1, command.at - world.now), () => happened(world, { kind: 'timer' }));
    case 'sendKill':
    case 'report':
  }
}

function open(world: World, id: string, child: number): void {
  if (living(world, id).length > 0) world.broken.push(`two lives of ${id}`);
  const life: Life = { id, child, hangs: trouble(world, 0.1), isOver: false };
  world.lives.push(life);
  if (trouble(world, 0.1)) after(world, world.random() * 300, () => end(world, life, 'crashed while it was loaded'));
  after(world, world.random() * 500, () => say(world, life, 'loaded'));
}

function run(world: World, ms: number): void {
  const until = world.now + ms;
  for (;;) {
    const [next] = world.due.toSorted((a, b) => a.at - b.at || a.order - b.order);
    if (next === undefined || next.at > until) break;
    world.due.splice(world.due.indexOf(next), 1);
    world.now = next.at;
    next.act();
  }
  world.now = until;
}

/**
 * One history of a system whose parts crash, hang and are restarted, until it calms down or is stopped.
 *
 * @returns what went wrong; empty when nothing did
 */
export function playSupervision(seed: number, make = createSupervisionCore): readonly string[] {
  const random = seededRandom(seed);
  const world: World = {
    core: make(units),
    random,
    lives: [],
    due: [],
    answers: new Map(),
    broken: [],
    now: 0,
    order: 0,
    isTroubled: true,
  };
  const { answers, broken } = world;
  happened(world, { kind: 'load' });
  run(world, random() * 800);
  ask(world, (asker) => ({ kind: 'start', asker, ids: units.map(({ id }) => id) }));
  for (let turn = 0; turn < 6; turn++) disturb(world);
  if (random() < 0.4) {
    world.isTroubled = false;
    run(world, 200_000);
    const away = units.filter(({ id }) => living(world, id).length !== 1).map(({ id }) => id);
    if (away.length > 0) broken.push(`not brought back: ${away.join(', ')}`);
  }
  const stops = stopAll(world);
  const rest = () =>
    living(world)
      .map(({ id }) => id)
      .join(', ');
  if (rest() !== '') broken.push(`left behind: ${rest()}`);
  if (stops.some((one) => answers.get(one)?.join() !== 'done')) broken.push('the end is not told');
  for (const [asker, told] of answers) if (told.length !== 1) broken.push(`asker ${asker} got ${told.length} answers`);
  run(world, 100_000);
  if (rest() !== '') broken.push(`came back after the end: ${rest()}`);
  return broken;
}

/** Somebody wants restarts, two at once at times, or kills a part. */
function disturb(world: World): void {
  const { random } = world;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const restartOne = (name: string) => {
    const ids = apps.filter((id) => id.startsWith(name));
    ask(world, (asker) => ({ kind: 'restart', asker, app: name, ids: random() < 0.3 ? [pick(ids)] : ids }));
  };
  run(world, random() * 3_000);
  const what = random();
  if (what < 0.4) restartOne(pick(['gateway', 'worker']));
  if (what < 0.2) restartOne(pick(['gateway', 'worker']));
  if (what > 0.6) living(world, pick(units).id).forEach((life) => end(world, life, 'kill -9'));
}

/** In good order, apps before servers; or all at once; or the one while the other is under way. */
function stopAll(world: World): readonly number[] {
  const stop = (ids: readonly string[]) => ask(world, (asker) => ({ kind: 'stop', asker, ids }));
  const way = world.random();
  const stops = way < 0.2 ? [] : [stop(['kernel'])];
  run(world, world.random() * 3_000);
  if (way < 0.4) {
    stops.push(ask(world, (asker) => ({ kind: 'killAll', asker, signal: 'SIGINT' })));
    run(world, 1_000);
    return stops;
  }
  stops.push(stop(apps));
  run(world, grace + 1_000);
  stops.push(stop(servers));
  run(world, grace + 1_000);
  return stops;
}
