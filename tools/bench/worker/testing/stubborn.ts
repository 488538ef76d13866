// Stands for a bench whose children do not end by themselves. Prints their process ids when all of them run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endOnSignals, endsWithUs } from '../children.ts';

const [closing] = process.argv.slice(2);
const deaf = `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); setInterval(() => {}, 1_000); process.stdout.write('up\\n');`;
const children = [1, 2].map(() =>
  endsWithUs(spawn(process.execPath, ['--eval', deaf], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })),
);
await Promise.all(children.map((child) => once(child.stdout, 'data')));

const ways: Readonly<Record<string, () => Promise<void>>> = {
  works: async () => {},
  fails: async () => {
    throw new Error('cannot close');
  },
  hangs: () => new Promise(() => {}),
};
endOnSignals(ways[closing ?? ''] ?? (() => Promise.resolve()));
process.stdout.write(`${children.map((child) => child.pid).join(' ')}\n`);
