import { NotConnectedError } from '../errors.ts';

/** Places for what is under way to the broker; who finds none waits in line. */
export interface PublishWindow {
  /** @throws NotConnectedError when the line is full, or the deadline passes */
  enter(deadline: number): Promise<void>;
  leave(): void;
}

export function createPublishWindow(places: number, maxWaiting: number, reason: () => string): PublishWindow {
  const line = new Set<() => void>();
  let free = places;
  return {
    enter: (deadline) => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      if (line.size >= maxWaiting) return Promise.reject(new NotConnectedError(`${maxWaiting} events wait already: ${reason()}`));
      return new Promise((resolve, reject) => {
        const enter = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(
          () => {
            line.delete(enter);
            reject(new NotConnectedError(reason()));
          },
          Math.max(0, deadline - performance.now()),
        );
        line.add(enter);
      });
    },
    leave: () => {
      const [next] = line;
      if (next === undefined) free += 1;
      else {
        line.delete(next);
        next();
      }
    },
  };
}
