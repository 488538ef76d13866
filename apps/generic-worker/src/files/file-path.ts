import { fileRefused } from './file-errors.ts';

const longestPath = 4_000;
const longestName = 200;
const deepest = 50;

/**
 * Splits a path of a model into names, each of which is a plain name in one folder: none leads up, away or elsewhere.
 * The path is taken as it stands: nothing in it is decoded or expanded.
 *
 * @returns the names from the root folder on; none for the root folder itself
 * @throws BpmnError FILE_REFUSED
 */
export function namesOfPath(path: string): readonly string[] {
  const refuse = (reason: string) => fileRefused(path.length > 200 ? `${path.slice(0, 200)}…` : path, reason);
  if (path === '' || path.length > longestPath) throw refuse(path === '' ? 'is empty' : 'is too long');
  if (path.startsWith('/') || path.startsWith('~') || /^[a-z]:/i.test(path))
    throw refuse('does not start inside the folder');
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length > deepest) throw refuse(`is more than ${deepest} folders deep`);
  for (const name of names) {
    const fault = faultOfName(name);
    if (fault !== undefined) throw refuse(fault);
  }
  return names;
}

function faultOfName(name: string): string | undefined {
  // Some file systems and archive tools fold look-alike characters: what looks like a way up is refused too.
  const folded = name.normalize('NFKC');
  if (/^\.{2,}$/.test(folded) || folded.trim() === '..' || folded === '.') return 'leads out of its folder';
  if (/[/\\\u2044\u2215\u29f5\u29f9]/.test(folded)) return 'holds a separator that is not /';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(name) || !name.isWellFormed())
    return 'holds characters that cannot be seen';
  if (Buffer.byteLength(name) > longestName) return `has a name of more than ${longestName} bytes`;
  if (reservedName.test(name)) return 'has a name that the worker keeps for itself';
  return undefined;
}

/** Files in the making: they live beside the file they will become. */
const reservedName = /^\.procos-[0-9a-f-]{36}\.tmp$/;

/** A name for a file in the making. */
export function temporaryName(): string {
  return `.procos-${crypto.randomUUID()}.tmp`;
}

/** True for a file in the making. */
export function isTemporaryName(name: string): boolean {
  return reservedName.test(name);
}
