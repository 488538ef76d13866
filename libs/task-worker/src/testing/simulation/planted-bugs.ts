import type { Achieved, Command, HeldTask, Outcome, WorkerEvent } from '../../core/messages.ts';
import type { CoreOptions, TopicLimits } from '../../core/options.ts';
import { createWorkerCore, type WorkerCore } from '../../core/worker-core.ts';

/** How a history deviates from the real thing. */
export interface Saboteur {
  readonly core: (options: CoreOptions) => WorkerCore;
  readonly keepsJournal: boolean;
  /** The same for every process. */
  readonly workerId?: string;
  readonly limits?: Readonly<Record<string, TopicLimits>>;
  /** What a handler hands to the outside. @default the activity instance */
  readonly key?: (task: HeldTask, process: string) => string;
}

export const honest: Saboteur = { core: createWorkerCore, keepsJournal: true };

/** A core that mishears events or whose commands are changed on the way; `undefined` = swallowed. */
function tampered(change: {
  event?: (event: WorkerEvent) => WorkerEvent | undefined;
  command?: (command: Command) => Command | undefined;
}): Saboteur {
  const { event: hear = (event) => event, command: send = (command) => command } = change;
  const core = (options: CoreOptions): WorkerCore => {
    const real = createWorkerCore(options);
    return {
      ...real,
      handle: (event, now) => {
        const heard = hear(event);
        if (heard === undefined) return [];
        return real.handle(heard, now).flatMap((command) => send(command) ?? []);
      },
    };
  };
  return { ...honest, core };
}

const without = (kind: Command['kind']) =>
  tampered({ command: (command) => (command.kind === kind ? undefined : command) });

function withoutKeeps(failure: Extract<Outcome, { kind: 'failure' }>): Outcome {
  const { keeps: _, ...rest } = failure;
  return rest;
}

/** Keeps the results of all tasks in one place. */
function strayKept(options: CoreOptions): WorkerCore {
  const real = createWorkerCore(options);
  let last: Achieved | undefined;
  return {
    ...real,
    handle: (event, now) => {
      if (event.kind === 'handled' && (event.result.kind === 'complete' || event.result.kind === 'bpmnError'))
        last = event.result;
      return real.handle(
        event.kind === 'keptRead' && typeof event.kept !== 'string' && last !== undefined
          ? { ...event, kept: last }
          : event,
        now,
      );
    },
  };
}

/** Reads a kept result once only: when the engine refuses that too, the handler runs. */
function rerunsKept(options: CoreOptions): WorkerCore {
  const real = createWorkerCore(options);
  const read = new Set<string>();
  const taskOf = new Map<number, string>();
  return {
    ...real,
    handle: (event, now) => {
      const task = event.kind === 'keptRead' ? taskOf.get(event.lease) : undefined;
      const isAgain = event.kind === 'keptRead' && task !== undefined && read.has(task);
      if (event.kind === 'keptRead' && task !== undefined && typeof event.kept !== 'string') read.add(task);
      const commands = real.handle(event.kind === 'keptRead' && isAgain ? { ...event, kept: 'nothing' } : event, now);
      for (const command of commands) if (command.kind === 'readKept') taskOf.set(command.lease, command.task.id);
      return commands;
    },
  };
}

