import { DirectoryAwayError, DirectoryRefusedError } from '../errors.ts';

/** As the `consul` package tells that a request went wrong: without a status code nobody has answered. */
interface ConsulFault {
  readonly message: string;
  readonly statusCode: number | undefined;
}

export function faultOf(thrown: unknown): ConsulFault {
  const { message, statusCode, response } = thrown as {
    message?: unknown;
    statusCode?: unknown;
    response?: { body?: unknown };
  };
  // Where the answer does not say that it is text, the package leaves its words unread.
  const words = Buffer.isBuffer(response?.body) ? response.body.toString('utf8', 0, longestWords) : '';
  return {
    message: words === '' ? String(message) : words,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
  };
}

const longestWords = 500;

/** What a failed request means for the caller: away for now, or refused. */
export function directoryError(thrown: unknown): Error {
  if (thrown instanceof DirectoryAwayError || thrown instanceof DirectoryRefusedError) return thrown;
  const { message, statusCode } = faultOf(thrown);
  const options = { cause: thrown };
  if (statusCode === 403)
    return new DirectoryRefusedError('Consul refuses the token: it lacks the right to do this.', options);
  if (statusCode !== undefined && statusCode < 500)
    return new DirectoryRefusedError(`Consul refuses: ${message}`, options);
  return new DirectoryAwayError(`Consul cannot be asked: ${message}`, options);
}
