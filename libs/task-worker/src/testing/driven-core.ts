import type { Command, HeldTask, WorkerEvent } from '../core/messages.ts';
import { createWorkerCore } from '../core/worker-core.ts';

const policy = { retries: 1, backoffMs: 10, maxBackoffMs: 10, timeoutMs: 0 };
/** A task as the engine gives it out. */
export const task = (retries: number | null = null): HeldTask => ({
  id: 'a',
  executionId: 'execution',
  topic: 'x',
  retries,
  policy,
  crashes: 0,
});

/** A worker's decisions: tell it an event, and read the commands of one kind. @param unkeepable why no result can be kept */
export function core(unkeepable?: string) {
  const worker = createWorkerCore({
    topics: { x: {} },
    concurrency: 8,
    maxTasks: 4,
    lockDurationMs: 5_000,
    longPollMs: 20_000,
    random: () => 0.5,
    unkeepable: () => unkeepable,
  });
  return <Kind extends Command['kind']>(now: number, event: WorkerEvent, kind: Kind) =>
    worker.handle(event, now).filter((command): command is Extract<Command, { kind: Kind }> => command.kind === kind);
}
