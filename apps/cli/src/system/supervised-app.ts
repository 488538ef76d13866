import type { AppChild } from './app-child.ts';

/** One copy of an app, or a server, and how it is brought to life. */
export interface SupervisedApp {
  /** Unique; the app's name where there is one copy. */
  readonly id: string;
  readonly app: string;
  /** Under which id the directory knows it. */
  readonly serviceId?: string;
  /** @default 'app' */
  readonly kind?: 'app' | 'server';
  open(): AppChild;
  /** How long it may take to stop, in milliseconds. @default 12000 */
  readonly graceMs?: number;
  /** Waited for before a crashed one is opened again. */
  readonly beforeRevival?: () => Promise<void>;
}

export interface AppSupervisorOptions {
  /** Says what becomes of the apps: a stable name, and at least `app`. */
  readonly report: (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly onProgress?: (app: string, detail: unknown) => void;
  /** Told whenever {@link AppSupervisor.pids} has changed. */
  readonly onPids?: () => void;
}
