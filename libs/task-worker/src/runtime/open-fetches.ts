import type { LockedTask } from '@procos/engine-client';
import type { Command, WorkerEvent } from '../core/messages.ts';
import type { EngineActions } from './engine-actions.ts';

export interface FetchesOptions {
  readonly engine: EngineActions;
  readonly forgetsSuperseded: () => Promise<boolean>;
  readonly dispatch: (event: WorkerEvent) => void;
  /** The engine has answered with these tasks. */
  readonly onTasks: (request: number, tasks: readonly LockedTask[]) => void;
}

/** The requests for tasks that are open at the engine. */
export interface OpenFetches {
  send(command: Extract<Command, { kind: 'fetch' }>): Promise<void>;
  recheck(waitMs: number): Promise<void>;
  abort(request: number): void;
  abortAll(): void;
  /** The worker has ended: nothing of it holds the process any more. */
  end(): void;
}

export function createOpenFetches({ engine, forgetsSuperseded, dispatch, onTasks }: FetchesOptions): OpenFetches {
  const open = new Map<number, AbortController>();
  const rechecks = new AbortController();
  let knowsEngine = false;

  async function learnEngine(): Promise<void> {
    knowsEngine = true;
    let forgets: boolean;
    try {
      forgets = await forgetsSuperseded();
    } catch {
      // Asked again after the next fetch.
      knowsEngine = false;
      return;
    }
    dispatch({ kind: 'engineKnown', forgetsSuperseded: forgets });
  }

  function abort(request: number): void {
    const controller = open.get(request);
    open.delete(request);
    controller?.abort();
  }

  return {
    send: async (command) => {
      const { request } = command;
      const controller = new AbortController();
      open.set(request, controller);
      const outcome = await outcomeOf(engine.fetch(command, controller.signal));
      if (!open.delete(request)) return;
      if ('reason' in outcome) return dispatch({ kind: 'fetchFailed', request, reason: outcome.reason });
      if (!knowsEngine) void learnEngine();
      onTasks(request, outcome);
    },
    // Whether it was answered does not matter: the poll beside it tells.
    recheck: async (waitMs) => void (await engine.recheck(waitMs, rechecks.signal)),
    abort,
    abortAll: () => [...open.keys()].forEach(abort),
    end: () => rechecks.abort(),
  };
}

/** Tells a fetch that failed from one that was answered; both are taken in outside of a `try`, so that a fault in that is not mistaken for one of the engine. */
async function outcomeOf(
  fetch: Promise<readonly LockedTask[]>,
): Promise<readonly LockedTask[] | { readonly reason: unknown }> {
  try {
    return await fetch;
  } catch (reason) {
    return { reason };
  }
}
