import { integer } from '@procos/config';

/** Settings of every adapter. */
export function adapterFields() {
  return {
    callTimeoutMs: integer('PROCOS_ADAPTER_TIMEOUT', {
      default: 60_000,
      min: 100,
      max: 600_000,
      doc: 'How long one call may take, in milliseconds.',
    }),
    breakerFailures: integer('PROCOS_ADAPTER_FAILURES', {
      default: 5,
      min: 1,
      max: 1_000,
      doc: 'Failed calls in a row after which the adapter makes a pause.',
    }),
    breakerPauseMs: integer('PROCOS_ADAPTER_PAUSE', {
      default: 10_000,
      min: 10,
      max: 600_000,
      doc: 'How long that pause is, in milliseconds.',
    }),
  } as const;
}
