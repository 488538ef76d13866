import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import Consul from 'consul';
import { type ConsulOffice, consulOffice } from './consul/consul-office.ts';
import { consulTerm } from './consul/consul-term.ts';
import { type Leadership, LeadershipLostError, type Term } from './leadership.ts';

export interface ConsulLeadershipOptions {
  /** Base URL of a Consul agent. */
  readonly url: string;
  /** ACL token with `session:write`, and `key:write` for `procos/<name>`. @default none */
  readonly token?: string | undefined;
  /** The office; candidates with the same name stand for the same one. */
  readonly name: string;
  /** How long a leader that has died keeps the office, in milliseconds; Consul may take up to twice that. At least 10 s, by Consul. @default 10000 */
  readonly ttlMs?: number;
  /** How often a candidate asks whether the office is free, in milliseconds. @default 500 */
  readonly askEveryMs?: number;
  /** How long Consul may take to answer, in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
  /** Told when Consul is away or refuses; it is asked again. */
  readonly onFault: (thrown: unknown) => void;
}

/** Leadership of the distributed mode: a session of Consul holds a lock. */
export function createConsulLeadership(options: ConsulLeadershipOptions): Leadership {
  const { url, token, name, ttlMs = 10_000, askEveryMs = 500, timeoutMs = 5_000, onFault } = options;
  const { hostname: host, port, protocol } = new URL(url);
  const secure = protocol === 'https:';
  const consul = new Consul({
    host,
    port: Number(port) || (secure ? 443 : 80),
    secure,
    ...(token === undefined ? {} : { defaults: { token } }),
  });
  const office = consulOffice(consul, {
    path: `procos/${name}`,
    candidate: `${name} ${hostname()} ${process.pid}`,
    ttlMs,
    timeoutMs,
  });
  const terms = new Set<Term>();
  return {
    lead: async (signal) => {
      for (;;) {
        signal.throwIfAborted();
        try {
          const session = await untilTaken(office, { askEveryMs, signal });
          const term = consulTerm({ office, session, ttlMs, onFault });
          terms.add(term);
          return term;
        } catch (thrown) {
          if (signal.aborted) throw thrown;
          onFault(thrown);
          await delay(askEveryMs, undefined, { signal });
        }
      }
    },
    close: async () => {
      await Promise.all([...terms].map((term) => term.resign()));
      consul.destroy();
    },
  };
}

interface Asking {
  readonly askEveryMs: number;
  readonly signal: AbortSignal;
}

/** A candidate keeps a session of its own alive while it waits. */
async function untilTaken(office: ConsulOffice, { askEveryMs, signal }: Asking): Promise<string> {
  const session = await office.openSession();
  try {
    while (!(await office.take(session))) {
      await delay(askEveryMs, undefined, { signal });
      await office.renewSession(session);
    }
    return session;
  } catch (thrown) {
    if (!(thrown instanceof LeadershipLostError)) await Promise.allSettled([office.endSession(session)]);
    throw thrown;
  }
}
