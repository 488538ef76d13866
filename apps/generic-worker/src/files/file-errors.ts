import { BpmnError, messageOf, RetryableError, TerminalError } from '@procos/errors';

/** Nothing is at the path: a way the model can go. */
export function fileNotFound(path: string): BpmnError {
  return new BpmnError('FILE_NOT_FOUND', `There is nothing at "${path}".`);
}

/** The operation is not allowed on this path: a way the model can go. */
export function fileRefused(path: string, reason: string): BpmnError {
  return new BpmnError('FILE_REFUSED', `"${path}" was refused: it ${reason}.`);
}

const transient = new Set([
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EINTR',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOSPC',
  'ESTALE',
  'ETXTBSY',
]);
const refusals: Readonly<Record<string, string>> = {
  ELOOP: 'passes a symbolic link',
  ENOTDIR: 'passes something that is no folder',
  EISDIR: 'is a folder',
  EEXIST: 'exists already',
  ENXIO: 'is no regular file',
  ENAMETOOLONG: 'has a name that is too long',
};

/** Tells a failure of the file system as an outcome. What is an outcome already stays as it is. */
export function asOutcome(thrown: unknown, path: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (thrown instanceof BpmnError || thrown instanceof TerminalError || thrown instanceof RetryableError) return thrown;
  if (code === 'ENOENT') return fileNotFound(path);
  const refusal = refusals[code];
  if (refusal !== undefined) return fileRefused(path, refusal);
  if (transient.has(code))
    return new RetryableError(`The file system is not able to work on "${path}" now: ${code}`, { cause: thrown });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new TerminalError(`The worker may not work on "${path}": ${code}`, {
      details: messageOf(thrown),
      cause: thrown,
    });
  }
  return thrown;
}
