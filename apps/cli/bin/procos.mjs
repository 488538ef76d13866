#!/usr/bin/env node
// Starts the CLI on the Node that this repository pins, from its sources. This file itself runs on any Node from 20 on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeArguments, nodeEnvironment } from './node-start.mjs';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const node = findPinnedNode(dirname(main));

if (node === undefined) {
  process.stderr.write(
    '✗ The dependencies of ProcOS are not installed: there is no node_modules/.bin/node.\n  → Run: npm ci\n',
  );
  process.exitCode = 1;
} else {
  runOn(node, [...nodeArguments, main, ...process.argv.slice(2)]);
}

function findPinnedNode(folder) {
  const candidate = join(folder, 'node_modules', '.bin', 'node');
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : findPinnedNode(parent);
}

/** Where Node can (22.15 and later, not on Windows) the process itself becomes the CLI: one process, no signal to pass on. */
function runOn(file, args) {
  const env = nodeEnvironment(process.env);
  if (typeof process.execve === 'function' && process.platform !== 'win32') process.execve(file, [file, ...args], env);
  // Listens before there is a child: what comes in the moment of its start would end this process and leave the child behind.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => passOn(child, signal));
  const child = spawn(file, args, { stdio: 'inherit', env });
  child.on('error', (error) => {
    process.stderr.write(`✗ ${file} cannot be started: ${error.message}\n  → Run: npm ci\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

/** Ctrl-C in a terminal reaches the child by itself: passed on too, it would count as a second, impatient one. */
function passOn(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}
