export { createIo } from './io.ts';
export type { Io, TextOutput } from './io.ts';
export { runProgram } from './program.ts';
export type { ExitCode } from './exit-codes.ts';
