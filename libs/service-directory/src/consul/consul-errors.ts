import { DirectoryAwayError, DirectoryRefusedError } from '../errors.ts';

/** As the `consul` package tells that a request went wrong: without a status code nobody has answered. */
interface ConsulFault {
  readonly message: string;
  readonly statusCode: number | undefined;
}

export function faultOf(thrown: unknown): ConsulFault {
  const { message, statusCode } = thrown as { message?: unknown; statusCode?: unknown };
  return { message: String(message), statusCode: typeof statusCode === 'number' ? statusCode : undefined };
}

/** What a failed request means for the caller: away for now, or refused. */
export function directoryError(thrown: unknown): Error {
  if (thrown instanceof DirectoryAwayError || thrown instanceof DirectoryRefusedError) return thrown;
  const { message, statusCode } = faultOf(thrown);
  const options = { cause: thrown };
  if (statusCode === 403) return new DirectoryRefusedError('Consul refuses the token: it lacks the right to do this.', options);
  if (statusCode !== undefined && statusCode < 500) return new DirectoryRefusedError(`Consul refuses: ${message}`, options);
  return new DirectoryAwayError(`Consul cannot be asked: ${message}`, options);
}
