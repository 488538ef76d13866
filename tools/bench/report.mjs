// What every bench prints: one JSON document, or a table for a person.
import { cpus, totalmem, type } from 'node:os';
import { publish } from './publish.mjs';

/** What the figures were measured on. */
export function machine(more = {}) {
  return {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: type(),
    node: process.version,
    ...more,
  };
}

/** Progress goes to stderr, so that stdout holds the document alone. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {{bench: string, machine: object, runs: object[], results: object[], notes?: string[]}} document
 * @param {{json: boolean, publish: boolean}} options
 */
export function printReport(document, { json, publish: isToBePublished }) {
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
  const table = [['metric', 'peer', 'ours', 'theirs', 'ratio', '95 % interval'], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}\n`,
    );
  for (const note of notes) process.stdout.write(`\n${note}\n`);
}
