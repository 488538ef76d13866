import { ConfigError } from '@procos/config';
import { isProcosError, messageOf } from '@procos/errors';
import {
  type MainParts,
  serveSupervisor,
  stopParts,
  type Supervisor,
  type SupervisorChannel,
  type SupervisorCommand,
} from './supervision.ts';

/** Argument of an app that another process starts and supervises over the channel of a child process. */
export const supervisedFlag = '--supervised';

/**
 * Runs one app as its own process: SIGTERM and SIGINT stop it gracefully, a second signal at once. With `--supervised` it
 * starts when its parent says so, and ends when its parent ends.
 *
 * @param make is given the supervisor when there is one
 */
export async function runMain(name: string, make: (supervisor?: Supervisor) => Promise<MainParts>): Promise<void> {
  const channel = process.argv.includes(supervisedFlag) ? parentChannel() : undefined;
  await (channel === undefined ? runAlone(name, make) : serveSupervisor(channel, make));
}

async function runAlone(name: string, make: () => Promise<MainParts>): Promise<void> {
  let parts: MainParts | undefined;
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) {
      parts?.app.kill?.(signal);
      process.exit(1);
    }
    stopping = true;
    parts?.logger.info('service_stopping', { signal });
    await stopParts(parts, signal);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  try {
    parts = await make();
    await parts.app.start();
  } catch (thrown) {
    process.stderr.write(`${name} cannot run.\n${renderError(thrown)}\n`);
    await stopParts(parts);
    process.exit(1);
  }
}

/** The channel to the process that started this one; `undefined` when there is none. */
function parentChannel(): SupervisorChannel | undefined {
  if (process.send === undefined) return undefined;
  // Without its supervisor nobody could stop this process: it ends as in a power failure, which loses nothing.
  process.once('disconnect', () => process.exit(1));
  return {
    post: (report) => {
      if (process.connected) process.send?.(report);
    },
    onCommand: (listener) => void process.on('message', (command) => listener(command as SupervisorCommand)),
    close: () => process.exit(0),
  };
}

/** What happened and what to do next, for a person at a terminal. */
export function renderError(thrown: unknown): string {
  if (!isProcosError(thrown) && !(thrown instanceof ConfigError)) return messageOf(thrown);
  return `${thrown.message}\n  What to do: ${thrown.remedy}\n  (${thrown.code})`;
}
