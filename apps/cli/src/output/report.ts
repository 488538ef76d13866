import { isProcosError, messageOf } from '@procos/errors';
import type { Io } from '../io.ts';
import { painter } from './style.ts';

/** Prints one JSON document, or what a person reads. */
export function report(io: Io, options: { readonly json?: boolean }, document: unknown, text: () => string): void {
  io.stdout.write(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : text());
}

/** Tells an error: what happened, what to do, under which code to look it up. */
export function reportError(io: Io, options: { readonly json: boolean }, error: unknown): void {
  const paint = painter(io, io.stderr);
  const { code, message, remedy, data } = toTold(error);
  io.stderr.write(`${paint('✗', 'bad')} ${message}\n`);
  if (remedy !== '') io.stderr.write(`  → ${remedy}\n`);
  io.stderr.write(paint(`  ${code}\n`, 'dim'));
  if (options.json) {
    const document = { ok: false, error: { code, message, remedy, ...(Object.keys(data).length === 0 ? {} : { data }) } };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
}

interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function toTold(error: unknown): ToldError {
  if (isProcosError(error)) return { code: error.code, message: error.message, remedy: inCommands(error.remedy), data: error.data };
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
  return {
    code: 'PROCOS_CLI_FAULT',
    message: `The CLI failed on a fault of its own: ${stack}`,
    remedy: 'Please report it with the text above.',
    data: {},
  };
}

/** The gateway names what to do next in calls of its API: here they are commands. */
const commandsOfCalls: readonly (readonly [RegExp, string])[] = [
  [/GET \/v1\/process-definitions\/([\w-]+)/g, 'npx procos processes'],
  [/GET \/v1\/process-definitions/g, 'npx procos processes'],
  [/GET \/v1\/instances\/([\w:-]+)/g, 'npx procos show $1'],
  [/GET \/v1\/instances/g, 'npx procos ps --all'],
  [/GET \/v1\/incidents/g, 'npx procos incidents'],
  [/GET \/v1\/user-tasks/g, 'npx procos tasks'],
  [/GET \/v1\/status/g, 'npx procos status'],
  [/POST \/v1\/lint/g, 'npx procos lint'],
];

function inCommands(remedy: string): string {
  return commandsOfCalls.reduce((text, [call, command]) => text.replace(call, command), remedy);
}
