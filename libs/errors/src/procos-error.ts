/** Data that explains an error: small, printable, never a secret and never a variable's value. */
export type ErrorData = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface ProcosErrorFields {
  /** Stable identifier, for example `PROCOS_KERNEL_ENGINE_UNREACHABLE`. Recognise errors by it, never by message. */
  readonly code: string;
  /** What happened and where. */
  readonly message: string;
  /** What the reader can do next. */
  readonly remedy: string;
  /** HTTP status with which a service answers this error. @default 500 */
  readonly status?: number;
  readonly data?: ErrorData;
  readonly cause?: unknown;
}

/** An error that is told to a person: what happened, where, and what to do next. Made by an error catalogue. */
export class ProcosError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly status: number;
  readonly data: ErrorData;

  constructor(fields: ProcosErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'ProcosError';
    this.code = fields.code;
    this.remedy = fields.remedy;
    this.status = fields.status ?? 500;
    this.data = fields.data ?? {};
  }
}

/** True for a {@link ProcosError}, also one of another copy of this package or another thread. */
export function isProcosError(value: unknown): value is ProcosError {
  return value instanceof Error && 'code' in value && 'remedy' in value && typeof value.remedy === 'string';
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
