import { growingWait } from '@procos/errors';

const longest = 30_000;

/** Wait before the next delivery, in milliseconds: doubles with each one. @param deliveries how often it was handed out so far */
export function retryDelay(first: number, deliveries: number): number {
  return growingWait({ first, longest }, deliveries);
}
