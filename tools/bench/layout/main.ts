// npm run bench -- layout: the own layout of diagrams against elkjs, over the same graphs.
import { messageOf } from '@procos/errors';
import { layOutProcessModel } from '@procos/process-model';
import { publishedModels } from '../../agreement/corpus.ts';
import { readOptions } from '../options.mjs';
import { machine, printReport, say } from '../report.ts';
import { compareRuns, type RoundRun, seededRandom, valuesOf } from '../statistics.ts';
import { readModel, stepsIn } from './drawing.ts';
import { elkGraph, elkLayout } from './elk-layout.ts';
import { type Figure, figuresOf } from './figures.ts';
import { randomProcess } from './random-process.ts';

const SEED = 22;
const SIZES = [10, 30, 100];
const PUBLISHED = 200;
const COUNTS: readonly string[] = ['crossings', 'through-shapes', 'shared-lines', 'shape-overlaps'];
const CANDIDATES = ['ours', 'elkjs'] as const;
const UNITS: Readonly<Record<string, string>> = { length: 'px', area: 'px²', time: 'ms' };

type Candidate = (typeof CANDIDATES)[number];

async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const { help, runs: perSize = 60 } = options;
  if (help) {
    process.stdout.write(
      `Usage: npm run bench -- layout [--runs 60] [--publish] [--json]\nLays out so many seeded graphs of ${SIZES.join(', ')} steps each and ${PUBLISHED} published models, by the own layout and by elkjs.\n`,
    );
    return;
  }
  const groups = graphs(perSize);
  const [first = []] = Object.values(groups);
  for (const xml of first.slice(0, 10)) await compareOne(xml);
  const runs: RoundRun[] = [];
  const undrawn = { ours: 0, elkjs: 0 };
  for (const [group, models] of Object.entries(groups)) {
    for (const [round, xml] of models.entries()) {
      const compared = await compareOne(xml);
      for (const candidate of CANDIDATES) {
        const { undrawn: missing, ...figures } = compared[candidate];
        undrawn[candidate] += missing;
        for (const [figure, value] of Object.entries(figures))
          runs.push({ metric: `${group}-${figure}`, round, candidate, value });
      }
    }
    say(`${group}: ${models.length} graphs done`);
  }
  const notes = [
    'Counts are totals with one added, so that none against none is 1. Length, area and time are medians of single graphs. Time: ours reads and writes the model, elkjs gets its graph ready-made.',
    `Left out of a drawing: ours ${undrawn.ours}, elkjs ${undrawn.elkjs}.`,
  ];
  printReport({ bench: 'layout', machine: machine(), runs, results: results(runs), notes }, options);
}

/** Name → models without a drawing. */
function graphs(perSize: number): Readonly<Record<string, readonly string[]>> {
  const next = seededRandom(SEED);
  const seeded = SIZES.map((size): [string, readonly string[]] => [
    `graphs-${size}`,
    Array.from({ length: perSize }, () => randomProcess(next, size)),
  ]);
  const suitable = publishedModels()
    .map(({ xml }) => undrawnCopy(xml))
    .filter(isComparable);
  const published = suitable
    .map((xml) => ({ xml, rank: next() }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, PUBLISHED)
    .map(({ xml }) => xml);
  return Object.fromEntries([...seeded, ['published', published]]);
}

function undrawnCopy(xml: string): string {
  return xml.replaceAll(/<(\w+:)?BPMNDiagram\b[\s\S]*?<\/\1BPMNDiagram>/g, '');
}

/** One process of at least five steps, and nothing that is drawn beside steps and flows. */
function isComparable(xml: string): boolean {
  try {
    const { processes, others } = readModel(xml);
    const steps = processes.flatMap((process) => Array.from(stepsIn(process)));
    const known = new Set(steps.map(({ id }) => id));
    const isNamed = [...processes, ...steps].every(
      ({ id, flows }) => id !== '' && flows.every((flow) => flow.id !== ''),
    );
    return (
      isNamed &&
      processes.length === 1 &&
      others.length === 0 &&
      steps.length >= 5 &&
      known.size === steps.length &&
      steps.every(({ host }) => host === undefined || known.has(host))
    );
  } catch {
    // Among the published models are some that are no XML.
    return false;
  }
}

async function compareOne(xml: string): Promise<Record<Candidate, Record<Figure | 'time', number>>> {
  const startedAt = performance.now();
  const text = await layOutProcessModel(xml);
  const oursMs = performance.now() - startedAt;
  const {
    processes: [process],
    drawing,
  } = readModel(text);
  if (process === undefined) throw new Error('The model has no process');
  const graph = elkGraph(process, drawing.shapes);
  const elkStartedAt = performance.now();
  const theirs = await elkLayout(graph);
  const elkMs = performance.now() - elkStartedAt;
  return {
    ours: { ...figuresOf(process, drawing), time: oursMs },
    elkjs: { ...figuresOf(process, theirs), time: elkMs },
  };
}

function results(runs: readonly RoundRun[]) {
  return Array.from(new Set(runs.map(({ metric }) => metric)), (metric) => {
    const figure = metric.replace(/^(?:graphs-\d+|published)-/, '');
    const ofMetric = runs.filter((run) => run.metric === metric);
    const total = (values: readonly number[]) => 1 + values.reduce((sum, value) => sum + value, 0);
    return {
      metric,
      unit: UNITS[figure] ?? '',
      peer: 'elkjs',
      ...compareRuns({
        ours: valuesOf(ofMetric, 'ours'),
        theirs: valuesOf(ofMetric, 'elkjs'),
        ...(COUNTS.includes(figure) ? { statistic: total } : {}),
      }),
    };
  });
}

main(process.argv.slice(2)).catch((thrown: unknown) => {
  process.stderr.write(`${messageOf(thrown)}\n`);
  process.exitCode = 1;
});
