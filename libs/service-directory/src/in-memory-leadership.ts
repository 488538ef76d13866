import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Leadership, LeadershipLostError, type Term } from './leadership.ts';

export interface InMemoryLeadershipOptions {
  /** Candidates of one thread with the same name stand for the same office. */
  readonly name: string;
  /** File that keeps what leaders write over a restart. One process at a time may use it. @default kept in memory only */
  readonly file?: string | undefined;
}

interface Office {
  leader: object | undefined;
  value: string | undefined;
  readonly waiting: Set<() => void>;
}

const offices = new Map<string, Office>();

/** Leadership for one process: whoever is alone leads at once. */
export function createInMemoryLeadership({ name, file }: InMemoryLeadershipOptions): Leadership {
  const office = offices.get(name) ?? { leader: undefined, value: undefined, waiting: new Set<() => void>() };
  offices.set(name, office);
  const terms = new Set<Term>();
  return {
    lead: async (signal) => {
      while (office.leader !== undefined) await untilFree(office, signal);
      signal.throwIfAborted();
      const term = begin(office, file);
      terms.add(term);
      return term;
    },
    close: async () => {
      await Promise.all([...terms].map((term) => term.resign()));
    },
  };
}

function untilFree({ waiting }: Office, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.delete(free);
      signal.removeEventListener('abort', giveUp);
    };
    const free = () => {
      leave();
      resolve();
    };
    const giveUp = () => {
      leave();
      reject(signal.reason as Error);
    };
    if (signal.aborted) return giveUp();
    waiting.add(free);
    signal.addEventListener('abort', giveUp);
  });
}

function begin(office: Office, file: string | undefined): Term {
  const me = {};
  const over = new AbortController();
  office.leader = me;
  const confirm = async () => {
    if (office.leader !== me) throw new LeadershipLostError();
  };
  return {
    lost: over.signal,
    confirm,
    read: async () => (file === undefined ? office.value : readText(file)),
    write: async (value) => {
      await confirm();
      if (file === undefined) office.value = value;
      else await writeText(file, value);
    },
    resign: async () => {
      over.abort(new LeadershipLostError());
      if (office.leader !== me) return;
      office.leader = undefined;
      for (const free of office.waiting) free();
    },
  };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** Written aside, forced to disk and renamed: a crash leaves either this text or the one before. */
async function writeText(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
