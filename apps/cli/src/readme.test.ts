import { readFileSync } from 'node:fs';
import { configTable } from '@procos/config';
import { describe, expect, it } from 'vitest';
import { cliFields } from './config.ts';
import { exitCodeMeanings, exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const silent = { write: () => undefined, isTTY: false, columns: undefined };
const io = {
  stdout: silent,
  stderr: silent,
  env: {},
  cwd: '/',
  interruption: () => new AbortController().signal,
  exitCode: exitCodes.ok,
};

describe('the README', () => {
  it('names every command, and none that does not exist', () => {
    const documented = new Set(Array.from(readme.matchAll(/`procos (\w+)/g), ([, name]) => name));

    expect([...documented].sort()).toEqual(
      createProgram(io)
        .commands.map((command) => command.name())
        .sort(),
    );
  });

  it('gives every exit code its meaning', () => {
    for (const [code, meaning] of exitCodeMeanings) expect(readme).toContain(`| ${code} | ${meaning} |`);
  });

  it('holds the table of settings that the schema makes', () => {
    expect(readme).toContain(`<!-- config:begin -->\n${configTable(cliFields)}\n<!-- config:end -->`);
  });
});
