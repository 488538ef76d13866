import { NotConnectedError } from '../errors.ts';

/** Places for what is under way to the broker; who finds none waits in line. */
export interface PublishWindow {
  /** A place in the order of the calls; kept by who comes a second time. @returns its number */
  ticket(): number;
  /**
   * @param alone nothing else is to be under way meanwhile
   * @throws NotConnectedError when the line is full, or the deadline passes
   */
  enter(ticket: number, alone: boolean, deadline: number): Promise<void>;
  leave(): void;
}

interface Waiting {
  readonly ticket: number;
  readonly alone: boolean;
  readonly goOn: () => void;
}

interface Line {
  readonly places: number;
  /** In the order of their tickets. */
  readonly waiting: Waiting[];
  underWay: number;
  isOneAlone: boolean;
}

export function createPublishWindow(places: number, maxWaiting: number, reason: () => string): PublishWindow {
  const line: Line = { places, waiting: [], underWay: 0, isOneAlone: false };
  let last = 0;
  return {
    ticket: () => ++last,
    enter: (ticket, alone, deadline) => {
      const isFull = line.waiting.length >= maxWaiting && !mayGoNow(line, { ticket, alone });
      if (isFull) return Promise.reject(new NotConnectedError(`${maxWaiting} events wait already: ${reason()}`));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => {
            line.waiting.splice(line.waiting.indexOf(mine), 1);
            reject(new NotConnectedError(reason()));
            // Whoever stood behind it may have been able to go.
            letGo(line);
          },
          Math.max(0, deadline - performance.now()),
        );
        const goOn = () => {
          clearTimeout(timer);
          resolve();
        };
        const mine: Waiting = { ticket, alone, goOn };
        const behind = line.waiting.findLastIndex((other) => other.ticket < ticket);
        line.waiting.splice(behind + 1, 0, mine);
        letGo(line);
      });
    },
    leave: () => {
      line.underWay -= 1;
      if (line.underWay === 0) line.isOneAlone = false;
      letGo(line);
    },
  };
}

function mayGoNow(
  { waiting, underWay, isOneAlone, places }: Line,
  { ticket, alone }: Pick<Waiting, 'ticket' | 'alone'>,
): boolean {
  const isFirst = (waiting[0]?.ticket ?? ticket) >= ticket;
  return isFirst && !isOneAlone && (alone ? underWay === 0 : underWay < places);
}

/** Nobody overtakes: where the first one has to wait, all do. */
function letGo(line: Line): void {
  for (let [first] = line.waiting; first !== undefined && mayGoNow(line, first); [first] = line.waiting) {
    line.waiting.shift();
    line.underWay += 1;
    line.isOneAlone = first.alone;
    first.goOn();
  }
}
