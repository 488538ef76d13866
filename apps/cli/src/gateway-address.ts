import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '@procos/config';
import { messageOf } from '@procos/errors';
import { cliFields, defaultGatewayUrl } from './config.ts';
import { errors } from './errors.ts';
import type { Io } from './io.ts';
import type { Scale } from './system/app-names.ts';
import type { ProcessMarks } from './system/process-mark.ts';

export interface AddressOptions {
  /** Address of the gateway. */
  readonly url?: string;
  /** Data folder of `procos up`. */
  readonly dataDir?: string;
}

export interface GatewayAddress {
  readonly url: string;
  /** Who said so: shown when nothing answers there. */
  readonly origin: string;
}

/** What `procos up` writes into its data folder while it runs. */
export interface RunFile {
  readonly pid: number;
  /** Process of the engine, when the system started one. */
  readonly enginePid?: number | undefined;
  readonly url: string;
  readonly portOffset: number;
  /** Each app a process of its own. @default false */
  readonly distributed?: boolean | undefined;
  readonly scale?: Scale | undefined;
  /** Process ids of the apps that are processes of their own. */
  readonly processes?: Readonly<Record<string, number>> | undefined;
  /** Process ids of the servers that were started. */
  readonly servers?: Readonly<Record<string, number>> | undefined;
  /** Process that runs the servers that were started. */
  readonly servicesPid?: number | undefined;
  /** Tells each process from a later one with the same id. */
  readonly marks: ProcessMarks;
}

/** The data folder of `procos up`, as an absolute path. */
export function dataFolder(io: Io, options: AddressOptions): string {
  return resolve(io.cwd, options.dataDir ?? readConfig(cliFields, io.env).dataDir);
}

/**
 * Where the gateway is: `--url`, then `PROCOS_URL`, then the `run.json` of the data folder, then the default.
 *
 * @throws PROCOS_CLI_USAGE when the address is no URL
 * @throws PROCOS_CLI_BAD_RUN_FILE when the `run.json` cannot be understood
 */
export function findGateway(io: Io, options: AddressOptions): GatewayAddress {
  if (options.url !== undefined) return { url: checkedUrl(options.url), origin: 'given with --url' };
  const { url } = readConfig(cliFields, io.env);
  if (url !== undefined) return { url, origin: 'given by PROCOS_URL' };
  const file = join(dataFolder(io, options), 'run.json');
  const run = readRunFile(file);
  return run === undefined
    ? { url: defaultGatewayUrl, origin: 'the default address' }
    : { url: run.url, origin: `found in ${file}` };
}

function checkedUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw errors.PROCOS_CLI_USAGE({
    problem: `--url is no address: ${text}`,
    advice: `Write for example: --url ${defaultGatewayUrl}`,
  });
}

/** What the data folder says about the running system; `undefined` when there is no such file. */
export function readRunFile(file: string): RunFile | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw errors.PROCOS_CLI_BAD_RUN_FILE({ file, reason: messageOf(error) }, error);
  }
  return parseRunFile(file, content);
}

function parseRunFile(file: string, content: string): RunFile {
  try {
    const run = JSON.parse(content) as Partial<Record<keyof RunFile, unknown>>;
    if (typeof run.url === 'string' && URL.canParse(run.url)) return runFileOf(run, run.url);
  } catch (error) {
    throw errors.PROCOS_CLI_BAD_RUN_FILE({ file, reason: messageOf(error) }, error);
  }
  throw errors.PROCOS_CLI_BAD_RUN_FILE({ file, reason: 'it holds no url' });
}

/** What an earlier version has not written gets its default. */
function runFileOf(
  {
    pid,
    enginePid,
    portOffset,
    distributed,
    scale,
    processes,
    servers,
    servicesPid,
    marks,
  }: Partial<Record<keyof RunFile, unknown>>,
  url: string,
): RunFile {
  return {
    pid: Number(pid),
    enginePid: typeof enginePid === 'number' ? enginePid : undefined,
    url: url.replace(/\/+$/, ''),
    portOffset: Number(portOffset ?? 0),
    distributed: distributed === true,
    scale: scale as Scale | undefined,
    processes: numbersIn(processes),
    servers: numbersIn(servers),
    servicesPid: typeof servicesPid === 'number' ? servicesPid : undefined,
    marks: textsIn(marks),
  };
}

const entriesOf = (value: unknown) => (typeof value === 'object' && value !== null ? Object.entries(value) : []);
const numbersIn = (value: unknown) =>
  Object.fromEntries(entriesOf(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
const textsIn = (value: unknown): ProcessMarks =>
  Object.fromEntries(entriesOf(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
