/** One thing that is kept running: a copy of an app, or a server. What it is does not matter to the core. */
export interface UnitRecipe {
  /** Unique; the app's name where there is one copy. */
  readonly id: string;
  readonly app: string;
  /** Servers are stopped after the apps and are restarted by nobody but the supervisor itself. */
  readonly kind: 'app' | 'server';
  /** How long it may take to stop, in milliseconds. */
  readonly graceMs: number;
}

/** Who waits for an answer. */
export type Asker = number;

/** What happened. `child` numbers the lives of a unit, so that what an earlier one said is told apart. */
export type SupervisionEvent =
  | { readonly kind: 'load' }
  /** @param ids @default all of them */
  | { readonly kind: 'start'; readonly asker: Asker; readonly ids: readonly string[] }
  | { readonly kind: 'restart'; readonly asker: Asker; readonly ids: readonly string[]; readonly app: string }
  | {
      readonly kind: 'stop';
      readonly asker: Asker;
      readonly ids: readonly string[];
      readonly signal?: string | undefined;
    }
  | { readonly kind: 'killAll'; readonly asker: Asker; readonly signal: string }
  | { readonly kind: 'loaded' | 'started'; readonly id: string; readonly child: number }
  | { readonly kind: 'failed' | 'ended'; readonly id: string; readonly child: number; readonly reason: string }
  | { readonly kind: 'prepared'; readonly id: string; readonly child: number }
  | { readonly kind: 'timer' };

/** What to do. */
export type SupervisionCommand =
  /** Brings it to life; its lives have ended before. */
  | { readonly kind: 'open'; readonly id: string; readonly child: number }
  | { readonly kind: 'sendStart'; readonly id: string }
  | { readonly kind: 'sendStop'; readonly id: string; readonly signal?: string | undefined }
  /** Says that everything ends at once, so that it ends what it has started itself. */
  | { readonly kind: 'sendKill'; readonly id: string; readonly signal: string }
  | { readonly kind: 'kill'; readonly id: string }
  /** Waits for what has to be so before it is opened again; answered by `prepared`. */
  | { readonly kind: 'prepare'; readonly id: string; readonly child: number }
  /** `fault` names the unit that could not do it. */
  | { readonly kind: 'answer'; readonly asker: Asker; readonly fault?: SupervisionFault | undefined }
  | {
      readonly kind: 'report';
      readonly level: 'info' | 'warn' | 'error';
      readonly event: string;
      readonly id: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'wake'; readonly at: number };

export interface SupervisionFault {
  readonly id: string;
  readonly reason: string;
}
