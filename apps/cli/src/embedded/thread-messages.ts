import type { ServiceRecord } from '@procos/contracts';
import type { WireError } from '@procos/errors';
import type { LogLevel } from '@procos/logging';
import type { ThreadedApp } from './app-names.ts';

/** What a thread is given when it is made. */
export interface ThreadData {
  readonly app: ThreadedApp;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly services: readonly ServiceRecord[];
  readonly busName: string;
  readonly logFile: string;
  readonly logToStderr: boolean;
  readonly logLevel: LogLevel;
}

/** Supervisor → thread. */
export type ThreadCommand = { readonly kind: 'start' } | { readonly kind: 'stop' } | RestartAnswer;

/** Thread → supervisor. */
export type ThreadReport =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'started'; readonly url: string }
  | { readonly kind: 'failed'; readonly status: number; readonly error: WireError; readonly reason: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'restart'; readonly id: string; readonly service: string };

/** Answer to a thread that asked for the restart of a service. */
export interface RestartAnswer {
  readonly kind: 'restarted';
  readonly id: string;
  /** Set when it could not be restarted. */
  readonly reason?: string;
}
