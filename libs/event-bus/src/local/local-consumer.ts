import { setTimeout as delay } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import { type ConsumeSettings, consumeSettings } from '../consume-settings.ts';
import { problemOf, RejectEventError } from '../errors.ts';
import type { ConsumeOptions, EventHandler } from '../event-bus.ts';
import { retryDelay } from '../retry-delay.ts';
import type { Holder } from './holder.ts';
import { seekLeadership } from './leadership.ts';
import type { HeldMessage, StoredQueues } from './stored-queues.ts';

export interface LocalConsumerOptions {
  readonly queue: string;
  readonly handler: EventHandler;
  readonly wanted: ConsumeOptions;
  readonly queues: StoredQueues;
  readonly holder: Holder;
  /** The same for all buses that may consume from the queue. */
  readonly leaderName: string;
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent | undefined) => void;
  /** Told when an event may be handed out again, to this or another consumer. */
  readonly onReady: (queue: string) => void;
}

export interface LocalConsumer {
  readonly queue: string;
  /** Takes what there is, as far as it has room. */
  wake(): void;
  /** Resolves when no handler is at work any more. */
  stop(): Promise<void>;
}

/** What a thread had that has died is looked for this often, and whatever was not heard of, in milliseconds. */
const lookAroundMs = 500;
/** Nobody takes an event away from its handler here. */
export const neverLost = new AbortController();

export function startLocalConsumer(options: LocalConsumerOptions): LocalConsumer {
  const { queue, queues, holder, wanted, leaderName, onHandlerError, onReady } = options;
  const settings = consumeSettings(wanted);
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  const onFault = (thrown: unknown) => onHandlerError(thrown, undefined);
  const take = () => {
    while (!stopping.signal.aborted && mayTake() && atWork.size < settings.prefetch) {
      const message = queues.take(queue, holder.id);
      if (message === undefined) return;
      const work = attempt(message, settings, options, stopping.signal).finally(() => {
        atWork.delete(work);
        wake();
      });
      atWork.add(work);
    }
  };
  const wake = () => {
    try {
      take();
    } catch (thrown) {
      onFault(thrown);
    }
  };
  // Where events are ordered one consumer has them, the others wait.
  const leadership = settings.ordered ? seekLeadership({ name: leaderName, onLead: wake, onFault }) : undefined;
  const mayTake = () => leadership?.leads() !== false;
  const looking = keepLooking(options, stopping.signal, wake);
  return {
    queue,
    wake,
    stop: async () => {
      stopping.abort();
      clearInterval(looking);
      await Promise.all(atWork);
      leadership?.giveUp();
      onReady(queue);
    },
  };
}

/** Lets go of what buses had that are no more, and takes what there is. */
function keepLooking(
  { queue, queues, holder, onHandlerError }: LocalConsumerOptions,
  stopping: AbortSignal,
  wake: () => void,
): NodeJS.Timeout {
  const lookAround = async () => {
    const gone = await holder.gone(queues.holders(queue).filter((id) => id !== holder.id));
    if (stopping.aborted) return;
    for (const id of gone) queues.releaseAllOf(id);
    wake();
  };
  const look = () => void lookAround().catch((thrown: unknown) => onHandlerError(thrown, undefined));
  look();
  return setInterval(look, lookAroundMs).unref();
}

async function attempt(
  message: HeldMessage,
  settings: ConsumeSettings,
  options: LocalConsumerOptions,
  stopping: AbortSignal,
): Promise<void> {
  const { queue, queues, onReady, onHandlerError } = options;
  try {
    if (await handled(message, settings, options, stopping)) return;
    queues.release(message);
    onReady(queue);
  } catch (thrown) {
    // It stays ours until this bus ends, and is handed out again then.
    onHandlerError(thrown, message.event);
  }
}

/** @returns false when it is to be handed out again */
async function handled(
  message: HeldMessage,
  { deliveryLimit, retryDelayMs }: ConsumeSettings,
  { queue, queues, handler, onHandlerError }: LocalConsumerOptions,
  stopping: AbortSignal,
): Promise<boolean> {
  const { event, deliveries } = message;
  try {
    await handler(event, { signal: neverLost.signal, isRepetition: deliveries > 1 });
  } catch (thrown) {
    onHandlerError(thrown, event);
    const rejected = thrown instanceof RejectEventError;
    if (!rejected && deliveries < deliveryLimit) {
      // Ended early when the consumer stops: then somebody else has it sooner.
      await delay(retryDelay(retryDelayMs, deliveries), undefined, { signal: stopping }).catch(() => undefined);
      return false;
    }
    queues.bury(queue, message, { reason: rejected ? 'rejected' : 'delivery_limit', problem: problemOf(thrown) });
    return true;
  }
  queues.finish(message);
  return true;
}
