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

export function createCandidate(options: CandidateOptions): Candidate {
  const { leadership, restMs, onFailure } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  let leading = false;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await serveTerm(await leadership.lead(signal), signal, options, (now) => (leading = now));
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

async function serveTerm(
  term: Term,
  stopped: AbortSignal,
  { serve, onLead, onFault }: CandidateOptions,
  setLeading: (leading: boolean) => void,
): Promise<void> {
  setLeading(true);
  onLead?.();
  try {
    await serve(term, stopped);
  } catch (thrown) {
    onFault(thrown);
  } finally {
    setLeading(false);
    await term.resign();
  }
}
