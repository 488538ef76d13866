/** One deployable service. `createApp(config, deps)` of each app returns it; nothing runs before `start`. */
export interface App {
  readonly name: string;
  /** Base URL of its HTTP interface; known once started. */
  url(): string;
  start(): Promise<void>;
  /** Graceful: finishes what is in work. Safe to call twice. @param signal the signal that asked for it, if one did */
  stop(signal?: string): Promise<void>;
  /** Emergency: ends at once what the app has started. Only apps that start something have it. */
  kill?(signal: string): void;
}

/** Whether a service can do its work now, and what it says about itself. Shown on `/readyz`. */
export interface Readiness {
  readonly ready: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}
