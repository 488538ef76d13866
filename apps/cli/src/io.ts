import type { Environment } from '@procos/config';
import { errors } from './errors.ts';
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
  /** Asks the person at the terminal for one line; `undefined` where nobody could answer. @throws PROCOS_CLI_NOT_ANSWERED */
  readonly question?: ((text: string) => Promise<string>) | undefined;
  /** With which code the program will exit. @default 0 */
  exitCode: ExitCode;
}

type ProcessStream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

interface HostProcess {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: ProcessStream;
  readonly stderr: ProcessStream & NodeJS.WritableStream;
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
    question: host.stdin.isTTY === true && host.stderr.isTTY === true ? (text) => askAt(host, text) : undefined,
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

/** On stderr: what a command prints stays clean. The reader is loaded by those who ask alone. */
async function askAt({ stdin: input, stderr: output }: HostProcess, text: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input, output });
  try {
    return await new Promise((answered, refused) => {
      reader.once('SIGINT', () => reader.close());
      reader.once('close', () => refused(errors.PROCOS_CLI_NOT_ANSWERED()));
      reader.question(text, answered);
    });
  } finally {
    reader.close();
  }
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
