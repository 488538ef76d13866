// A client under measurement: a process of its own that works in turns, so that only the one being measured asks for tasks.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endsWithUs } from './children.ts';
import type { Client } from './rounds.ts';
import type { Answer } from './serve-turns.ts';

/** A client in its process. */
export interface TurnClient extends Client {
  close(): Promise<void>;
}

type Message = { readonly does: 'prepare'; readonly turn: object } | { readonly does: 'go' | 'rest' };

/** Starts the process of a client. @param file relative to this folder */
export function startClient(file: string, env: Readonly<Record<string, string>> = {}): TurnClient {
  const child = endsWithUs(
    fork(join(import.meta.dirname, file), [], {
      execArgv: ['--conditions=@procos/source'],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  const ask = (message: Message) => answerOf(child, file, message);
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

async function answerOf(child: ChildProcess, file: string, message: Message): Promise<void> {
  const gone = new AbortController();
  const died = once(child, 'exit', { signal: gone.signal }).then(([code, signal]) => {
    throw new Error(`${file} ended (${String(signal ?? code)}) instead of answering '${message.does}'`);
  });
  child.send(message);
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: gone.signal }), died])) as [Answer];
    if (answer.fault !== undefined) throw new Error(`${file}: ${answer.fault}`);
  } finally {
    // Whichever of the two was not first is no longer waited for.
    died.catch(() => undefined);
    gone.abort();
  }
}
