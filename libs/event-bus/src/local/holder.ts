import { locks } from 'node:worker_threads';

/** One bus, as the holder of events: known by a lock that it has for as long as its thread lives. */
export interface Holder {
  readonly id: string;
  /** Which of these are no more: their threads or processes have ended. */
  gone(holders: readonly string[]): Promise<readonly string[]>;
  close(): void;
}

const lockOf = (id: string) => `procos.events/holder/${id}`;

export function createHolder(onFault: (thrown: unknown) => void): Holder {
  const id = crypto.randomUUID();
  let leave = () => {};
  const closed = new Promise<void>((resolve) => (leave = resolve));
  const taken = new Promise<void>((resolve) => {
    locks.request(lockOf(id), () => (resolve(), closed)).catch(onFault);
  });
  const isGone = (other: string) => locks.request(lockOf(other), { ifAvailable: true }, (lock) => lock !== null);
  return {
    id,
    gone: async (holders) => {
      await taken;
      const answers = await Promise.all(holders.map(async (other) => ((await isGone(other)) ? [other] : [])));
      return answers.flat();
    },
    close: leave,
  };
}
