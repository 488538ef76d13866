import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';

/** The database of all buses of one name: a file, or memory that all threads of the process share. */
export interface QueueStore {
  all(sql: string, ...values: readonly (string | number | null)[]): readonly Readonly<Record<string, SQLOutputValue>>[];
  /** @returns rows that were changed */
  run(sql: string, ...values: readonly (string | number | null)[]): number;
  /** Everything or nothing. */
  together<Result>(work: () => Result): Result;
  close(): void;
}

export interface QueueStoreOptions {
  readonly name: string;
  /** undefined = memory of this process */
  readonly file: string | undefined;
  /** Told when the file was damaged and another one was begun. */
  readonly onDamage: (fault: Error) => void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS queues (name TEXT NOT NULL, pattern TEXT NOT NULL, PRIMARY KEY (name, pattern)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, event TEXT NOT NULL,
    deliveries INTEGER NOT NULL DEFAULT 0, holder TEXT);
  CREATE INDEX IF NOT EXISTS messages_free ON messages (queue, holder, seq);
  CREATE TABLE IF NOT EXISTS dead_letters (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, event_id TEXT NOT NULL, event TEXT NOT NULL,
    reason TEXT NOT NULL, problem TEXT);
  CREATE INDEX IF NOT EXISTS dead_letters_of ON dead_letters (queue, seq);`;

/** Longest wait for another thread that writes, in milliseconds. */
const patienceMs = 10_000;
/** Primary result codes. Source: SQLite, "Result and Error Codes". */
const [BUSY, LOCKED, CORRUPT, NOT_A_DATABASE] = [5, 6, 11, 26];

export function openQueueStore({ name, file, onDamage }: QueueStoreOptions): QueueStore {
  const database = file === undefined ? openMemory(name) : openFile(file, onDamage);
  patiently(() => database.exec(schema));
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const made = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  let inside = false;
  return {
    all: (sql, ...values) => patiently(() => statement(sql).all(...values)),
    run: (sql, ...values) => {
      const once = () => Number(statement(sql).run(...values).changes);
      return inside ? once() : patiently(once);
    },
    together: (work) =>
      patiently(() => {
        database.exec('BEGIN IMMEDIATE');
        inside = true;
        try {
          const result = work();
          database.exec('COMMIT');
          return result;
        } catch (thrown) {
          database.exec('ROLLBACK');
          throw thrown;
        } finally {
          inside = false;
        }
      }),
    close: () => database.close(),
  };
}

function patiently<Result>(work: () => Result): Result {
  for (const deadline = performance.now() + patienceMs; ; pause()) {
    try {
      return work();
    } catch (thrown) {
      // Memory that threads share has no wait of its own for a table that another one has locked.
      if (!hasCode(thrown, BUSY, LOCKED) || performance.now() > deadline) throw thrown;
    }
  }
}

/** It lives as long as one of its connections does. */
function openMemory(name: string): DatabaseSync {
  const database = new DatabaseSync(`file:${encodeURIComponent(`procos.events/${name}`)}?mode=memory&cache=shared`);
  database.exec('PRAGMA read_uncommitted = 1');
  return database;
}

function openFile(file: string, onDamage: (fault: Error) => void): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    return connect(file);
  } catch (thrown) {
    if (!hasCode(thrown, CORRUPT, NOT_A_DATABASE)) throw thrown;
    const aside = `${file}.damaged-${Date.now()}`;
    for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
    onDamage(
      new Error(`The file of the event queues was damaged; it is kept as ${aside}, and a new one begun.`, {
        cause: thrown,
      }),
    );
    return connect(file);
  }
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: patienceMs });
  try {
    // What is confirmed is on the disk, also when the machine loses power.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA quick_check(1)');
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function hasCode(thrown: unknown, ...codes: readonly number[]): boolean {
  const code = thrown instanceof Error && 'errcode' in thrown ? Number(thrown.errcode) : Number.NaN;
  // The lowest byte is the primary code.
  return codes.includes(code & 0xff);
}

const bell = new Int32Array(new SharedArrayBuffer(4));
const pause = () => void Atomics.wait(bell, 0, 0, 1);
