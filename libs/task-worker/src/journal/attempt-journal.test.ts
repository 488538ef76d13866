import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { silentLogger } from '@procos/logging';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { defaultRetryPolicy } from '../retry-policy.ts';
import { type AttemptJournal, openAttemptJournal } from './attempt-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
const task = (id: string) => ({
  id,
  executionId: 'e',
  topic: 'x',
  retries: null,
  policy: defaultRetryPolicy,
  crashes: 0,
});
function start(journal: AttemptJournal, workerId: string, ...ids: readonly string[]): void {
  for (const id of ids) journal.started(task(id), workerId);
  journal.write();
}
/** What a killed process leaves: its files, and the number of a process that is no more. */
function die(name = 'w'): void {
  for (const file of readdirSync(folder)) {
    const killed = file.replace(/^[^.]*/, `${name}-killed`);
    writeFileSync(join(folder, killed), readFileSync(join(folder, file)));
    rmSync(join(folder, file));
  }
}

afterEach(() => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the journal of attempts', () => {
  it('tells after a crash what was in work, and how often that has happened', () => {
    const first = openAttemptJournal(folder, 'one');
    start(first, 'one/1', 'a', 'b');
    first.ended('b', 'accepted');
    start(first, 'one/1', 'c');
    die();
    const second = openAttemptJournal(folder, 'w-killed');

    expect(second.takeOrphans()).toEqual([
      { task: task('a'), workerId: 'one/1' },
      { task: task('c'), workerId: 'one/1' },
    ]);
    expect([second.crashesOf(task('a')), second.crashesOf(task('b'))]).toEqual([1, 0]);
    first.close();
    second.close();
  });

  it('counts on over several crashes, until the engine has counted', () => {
    let name = 'two';
    for (let life = 1; life <= 3; life++) {
      const journal = openAttemptJournal(folder, name);
      expect(journal.crashesOf(task('a'))).toBe(life - 1);
      start(journal, `two/${life}`, 'a');
      die(`two${life}`);
      name = `two${life}-killed`;
    }
    const last = openAttemptJournal(folder, name);
    last.counted('a');

    expect(last.crashesOf(task('a'))).toBe(0);
    expect(last.takeOrphans()).toHaveLength(1);
  });

  it('forgets nothing when the last line was torn', () => {
    const journal = openAttemptJournal(folder, 'three');
    start(journal, 'three/1', 'a');
    appendFileSync(join(folder, 'three.journal'), '{"task":{"id":"b"');
    die();

    expect(
      openAttemptJournal(folder, 'w-killed')
        .takeOrphans()
        .map((orphan) => orphan.task.id),
    ).toEqual(['a']);
  });

  it('leaves out lines that are torn, says how many, and knows the others', () => {
    const journal = openAttemptJournal(folder, 'torn');
    start(journal, 'torn/1', 'a');
    appendFileSync(join(folder, 'torn.journal'), '{"task":{"id":"b"{"task":{"id":"c"}}\nnull\n[]\n');
    start(journal, 'torn/1', 'd');
    die('torn');
    const warnings: unknown[] = [];
    const warn = (event: string, fields: unknown) => void warnings.push(event, fields);

    const again = openAttemptJournal(folder, 'torn-killed', { ...silentLogger, warn });

    expect(again.takeOrphans().map((orphan) => orphan.task.id)).toEqual(['a', 'd']);
    expect(warnings).toEqual(['worker_journal_lines_skipped', { path: join(folder, 'torn-killed.journal'), lines: 3 }]);
  });

  it('remembers starts that the engine has not counted, and forgets them when it has', () => {
    const journal = openAttemptJournal(folder, 'uncounted');
    start(journal, 'uncounted/1', 'lost', 'untold', 'returned', 'gone');
    journal.ended('lost', 'refused');
    journal.ended('untold', 'untold');
    journal.ended('returned', 'returned');
    journal.ended('gone', 'gone');

    expect(['lost', 'untold', 'returned', 'gone'].map((id) => journal.crashesOf(task(id)))).toEqual([1, 1, 0, 0]);
    expect(journal.crashesOf({ id: 'lost', retries: 2 })).toBe(0);
    journal.close();
    const next = openAttemptJournal(folder, 'uncounted');
    expect(next.takeOrphans().map((orphan) => [orphan.task.id, orphan.task.crashes])).toEqual([
      ['lost', 0],
      ['untold', 0],
    ]);
    next.counted('lost');
    next.close();
    expect(
      openAttemptJournal(folder, 'uncounted')
        .takeOrphans()
        .map((orphan) => orphan.task.id),
    ).toEqual(['untold']);
  });

  it('gives copies that start at the same moment files of their own, also when a dead process has left one', async () => {
    writeFileSync(join(folder, 'race.journal'), '');
    writeFileSync(join(folder, 'race.journal.pid'), '99999999');
    const code = `const { claimFile } = await import(process.argv[1]); console.log(claimFile(process.argv[2], 'race').path); setTimeout(() => {}, 1500);`;
    const copy = () =>
      promisify(execFile)(process.execPath, [
        '--conditions=@procos/source',
        '--input-type=module',
        '-e',
        code,
        new URL('./claimed-file.ts', import.meta.url).href,
        folder,
      ]);

    const paths = (await Promise.all(Array.from({ length: 6 }, copy))).map(({ stdout }) => stdout.trim());

    expect(new Set(paths).size).toBe(6);
  });

  it('gives a second live worker of the same name a file of its own', () => {
    const [one, other] = [openAttemptJournal(folder, 'four'), openAttemptJournal(folder, 'four')];
    start(one, 'four/1', 'a');

    expect(other.takeOrphans()).toEqual([]);
    expect(readdirSync(folder).filter((file) => file.endsWith('.journal'))).toEqual(['four-2.journal', 'four.journal']);
    one.close();
    other.close();
  });

  it('leaves the file of a live process alone', () => {
    writeFileSync(
      join(folder, 'five.journal'),
      `${JSON.stringify({ task: task('a'), workerId: 'x', isRunning: true, crashes: 0 })}\n`,
    );
    writeFileSync(join(folder, 'five.journal.pid'), String(process.ppid));

    expect(openAttemptJournal(folder, 'five').takeOrphans()).toEqual([]);
  });

  it('stays small', () => {
    const journal = openAttemptJournal(folder, 'six');
    for (let number = 0; number < 12_000; number++) {
      start(journal, 'six/1', `task-${number}`);
      journal.ended(`task-${number}`, 'accepted');
    }

    expect(readFileSync(join(folder, 'six.journal')).length).toBeLessThan(1_200_000);
    journal.close();
  });
});
