import { setTimeout as delay } from 'node:timers/promises';
import type { InstanceView, PathEntry, RequestAccepted, RequestView } from '@procos/api-client';
import type { processKeys } from '@procos/contracts';
import { isProcosError } from '@procos/errors';
import { errors } from './errors.ts';
import type { GatewayClient } from './gateway-client.ts';
import { askForFields } from './input/answers.ts';
import type { Io } from './io.ts';
import { renderAwaited } from './output/awaited-view.ts';
import { renderObstacles } from './output/failure-view.ts';
import { eraseLine, startProgress } from './output/progress.ts';
import { painter } from './output/style.ts';

// Kept equal to the contract by its type: loading the contracts takes longer than the whole command.
const requestProcess: typeof processKeys.userRequest = 'procos_user_request';

export interface RequestToStart {
  readonly process: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly businessKey?: string | undefined;
}

/**
 * Asks the system to run a process. What its start form asks for and was not given is asked for at the terminal; what was
 * written for a field of text is sent as text, also when it looks like a number.
 *
 * @param written the variables of the request as they were written on the command line
 */
export async function startAsked(
  io: Io,
  gateway: GatewayClient,
  request: RequestToStart,
  written: Readonly<Record<string, string>>,
): Promise<RequestAccepted> {
  try {
    return await startRequest(gateway, request);
  } catch (error) {
    if (!isProcosError(error) || error.code !== 'PROCOS_GATEWAY_FORM') throw error;
    const form = await gateway.getStartForm({ path: { key: request.process } });
    const variables = await askForFields(io, { form, variables: request.variables, written }, 'required');
    return startRequest(gateway, { ...request, variables });
  }
}

/** Asks the system to run a process. */
export function startRequest(gateway: GatewayClient, request: RequestToStart): Promise<RequestAccepted> {
  return gateway.createRequest({ body: request });
}

/** An instance as a user request, with the process it called; `undefined` for any other instance. */
export async function findRequest(
  gateway: GatewayClient,
  { id, processKey }: InstanceView,
): Promise<RequestView | undefined> {
  if (processKey !== requestProcess) return undefined;
  return gateway.getRequest({ path: { id } });
}

export interface WaitOptions {
  /** Seconds until waiting is given up; 0 = never. */
  readonly timeoutSeconds: number;
}

/** How long the gateway holds one answer: short enough that the line on the screen follows the token. */
const pollMs = 1_500;

/**
 * Waits until a request has ended or an incident stops it, and says meanwhile where the token is.
 *
 * @throws PROCOS_CLI_WAIT_TIMEOUT
 * @throws PROCOS_CLI_WAIT_LOST when the gateway stays away
 * @throws PROCOS_CLI_INTERRUPTED at Ctrl-C; the instance runs on
 */
export async function waitForRequest(
  io: Io,
  gateway: GatewayClient,
  requestId: string,
  options: WaitOptions,
): Promise<RequestView> {
  const interruption = io.interruption();
  const deadline = options.timeoutSeconds === 0 ? Infinity : Date.now() + options.timeoutSeconds * 1000;
  using progress = startProgress(io, 'waiting');
  const shown = new Set<string>();
  for (;;) {
    const waitMs = Math.max(0, Math.min(pollMs, deadline - Date.now()));
    const result = await poll(gateway, requestId, waitMs, deadline, interruption);
    if (result.state !== 'RUNNING' || result.incidents.length > 0) return result;
    progress.update(activityOf(result));
    reportAwaited(io, result, shown);
    if (Date.now() >= deadline) {
      throw errors.PROCOS_CLI_WAIT_TIMEOUT({
        what: `Request ${requestId}`,
        seconds: options.timeoutSeconds,
        id: requestId,
      });
    }
  }
}

/** Says once for each task that a person is awaited, and what else it waits for: without that, waiting could go on for ever. */
function reportAwaited(io: Io, { userTasks, obstacles }: RequestView, shown: Set<string>): void {
  const look = { paint: painter(io, io.stderr) };
  const fresh = (id: string): boolean => {
    const isFresh = !shown.has(id);
    shown.add(id);
    return isFresh;
  };
  const text =
    renderAwaited(
      userTasks.filter(({ id }) => fresh(id)),
      look,
    ) +
    renderObstacles(
      obstacles.filter(({ code, instanceId, activityId }) => fresh([code, instanceId, activityId].join(' '))),
      look,
    );
  if (text !== '') io.stderr.write(`${io.stderr.isTTY ? eraseLine : ''}${text}`);
}

/** How long the gateway may be away while something is waited for, in milliseconds: it is restarted when it crashes. */
const patienceMs = 15_000;
const pauseMs = 250;

/** Asks again when the connection is lost: what is waited for goes on meanwhile. */
async function poll(
  gateway: GatewayClient,
  requestId: string,
  waitMs: number,
  deadline: number,
  interruption: AbortSignal,
): Promise<RequestView> {
  const giveUpAt = Math.min(deadline, Date.now() + patienceMs);
  for (;;) {
    try {
      return await ask(gateway, requestId, waitMs, interruption);
    } catch (error) {
      if (!isProcosError(error) || error.code !== 'PROCOS_CLI_UNREACHABLE') throw error;
      if (Date.now() >= giveUpAt) {
        throw errors.PROCOS_CLI_WAIT_LOST(
          {
            url: gateway.address.url,
            reason: String(error.data['reason']),
            what: `request ${requestId}`,
            id: requestId,
          },
          error,
        );
      }
      await delay(pauseMs, undefined, { signal: interruption }).catch(() => undefined);
    }
  }
}

async function ask(
  gateway: GatewayClient,
  requestId: string,
  waitMs: number,
  interruption: AbortSignal,
): Promise<RequestView> {
  try {
    return await gateway.getRequest(
      { path: { id: requestId }, query: { waitMs: Math.round(waitMs) } },
      { signal: interruption },
    );
  } catch (error) {
    if (!interruption.aborted) throw error;
    throw errors.PROCOS_CLI_INTERRUPTED({ what: `request ${requestId}`, id: requestId }, error);
  }
}

/** Where the token is: in the process asked for, or still on the way to it. */
function activityOf({ path, requestPath }: RequestView): string {
  const active = (steps: readonly PathEntry[]): PathEntry | undefined =>
    steps.findLast(({ state }) => state === 'active');
  const step = active(path) ?? active(requestPath);
  return step === undefined ? 'between two elements' : (step.name ?? step.activityId);
}
