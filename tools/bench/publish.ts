// Writes the ratios of a bench into docs/reference/benchmarks.md. No absolute times: those belong to one machine.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/reference/benchmarks.md', import.meta.url));

const HEAD = `# Benchmarks

Written by \`npm run bench -- <name> --publish\`. A ratio above 1 means that ours is better; the interval is where it lies with 95 % (bootstrap over the single runs, which alternate with those of the peer on one machine in one run). Times are left out: they belong to one machine, and \`npm run bench\` tells those of yours.
`;

const COLUMNS = ['| Metric | Peer | Ratio | 95 % interval | Runs |', '| --- | --- | --- | --- | --- |'];

/** What a reader must know to judge the figures of a bench. */
const ABOUT: Readonly<Record<string, string>> = {
  events:
    "The event bridge between the engine (history full, state in memory) and a real RabbitMQ, every part a process of its own on the same machine. `event-lag` is the time from an event's moment in the history to a consumer; `aim` is the poll interval of 250 ms and 50 ms more. `task-throughput` is what a bare loop completes while the bridge tells the events, against the same while it is suspended.",
  'app-isolation': 'Apps of the embedded system in worker threads: time to load them, and memory.',
  'engine-boot': 'Time until the REST API of the engine answers.',
  'idle-memory':
    'Resident memory of the Node process of an embedded system, a minute after its first answer: started by `bin/procos.mjs`, against the same with the defaults of Node.',
  layout:
    "The own layout of diagrams and elkjs (layered, right-angled lines, the same sizes and distances) over the same graphs: seeded ones of 10, 30 and 100 steps with gateways, ways back, boundary events and sub-processes, and 200 models of the engine's own tests without their drawings. Lines of elkjs meet events and gateways at the middle of a side, ours beside each other. Counts (`crossings`: also of lines that run together and part on the other side, `through-shapes`, `shared-lines`: pairs of lines with a common piece, `shape-overlaps`) are compared as totals with one added, so that none against none is 1. In `time` ours reads and writes the model, elkjs gets its graph ready-made.",
  worker: [
    'The worker runtime with its defaults, on the engine as it is shipped (history full, state in memory), every client a process of its own, all of them behind the same engine in the same run.',
    '`default` is the official Node client with its documented defaults, `long-poll` the same with `asyncResponseTimeout`; both wait 300 ms after every request, which is what the large ratios measure. **The fair opponent is `tuned`**: the same client with interval 0, long polling and a window of 64. `bare-loop` fetches and completes without any handler, lease or check: what the engine gives to one process at most. `temporal` runs as many activities that do nothing on its dev server with its TypeScript SDK. `quiet` is the same worker without the noisy neighbour: 1 is perfect there. `async-after` is the same chain of tasks with `camunda:asyncAfter="true"` on each: how many times longer a save point behind each task takes.',
  ].join('\n\n'),
};

export interface BenchRun {
  readonly metric: string;
  readonly peer?: string;
}

export interface BenchResult {
  readonly metric: string;
  readonly peer: string;
  readonly ratio: number;
  readonly ci95: readonly number[];
}

export interface BenchDocument {
  readonly bench: string;
  readonly machine: { readonly cpus: number; readonly model: string };
  readonly runs: readonly BenchRun[];
  readonly results: readonly BenchResult[];
}

export function publish(document: BenchDocument): void {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : HEAD;
  writeFileSync(PAGE, withResults(page, document));
}

/** The page with the results of this document in the place of earlier ones; what was not measured this time stays. */
export function withResults(page: string, document: BenchDocument): string {
  const [begin, end] = [`<!-- ${document.bench}:begin -->`, `<!-- ${document.bench}:end -->`];
  const [at, until] = [page.indexOf(begin), page.indexOf(end)];
  const earlier =
    at < 0
      ? []
      : page
          .slice(at, until)
          .split('\n')
          .filter((line) => line.startsWith('| `'));
  const rows = new Map(
    [...earlier, ...document.results.map((result) => rowOf(result, document.runs))].map((row) => [nameOf(row), row]),
  );
  const { cpus, model } = document.machine;
  const section = [
    begin,
    `## ${document.bench}`,
    '',
    ABOUT[document.bench] ?? '',
    '',
    `\`npm run bench -- ${document.bench}\`, last on ${cpus} × ${model}:`,
    '',
    ...COLUMNS,
    ...rows.values(),
    end,
  ].join('\n');
  return at < 0
    ? `${page.trimEnd()}\n\n${section}\n`
    : `${page.slice(0, at)}${section}${page.slice(until + end.length)}`;
}

function rowOf({ metric, peer, ratio, ci95 }: BenchResult, runs: readonly BenchRun[]): string {
  // One run may give several figures, such as `event-lag-p50` and `event-lag-p99`.
  const count = runs.filter(
    (run) =>
      (run.metric === metric || metric.startsWith(`${run.metric}-`)) && (run.peer === undefined || run.peer === peer),
  ).length;
  return `| \`${metric}\` | ${peer} | **${short(ratio)}** | ${ci95.map(short).join(' to ')} | ${count} |`;
}

const nameOf = (row: string) => row.split('|').slice(1, 3).join('|');
const short = (value: number) => Number(value.toPrecision(3)).toString();
