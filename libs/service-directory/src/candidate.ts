import { setTimeout as delay } from 'node:timers/promises';
import type { Leadership, Term } from './leadership.ts';

export interface CandidateOptions {
  readonly leadership: Leadership;
  /** What a leader does, until its term is over (`term.lost`) or the signal is aborted. Nothing is carried over from an earlier term. */
  readonly serve: (term: Term, stopped: AbortSignal) => Promise<void>;
  /** Between two terms, in milliseconds: what has failed at once would fail at once again. */
  readonly restMs: number;
  readonly onLead?: () => void;
  /** Told when a term has ended with a fault; the next one is waited for. */
  readonly onFault: (thrown: unknown) => void;
  /** Told when this copy cannot lead any more. */
  readonly onFailure: (thrown: unknown) => void;
}

/** A copy that wants to lead, one term after the other, and meanwhile does what a leader does. */
export interface Candidate {
  start(): void;
  /** Resolves when the term is over and another copy may lead. */
  stop(): Promise<void>;
  isLeading(): boolean;
}

export function createCandidate({
  leadership,
  serve,
  restMs,
  onLead,
  onFault,
  onFailure,
}: CandidateOptions): Candidate {
  const stopped = new AbortController();
  const { signal } = stopped;
  let leading = false;
  let running: Promise<void> | undefined;

  const serveOnce = async (term: Term): Promise<void> => {
    leading = true;
    onLead?.();
    try {
      await serve(term, signal);
    } catch (thrown) {
      onFault(thrown);
    } finally {
      leading = false;
      await term.resign();
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await serveOnce(await leadership.lead(signal));
      await delay(restMs, undefined, { signal }).catch(() => undefined);
    }
  };
  return {
    start: () => {
      running = run().catch((thrown: unknown) => {
        if (!signal.aborted) onFailure(thrown);
      });
    },
    stop: async () => {
      stopped.abort(new Error('This copy stops'));
      await running;
      await leadership.close();
    },
    isLeading: () => leading,
  };
}
