import { ConfigError } from '@procos/config';
import { isProcosError, messageOf } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { App } from './app.ts';

export interface MainParts {
  readonly app: App;
  readonly logger: Logger;
  /** Sends what telemetry still holds. */
  readonly stopTracing?: () => Promise<void>;
}

/** Runs one app as its own process: SIGTERM and SIGINT stop it gracefully, a second signal at once. */
export async function runMain(name: string, make: () => Promise<MainParts>): Promise<void> {
  let parts: MainParts | undefined;
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    parts?.logger.info('service_stopping', { signal });
    await parts?.app.stop(signal);
    await parts?.stopTracing?.();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  try {
    parts = await make();
    await parts.app.start();
  } catch (thrown) {
    process.stderr.write(`${name} cannot run.\n${tellError(thrown)}\n`);
    await parts?.app.stop();
    process.exit(1);
  }
}

/** What happened and what to do next, for a person at a terminal. */
export function tellError(thrown: unknown): string {
  if (!isProcosError(thrown) && !(thrown instanceof ConfigError)) return messageOf(thrown);
  return `${thrown.message}\n  What to do: ${thrown.remedy}\n  (${thrown.code})`;
}
