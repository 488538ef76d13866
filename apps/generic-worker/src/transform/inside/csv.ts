import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { StepConfig } from '../transformation.ts';
import { MalformedError, StepError } from './fault.ts';
import { plainText, plainValue } from './plain-values.ts';

const largestRecord = 1_000_000;

/** Rows of a CSV text: objects named by the first line, or lists without it. Empty lines are left out. */
export function readCsv(text: string, { delimiter = ',', header = true, columns, parse_values: parseValues = false }: StepConfig<'convert'>): unknown[] {
  try {
    const rows: string[][] = parse(text, { bom: true, delimiter, skip_empty_lines: true, max_record_size: largestRecord, info: false });
    const names = columns ?? (header ? rows.shift() : undefined);
    const cell = (value: string) => (parseValues ? plainValue(value) : value);
    if (names === undefined) return rows.map((row) => row.map(cell));
    checkNames(names);
    return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, cell(row[index] ?? '')])));
  } catch (thrown) {
    if (thrown instanceof CsvError) throw new MalformedError(`line ${String(thrown['lines'])}`, faults[thrown.code] ?? 'it is no CSV');
    throw thrown;
  }
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

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new MalformedError('line 1', `two columns have the name ${JSON.stringify(twice)}`);
}

/**
 * A list as CSV text. Cells that a spreadsheet would take for a formula are escaped unless the model says otherwise.
 * Source: OWASP, CSV Injection.
 */
export function writeCsv(rows: readonly unknown[], { delimiter = ',', header = true, columns, escape_formulas: escapeFormulas = true }: StepConfig<'convert'>): string {
  const options = { delimiter, escape_formulas: escapeFormulas, record_delimiter: '\n', quoted_match: '\r' };
  if (rows.every(Array.isArray)) return stringify(rows.map((row) => (row as unknown[]).map(cellOf)), { ...options, header: columns !== undefined && header, ...(columns === undefined ? {} : { columns: [...columns] }) });
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
function cellOf(value: unknown): string | number {
  return typeof value === 'number' ? value : plainText(value);
}
