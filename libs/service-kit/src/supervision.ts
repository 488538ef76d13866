import { randomUUID } from 'node:crypto';
import { messageOf, toWireError, type WireError } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { App } from './app.ts';

/** Supervisor → app, over the channel between a thread or process and the one that started it. */
export type SupervisorCommand =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop'; readonly signal?: string | undefined }
  | { readonly kind: 'kill'; readonly signal: string }
  | SupervisorAnswer;

/** Answer to an app that asked for something. `reason` is set when it could not be done. */
export interface SupervisorAnswer {
  readonly kind: 'answer';
  readonly id: string;
  readonly reason?: string;
}

/** App → supervisor. */
export type AppReport =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'started'; readonly url: string }
  | { readonly kind: 'failed'; readonly status: number; readonly error: WireError; readonly reason: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'progress'; readonly detail: unknown }
  | AppRequest;

/** What only the supervisor can do, because it alone holds the others: restart one of them, or end all the others. */
export interface AppRequest {
  readonly kind: 'request';
  readonly id: string;
  readonly wanted: { readonly restart: string; readonly services?: readonly string[] | undefined } | 'stop_others';
}

/** The supervisor as an app sees it. */
export interface Supervisor {
  /**
   * Restarts one app alone, its copies one after the other; wishes for the same app at the same time are one restart.
   *
   * @param services only the copies that the directory knows under these ids; one that is not run here is left alone @default all copies
   * @throws Error when the app is not run by this supervisor, or does not start
   */
  restart(app: string, services?: readonly string[]): Promise<void>;
  /** Ends every other app, in good order. */
  stopOthers(): Promise<void>;
  /** Tells how far a start has come. */
  progress(detail: unknown): void;
}

/** The parts of one running app. */
export interface MainParts {
  readonly app: App;
  readonly logger: Logger;
  /** Sends what telemetry still holds. */
  readonly stopTracing?: () => Promise<void>;
  /** Connections that outlive the app: closed after it has stopped. */
  readonly connections?: readonly { close(): Promise<void> }[];
}

/** The way to the supervisor: the port of a thread, or the channel of a child process. */
export interface SupervisorChannel {
  post(report: AppReport): void;
  onCommand(listener: (command: SupervisorCommand) => void): void;
  /** Nothing more is said: lets the thread or process end. */
  close(): void;
}

/** Stops an app and all that belongs to it; its last words come after that. */
export async function stopParts(parts: MainParts | undefined, signal?: string): Promise<void> {
  await parts?.app.stop(signal);
  await parts?.stopTracing?.();
  await Promise.all(parts?.connections?.map((connection) => connection.close()) ?? []);
  await parts?.logger.close?.();
}

/** Runs an app under a supervisor: loads it now, starts and stops it when told to, reports what became of that. */
export async function serveSupervisor(
  channel: SupervisorChannel,
  make: (supervisor: Supervisor) => Promise<MainParts>,
): Promise<void> {
  const { supervisor, settle } = askSupervisor(channel);
  let parts: MainParts | undefined;
  const attempt = async (step: () => Promise<void>) => {
    try {
      await step();
    } catch (thrown) {
      const { status, body } = toWireError(thrown);
      channel.post({ kind: 'failed', status, error: body, reason: messageOf(thrown) });
    }
  };
  const start = async () => {
    await parts?.app.start();
    channel.post({ kind: 'started', url: parts?.app.url() ?? '' });
  };
  const stop = async (signal: string | undefined) => {
    await stopParts(parts, signal);
    channel.post({ kind: 'stopped' });
    channel.close();
  };
  channel.onCommand((command) => {
    if (command.kind === 'answer') settle(command);
    else if (command.kind === 'kill') parts?.app.kill?.(command.signal);
    else void attempt(command.kind === 'start' ? start : () => stop(command.signal));
  });
  await attempt(async () => {
    parts = await make(supervisor);
    channel.post({ kind: 'loaded' });
  });
}

function askSupervisor(channel: SupervisorChannel): {
  readonly supervisor: Supervisor;
  readonly settle: (answer: SupervisorAnswer) => void;
} {
  const waiting = new Map<string, (answer: SupervisorAnswer) => void>();
  const request = (wanted: AppRequest['wanted']) =>
    new Promise<void>((resolve, reject) => {
      const id = randomUUID();
      waiting.set(id, ({ reason }) => (reason === undefined ? resolve() : reject(new Error(reason))));
      channel.post({ kind: 'request', id, wanted });
    });
  return {
    supervisor: {
      restart: (app, services) => request({ restart: app, services }),
      stopOthers: () => request('stop_others'),
      progress: (detail) => channel.post({ kind: 'progress', detail }),
    },
    settle: (answer) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    },
  };
}
