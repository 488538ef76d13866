import { traceparentVariable } from '@procos/contracts';
import { gatewayErrors } from '../errors.ts';

/** By these the user request process chooses what runs: given by a caller, they would run another process than the one asked for. */
const routingNames = ['process_key', 'process_to_execute'] as const;

/** Variables that a request cannot carry. */
export const requestNames: readonly string[] = [...routingNames, traceparentVariable];
/** Variables that nothing can carry into an instance: they would tear its trace apart. */
export const everywhereNames: readonly string[] = [traceparentVariable];

/** @throws PROCOS_GATEWAY_SYSTEM_NAME naming all of them */
export function refuseSystemNames(variables: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  const given = names.filter((name) => Object.hasOwn(variables, name));
  if (given.length > 0) throw gatewayErrors.PROCOS_GATEWAY_SYSTEM_NAME({ names: given.join(', '), fields: given });
}
