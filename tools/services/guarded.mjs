// What must not outlive this process, however it ends, is told to a guard: a process that ends it in our place.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let guard;
let lastId = 0;
const open = new Set();

/**
 * Has something ended when this process is no more.
 * @param {{pid: number, signal: NodeJS.Signals} | {command: string[]} | {folder: string}} what a server, asked to end by its
 *   signal and killed with its process group when it does not; a command to run; or a folder to remove. In this order.
 * @returns {() => void} to be called once it has ended
 */
export function guarded(what) {
  const id = ++lastId;
  open.add(id);
  guard ??= startGuard();
  tell({ id, ...what });
  return () => {
    if (!open.delete(id)) return;
    tell({ id });
    if (open.size > 0) return;
    guard?.stdin.end();
    guard = undefined;
  };
}

const tell = (line) => guard?.stdin.write(`${JSON.stringify(line)}\n`);

function startGuard() {
  // In a session of its own: what is sent to our group is not for it.
  const child = spawn(process.execPath, [fileURLToPath(new URL('server-guard.mjs', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  child.unref();
  child.stdin.unref?.();
  // Without it we still end what we started in good order.
  for (const part of [child, child.stdin]) part.on('error', () => {});
  return child;
}
