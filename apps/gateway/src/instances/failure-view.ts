import { type Caller, type FailureView, processKeys } from '@procos/contracts';
import type { EngineClient, HistoricActivity, HistoricInstance } from '@procos/engine-client';
import { bounded } from '../incidents/shown-details.ts';
import { failuresOf } from './failures-of.ts';

/** Calls that are followed down to where an error arose. */
const deepestCall = 20;

/** Why an instance that has ended did not succeed; `null` when it did, or still runs. */
export async function failureOf(
  engine: EngineClient,
  instance: HistoricInstance,
  path: readonly HistoricActivity[],
): Promise<FailureView | null> {
  if (instance.endTime === null) return null;
  const failure = (await failuresOf(engine).among([instance])).get(instance.id);
  if (failure === undefined) return instance.state.endsWith('TERMINATED') ? terminated(instance, path) : null;
  const [where, reported] = await Promise.all([
    whereItFailed(engine, instance, path, failure.activityId),
    reportedBy(engine, instance),
  ]);
  const { code, message, advice } = reported;
  return {
    code: code ?? failure.errorCode ?? 'UNKNOWN_ERROR',
    message: message ?? sentenceOf(where.activity, where.processKey),
    details: null,
    remedy: `${advice ?? 'Correct what the message says, or catch the error in the process.'} GET /v1/instances/${where.instanceId} shows the way it took.`,
    processKey: where.processKey,
    activityId: where.activity?.activityId ?? '',
    instanceId: where.instanceId,
    callers: where.callers,
  };
}

function terminated(
  { id, processDefinitionKey, deleteReason }: HistoricInstance,
  path: readonly HistoricActivity[],
): FailureView {
  const reason = deleteReason === null || deleteReason === '' ? 'no reason was given' : deleteReason;
  return {
    code: 'PROCOS_INSTANCE_TERMINATED',
    message: bounded(`The instance was ended before its end: ${reason}`),
    details: null,
    remedy: `Start it again if it is still wanted. GET /v1/instances/${id} shows how far it came.`,
    processKey: processDefinitionKey,
    activityId: path.findLast(({ canceled }) => canceled)?.activityId ?? path.at(-1)?.activityId ?? '',
    instanceId: id,
    callers: [],
  };
}

interface FailedStep {
  readonly instanceId: string;
  readonly processKey: string;
  readonly activity: HistoricActivity | undefined;
  readonly callers: Caller[];
}

/** Follows the calls that the error ended down to the step at which it arose. */
async function whereItFailed(
  engine: EngineClient,
  instance: HistoricInstance,
  path: readonly HistoricActivity[],
  failedAt: string,
): Promise<FailedStep> {
  let [step, steps]: [HistoricActivity | undefined, readonly HistoricActivity[]] = [failedStep(path, failedAt), path];
  const callers: Caller[] = [];
  let here = { instanceId: instance.id, processKey: instance.processDefinitionKey };
  while (step !== undefined && step.calledProcessInstanceId !== null && callers.length < deepestCall) {
    callers.unshift({ ...here, activityId: step.activityId });
    steps = await engine.history.path(step.calledProcessInstanceId);
    here = { instanceId: step.calledProcessInstanceId, processKey: steps[0]?.processDefinitionKey ?? '' };
    step = failedStep(steps);
  }
  return { ...here, activity: step, callers };
}

/** The last call or task that an error ended; an error end event that none of them led to; else the element whose error nobody caught. */
function failedStep(path: readonly HistoricActivity[], failedAt?: string): HistoricActivity | undefined {
  const call = path.findLast(({ canceled, calledProcessInstanceId }) => canceled && calledProcessInstanceId !== null);
  const end = path.findLast(({ activityType }) => activityType === 'errorEndEvent');
  return (
    call ??
    end ??
    path.findLast(({ activityId }) => activityId === failedAt) ??
    path.findLast(({ canceled }) => canceled)
  );
}

interface Reported {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly advice?: string | undefined;
}

/** The engine keeps no error of an instance that has ended: whoever caught it wrote it into variables of the caller. */
async function reportedBy(engine: EngineClient, instance: HistoricInstance): Promise<Reported> {
  const isRequest = instance.processDefinitionKey === processKeys.userRequest;
  const catcher = isRequest ? instance.id : instance.superProcessInstanceId;
  if (catcher === null) return {};
  const variables = await engine.history.variables(catcher);
  const report = isRecord(variables['error_report']) ? variables['error_report'] : {};
  return {
    code: textOf(report['code']) ?? textOf(variables['error_code']),
    message: textOf(report['message']) ?? textOf(variables['error_message']),
    advice: textOf(report['advice']),
  };
}

function sentenceOf(activity: HistoricActivity | undefined, processKey: string): string {
  if (activity === undefined) return `${processKey} ended in an error.`;
  return `${processKey} ended in an error at ${activity.activityId}${activity.activityName === null ? '' : ` (${activity.activityName})`}.`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? bounded(value) : undefined;
}
