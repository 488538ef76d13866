import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '@procos/errors';
import { parseJson } from '@procos/json';
import { errors } from '../errors.ts';
import type { Io } from '../io.ts';

export interface VariableOptions {
  readonly var?: readonly string[];
  readonly varFile?: readonly string[];
}

/** For commander: each further `--option` is added to those before it. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * The variables given on the command line.
 * `--var name=value`: JSON when it reads as a number, `true`, `false`, `null`, `{…}`, `[…]` or `"…"`, otherwise text.
 * `--var-file name=path`: the text of a file; `name=@path`: the JSON in a file.
 *
 * @throws PROCOS_CLI_BAD_VARIABLE
 */
export function readVariables(io: Io, options: VariableOptions): Record<string, unknown> {
  const given = (options.var ?? []).map((text) => variableOf(text));
  const fromFiles = (options.varFile ?? []).map((text) => fileVariableOf(io, text));
  return Object.fromEntries([...given, ...fromFiles]);
}

/** What was written for each variable, before it was read as a number or JSON. @throws PROCOS_CLI_BAD_VARIABLE */
export function writtenVariables(options: VariableOptions): Record<string, string> {
  return Object.fromEntries((options.var ?? []).map((text) => split('--var', text, '--var answer=42')));
}

/** Values by name, given with another option. @throws PROCOS_CLI_BAD_VARIABLE */
export function readNamedValues(option: string, given: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    given.map((text) => {
      const [name, value] = split(option, text, `${option} order_id=17`);
      return [name, valueOf(name, value)];
    }),
  );
}

function variableOf(text: string): [string, unknown] {
  const [name, value] = split('--var', text, '--var answer=42 --var \'order={"items": 3}\'');
  return [name, valueOf(name, value)];
}

/** JSON if a text reads as such, else the text. @throws PROCOS_CLI_BAD_VARIABLE */
export function valueOf(name: string, value: string): unknown {
  if (!looksLikeJson(value)) return isExactNumber(value) ? Number(value) : value;
  try {
    return parseJson(value);
  } catch (error) {
    const problem = `the value of ${name} starts like JSON, but is none (${messageOf(error)})`;
    throw errors.PROCOS_CLI_BAD_VARIABLE(
      { option: `--var ${name}=${value}`, problem, example: `--var '${name}={"items": 3}'` },
      error,
    );
  }
}

function looksLikeJson(value: string): boolean {
  return /^[[{"]/.test(value) || value === 'true' || value === 'false' || value === 'null';
}

/** A number of JSON that no digit of is lost: a long order number stays the text it is. */
function isExactNumber(value: string): boolean {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return false;
  const number = Number(value);
  return Number.isFinite(number) && (/[.eE]/.test(value) || Number.isSafeInteger(number));
}

function fileVariableOf(io: Io, text: string): [string, unknown] {
  const example = '--var-file letter=letter.txt --var-file order=@order.json';
  const [name, value] = split('--var-file', text, example);
  const isJson = value.startsWith('@');
  const path = isJson ? value.slice(1) : value;
  try {
    const content = withoutMark(readFileSync(resolve(io.cwd, path), 'utf8'));
    return [name, isJson ? parseJson(content) : content];
  } catch (error) {
    throw errors.PROCOS_CLI_BAD_VARIABLE(
      { option: `--var-file ${text}`, problem: `${path}: ${messageOf(error)}`, example },
      error,
    );
  }
}

/** Editors of Windows put a byte order mark before a text; it is no part of it. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function split(option: string, text: string, example: string): [string, string] {
  const at = text.indexOf('=');
  const name = at === -1 ? '' : text.slice(0, at);
  if (/^[A-Za-z_][\w.-]*$/.test(name)) return [name, text.slice(at + 1)];
  const problem = at === -1 ? 'there is no = between name and value' : `"${name}" is no name of a variable`;
  throw errors.PROCOS_CLI_BAD_VARIABLE({ option: `${option} ${text}`, problem, example });
}
