import { EngineRequestError } from './engine-errors.ts';
import { type EnginePresence, enginePresence } from './engine-presence.ts';
import { externalTasks, type ExternalTasks } from './external-tasks.ts';
import { history, type History } from './history.ts';
import { type EngineConnection, type EngineHttp, openEngineHttp } from './http.ts';
import { repository, type Repository } from './repository.ts';
import { runtime, type Runtime } from './runtime.ts';
import { userTasks, type UserTasks } from './user-tasks.ts';

/** Typed client of the engine's REST API. Nothing outside this library knows a REST path. */
export interface EngineClient {
  readonly baseUrl: string;
  /** Names of the engines behind the API: answers as soon as the engine is up. */
  engines(): Promise<readonly string[]>;
  /** What answers at the URL; asks once, never throws. @param engineName as in {@link engines}, mostly `default` */
  presence(engineName: string): Promise<EnginePresence>;
  version(): Promise<string>;
  /** True when the engine answers and its database does: `/engine` and `/deployment` are both 200. */
  isReady(): Promise<boolean>;
  /**
   * Whether the engine forgets a worker's waiting request for tasks when it sends another (`uniqueWorkerRequest`). Only the
   * engine of ProcOS tells; any other counts as one that does not.
   */
  forgetsSupersededFetches(): Promise<boolean>;
  readonly repository: Repository;
  readonly runtime: Runtime;
  readonly history: History;
  readonly externalTasks: ExternalTasks;
  readonly userTasks: UserTasks;
  close(): Promise<void>;
}

/** Opens a client; nothing is sent until a method is called. */
export function createEngineClient(connection: EngineConnection): EngineClient {
  const http = openEngineHttp(connection);
  const engines = async () => {
    const list = await http.request<readonly { name: string }[]>('GET', '/engine');
    return list.map((engine) => engine.name);
  };
  return {
    baseUrl: http.baseUrl,
    engines,
    presence: (engineName) => enginePresence(engines, engineName),
    version: async () => (await http.request<{ version: string }>('GET', '/version')).version,
    isReady: async () => {
      try {
        await engines();
        await http.request('GET', '/deployment/count');
        return true;
      } catch {
        // Not ready is an answer here, not a failure.
        return false;
      }
    },
    forgetsSupersededFetches: () => forgetsSupersededFetches(http),
    repository: repository(http),
    runtime: runtime(http),
    history: history(http),
    externalTasks: externalTasks(http),
    userTasks: userTasks(http),
    close: () => http.close(),
  };
}

async function forgetsSupersededFetches(http: EngineHttp): Promise<boolean> {
  try {
    const settings = await http.request<{ web?: { fetchAndLockUniqueWorkerRequest?: boolean } }>(
      'GET',
      '/procos/settings',
      { fromServerRoot: true },
    );
    return settings.web?.fetchAndLockUniqueWorkerRequest === true;
  } catch (thrown) {
    if (thrown instanceof EngineRequestError) return false;
    throw thrown;
  }
}
