import type { Readable } from 'node:stream';
import {
  decodeValue,
  type EngineClient,
  EngineRequestError,
  type EngineValue,
  type FileContent,
  isNotFound,
} from '@procos/engine-client';
import { messageOf, RetryableError, TerminalError } from '@procos/errors';

/** The content of a variable of a process instance, on its way. */
export interface FileVariable {
  /** @throws RetryableError when it is cut off */
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** In bytes; `undefined` when the engine does not say. */
  readonly size: number | undefined;
  /** Call it when no more is wanted. */
  close(): void;
}

/** Opens a variable by its name. @throws TerminalError when the instance has none of that name that can be a file, RetryableError */
export type OpenFileVariable = (processInstanceId: string, name: string, signal: AbortSignal) => Promise<FileVariable>;

/** Puts a file into a File variable of a process instance. @throws TerminalError when the engine refuses it, RetryableError when it cannot be reached */
export type SaveFileVariable = (
  processInstanceId: string,
  name: string,
  file: FileContent,
  signal: AbortSignal,
) => Promise<void>;

/** A large file takes longer than an ordinary request, in milliseconds. */
const extraTimeMs = 600_000;

/** Reads variables from the engine: files and bytes piece by piece, text as it is. */
export function fileVariablesOf(client: Pick<EngineClient, 'runtime'>): OpenFileVariable {
  return async (processInstanceId, name, signal) => {
    const variable = await lookUp(client, processInstanceId, name);
    const text = variable === undefined || isFile(variable) ? undefined : decodeValue(variable);
    if (typeof text === 'string') return textContent(text);
    if (variable === undefined || !isFile(variable))
      throw new TerminalError(`The process has no variable ${name} that is a file or text.`);
    try {
      const { body, size } = await client.runtime.variableData(processInstanceId, name, { signal, extraTimeMs });
      return { chunks: orRetryable(body, name), size, close: () => void body.destroy() };
    } catch (thrown) {
      throw cannotBeRead(name, thrown);
    }
  };
}

/** Writes File variables, piece by piece. */
export function fileSavesTo(client: Pick<EngineClient, 'runtime'>): SaveFileVariable {
  return async (processInstanceId, name, file, signal) => {
    try {
      await client.runtime.putFile(processInstanceId, name, file, { signal, extraTimeMs });
    } catch (thrown) {
      const isRefused =
        thrown instanceof EngineRequestError && thrown.status >= 400 && thrown.status < 500 && thrown.status !== 429;
      const message = `The variable ${name} cannot be written${isRefused ? '' : ' now'}: ${messageOf(thrown)}`;
      throw isRefused ? new TerminalError(message, { cause: thrown }) : new RetryableError(message, { cause: thrown });
    }
  };
}

async function lookUp(
  { runtime }: Pick<EngineClient, 'runtime'>,
  processInstanceId: string,
  name: string,
): Promise<EngineValue | undefined> {
  try {
    return await runtime.variable(processInstanceId, name);
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw cannotBeRead(name, thrown);
  }
}

function isFile({ type }: EngineValue): boolean {
  return type === 'File' || type === 'Bytes';
}

function textContent(text: string): FileVariable {
  const bytes = Buffer.from(text, 'utf8');
  return { chunks: [bytes], size: bytes.length, close: () => undefined };
}

async function* orRetryable(body: Readable, name: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) yield chunk;
  } catch (thrown) {
    throw cannotBeRead(name, thrown);
  }
}

function cannotBeRead(name: string, thrown: unknown): RetryableError {
  return new RetryableError(`The variable ${name} cannot be read now: ${messageOf(thrown)}`, { cause: thrown });
}
