import { isProcosError, messageOf } from '@procos/errors';
import { type Finding, GatewayRefusal } from '@procos/api-client';
import type { Io } from '../io.ts';
import { renderFindings } from './findings-view.ts';
import { othersCommand, ownCommand, painter } from './style.ts';

/** Prints one JSON document, or what a person reads. */
export function report(io: Io, options: { readonly json?: boolean }, document: unknown, text: () => string): void {
  io.stdout.write(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : text());
}

/** Tells an error: what happened, what to do, under which code to look it up, and the findings behind it. */
export function reportError(io: Io, options: { readonly json: boolean }, error: unknown): void {
  const paint = painter(io, io.stderr);
  const { code, message, remedy, data, details } = toReported(error);
  const findings = isFindings(details['findings']) ? details['findings'] : [];
  // The message lists the findings too, for those who see nothing else: here its first line is enough.
  const what = findings.length > 0 ? message.split('\n', 1).join('') : message;
  // It may quote others; what to do stands in the remedy.
  io.stderr.write(`${paint('✗', 'bad')} ${what.replaceAll(ownCommand, othersCommand)}\n`);
  if (remedy !== '') io.stderr.write(`  → ${remedy}\n`);
  io.stderr.write(paint(`  ${code}\n`, 'dim'));
  io.stderr.write(renderFindings(findings, paint));
  if (options.json) {
    const reported = { code, message, remedy, ...(Object.keys(data).length === 0 ? {} : { data }) };
    io.stdout.write(`${JSON.stringify({ ok: false, error: reported, ...details }, null, 2)}\n`);
  }
}

interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly details: Readonly<Record<string, unknown>>;
}

function toReported(error: unknown): ReportedError {
  if (isProcosError(error)) {
    const { code, message, remedy, data } = error;
    return { code, message, remedy, data, details: error instanceof GatewayRefusal ? error.details : {} };
  }
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
  return {
    code: 'PROCOS_CLI_FAULT',
    message: `The CLI failed on a fault of its own: ${stack}`,
    remedy: 'Please report it with the text above.',
    data: {},
    details: {},
  };
}

function isFindings(value: unknown): value is readonly Finding[] {
  return Array.isArray(value);
}
