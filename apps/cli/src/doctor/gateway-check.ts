import { isProcosError } from '@procos/errors';
import { findGateway } from '../gateway-address.ts';
import { createGatewayClient } from '../gateway-client.ts';
import type { Check, DoctorContext, Finding } from './check.ts';

/** A system that has not been started is no fault; one that should be there and is not, is. */
export const checkGateway: Check = async ({ io, options }) => {
  const check = 'Gateway';
  try {
    const address = findGateway(io, options);
    const { state, engine } = await createGatewayClient(address).getStatus({}, { timeoutMs: 5_000 });
    if (engine.reachable) return { check, state: 'ok', detail: `${state} at ${address.url}` };
    return {
      check,
      state: 'problem',
      detail: `${state} at ${address.url}, but its engine does not answer`,
      remedy: 'The kernel restarts a lost engine; look again in a moment with: npx procos status',
    };
  } catch (error) {
    if (!isProcosError(error)) throw error;
    const expected = error.code !== 'PROCOS_CLI_UNREACHABLE' || error.data['origin'] !== 'the default address';
    return { check, state: expected ? 'problem' : 'note', detail: error.message, remedy: error.remedy };
  }
};

/** True when the gateway answers: its ports are then taken for a good reason. */
export async function isRunning(context: DoctorContext): Promise<boolean> {
  const { state }: Finding = await checkGateway(context);
  return state === 'ok';
}
