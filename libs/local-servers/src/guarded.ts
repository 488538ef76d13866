// What must not outlive this process, however it ends, is told to a guard: a process that ends it in our place.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A server, asked to end by its signal and killed with its process group when it does not; a command to run; a folder to remove. */
export type Guarded =
  | { readonly pid: number; readonly signal: NodeJS.Signals }
  | { readonly command: readonly string[] }
  | { readonly folder: string };

type Guard = ChildProcessByStdio<Writable, null, null>;

/** Beside this file, from source or built. */
const program = fileURLToPath(
  new URL(`server-guard.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

let guard: Guard | undefined;
let lastId = 0;
const open = new Set<number>();

/**
 * Has something ended when this process is no more: first servers, then what commands end, then folders.
 *
 * @returns to be called once it has ended
 */
export function guarded(what: Guarded): () => void {
  const id = ++lastId;
  open.add(id);
  guard ??= startGuard();
  report({ id, ...what });
  return () => {
    if (!open.delete(id)) return;
    report({ id });
    if (open.size > 0) return;
    guard?.stdin.end();
    guard = undefined;
  };
}

const report = (line: { readonly id: number } & Partial<Record<string, unknown>>) =>
  guard?.stdin.write(`${JSON.stringify(line)}\n`);

function startGuard(): Guard {
  // In a session of its own: what is sent to our group is not for it.
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  child.unref();
  // A pipe has it, although its type does not say so.
  (child.stdin as Writable & { unref?(): void }).unref?.();
  // Without it we still end what we started in good order.
  for (const part of [child, child.stdin]) part.on('error', () => undefined);
  return child;
}
