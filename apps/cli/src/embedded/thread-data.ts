import type { ServiceRecord } from '@procos/contracts';
import type { LogLevel } from '@procos/logging';
import type { ThreadedApp } from '../system/app-names.ts';

/** What a thread is given when it is made. */
export interface ThreadData {
  readonly app: ThreadedApp;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly services: readonly ServiceRecord[];
  readonly busName: string;
  /** Where its queues are kept. */
  readonly busFile: string;
  readonly logFile: string;
  readonly logToStderr: boolean;
  readonly logLevel: LogLevel;
}
