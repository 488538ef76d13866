import { enableCompileCache } from 'node:module';

// Before anything else is imported: the cache keeps the stripped and compiled sources of the last start.
enableCompileCache();

// A reader that has seen enough (`procos ps | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const [{ createIo }, { runProgram }] = await Promise.all([import('./io.ts'), import('./program.ts')]);

process.exitCode = await runProgram(process.argv.slice(2), createIo(process));
