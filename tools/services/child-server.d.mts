/** How a server is started and asked for. */
export interface ServerRecipe {
  readonly service: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** Those it listens on: refused when somebody else does. */
  readonly ports?: readonly number[];
  readonly startTimeoutMs?: number;
  /** @returns its version once it answers */
  readonly ready: () => Promise<string | undefined>;
}

export interface ChildServer {
  readonly pid: number | undefined;
  readonly version: string;
  stop(): Promise<unknown>;
  kill(): Promise<unknown>;
  restart(): Promise<void>;
}

/** Starts a server and resolves when it answers. @throws ServiceStartError */
export function runServer(recipe: ServerRecipe): Promise<ChildServer>;
