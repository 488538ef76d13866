import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultRetryPolicy } from '../retry-policy.ts';
import { openAttemptJournal } from './attempt-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
const task = (id: string) => ({ id, topic: 'x', retries: null, policy: defaultRetryPolicy, crashes: 0 });
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

describe('the journal of attempts', () => {
  it('tells after a crash what was in work, and how often that has happened', () => {
    const first = openAttemptJournal(folder, 'one');
    first.started([task('a'), task('b')], 'one/1');
    first.ended('b');
    first.started([task('c')], 'one/1');
    die();
    const second = openAttemptJournal(folder, 'w-killed');

    expect(second.takeOrphans()).toEqual([
      { task: task('a'), workerId: 'one/1' },
      { task: task('c'), workerId: 'one/1' },
    ]);
    expect([second.crashesOf('a'), second.crashesOf('b')]).toEqual([1, 0]);
    first.close();
    second.close();
  });

  it('counts on over several crashes, until the engine has counted', () => {
    let name = 'two';
    for (let life = 1; life <= 3; life++) {
      const journal = openAttemptJournal(folder, name);
      expect(journal.crashesOf('a')).toBe(life - 1);
      journal.started([task('a')], `two/${life}`);
      die(`two${life}`);
      name = `two${life}-killed`;
    }
    const last = openAttemptJournal(folder, name);
    last.counted('a');

    expect(last.crashesOf('a')).toBe(0);
    expect(last.takeOrphans()).toHaveLength(1);
  });

  it('forgets nothing when the last line was torn', () => {
    const journal = openAttemptJournal(folder, 'three');
    journal.started([task('a')], 'three/1');
    appendFileSync(join(folder, 'three.journal'), '{"task":{"id":"b"');
    die();

    expect(openAttemptJournal(folder, 'w-killed').takeOrphans().map((orphan) => orphan.task.id)).toEqual(['a']);
  });

  it('gives a second live worker of the same name a file of its own', () => {
    const [one, other] = [openAttemptJournal(folder, 'four'), openAttemptJournal(folder, 'four')];
    one.started([task('a')], 'four/1');

    expect(other.takeOrphans()).toEqual([]);
    expect(readdirSync(folder).filter((file) => file.endsWith('.journal'))).toEqual(['four-2.journal', 'four.journal']);
    one.close();
    other.close();
  });

  it('leaves the file of a live process alone', () => {
    writeFileSync(join(folder, 'five.journal'), `${JSON.stringify({ task: task('a'), workerId: 'x', isRunning: true, crashes: 0 })}\n`);
    writeFileSync(join(folder, 'five.journal.pid'), String(process.ppid));

    expect(openAttemptJournal(folder, 'five').takeOrphans()).toEqual([]);
  });

  it('stays small', () => {
    const journal = openAttemptJournal(folder, 'six');
    for (let number = 0; number < 12_000; number++) {
      journal.started([task(`task-${number}`)], 'six/1');
      journal.ended(`task-${number}`);
    }

    expect(readFileSync(join(folder, 'six.journal')).length).toBeLessThan(1_200_000);
    journal.close();
  });
});
