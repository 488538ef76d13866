#!/usr/bin/env node
// node infra/compose/make-env.mjs: makes the .env of compose.yaml from .env.example, with random passwords. Plain Node 20.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [folder = import.meta.dirname] = process.argv.slice(2);
const target = join(resolve(folder), '.env');
const example = readFileSync(join(import.meta.dirname, '.env.example'), 'utf8');

/** 160 bits, of letters and digits: it goes into a URL. */
const password = () => randomBytes(20).toString('hex');
// The first block is that of the passwords; other empty values are for people to fill.
const [passwords, ...others] = example.split('\n\n# Names');
const text = [passwords.replaceAll(/^(\w+)=$/gm, (_line, name) => `${name}=${password()}`), ...others].join(
  '\n\n# Names',
);
try {
  writeFileSync(target, text, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${target} is made, for your eyes only.\n`);
} catch (error) {
  if (error.code !== 'EEXIST') throw error;
  process.stderr.write(
    `${target} is there already, and the data volumes know its passwords.\n  What to do: keep it, or remove it together with the volumes (docker compose down --volumes).\n`,
  );
  process.exitCode = 1;
}
