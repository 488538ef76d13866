// `rabbitmqctl` reaches a node through Erlang's port mapper and a handshake that a busy machine may not finish in time.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RunUser } from './run-user.ts';

/** EX_UNAVAILABLE of sysexits.h, by which `rabbitmqctl` tells that it has not reached the node: nothing was done. */
const NOT_REACHED = 69;
const execute = promisify(execFile);

interface ControlOptions {
  readonly env: Readonly<Record<string, string>> & { readonly RABBITMQ_NODENAME: string };
  readonly cwd: string;
  readonly user: RunUser | undefined;
  /** Called before each attempt: sees to it that the port mapper lives. */
  readonly prepare: () => Promise<void>;
  /** For how long a node that is not reached is asked again, in milliseconds. @default 60000 */
  readonly patienceMs?: number;
}

/**
 * Gives the function that runs one command of `rabbitmqctl` and gives what it has printed.
 *
 * It throws an Error with all that the program said, when the command is refused, or the node is not reached for so long.
 */
export function rabbitMqControl(
  program: string,
  { env, cwd, user, prepare, patienceMs = 60_000 }: ControlOptions,
): (...words: readonly string[]) => Promise<string> {
  const once = async (words: readonly string[]) => {
    await prepare();
    const settings = { env: { ...process.env, ...env }, cwd, ...user };
    return (await execute(program, ['-n', env.RABBITMQ_NODENAME, ...words], settings)).stdout;
  };
  return async (...words) => {
    for (const deadline = performance.now() + patienceMs; ; await sleep(Math.min(1_000, patienceMs / 4))) {
      try {
        return await once(words);
      } catch (thrown) {
        if (!isNotReached(thrown) || performance.now() > deadline) throw refusal(words, thrown);
      }
    }
  };
}

const isNotReached = (thrown: unknown) => (thrown as { readonly code?: unknown }).code === NOT_REACHED;

/** What says why stands at the end, behind advice of many lines. */
function refusal(words: readonly string[], thrown: unknown): Error {
  const { stderr = '', message } = thrown as Error & { readonly stderr?: string };
  const why = /DIAGNOSTICS[\s\S]*/.exec(stderr)?.[0] ?? (stderr.trim() || message);
  return new Error(`rabbitmqctl ${words.join(' ')}: ${why.trim()}`, { cause: thrown });
}
