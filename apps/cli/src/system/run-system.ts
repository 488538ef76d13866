import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RequestView } from '@procos/api-client';
import { processKeys } from '@procos/contracts';
import type { PhaseResult } from '@procos/kernel';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { painter, type Paint } from '../output/style.ts';
import { inCommands } from '../remedy-in-commands.ts';
import { createBootDisplay } from './boot-display.ts';
import { systemErrors } from './errors.ts';
import { checkoutRoot, findEngineHome } from './engine-home.ts';
import { askFirstQuestion } from './first-question.ts';
import { fullDisk } from './full-disk.ts';
import { isAlive } from './process-mark.ts';
import type { BootedSystem, SystemOptions } from './system-options.ts';

export interface RunOptions {
  readonly dataDir: string;
  readonly portOffset: number;
  /** Asked once the system is up; `undefined` = none. */
  readonly question: string | undefined;
  /** Stop after the first answer. */
  readonly exit: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

/**
 * Boots a system, asks the first question, and stays until it is told to stop.
 *
 * @param boot how the system is made: embedded or distributed
 */
export async function runSystem(
  io: Io,
  options: RunOptions,
  boot: (options: SystemOptions) => Promise<BootedSystem>,
): Promise<void> {
  const output = options.json ? io.stderr : io.stdout;
  const paint = painter(io, output);
  const stopSignal = listenForStop(io);
  const started = performance.now();
  if (!options.json) output.write(`${paint('ProcOS', 'strong')} boots; data in ${options.dataDir}\n`);
  const system = await bootOnDisplay(io, options, boot, stopSignal.first);
  stopSignal.second.addEventListener('abort', () => system.kill('second signal'), { once: true });
  try {
    const bootMs = Math.round(performance.now() - started);
    if (options.question !== undefined) await answer(io, options, system, options.question);
    if (!options.json) output.write(addresses(system, paint, bootMs, options));
    if (!options.exit) await untilAborted(stopSignal.first);
  } finally {
    if (!options.json) output.write('Stopping: the shutdown process runs…\n');
    await system.stop(stopSignal.first.aborted ? nameOf(stopSignal.first) : undefined);
    if (!options.json) output.write('Stopped.\n');
  }
}

async function bootOnDisplay(
  io: Io,
  options: RunOptions,
  boot: (options: SystemOptions) => Promise<BootedSystem>,
  signal: AbortSignal,
): Promise<BootedSystem> {
  const output = options.json ? io.stderr : io.stdout;
  const paint = painter(io, output);
  const display = createBootDisplay(output, paint);
  try {
    return await boot({
      dataDir: options.dataDir,
      portOffset: options.portOffset,
      engineHome: await findEngineHome(io.env),
      processDirectory: io.env['PROCESS_DEPLOYMENT_PATH'] ?? join(checkoutRoot, 'processes/system'),
      env: io.env,
      logToStderr: options.json || options.verbose,
      logLevel: 'info',
      onPhase: display.onPhase,
      onProgress: (message) => output.write(`  ${paint(message, 'dim')}\n`),
      onTrouble: (line) => io.stderr.write(`  ${painter(io, io.stderr)(line, 'warn')}\n`),
      signal,
    });
  } catch (thrown) {
    // Whatever failed then failed because it was ended.
    if (signal.aborted) throw systemErrors.PROCOS_CLI_BOOT_INTERRUPTED({ signal: nameOf(signal) }, thrown);
    throw (await fullDisk(options.dataDir, thrown)) ?? thrown;
  } finally {
    display.stop();
  }
}

async function answer(io: Io, options: RunOptions, system: BootedSystem, question: string): Promise<void> {
  const result = await askFirstQuestion(io, system.gatewayUrl, question);
  if (!result.ok) io.exitCode = exitCodes.failed;
  if (options.json) io.stdout.write(`${JSON.stringify(documentOf(result, system.phases()))}\n`);
  else io.stdout.write(textOf(question, result, painter(io, io.stdout)));
}

function documentOf(result: RequestView, phases: readonly PhaseResult[]) {
  const { ok, requestId, instanceId, processKey, state, variables, path, requestPath, endEvent, incidents } = result;
  return {
    ok,
    instanceId,
    processKey,
    state,
    variables,
    path: path.map(({ activityId }) => activityId),
    endEvent,
    incidents,
    request: {
      instanceId: requestId,
      processKey: processKeys.userRequest,
      path: requestPath.map(({ activityId }) => activityId),
    },
    boot: { phases },
  };
}

function textOf(question: string, result: RequestView, paint: Paint): string {
  const { variables, path, ok, incidents, error } = result;
  const cause = incidents[0] ?? error;
  const failure = [cause?.message, cause?.details]
    .filter((text) => typeof text === 'string' && text !== '')
    .join(': ')
    .replaceAll('\n', ' ');
  const shown = ok
    ? variables['ai_response']
    : failure === ''
      ? `The request did not succeed (${result.state}).`
      : failure;
  const row = (name: string, text: unknown) => `  ${paint(name.padEnd(9), 'dim')} ${String(text)}\n`;
  return (
    `\n${row('Question', question)}${row(ok ? 'Answer' : 'Failed', shown)}` +
    row('Provider', variables['provider'] ?? 'none') +
    row('Path', path.map(({ activityId }) => activityId).join(' → ')) +
    row('Instance', `${result.processKey} ${result.instanceId}`) +
    (cause === null ? '' : row('Code', cause.code) + row('Next', inCommands(cause.remedy)))
  );
}

function addresses(
  { gatewayUrl, engineUrl, data, places }: BootedSystem,
  paint: Paint,
  bootMs: number,
  { exit }: RunOptions,
): string {
  const row = (name: string, text: string) => `  ${paint(name.padEnd(9), 'dim')} ${text}\n`;
  const next = exit
    ? ''
    : row('Next', 'npx procos ask "…" · npx procos ps · npx procos status · Ctrl-C stops everything');
  return (
    `\n${paint('ProcOS is up', 'good')} after ${(bootMs / 1_000).toFixed(1)} s\n` +
    row('API', `${gatewayUrl}/v1  (described in ${gatewayUrl}/openapi.json)`) +
    row('Engine', `${engineUrl}  (user and password in ${join(data.path, 'credentials.json')})`) +
    Object.entries(places)
      .map(([name, place]) => row(name, place))
      .join('') +
    row('Logs', data.logsDir) +
    next
  );
}

/** Ctrl-C, SIGTERM, or the end of the program that started this one. A second signal asks to stop at once. */
function listenForStop(io: Io): { readonly first: AbortSignal; readonly second: AbortSignal } {
  const [first, second] = [new AbortController(), new AbortController()];
  const onSignal = (name: string) => () => (first.signal.aborted ? second : first).abort(name);
  // Ctrl-C also while the question is waited for: the same signal ends that.
  const interruption = io.interruption();
  interruption.addEventListener('abort', onSignal('SIGINT'), { once: true });
  process.on('SIGTERM', onSignal('SIGTERM'));
  // The first Ctrl-C is the interruption above, and is heard here as well.
  let interrupts = 0;
  process.on('SIGINT', () => ++interrupts > 1 && second.abort('SIGINT'));
  const parent = Number(io.env['PROCOS_PARENT_PID']);
  if (Number.isInteger(parent) && parent > 0) {
    setInterval(() => isAlive(parent) || first.signal.aborted || first.abort('end of the parent process'), 500).unref();
  }
  return { first: first.signal, second: second.signal };
}

/** The signal's name, told as the reason of the abortion. */
const nameOf = ({ reason }: AbortSignal) => (typeof reason === 'string' ? reason : 'a signal');

async function untilAborted(signal: AbortSignal): Promise<void> {
  // A timer keeps the process alive; it ends with the signal.
  while (!signal.aborted) await delay(86_400_000, undefined, { signal }).catch(() => undefined);
}
