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
  const known = certainty(ttlMs);
  const { lost, end, endIfLost } = ending(() => clearInterval(renewing));
  const renew = async () => {
    const asked = performance.now();
    await endIfLost(() => office.renewSession(session));
    known.renewed(asked);
  };
  const confirm = async () => {
    await renew();
    if (!(await office.isHeldBy(session))) throw new LeadershipLostError();
    known.confirmed();
  };
  const renewing = setInterval(() => {
    known.turn();
    renew().catch(onFault);
  }, ttlMs / 4).unref();
  return {
    lost,
    confirm: async () => {
      if (lost.aborted) throw lost.reason;
      if (known.leads()) return;
      const now = performance.now();
      try {
        await endIfLost(confirm);
      } catch (thrown) {
        // While Consul is away it chooses nobody else; but whoever was suspended cannot know what it has missed.
        if (!(thrown instanceof DirectoryAwayError) || known.suspendedAt(now)) throw thrown;
        onFault(thrown);
      }
    },
    read: () => office.read(),
    write: (value) => endIfLost(() => office.write(session, value)),
    resign: async () => {
      const wasOver = lost.aborted;
      end(new LeadershipLostError());
      if (!wasOver) await office.endSession(session).catch(onFault);
    },
  };
}

function ending(ended: () => void) {
  const over = new AbortController();
  const end = (thrown: unknown) => {
    ended();
    over.abort(thrown);
  };
  return {
    lost: over.signal,
    end,
    /** Whatever shows that the term is over ends it. */
    endIfLost: async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (thrown) {
        if (thrown instanceof LeadershipLostError) end(thrown);
        throw thrown;
      }
    },
  };
}

/** What one session may be sure of, by the clock of this process. */
function certainty(ttlMs: number) {
  let certainUntil = performance.now() + ttlMs;
  let lastTurn = performance.now();
  const confirmed = () => {
    lastTurn = performance.now();
  };
  return {
    leads: () => performance.now() < certainUntil,
    /** Consul has confirmed the session: whatever suspension there was before is over and has cost nothing. */
    confirmed,
    /** @param asked when the renewal was sent */
    renewed: (asked: number) => {
      certainUntil = Math.max(certainUntil, asked + ttlMs);
      confirmed();
    },
    /** A gap in these turns shows that this process was suspended, which is not Consul's absence. */
    turn: () => {
      if (performance.now() - lastTurn < ttlMs) confirmed();
    },
    suspendedAt: (now: number) => now - lastTurn >= ttlMs,
  };
}
