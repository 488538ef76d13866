import { locks } from 'node:worker_threads';

export interface Leadership {
  leads(): boolean;
  giveUp(): void;
}

export interface LeadershipOptions {
  readonly name: string;
  readonly onLead: () => void;
  readonly onFault: (thrown: unknown) => void;
}

/** A lock whose thread has died is not given to those that wait for it before somebody asks for it anew (Node 26). */
const askAgainMs = 500;

/** One of all that want it leads, over all threads of the process; when it gives up, or its thread ends, the next one does. */
export function seekLeadership({ name, onLead, onFault }: LeadershipOptions): Leadership {
  const gaveUp = new AbortController();
  const { signal } = gaveUp;
  const held = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const asking = setInterval(
    () => void locks.request(name, { ifAvailable: true }, () => undefined).catch(onFault),
    askAgainMs,
  ).unref();
  let leads = false;
  const lead = async () => {
    clearInterval(asking);
    if (signal.aborted) return;
    leads = true;
    onLead();
    await held;
  };
  locks.request(name, { signal }, lead).catch((thrown: unknown) => {
    // Given up before it was ours: nothing is amiss.
    if (!signal.aborted) onFault(thrown);
  });
  return {
    leads: () => leads,
    giveUp: () => {
      leads = false;
      clearInterval(asking);
      gaveUp.abort();
    },
  };
}
