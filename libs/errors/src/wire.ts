import { isProcosError, messageOf, ProcosError, type ErrorData } from './procos-error.ts';

/** The body of every error answer of a ProcOS service. */
export interface WireError {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly data: ErrorData;
  };
}

/** The form in which an error crosses HTTP. What is not a {@link ProcosError} is told without its inner text. */
export function toWireError(thrown: unknown): { status: number; body: WireError } {
  if (isProcosError(thrown)) {
    const { code, message, remedy, data, status } = thrown;
    return { status, body: { error: { code, message, remedy, data } } };
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