/** Faults that were seen in real clients, and some more. The simulation must find each of them. */
export const plantedBugs: Readonly<Record<string, Saboteur>> = {
  'locks are extended too late': {
    ...honest,
    core: (options) => createWorkerCore({ ...options, lockDurationMs: options.lockDurationMs * 100 }),
  },
  'every process has the same worker id': { ...honest, workerId: 'some-random-id' },
  'a failure is not reported': tampered({
    command: (command) => (command.kind === 'report' && command.outcome.kind === 'failure' ? undefined : command),
  }),
  'an outcome is given up after a network failure': tampered({
    event: (event) =>
      event.kind === 'reported' && event.answer === 'unanswered' ? { ...event, answer: 'refused' } : event,
  }),
  'retries are not counted down': tampered({
    command: (command) =>
      command.kind === 'report' && command.outcome.kind === 'failure'
        ? { ...command, outcome: { ...command.outcome, retries: 3 } }
        : command,
  }),
  'no journal is kept': { ...honest, keepsJournal: false },
  'nothing is fetched when a retry falls due': tampered({
    event: (event) => (event.kind === 'reported' && event.answer === 'accepted' ? { ...event, answer: 'gone' } : event),
  }),
  'topics have no limit of their own': {
    ...honest,
    limits: { quick: { concurrency: 99 }, slow: { concurrency: 99 }, rated: { concurrency: 99, ratePerSecond: 5 } },
  },
  'the rate of a topic is not limited': {
    ...honest,
    limits: { quick: { concurrency: 1 }, slow: { concurrency: 1 }, rated: { concurrency: 4 } },
  },
  'more is fetched than there is room for': tampered({
    command: (command) => (command.kind === 'fetch' ? { ...command, maxTasks: command.maxTasks * 10 } : command),
  }),
  'the drain gives nothing back': without('unlock'),
  'the drain ends at once': tampered({
    command: (command) =>
      command.kind === 'recallFetches' || command.kind === 'listLocks' ? { kind: 'ended', state: 'STOPPED' } : command,
  }),
  'fetching goes on while draining': tampered({
    event: (event) => (event.kind === 'stop' ? { kind: 'timer' } : event),
  }),
  'a handler goes on after its lease is lost': without('abort'),
  'an engine that fails for a moment counts as one that refuses': tampered({
    event: (event) =>
      event.kind === 'reported' && event.answer === 'failing' ? { ...event, answer: 'faulty' } : event,
  }),
  'starts that ended with their process are not counted': tampered({
    event: (event) =>
      event.kind === 'fetched' ? { ...event, tasks: event.tasks.map((task) => ({ ...task, crashes: 0 })) } : event,
  }),
  'an engine that forgets no request is taken for one that does': tampered({
    event: (event) =>
      event.kind === 'start'
        ? event
        : event.kind === 'timer'
          ? { kind: 'engineKnown', forgetsSuperseded: true }
          : event,
  }),
  'a lost lease is not noticed': tampered({
    event: (event) => (event.kind === 'extended' && event.answer === 'refused' ? { ...event, answer: 'kept' } : event),
  }),
  'a refused result is not kept': tampered({
    command: (command) =>
      command.kind === 'report' && command.outcome.kind === 'failure'
        ? { ...command, outcome: withoutKeeps(command.outcome) }
        : command,
  }),
  'nobody asks for a kept result': tampered({
    event: (event) => (event.kind === 'keptRead' ? { ...event, kept: 'nothing' } : event),
  }),
  'an unanswered question for a kept result counts as none': tampered({
    event: (event) =>
      event.kind === 'keptRead' && event.kept === 'unanswered' ? { ...event, kept: 'nothing' } : event,
  }),
  'a kept result is left behind': tampered({
    command: (command) =>
      command.kind === 'report' && command.outcome.kind !== 'failure'
        ? { ...command, outcome: { ...command.outcome, wasKept: false } }
        : command,
  }),
  'a kept result is taken from whoever has one': { ...honest, core: strayKept },
  'what cannot be kept is tried again by itself': tampered({
    command: (command) =>
      command.kind === 'report' &&
      command.outcome.kind === 'failure' &&
      command.outcome.keeps === undefined &&
      command.outcome.message.includes('could not be kept')
        ? {
            ...command,
            outcome: {
              ...command.outcome,
              retries: Math.max(0, (command.task.retries ?? command.task.policy.retries + 1) - 1),
            },
          }
        : command,
  }),
  'a refusal for good is tried again': tampered({
    event: (event) =>
      event.kind === 'reported' && event.answer === 'broken' ? { ...event, answer: 'failing' } : event,
  }),
  'a refused kept result is run again': { ...honest, core: rerunsKept },
  'each process has a key of its own for the same effect': { ...honest, key: ({ id }, process) => `${process}:${id}` },
  'a process that stood still begins with what it was given before': tampered({
    command: (command) => command,
    event: (event) => (event.kind === 'keptRead' && event.kept === 'refused' ? { ...event, kept: 'nothing' } : event),
  }),
  'what an unanswered fetch locked is forgotten': tampered({
    event: (event) => (event.kind === 'listed' ? { ...event, taskIds: [] } : event),
  }),
};
