import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { compileCheck, ServiceRecord } from '@procos/contracts';
import { DirectoryAwayError } from './errors.ts';
import type { ServiceDirectory } from './service-directory.ts';

export interface LastGoodOptions {
  /** Keeps the answers over a restart. @default kept in memory only */
  readonly file?: string | undefined;
  /** Told why an answer is from memory, or why the file cannot be read or written. */
  readonly onFault: (thrown: unknown) => void;
}

const check = compileCheck(ServiceRecord);

/** Keeps the last good answer to each question, and gives it when the directory is away. */
export function keepLastGood(directory: ServiceDirectory, { file, onFault }: LastGoodOptions): ServiceDirectory {
  const answers = new Map<string, readonly ServiceRecord[]>(file === undefined ? [] : readAnswers(file, onFault));
  let writing = Promise.resolve();
  const remember = (question: string, answer: readonly ServiceRecord[]) => {
    const before = answers.get(question);
    answers.set(question, answer);
    if (file === undefined || sameCopies(before, answer)) return;
    writing = writing.then(() => writeAnswers(file, answers)).catch(onFault);
  };
  const asked = async (question: string, ask: () => Promise<readonly ServiceRecord[]>) => {
    try {
      const answer = await ask();
      remember(question, answer);
      return answer;
    } catch (thrown) {
      const known = answers.get(question);
      if (!(thrown instanceof DirectoryAwayError) || known === undefined) throw thrown;
      onFault(thrown);
      return known;
    }
  };
  return {
    ...directory,
    discover: (name, filter) =>
      asked(`discover ${name} ${JSON.stringify(filter ?? {})}`, () => directory.discover(name, filter)),
    list: (filter) => asked(`list ${JSON.stringify(filter ?? {})}`, () => directory.list(filter)),
    close: async () => {
      await directory.close();
      await writing;
    },
  };
}

/** The same copies at the same places; when they were last heard of is not worth a write. */
function sameCopies(before: readonly ServiceRecord[] | undefined, after: readonly ServiceRecord[]): boolean {
  const gist = (records: readonly ServiceRecord[]) =>
    JSON.stringify(records.map(({ service_id, endpoint, version, tags }) => [service_id, endpoint, version, tags]));
  return before !== undefined && gist(before) === gist(after);
}

function readAnswers(
  file: string,
  onFault: LastGoodOptions['onFault'],
): readonly (readonly [string, readonly ServiceRecord[]])[] {
  try {
    const answers = JSON.parse(readFileSync(file, 'utf8')) as Record<string, ServiceRecord[]>;
    if (
      Object.values(answers).every((records) => Array.isArray(records) && records.every((record) => check(record).ok))
    )
      return Object.entries(answers);
    onFault(new Error(`${file} holds no answers of a service directory; it is not used.`));
  } catch (thrown) {
    // There is none before the first answer.
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') onFault(thrown);
  }
  return [];
}

/** Written aside and renamed: a crash leaves the one before. */
async function writeAnswers(file: string, answers: ReadonlyMap<string, readonly ServiceRecord[]>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, `${JSON.stringify(Object.fromEntries(answers), null, 2)}\n`);
  await rename(draft, file);
}
