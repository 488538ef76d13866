import type { ServiceRecord } from '@procos/contracts';

/** Which running services exist. What it says is a hint: callers keep the last good answer. */
export interface ServiceDirectory {
  /** All records of a name, healthy or not. Empty when nobody has that name. */
  discover(serviceName: string): Promise<readonly ServiceRecord[]>;
  /** Every record. */
  list(): Promise<readonly ServiceRecord[]>;
}
