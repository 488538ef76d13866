/** One timer for all that falls due: the earliest wish counts. */
export interface WakeTimer {
  /** @param at on the clock of `performance.now()` */
  wakeAt(at: number): void;
  clear(): void;
}

export function createWakeTimer(wake: () => void): WakeTimer {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  const clear = () => {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
  };
  return {
    clear,
    wakeAt: (at) => {
      if (at >= due) return;
      clear();
      due = at;
      timer = setTimeout(
        () => {
          due = Number.POSITIVE_INFINITY;
          wake();
        },
        Math.max(1, Math.ceil(at - performance.now())),
      );
    },
  };
}
