import { compileCheck, renderFaults } from '@procos/contracts';
import type { Static, TObject } from 'typebox';
import { adapterErrors } from './errors.ts';

/** What a method is told besides its parameters. */
export interface AdapterCall {
  /** The same for every attempt at the same call. */
  readonly idempotencyKey: string;
  /** Aborted when the time for the call is up. */
  readonly signal: AbortSignal;
}

/** One method of an adapter, its parameters not checked yet. */
export interface AdapterMethod {
  /** @throws what the method throws, and PROCOS_ADAPTER_PARAMETERS */
  readonly run: (parameters: unknown, call: AdapterCall) => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Binds a method to the schema of its parameters. It returns its result, or throws `BpmnError` (no for good),
 * `RetryableError` (not now) or `TerminalError` (the settings are wrong).
 */
export function defineMethod<Parameters extends TObject>(
  parameters: Parameters,
  run: (parameters: Static<Parameters>, call: AdapterCall) => Promise<Readonly<Record<string, unknown>>>,
): AdapterMethod {
  const check = compileCheck(parameters);
  return {
    run: async (given, call) => {
      const checked = check(given);
      if (!checked.ok) throw adapterErrors.PROCOS_ADAPTER_PARAMETERS({ faults: renderFaults(checked.faults) });
      return run(checked.value, call);
    },
  };
}
