import type { EngineBuildProgress, EngineProductName } from './built-engine.ts';

export interface LaunchEngineOptions {
  /** @default 'operaton' */
  product?: EngineProductName | undefined;
  /** Port of the REST API on 127.0.0.1. @default a free one, chosen by the operating system */
  port?: number | undefined;
  /** Folder of the H2 file. Without it the state is kept in memory. */
  dataDir?: string | undefined;
  /** Says in so many words that the state is kept in memory, which is the default. */
  inMemory?: true | undefined;
  /** @default 'procos' */
  user?: string | undefined;
  /** @default a random one */
  password?: string | undefined;
  /**
   * `short-life` leaves out Java's optimising compiler: faster boot, less processor time for the first minutes, right for
   * tests. `long-life` starts the engine exactly as `engine.json` says. @default 'short-life'
   */
  tunedFor?: 'short-life' | 'long-life' | undefined;
  /** The JDK to build with and to run on. @default `$JAVA_HOME`, else the `java` on the path */
  javaHome?: string | undefined;
  /** @default the cache of `ensureEngine` */
  cacheDir?: string | undefined;
  /** More environment variables for the engine, such as `CAMUNDA_DB_URL`. They win over all others. */
  env?: Record<string, string> | undefined;
  /** Milliseconds until a start is given up. @default 120000 */
  startTimeoutMs?: number | undefined;
  /** Milliseconds that an orderly stop may take before the process is killed. @default 15000 */
  stopTimeoutMs?: number | undefined;
  /** Each line the engine writes. */
  onLog?: ((line: string) => void) | undefined;
  onProgress?: ((progress: EngineBuildProgress) => void) | undefined;
}

export interface EngineExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LaunchedEngine {
  /** Such as `http://127.0.0.1:41234/engine-rest`. */
  baseUrl: string;
  port: number;
  pid: number;
  user: string;
  password: string;
  /** The authorization header for `fetch`. */
  headers: { authorization: string };
  /** Resolves when the process has ended, however that came about. */
  exited: Promise<EngineExit>;
  /** Orderly stop (SIGTERM), forced after `stopTimeoutMs`. */
  stop(): Promise<EngineExit>;
  /** SIGKILL. */
  kill(): Promise<EngineExit>;
}
