#!/usr/bin/env node
// npm run bench -- <name>: lists the benches or runs one. Plain Node 20 until the packages are there.
import '../setup/check-node.mjs';
import { join } from 'node:path';
import { giveUp, prepare } from '../setup/prepare.mjs';
import { runPinned } from '../setup/run-pinned.mjs';
import { nearestNames, readOptions, UsageError } from './options.mjs';

/**
 * Name of a bench → what it measures. Each is a file of that name beside this one, or `main.ts` in a folder of that name.
 *
 * @type {Readonly<Record<string, {readonly file: string, readonly about: string}>>}
 */
const BENCHES = {
  'app-isolation': {
    file: 'app-isolation.ts',
    about: 'apps in one thread, in threads, in processes: time to load, memory',
  },
  'engine-boot': { file: 'engine-boot.ts', about: 'time until the engine answers, against plain java -jar' },
  events: {
    file: 'events/main.ts',
    about: 'how long events are under way from engine to consumer, and what they cost',
  },
  'idle-memory': {
    file: 'idle-memory.ts',
    about: 'memory of Node in an idle system, as it is started and without that',
  },
  layout: {
    file: 'layout/main.ts',
    about: 'the layout of diagrams against elkjs: crossings, overlaps, length, area, time',
  },
  worker: {
    file: 'worker/main.ts',
    about: 'the worker runtime against the official client, a bare loop and Temporal',
  },
};

const usage = [
  'Usage: npm run bench -- <name> [--runs n] [--only a,b] [--publish] [--json]',
  'Measures, and prints ratios with their 95 % intervals. A ratio above 1 means that ours is better. The benches:',
  ...Object.entries(BENCHES).map(([name, { about }]) => `  ${name.padEnd(14)} ${about}`),
  '  --runs n       rounds per comparison',
  '  --only a,b     these metrics only, where a bench has several; npm run bench -- <name> --help names them',
  '  --publish      write the ratios into docs/reference/benchmarks.md',
  '  --json         one document on stdout: {bench, machine, runs, results}',
  '',
].join('\n');

/** @param {readonly string[]} words */
async function main(words) {
  const { name, help } = readOptions(words);
  if (name === undefined) {
    process.stdout.write(usage);
    if (!help) process.exitCode = 2;
    return;
  }
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (bench === undefined) {
    const near = nearestNames(name, Object.keys(BENCHES));
    throw new UsageError(
      `There is no bench '${name}'. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${Object.keys(BENCHES).join(', ')}.`}`,
    );
  }
  await prepare();
  const rest = words.filter((_, index) => index !== words.indexOf(name));
  process.exitCode = await runPinned(['--conditions=@procos/source', join(import.meta.dirname, bench.file), ...rest]);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
