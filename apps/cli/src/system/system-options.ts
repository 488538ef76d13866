import type { Environment } from '@procos/config';
import type { OnPhase, PhaseResult } from '@procos/kernel';
import type { LogLevel } from '@procos/logging';
import type { DataFolder } from './data-folder.ts';

/** How a system is booted, in either mode. */
export interface SystemOptions {
  readonly dataDir: string;
  readonly portOffset: number;
  /** Built engine. */
  readonly engineHome: string;
  readonly processDirectory: string;
  readonly env: Environment;
  /** Logs always go to files in the data folder; with this also to standard error. */
  readonly logToStderr: boolean;
  readonly logLevel: LogLevel;
  readonly onPhase: OnPhase;
  /** Told what happens before the first phase. */
  readonly onProgress: (message: string) => void;
  /** Told in one line when a part ends by itself, and when it is back. */
  readonly onTrouble?: (line: string) => void;
  /** Aborted = give the boot up. */
  readonly signal: AbortSignal;
}

/** A whole system that is up. */
export interface BootedSystem {
  readonly gatewayUrl: string;
  readonly engineUrl: string;
  readonly data: DataFolder;
  /** Where else something is to be seen: name → address. */
  readonly places: Readonly<Record<string, string>>;
  phases(): readonly PhaseResult[];
  /** Runs the shutdown process, then stops apps and engine. Safe to call twice. */
  stop(signal?: string): Promise<void>;
  /** Ends everything at once. */
  kill(signal: string): void;
}

/** All of a system listens here. */
export const systemHost = '127.0.0.1';
