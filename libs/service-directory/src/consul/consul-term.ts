import { DirectoryAwayError } from '../errors.ts';
import { LeadershipLostError, type Term } from '../leadership.ts';
import type { ConsulOffice } from './consul-office.ts';

export interface TermOptions {
  readonly office: ConsulOffice;
  readonly session: string;
  readonly ttlMs: number;
  readonly onFault: (thrown: unknown) => void;
}

/**
 * The term of one Consul session. Consul ends a session when it was not renewed for its time to live; until then nobody
 * else can lead. So whoever has renewed within that time, by its own clock, leads for certain.
 */
export function consulTerm({ office, session, ttlMs, onFault }: TermOptions): Term {
  const over = new AbortController();
  let certainUntil = performance.now() + ttlMs;
  let lastTurn = performance.now();
  const end = (thrown: unknown) => {
    clearInterval(renewing);
    over.abort(thrown);
  };
  const renew = async () => {
    const asked = performance.now();
    try {
      await office.renewSession(session);
      if (asked + ttlMs > certainUntil) certainUntil = asked + ttlMs;
      // Consul has confirmed the session: whatever suspension there was before is over and has cost nothing.
      lastTurn = performance.now();
    } catch (thrown) {
      if (thrown instanceof LeadershipLostError) end(thrown);
      throw thrown;
    }
  };
  const renewing = setInterval(() => {
    // A gap in these turns shows that this process was suspended, which is not Consul's absence.
    if (performance.now() - lastTurn < ttlMs) lastTurn = performance.now();
    renew().catch(onFault);
  }, ttlMs / 4).unref();
  return {
    lost: over.signal,
    confirm: async () => {
      if (over.signal.aborted) throw over.signal.reason;
      const now = performance.now();
      if (now < certainUntil) return;
      try {
        await renew();
        if (!(await office.isHeldBy(session))) throw new LeadershipLostError();
        lastTurn = performance.now();
      } catch (thrown) {
        if (thrown instanceof LeadershipLostError) end(thrown);
        // While Consul is away it chooses nobody else; but whoever was suspended cannot know what it has missed.
        if (!(thrown instanceof DirectoryAwayError) || now - lastTurn >= ttlMs) throw thrown;
        onFault(thrown);
      }
    },
    read: () => office.read(),
    write: (value) =>
      office.write(session, value).catch((thrown: unknown) => {
        if (thrown instanceof LeadershipLostError) end(thrown);
        throw thrown;
      }),
    resign: async () => {
      const known = over.signal.aborted;
      end(new LeadershipLostError());
      if (!known) await office.endSession(session).catch(onFault);
    },
  };
}
