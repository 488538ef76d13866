/** Something that happens again and again and can be waited for. */
export interface Signal {
  /** It has happened: all that wait go on, in the order in which they came. */
  fire(): void;
  /** @param deadline on the clock of `performance.now()` @returns whether it happened before the deadline */
  next(deadline: number): Promise<boolean>;
}

export function createSignal(): Signal {
  const waiting = new Set<(happened: boolean) => void>();
  return {
    fire: () => {
      for (const goOn of [...waiting]) goOn(true);
    },
    next: (deadline) =>
      new Promise((resolve) => {
        const goOn = (happened: boolean) => {
          clearTimeout(timer);
          waiting.delete(goOn);
          resolve(happened);
        };
        const timer = setTimeout(() => goOn(false), Math.max(0, deadline - performance.now()));
        waiting.add(goOn);
      }),
  };
}
