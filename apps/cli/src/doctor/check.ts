import type { AddressOptions } from '../gateway-address.ts';
import type { Io } from '../io.ts';

/** What a check found. A note is worth knowing, but nothing is wrong. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly detail: string;
  readonly remedy?: string;
}

export interface DoctorContext {
  readonly io: Io;
  readonly options: AddressOptions;
  /** Added to every port, as with `procos up --port-offset`. */
  readonly portOffset: number;
}

/** One question to this machine. It never throws for anything it is there to find. */
export type Check = (context: DoctorContext) => Promise<Finding>;
