import { ProcosError, type ErrorData } from './procos-error.ts';

/** One kind of error. `{name}` in the texts is filled from the data given when the error is made. */
export interface ErrorEntry {
  /** What happened, with `{placeholders}`. */
  readonly message: string;
  /** What to do next, with `{placeholders}`. */
  readonly remedy: string;
  /** When it is thrown: the sentence shown in the error reference. */
  readonly when: string;
  /** HTTP status. @default 500 */
  readonly status?: number;
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type EntryData<Entry extends ErrorEntry> = {
  readonly [Name in Placeholders<Entry['message']> | Placeholders<Entry['remedy']>]: string | number;
};
type Make<Entry extends ErrorEntry> = keyof EntryData<Entry> extends never
  ? (data?: ErrorData, cause?: unknown) => ProcosError
  : (data: EntryData<Entry> & ErrorData, cause?: unknown) => ProcosError;

export type ErrorCatalogue<Entries extends Record<string, ErrorEntry>> = {
  readonly [Code in keyof Entries]: Make<Entries[Code]>;
} & {
  /** The entries themselves, for the error reference. */
  readonly entries: Entries;
};

function fill(text: string, data: ErrorData): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? `{${name}}`));
}

/**
 * Declares the errors of one deployable: code → texts and status. Each code becomes a function that makes the error.
 *
 * @example
 * const errors = defineErrors({ PROCOS_X_BUSY: { message: 'Port {port} is in use', remedy: 'Free port {port}', when: '…' } });
 * throw errors.PROCOS_X_BUSY({ port: 8080 });
 */
export function defineErrors<const Entries extends Record<string, ErrorEntry>>(
  entries: Entries,
): ErrorCatalogue<Entries> {
  const makers: Record<string, unknown> = { entries };
  for (const [code, entry] of Object.entries(entries)) {
    makers[code] = (data: ErrorData = {}, cause?: unknown) =>
      new ProcosError({
        code,
        message: fill(entry.message, data),
        remedy: fill(entry.remedy, data),
        status: entry.status ?? 500,
        data,
        cause,
      });
  }
  return makers as ErrorCatalogue<Entries>;
}
