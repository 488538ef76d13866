import type { Config } from '@procos/config';
import type { Logger } from '@procos/logging';
import { createConsulLeadership, createInMemoryLeadership, type Leadership } from '@procos/service-directory';
import type { eventBridgeFields } from './config.ts';

/** How copies agree on who leads: by Consul where one is named; otherwise there is one copy, which leads. */
export function leadershipFrom(
  config: Pick<Config<typeof eventBridgeFields>, 'consulUrl' | 'consulToken' | 'cursorFile' | 'leaderTtlMs'>,
  logger: Logger,
): Leadership {
  const { consulUrl: url, consulToken, cursorFile: file, leaderTtlMs: ttlMs } = config;
  const name = 'event-bridge';
  if (url === undefined) return createInMemoryLeadership({ name, file });
  return createConsulLeadership({
    url,
    token: consulToken?.reveal(),
    name,
    ttlMs,
    onFault: createFaultWarning(logger),
  });
}

const silenceMs = 60_000;

/**
 * While the directory is away whoever leads or wants to lead meets a fault several times a second: one warning a minute says so.
 *
 * @param clock milliseconds
 */
export function createFaultWarning(
  logger: Pick<Logger, 'warn' | 'debug'>,
  clock: () => number = () => performance.now(),
): (error: unknown) => void {
  let warned = -Infinity;
  return (error) => {
    const isDue = clock() - warned >= silenceMs;
    if (isDue) warned = clock();
    logger[isDue ? 'warn' : 'debug']('leadership_fault', { error });
  };
}
