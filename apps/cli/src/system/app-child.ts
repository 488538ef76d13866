import type { AppReport, SupervisorCommand } from '@procos/service-kit';

/** A running app as its supervisor sees it, whether it is a thread or a process. */
export interface AppChild {
  /** Process id; `undefined` for a thread. */
  readonly pid: number | undefined;
  /** Resolves with the reason when it has ended, however that came about. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  send(command: SupervisorCommand): void;
  /** @returns stops listening */
  onReport(listener: (report: AppReport) => void): () => void;
  /** Ends it at once, and resolves when it has ended. */
  kill(): Promise<void>;
}
