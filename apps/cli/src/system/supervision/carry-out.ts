import { setTimeout as delay } from 'node:timers/promises';
import { fromWireError, messageOf } from '@procos/errors';
import type { AppReport, AppRequest, SupervisorAnswer } from '@procos/service-kit';
import type { AppChild } from '../app-child.ts';
import type { SupervisedApp } from '../supervised-app.ts';
import { systemErrors } from '../errors.ts';
import type { SupervisionCommand, SupervisionFault } from './supervision-messages.ts';
import { restartCopies, type SupervisionRuntime } from './supervision-runtime.ts';

/** Does what the state machine has decided. */
export function carryOut(runtime: SupervisionRuntime, command: SupervisionCommand): void {
  const { children, apps, waiting, options } = runtime;
  switch (command.kind) {
    case 'open':
      return open(runtime, command.id, command.child);
    case 'sendStart':
      return children.get(command.id)?.send({ kind: 'start' });
    case 'sendStop':
      return children.get(command.id)?.send({ kind: 'stop', signal: command.signal });
    case 'sendKill':
      return children.get(command.id)?.send({ kind: 'kill', signal: command.signal });
    case 'kill':
      return void children.get(command.id)?.kill();
    case 'prepare': {
      const { id, child } = command;
      const prepared = () => runtime.happened({ kind: 'prepared', id, child });
      const before = apps.get(id)?.beforeRevival?.() ?? Promise.resolve();
      return void before
        .catch((thrown: unknown) =>
          options.report('warn', 'app_revival_not_prepared', { app: id, error: messageOf(thrown) }),
        )
        .then(prepared);
    }
    case 'answer': {
      const asked = waiting.get(command.asker);
      waiting.delete(command.asker);
      return command.fault === undefined ? asked?.resolve() : asked?.reject(errorOf(runtime, command.fault));
    }
    case 'report':
      return options.report(command.level, command.event, { app: command.id, ...command.fields });
    case 'wake':
      runtime.timer = setTimeout(runtime.happened, Math.max(1, Math.ceil(command.at - performance.now())), {
        kind: 'timer',
      });
  }
}

function open(runtime: SupervisionRuntime, id: string, child: number): void {
  const supervised = runtime.apps.get(id);
  if (supervised === undefined) return;
  const { options, children, failures, happened } = runtime;
  const ended = (reason: string) => {
    children.delete(id);
    options.onPids?.();
    happened({ kind: 'ended', id, child, reason });
  };
  failures.delete(id);
  let opened: AppChild;
  try {
    opened = supervised.open();
  } catch (thrown) {
    // The machine has no room for one more process: tried again like one that has crashed.
    return void delay(0).then(() => ended(messageOf(thrown)));
  }
  children.set(id, opened);
  opened.onReport((report) => onReport(runtime, supervised, opened, child, report));
  void opened.ended.then(ended);
  options.onPids?.();
}

function onReport(
  runtime: SupervisionRuntime,
  { id, app }: SupervisedApp,
  opened: AppChild,
  child: number,
  report: AppReport,
): void {
  const { options, failures, happened } = runtime;
  if (report.kind === 'progress') options.onProgress?.(app, report.detail);
  else if (report.kind === 'request') void answer(runtime, id, opened, report);
  else if (report.kind === 'failed') {
    failures.set(id, failureOf(id, report));
    happened({ kind: 'failed', id, child, reason: report.reason });
  } else if (report.kind !== 'stopped') {
    if (report.kind === 'started') options.onPids?.();
    happened({ kind: report.kind, id, child });
  }
}

/** What one app wants of the others: only who holds them all can do it. */
async function answer(
  runtime: SupervisionRuntime,
  asker: string,
  child: AppChild,
  { id, wanted }: AppRequest,
): Promise<void> {
  const others = [...runtime.apps.values()]
    .filter((one) => one.id !== asker && one.kind !== 'server')
    .map((one) => one.id);
  const stopOthers = () => runtime.ask((waiting) => ({ kind: 'stop', asker: waiting, ids: others }));
  const done = wanted === 'stop_others' ? stopOthers() : restartCopies(runtime, wanted.restart, wanted.services);
  const answer: SupervisorAnswer = await done.then(
    () => ({ kind: 'answer', id }) as const,
    (thrown: unknown) => ({ kind: 'answer', id, reason: messageOf(thrown) }) as const,
  );
  child.send(answer);
}

function errorOf({ failures }: SupervisionRuntime, { id, reason }: SupervisionFault): Error {
  return failures.get(id) ?? systemErrors.PROCOS_CLI_APP_FAILED({ app: id, reason });
}

function failureOf(app: string, { status, error, reason }: Extract<AppReport, { kind: 'failed' }>): Error {
  const answer = fromWireError(status, error);
  return answer !== undefined && answer.code !== 'PROCOS_INTERNAL'
    ? answer
    : systemErrors.PROCOS_CLI_APP_FAILED({ app, reason });
}
