// What every bench prints: one JSON document, or a table for a person.
import { cpus, totalmem, type } from 'node:os';
import { type BenchDocument, type BenchResult, publish } from './publish.ts';

export interface Machine {
  readonly cpus: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly os: string;
  readonly node: string;
}

/** What a bench has measured, for people and programs. */
export interface Report extends BenchDocument {
  readonly machine: Machine;
  readonly results: readonly (BenchResult & {
    readonly unit: string;
    readonly ours: number;
    readonly theirs: number;
  })[];
  readonly notes?: readonly string[];
}

/** What the figures were measured on. @param more such as the version of Java */
export function machine(more: object = {}): Machine {
  return {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: type(),
    node: process.version,
    ...more,
  };
}

/** What went wrong, for the person who measures. */
export function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/** Progress goes to stderr, so that stdout holds the document alone. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function printReport(
  document: Report,
  { json, publish: isToBePublished }: { readonly json: boolean; readonly publish: boolean },
): void {
  if (isToBePublished) publish(document);
  if (json) {
    process.stdout.write(`${JSON.stringify(document)}\n`);
    return;
  }
  const { machine: on, runs, results, notes = [] } = document;
  process.stdout.write(
    `${on.cpus} × ${on.model}, ${on.memoryGiB} GiB, Node ${on.node}; ${runs.length} single runs. A ratio above 1: ours is better.\n\n`,
  );
  const cells = results.map((row) => [
    row.metric,
    row.peer,
    `${row.ours} ${row.unit}`,
    `${row.theirs} ${row.unit}`,
    String(row.ratio),
    row.ci95.join(' to '),
  ]);
  const head = ['metric', 'peer', 'ours', 'theirs', 'ratio', '95 % interval'];
  const table = [head, ...cells];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  for (const note of notes) process.stdout.write(`\n${note}\n`);
}
