import { type EngineClient, EngineRequestError, type LockedTask } from '@procos/engine-client';
import { expect } from 'vitest';

/** What the suite is run on: an engine and a way to make a task appear. */
export interface EngineOfTasks {
  readonly tasks: EngineClient['externalTasks'];
  /** @param outer variables of the scope around the task @returns the task's id */
  readonly create: (topic: string, outer?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Topics of this run: no other worker asks for them. */
  readonly topic: string;
}

/** In milliseconds. */
export const lockMs = 1_500;

/** How the suites ask for tasks of their topic. @param waitMs how long the engine may hold the request. @default no waiting */
export function fetcher({ tasks, topic }: EngineOfTasks) {
  return (workerId: string, waitMs?: number, lockDuration = lockMs): Promise<readonly LockedTask[]> =>
    tasks.fetchAndLock({
      workerId,
      maxTasks: 10,
      topics: [{ topicName: topic, lockDuration }],
      ...(waitMs === undefined ? {} : { waitMs }),
    });
}

export function refused(status: number): Error {
  return expect.objectContaining({ name: EngineRequestError.name, status }) as Error;
}

export function idsOf(locked: readonly LockedTask[]): readonly string[] {
  return locked.map(({ id }) => id);
}
