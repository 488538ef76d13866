import type { LeftOutFile } from '../input/model-files.ts';
import type { Io } from '../io.ts';
import { painter, printable } from './style.ts';

/** Names the files of a folder that look like models and are not taken, on standard error: nothing is left out in silence. */
export function reportLeftOut(io: Io, leftOut: readonly LeftOutFile[]): void {
  const paint = painter(io, io.stderr);
  for (const { name, reason } of leftOut)
    io.stderr.write(`${paint('!', 'warn')} left out ${printable(name)}: ${reason}\n`);
}
