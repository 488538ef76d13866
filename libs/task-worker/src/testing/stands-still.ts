import { setTimeout as delay } from 'node:timers/promises';
import type { EngineClient } from '@procos/engine-client';

/** A moment between the end of a handler and the engine's answer at which a worker process stands still, to be killed there. */
export interface Standstill {
  readonly report: 'complete' | 'fail';
  /** `before`: the engine has heard nothing; `after`: it has, and its answer is lost. */
  readonly when: 'before' | 'after';
}

/**
 * A client of a worker that stands still at one moment of a report.
 *
 * @param isMeant whether the report that begins is one to stand still at
 * @param reached called there; nothing follows it
 */
export function standingStill(
  client: EngineClient,
  { report, when }: Standstill,
  isMeant: () => boolean,
  reached: () => void,
): EngineClient {
  const { externalTasks } = client;
  const atMoment = async (send: () => Promise<void>): Promise<void> => {
    if (!isMeant()) return send();
    if (when === 'after') await send();
    reached();
    await delay(2 ** 30);
  };
  const changed =
    report === 'complete'
      ? {
          complete: (...args: Parameters<typeof externalTasks.complete>) =>
            atMoment(() => externalTasks.complete(...args)),
        }
      : { fail: (...args: Parameters<typeof externalTasks.fail>) => atMoment(() => externalTasks.fail(...args)) };
  return { ...client, externalTasks: { ...externalTasks, ...changed } };
}
