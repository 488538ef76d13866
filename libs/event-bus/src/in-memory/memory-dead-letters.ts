import type { DeadLetters } from '../event-bus.ts';
import type { KeyedLetter } from './memory-messages.ts';

/** The dead letters of all queues of one name: every bus holds them all. */
export interface MemoryDeadLetters {
  readonly port: DeadLetters;
  add(letters: readonly KeyedLetter[]): void;
  drop(letters: readonly KeyedLetter[]): void;
  all(): readonly KeyedLetter[];
}

/** @param takeOut puts letters back into their queue, or throws them away */
export function createMemoryDeadLetters(
  takeOut: (fate: 'replayed' | 'discarded', letters: readonly KeyedLetter[]) => void,
): MemoryDeadLetters {
  const letters = new Map<string, KeyedLetter>();
  const keyOf = ({ queue, queued }: KeyedLetter) => `${queue} ${queued.key}`;
  const of = (queue: string) => [...letters.values()].filter((one) => one.queue === queue);
  const choose = (fate: 'replayed' | 'discarded', queue: string, ids: readonly string[] | undefined): number => {
    const wanted = of(queue).filter(({ queued }) => ids === undefined || ids.includes(queued.event.id));
    if (wanted.length > 0) takeOut(fate, wanted);
    return wanted.length;
  };
  return {
    port: {
      list: async (queue, limit = 100) =>
        of(queue)
          .slice(0, limit)
          .map(({ queued: { event }, reason, problem }) => ({
            id: event.id,
            event,
            text: JSON.stringify(event),
            reason,
            problem,
          })),
      replay: async (queue, ids) => choose('replayed', queue, ids),
      discard: async (queue, ids) => choose('discarded', queue, ids),
    },
    add: (more) => {
      for (const one of more) letters.set(keyOf(one), one);
    },
    drop: (gone) => {
      for (const one of gone) letters.delete(keyOf(one));
    },
    all: () => [...letters.values()],
  };
}
