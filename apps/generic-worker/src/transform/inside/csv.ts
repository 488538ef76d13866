import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { StepConfig } from '../transformation.ts';
import { MalformedError, StepError } from './fault.ts';
import { plainText, plainValue, plainValueWithComma } from './plain-values.ts';

const largestRecord = 1_000_000;
/** What may stand between the cells, in the order of preference. */
const delimiters = [',', ';', '\t'] as const;

/**
 * Rows of a CSV text: objects named by the first line, or lists without it. Empty lines are left out; a line ends with CRLF, LF
 * or CR, whatever the others end with.
 */
export function readCsv(text: string, config: StepConfig<'convert'>): unknown[] {
  const { header = true, columns, parse_values: parseValues = false, decimal_comma: decimalComma = false } = config;
  const { body, delimiter, before } = withoutPreamble(text, config.delimiter);
  try {
    const rows = cellsOf(body, delimiter);
    const names = columns ?? (header ? rows.shift() : undefined);
    const valueOf = decimalComma ? plainValueWithComma : plainValue;
    const cell = (value: string) => (parseValues ? valueOf(value) : value);
    if (names === undefined) return rows.map((row) => row.map(cell));
    checkWidth(names, rows);
    const kept = names
      .map((_, index) => index)
      .filter((index) => names[index] !== '' || rows.some((row) => row[index] !== ''));
    checkNames(
      kept.map((index) => names[index] ?? ''),
      before + 1,
    );
    return rows.map((row) =>
      Object.fromEntries(kept.map((index) => [names[index] ?? '', cell(row[index] ?? '')] as const)),
    );
  } catch (thrown) {
    if (thrown instanceof CsvError)
      throw new MalformedError(
        `line ${lineOf(thrown, body, delimiter) + before}`,
        faults[thrown.code] ?? 'it is no CSV',
      );
    throw thrown;
  }
}

function cellsOf(text: string, delimiter: string): string[][] {
  return parse(text, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    max_record_size: largestRecord,
    info: false,
  });
}

/** The library counts the end of a line in quotes twice when it has two characters. */
function lineOf(fault: CsvError, text: string, delimiter: string): number {
  try {
    cellsOf(text.replaceAll(/\r\n?/g, '\n'), delimiter);
  } catch (thrown) {
    if (thrown instanceof CsvError) return Number(thrown['lines']);
  }
  return Number(fault['lines']);
}

/** Spreadsheets put a byte order mark in front, and some a line that names the delimiter: `sep=;`. */
function withoutPreamble(
  text: string,
  given: string | undefined,
): { readonly body: string; readonly delimiter: string; readonly before: number } {
  const unmarked = text.replace(/^\uFEFF/, '');
  const [line, named] = /^sep=([^\r\n"])(?:\r\n|\n|\r)/.exec(unmarked) ?? [];
  if (line === undefined) return { body: unmarked, delimiter: given ?? delimiterOf(unmarked), before: 0 };
  return { body: unmarked.slice(line.length), delimiter: given ?? named ?? ',', before: 1 };
}

/** The one that stands most often in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const [line = ''] = /^[\r\n]*(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 100_000)) ?? [];
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The library's own messages quote the data. */
const faults: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'after the closing quote of a cell something follows that is no delimiter',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a cell; the whole cell must be quoted',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'it has another number of cells than the lines before',
  CSV_RECORD_INCONSISTENT_COLUMNS: 'it has another number of cells than there are columns',
  CSV_MAX_RECORD_SIZE: `it holds more than ${largestRecord} characters`,
};

/** No cell may be lost for want of a name. */
function checkWidth(names: readonly string[], [first]: readonly (readonly string[])[]): void {
  if (first !== undefined && first.length > names.length)
    throw new StepError('columns', `there are ${first.length} cells in a line and ${names.length} names`);
}

function checkNames(names: readonly string[], line: number): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new MalformedError(`line ${line}`, `two columns have the name ${JSON.stringify(twice)}`);
}

/**
 * A list as CSV text. Cells that a spreadsheet would take for a formula are escaped unless the model says otherwise.
 * Source: OWASP, CSV Injection.
 */
export function writeCsv(rows: readonly unknown[], config: StepConfig<'convert'>): string {
  const {
    header = true,
    columns,
    escape_formulas: escapeFormulas = true,
    decimal_comma: decimalComma = false,
  } = config;
  const delimiter = config.delimiter ?? (decimalComma ? ';' : ',');
  const number = (value: number | bigint) => ({
    value: decimalComma ? String(value).replace('.', ',') : String(value),
    escape_formulas: false,
  });
  const options = {
    delimiter,
    escape_formulas: escapeFormulas,
    record_delimiter: '\n',
    quoted_match: '\r',
    cast: { number, bigint: number },
  };
  if (rows.every(Array.isArray))
    return stringify(
      rows.map((row) => (row as unknown[]).map(cellOf)),
      {
        ...options,
        header: columns !== undefined && header,
        ...(columns === undefined ? {} : { columns: [...columns] }),
      },
    );
  const names = columns ?? [...new Set(rows.flatMap((row, index) => Object.keys(objectOf(row, index))))];
  const cells = rows.map((row, index) => names.map((name) => cellOf(memberOf(objectOf(row, index), name))));
  return stringify(header ? [[...names], ...cells] : cells, options);
}
function objectOf(row: unknown, index: number): Readonly<Record<string, unknown>> {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Readonly<Record<string, unknown>>;
  throw new StepError(`row ${index + 1}`, 'it is no object, although other rows are');
}

function memberOf(row: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** Numbers stay numbers: a minus sign in front of one starts no formula. */
function cellOf(value: unknown): string | number | bigint {
  return typeof value === 'number' || typeof value === 'bigint' ? value : plainText(value);
}
