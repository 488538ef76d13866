import type Consul from 'consul';
import { LeadershipLostError } from '../leadership.ts';
import { directoryError, faultOf } from './consul-errors.ts';

/** One office in Consul: who holds it, and what its holders keep. Source: Consul, sessions and locks. */
export interface ConsulOffice {
  openSession(): Promise<string>;
  /** @throws LeadershipLostError when Consul has ended the session */
  renewSession(session: string): Promise<void>;
  endSession(session: string): Promise<void>;
  /** Takes the office if it is free. */
  take(session: string): Promise<boolean>;
  isHeldBy(session: string): Promise<boolean>;
  read(): Promise<string | undefined>;
  /** In one transaction with the check that the session holds the office. @throws LeadershipLostError */
  write(session: string, value: string): Promise<void>;
}

export interface OfficeOptions {
  /** Folder in Consul's key-value store. */
  readonly path: string;
  /** Shown in Consul. */
  readonly candidate: string;
  readonly ttlMs: number;
  readonly timeoutMs: number;
}

/** @throws DirectoryAwayError, DirectoryRefusedError from every call */
export function consulOffice(consul: Consul, { path, candidate, ttlMs, timeoutMs }: OfficeOptions): ConsulOffice {
  const [leaderKey, stateKey] = [`${path}/leader`, `${path}/state`];
  // The package's types do not name it.
  const patience = { timeout: timeoutMs } as object;
  const value = async (key: string) =>
    (await ask(() => consul.kv.get({ key, ...patience }))) as
      | { readonly Value: string | null; readonly Session?: string }
      | undefined
      | null;
  return {
    ...sessions(consul, { candidate, ttlMs, timeoutMs }),
    take: async (session) => {
      const known = await value(leaderKey);
      if (known?.Session !== undefined) return known.Session === session;
      return ask(() => consul.kv.set({ key: leaderKey, value: candidate, acquire: session, ...patience }));
    },
    isHeldBy: async (session) => (await value(leaderKey))?.Session === session,
    read: async () => (await value(stateKey))?.Value ?? undefined,
    write: async (session, text) => {
      const operations = [
        { KV: { Verb: 'check-session', Key: leaderKey, Session: session } },
        { KV: { Verb: 'set', Key: stateKey, Value: Buffer.from(text).toString('base64') } },
      ];
      // The package's types show another form than the one Consul takes.
      const create = consul.transaction.create as (operations: object[], patience: object) => Promise<unknown>;
      await lostAt(409, () => create.call(consul.transaction, operations, patience));
    },
  };
}

function sessions(consul: Consul, { candidate, ttlMs, timeoutMs }: Omit<OfficeOptions, 'path'>) {
  const patience = { timeout: timeoutMs } as object;
  return {
    openSession: async () => {
      // Without a delay: whoever was suspended asks before it does anything.
      const wanted = { name: candidate, ttl: `${ttlMs}ms`, behavior: 'release', lockdelay: '1ns' } as const;
      return (await ask(() => consul.session.create({ ...wanted, ...patience }))).ID;
    },
    renewSession: async (session: string) =>
      void (await lostAt(404, () => consul.session.renew({ id: session, ...patience }))),
    endSession: async (session: string) => void (await ask(() => consul.session.destroy({ id: session, ...patience }))),
  };
}

/** @throws LeadershipLostError when Consul answers with this status */
async function lostAt(status: number, request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (thrown) {
    if (faultOf(thrown).statusCode === status) throw new LeadershipLostError({ cause: thrown });
    throw directoryError(thrown);
  }
}

async function ask<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (thrown) {
    throw directoryError(thrown);
  }
}
