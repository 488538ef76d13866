import { isProcosError, messageOf, ProcosError, type ErrorData } from './procos-error.ts';

/** A call that a remedy names: the operation, and what it is called with. */
export interface NamedOperation {
  /** The words of the remedy that stand for it. */
  readonly call: string;
  /** In the OpenAPI document of the service. */
  readonly operationId: string;
  /** Parameters of the path, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** @default none */
  readonly body?: unknown;
}

/** The body of every error answer of a ProcOS service. */
export interface WireError {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly data: ErrorData;
    /** The calls that the remedy names, in its order. @default none */
    readonly operations?: NamedOperation[];
  };
}

/**
 * The form in which an error crosses HTTP. What is not a {@link ProcosError} is told without its inner text.
 *
 * @param operationsIn finds the calls that a remedy names
 */
export function toWireError(
  thrown: unknown,
  operationsIn: (remedy: string) => readonly NamedOperation[] = () => [],
): { status: number; body: WireError } {
  if (isProcosError(thrown)) {
    const { code, message, remedy, data, status } = thrown;
    const operations = operationsIn(remedy);
    const named = operations.length === 0 ? {} : { operations: [...operations] };
    return { status, body: { error: { code, message, remedy, data, ...named } } };
  }
  const error = {
    code: 'PROCOS_INTERNAL',
    message: 'The service failed on a fault of its own.',
    remedy: 'Look for this time and component in the log; the entry names the cause.',
    data: {},
  };
  return { status: 500, body: { error } };
}

/** Makes the error again on the other side. Returns `undefined` when the body is no {@link WireError}. */
export function fromWireError(status: number, body: unknown): ProcosError | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return undefined;
  const { code, message, remedy, data } = error as Partial<WireError['error']>;
  return new ProcosError({
    code: String(code),
    message: messageOf(message),
    remedy: remedy ?? '',
    status,
    data: data ?? {},
  });
}
