// How Node is started for the CLI, by whatever starts it. Plain JavaScript: it runs on any Node from 20 on, before anything is installed.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Arguments of Node, before the file that it runs.
 *
 * The space for new objects is 2 MB in each thread, not 16: every app of an embedded system has a thread of its own, and most
 * of them wait most of the time. An idle system takes a fifth less memory (`npm run bench -- idle-memory`).
 */
export const nodeArguments = ['--conditions=@procos/source', '--max-semi-space-size=2'];

/**
 * The environment of Node. With the cache named from the start, not even the first file is stripped anew: otherwise each
 * thread loads the compiler that does it, 9 MB.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export const nodeEnvironment = (env) => ({ NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...env });
