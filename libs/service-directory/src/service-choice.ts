import type { ServiceRecord } from '@procos/contracts';

/** One of several copies, taken for one call. */
export interface ChosenService {
  readonly record: ServiceRecord;
  /** The call is over. */
  release(): void;
}

/** Which copy of a service a caller takes. */
export interface ServiceChoice {
  /** @returns undefined when there is none */
  choose(records: readonly ServiceRecord[]): ChosenService | undefined;
}

/** Each copy in its turn, each service with a turn of its own. */
export function createRoundRobin(): ServiceChoice {
  const turns = new Map<string, number>();
  return {
    choose: (records) => {
      const name = records[0]?.service_name ?? '';
      const turn = turns.get(name) ?? 0;
      const record = records[turn % records.length];
      turns.set(name, turn + 1);
      return record === undefined ? undefined : { record, release: () => undefined };
    },
  };
}

/** The copy with the fewest calls of ours under way; in its turn among those with equally few. */
export function createLeastLoaded(): ServiceChoice {
  const underWay = new Map<string, number>();
  const inTurn = createRoundRobin();
  const load = ({ service_id: id }: ServiceRecord) => underWay.get(id) ?? 0;
  return {
    choose: (records) => {
      const least = Math.min(...records.map(load));
      const chosen = inTurn.choose(records.filter((record) => load(record) === least));
      if (chosen === undefined) return undefined;
      const { record } = chosen;
      underWay.set(record.service_id, load(record) + 1);
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        const left = load(record) - 1;
        if (left > 0) underWay.set(record.service_id, left);
        else underWay.delete(record.service_id);
      };
      return { record, release };
    },
  };
}
