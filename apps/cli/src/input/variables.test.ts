import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readVariables } from './variables.ts';

const silent = { write: () => undefined, isTTY: false, columns: undefined };

function ioAt(cwd: string): Io {
  return {
    stdout: silent,
    stderr: silent,
    env: {},
    cwd,
    interruption: () => new AbortController().signal,
    exitCode: exitCodes.ok,
  };
}

function read(...given: readonly string[]): Record<string, unknown> {
  return readVariables(ioAt('/nonexistent'), { var: given });
}

describe('variables on the command line', () => {
  it('keep the type that JSON gives them', () => {
    expect(read('a=3', 'b=-2.5e3', 'c=true', 'd=null', 'e={"x": [1]}', 'f=["y"]', 'g="42"')).toEqual({
      a: 3,
      b: -2500,
      c: true,
      d: null,
      e: { x: [1] },
      f: ['y'],
      g: '42',
    });
  });

  it('are text when they only resemble JSON', () => {
    expect(read('day=2026-03-01', 'phone=0049', 'word=truely', 'empty=', 'sum=a=b')).toEqual({
      day: '2026-03-01',
      phone: '0049',
      word: 'truely',
      empty: '',
      sum: 'a=b',
    });
  });

  it('are text when a number would not come back as it was written', () => {
    expect(read('order=12345678901234567890')).toEqual({ order: '12345678901234567890' });
  });

  it.each([
    ['name', '--var name cannot be used: there is no = between name and value'],
    ['=3', '--var =3 cannot be used: "" is no name of a variable'],
    ['order={"x": 1', '--var order={"x": 1 cannot be used: the value of order starts like JSON, but is none'],
  ])('are refused as %s, with an example', (text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'PROCOS_CLI_BAD_VARIABLE',
        message: expect.stringContaining(message) as string,
        remedy: expect.stringContaining('--var ') as string,
      }),
    );
  });

  it('come from files as text or JSON', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
    try {
      writeFileSync(join(cwd, 'letter.txt'), '42\n');
      writeFileSync(join(cwd, 'order.json'), '{"items": 3}');

      const variables = readVariables(ioAt(cwd), { varFile: ['letter=letter.txt', 'order=@order.json'] });

      expect(variables).toEqual({ letter: '42\n', order: { items: 3 } });
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('come from files of Windows editors without their byte order mark', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'procos-cli-'));
    try {
      writeFileSync(join(cwd, 'order.json'), '\uFEFF{"items": 3}');
      writeFileSync(join(cwd, 'letter.txt'), '\uFEFFDear \uFEFF');

      expect(readVariables(ioAt(cwd), { varFile: ['order=@order.json', 'letter=letter.txt'] })).toEqual({
        order: { items: 3 },
        letter: 'Dear \uFEFF',
      });
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('name the file that cannot be read', () => {
    expect(() => readVariables(ioAt('/nonexistent'), { varFile: ['order=@gone.json'] })).toThrow(
      /--var-file order=@gone\.json cannot be used: gone\.json: ENOENT/,
    );
  });
});
