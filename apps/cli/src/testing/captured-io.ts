import { errors } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io, TextOutput } from '../io.ts';
import { runProgram } from '../program.ts';

/** What a command was seen to do. */
export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CaptureOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Both outputs are terminals of this width. @default no terminal */
  readonly terminal?: number;
  /** Hints with the address of a gateway as they are; it has another port each time. @default left out */
  readonly wholeHints?: boolean;
  /** What the person answers, question by question; makes the input a terminal. */
  readonly answers?: readonly string[];
  /** Stands for Ctrl-C. */
  readonly interruption?: AbortSignal;
}

/** Runs one command line in this process and captures what it writes. */
export async function runCli(args: readonly string[], options: CaptureOptions = {}): Promise<Captured> {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): TextOutput => ({
    write: (text) => void (written[name] += text),
    isTTY: options.terminal !== undefined,
    columns: options.terminal,
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: options.env ?? {},
    cwd: options.cwd ?? '/nonexistent',
    interruption: () => options.interruption ?? new AbortController().signal,
    question: options.answers === undefined ? undefined : questionsOf(options.answers, written),
    exitCode: exitCodes.ok,
  };
  const exitCode = await runProgram(args, io);
  const shown = (text: string): string =>
    options.wholeHints === true ? text : text.replaceAll(/(npx procos [\w-]+) --url http:\/\/127\.0\.0\.1:\d+/g, '$1');
  return { exitCode, stdout: shown(written.stdout), stderr: shown(written.stderr) };
}

function questionsOf(answers: readonly string[], written: { stderr: string }): (text: string) => Promise<string> {
  const left = [...answers];
  return (text) => {
    written.stderr += `${text}\n`;
    const answer = left.shift();
    return answer === undefined ? Promise.reject(errors.PROCOS_CLI_NOT_ANSWERED()) : Promise.resolve(answer);
  };
}
