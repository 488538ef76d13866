/** How a worker is started. */
export interface WorkerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export function prepareTypeScript(): Promise<WorkerCommand>;
export function prepareOfficial(): Promise<WorkerCommand>;
/** @throws Error when there is no Python, or its packages cannot be had */
export function preparePython(): Promise<WorkerCommand>;
/** @throws Error when there is no JDK or Maven, or its libraries cannot be had */
export function prepareJava(): Promise<WorkerCommand>;
