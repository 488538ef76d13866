import type { LockedTask } from '@procos/engine-client';
import type { Command, HandlerResult, HeldTask, WorkerEvent } from '../core/messages.ts';
import { retryPolicyOf } from '../retry-policy.ts';
import { thrownResult } from '../thrown-result.ts';
import type { HandlerRuns } from './handler-runs.ts';
import type { RuntimeOptions } from './runtime-options.ts';

export type LeaseRuns = ReturnType<typeof createLeaseRuns>;

/** Handlers and the tasks that they were given. A task is known by the object that the core got for it: each lease has one of its own. */
export function createLeaseRuns(
  { topics, journal, retryPolicy, onLeaseEnded }: RuntimeOptions,
  runs: HandlerRuns,
  dispatch: (event: WorkerEvent) => void,
) {
  const locked = new WeakMap<HeldTask, LockedTask>();
  return {
    take: (task: LockedTask): HeldTask => {
      const policy = retryPolicyOf(task.extensionProperties ?? {}, retryPolicy);
      const held = {
        id: task.id,
        executionId: task.executionId,
        topic: task.topicName,
        retries: task.retries,
        policy,
        crashes: journal.crashesOf(task),
      };
      locked.set(held, task);
      return held;
    },
    run: async ({ lease, task, attempt }: Extract<Command, { kind: 'run' }>): Promise<void> => {
      const [topic, lockedTask] = [topics.get(task.topic), locked.get(task)];
      dispatch({
        kind: 'handled',
        lease,
        result: await resultOf(task.topic, () => lockedTask && topic && runs.start(lease, topic, lockedTask, attempt)),
      });
    },
    abort: ({ lease, reason }: Extract<Command, { kind: 'abort' }>): void => runs.abort(lease, reason),
    extended: (lease: number): void => runs.extended(lease),
    end: ({ lease, task, end, outcome }: Extract<Command, { kind: 'leaseEnded' }>): void => {
      const durationMs = runs.end(lease);
      const lockedTask = locked.get(task);
      if (lockedTask === undefined) return;
      topics.get(task.topic)?.ended?.(lockedTask, end, outcome);
      onLeaseEnded({ task: lockedTask, end, outcome, durationMs });
    },
  };
}

/** No fault of a handler, whatever it is, may leave its task without an outcome. */
async function resultOf(topic: string, attempt: () => Promise<HandlerResult> | undefined): Promise<HandlerResult> {
  try {
    return (await attempt()) ?? thrownResult(new Error(`Nothing serves topic ${topic}`));
  } catch (thrown) {
    return thrownResult(thrown);
  }
}
