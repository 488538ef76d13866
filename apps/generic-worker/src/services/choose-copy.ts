import { createHash } from 'node:crypto';
import type { Lease } from '@procos/task-worker';

/** Spreads tasks over the running copies of a service; the same task moves on to the next copy with each attempt. */
export function chooseCopy<Item>(copies: readonly Item[], { idempotencyKey, attempt }: Lease): Item {
  const start = createHash('sha256').update(idempotencyKey).digest().readUInt32BE();
  const copy = copies[(start + attempt - 1) % copies.length];
  if (copy === undefined) throw new TypeError('There is nothing to choose from');
  return copy;
}
