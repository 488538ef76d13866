import type { Environment } from '@procos/config';
import { exitCodes, type ExitCode } from './exit-codes.ts';

/** Something that text is written to. */
export interface TextOutput {
  write(text: string): void;
  /** True when a person looks at it: colours and moving lines are welcome. */
  readonly isTTY: boolean;
  /** Width in characters; `undefined` = unlimited, as for a file or a pipe. */
  readonly columns: number | undefined;
}

/** Everything of the outer world that a command touches, so that a test can stand in for it. */
export interface Io {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly env: Environment;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /**
   * Aborted at the first Ctrl-C. From the first call on, Ctrl-C no longer ends the program by itself:
   * ask for it only where something is to be said or tidied up.
   */
  interruption(): AbortSignal;
  /** With which code the program will exit. @default 0 */
  exitCode: ExitCode;
}

type ProcessStream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

interface HostProcess {
  readonly stdout: ProcessStream;
  readonly stderr: ProcessStream;
  readonly env: Environment;
  cwd(): string;
  once(event: 'SIGINT', listener: () => void): unknown;
}

/** The outer world of a real process. */
export function createIo(host: HostProcess): Io {
  let interruption: AbortController | undefined;
  return {
    stdout: textOutput(host.stdout),
    stderr: textOutput(host.stderr),
    env: host.env,
    cwd: host.cwd(),
    exitCode: exitCodes.ok,
    interruption() {
      if (interruption === undefined) {
        const controller = (interruption = new AbortController());
        host.once('SIGINT', () => controller.abort());
      }
      return interruption.signal;
    },
  };
}

function textOutput(stream: ProcessStream): TextOutput {
  return {
    write: (text) => void stream.write(text),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
  };
}
