import type { ParkedMessage } from '@procos/contracts';
import type { DeadLetter, EventBus } from '@procos/event-bus';
import { inboundQueues } from './inbox.ts';

/** Events for the engine that could not be delivered: kept until somebody decides. */
export interface ParkedMessages {
  /** Oldest first, of each kind. */
  list(limit: number): Promise<ParkedMessage[]>;
  /** @param id @default all of them @returns how many */
  replay(id?: string): Promise<number>;
  /** @returns how many */
  discard(id: string): Promise<number>;
}

export function createParkedMessages({ deadLetters }: Pick<EventBus, 'deadLetters'>): ParkedMessages {
  const onAll = async (act: (queue: string) => Promise<number>): Promise<number> => {
    let total = 0;
    for (const queue of inboundQueues) total += await act(queue);
    return total;
  };
  return {
    list: async (limit) => {
      const letters = [];
      for (const queue of inboundQueues) letters.push(...(await deadLetters.list(queue, limit)));
      return letters.map(view).slice(0, limit);
    },
    replay: (id) => onAll((queue) => (id === undefined ? deadLetters.replay(queue) : deadLetters.replay(queue, [id]))),
    discard: (id) => onAll((queue) => deadLetters.discard(queue, [id])),
  };
}

const longestText = 2_000;

function view({ id, event, reason, text, problem }: DeadLetter): ParkedMessage {
  const why = { reason, ...(problem === undefined ? {} : { problem }) };
  if (event === undefined) return { id, type: '', ...why, text: text.slice(0, longestText) };
  const { type, time, source, data } = event;
  return { id, type, ...why, time, source, data };
}
