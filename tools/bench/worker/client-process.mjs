// A client under measurement: a process of its own that works in turns, so that only the one being measured asks for tasks.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endsWithUs } from './children.mjs';

/**
 * Starts the process of a client.
 * @param {string} file relative to this folder
 * @param {object} [env]
 */
export function startClient(file, env = {}) {
  const child = endsWithUs(
    fork(join(import.meta.dirname, file), [], {
      execArgv: ['--conditions=@procos/source'],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  const ask = (message) => answerOf(child, file, message);
  return {
    /** Everything that can be made ready without asking for a task. */
    prepare: (turn) => ask({ does: 'prepare', turn }),
    go: () => ask({ does: 'go' }),
    /** Resolves when the client asks for no more tasks. */
    rest: () => ask({ does: 'rest' }),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function answerOf(child, file, message) {
  const gone = new AbortController();
  const died = once(child, 'exit', { signal: gone.signal }).then(([code, signal]) =>
    Promise.reject(new Error(`${file} ended (${signal ?? code}) instead of answering '${message.does}'`)),
  );
  child.send(message);
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal: gone.signal }), died]);
    if (answer.fault !== undefined) throw new Error(`${file}: ${answer.fault}`);
    return answer;
  } finally {
    // Whichever of the two was not first is no longer waited for.
    died.catch(() => undefined);
    gone.abort();
  }
}
