import { decodeVariables, EngineRequestError, encodeVariables } from '@procos/engine-client';
import type { Command, HandlerResult, HeldTask, WorkerEvent } from '../../core/messages.ts';
import type { AttemptLedger } from '../../journal/attempt-ledger.ts';
import { keptResultVariable, keptVariables, readKeptResult } from '../../runtime/kept-result.ts';
import { answerToExtension, answerToOrphan, answerToReport } from '../../runtime/report-answers.ts';
import { mendedAt, type ScriptedTask, type ScriptStep } from './scenario.ts';
import type { Reply } from './sim-engine.ts';
import type { SimProcess, SimWorld } from './sim-world.ts';
import { ofLastRun } from './monitor.ts';

const requestTimeoutMs = 5_000;

export function handlerResult(
  does: ScriptStep['does'],
  { id, isLarge }: Pick<ScriptedTask, 'id' | 'isLarge'>,
): HandlerResult {
  const variables = { made: id, isLarge };
  if (does === 'return') return { kind: 'returned' };
  if (does === 'complete') return { kind: 'complete', variables };
  if (does === 'bpmnError') return { kind: 'bpmnError', code: 'KNOWN', message: 'known', variables };
  return { kind: 'thrown', fault: does === 'kill' ? 'bug' : does, message: does, details: '' };
}

type EngineCommand = Exclude<Command, { kind: 'wake' | 'run' | 'abort' | 'leaseEnded' | 'ended' | 'engineLost' }>;

/** Does at the fake engine what the core wants done. */
export function performOnEngine(
  world: SimWorld,
  self: SimProcess,
  ledger: AttemptLedger,
  command: EngineCommand,
): void {
  const { engine, scenario, monitor } = world;
  const { store } = engine;
  switch (command.kind) {
    case 'fetch':
      return fetch(world, self, ledger, command);
    case 'abortFetch':
      return void self.openFetches.delete(command.request);
    case 'abortFetches':
      return dropFetches(self);
    case 'recallFetches':
      return engine.sendLong(
        (answer) =>
          engine.queue.fetch(
            { workerId: self.workerId, maxTasks: 1, topics: new Map([['nothing', 1]]), waitMs: 1 },
            answer,
          ),
        (reply) => self.dispatch({ kind: 'recalled', done: isDone(reply) }),
      );
    case 'recheck':
      return engine.sendLong(
        (answer) =>
          engine.queue.fetch(
            {
              workerId: `${self.workerId}/recheck`,
              maxTasks: 1,
              topics: new Map([['nothing', 1]]),
              waitMs: command.waitMs,
            },
            answer,
          ),
        () => undefined,
      );
    case 'extend':
      return engine.send(
        () => store.extendLock(command.taskId, self.workerId, scenario.lockDurationMs),
        (reply) => self.dispatch({ kind: 'extended', lease: command.lease, answer: extendAnswer(reply) }),
      );
    case 'relock':
      return engine.send(
        () => relock(world, self, command.taskId),
        (reply) => self.dispatch({ kind: 'extended', lease: command.lease, answer: extendAnswer(reply) }),
      );
    case 'inspect':
      return engine.send(
        () => ({ ...store.find(command.taskId) }),
        (reply) => {
          const holder =
            reply === 'unanswered'
              ? reply
              : 'status' in reply
                ? reply.status === 404
                  ? 'gone'
                  : 'unanswered'
                : { isThisWorker: reply.answer.workerId === self.workerId, retries: reply.answer.retries };
          self.dispatch({ kind: 'inspected', lease: command.lease, holder });
        },
      );
    case 'report':
      return report(world, self, command);
    case 'readKept':
      return engine.send(
        () => {
          const { workerId, retries, localVariables } = store.find(command.task.id);
          const kept = readKeptResult(
            command.task,
            decodeVariables(encodeVariables(localVariables))[keptResultVariable],
          );
          return kept ?? (workerId === self.workerId && retries === command.task.retries ? 'nothing' : 'refused');
        },
        (reply) => {
          const kept =
            reply === 'unanswered'
              ? reply
              : 'answer' in reply
                ? reply.answer
                : reply.status === 404
                  ? 'gone'
                  : 'unanswered';
          self.dispatch({ kind: 'keptRead', lease: command.lease, kept });
        },
      );
    case 'reportOrphan':
      return engine.send(
        () => {
          const { outcome, orphan } = command;
          const { workerId, retries } = store.find(orphan.task.id);
          if (outcome.kind !== 'failure' || (workerId === orphan.workerId && retries !== orphan.task.retries)) return;
          const task = store.fail(orphan.task.id, orphan.workerId, {
            errorMessage: outcome.message,
            retries: outcome.retries,
            retryTimeout: outcome.retryInMs,
          });
          monitor.accepted(task, outcome, { process: orphan.workerId, lease: ofLastRun });
        },
        (reply) => {
          const answer =
            reply === 'unanswered'
              ? reply
              : 'status' in reply
                ? answerToOrphan(answerToReport(asError(reply.status)))
                : 'counted';
          const taskId = command.orphan.task.id;
          if (answer === 'counted') ledger.counted(taskId);
          self.dispatch({ kind: 'orphanReported', taskId, answer });
        },
      );
    case 'unlock':
      return engine.send(
        () => {
          store.unlock(command.taskId);
          engine.queue.signal();
        },
        (reply) => self.dispatch({ kind: 'unlocked', taskId: command.taskId, done: isDone(reply) }),
      );
    case 'listLocks':
      return engine.send(
        () => store.lockedBy(self.workerId).map(({ id }) => id),
        (reply) => {
          self.dispatch({
            kind: 'listed',
            listing: command.listing,
            taskIds: reply === 'unanswered' || 'status' in reply ? undefined : reply.answer,
          });
        },
      );
  }
}

function fetch(
  world: SimWorld,
  self: SimProcess,
  ledger: AttemptLedger,
  { request, topics, maxTasks, waitMs }: Extract<Command, { kind: 'fetch' }>,
): void {
  const { engine, scenario, monitor } = world;
  if (self.core.state() !== 'RUNNING') monitor.fail('I6 a fetch was sent by a worker that is stopping');
  self.openFetches.set(request, maxTasks);
  monitor.fetches(self.openFetches.size);
  const locks = new Map(topics.map((topic) => [topic, scenario.lockDurationMs]));
  const heldTask = (id: string): HeldTask => {
    const { topic, retries } = engine.store.find(id);
    const policy = scenario.tasks.find((task) => task.id === id)?.policy ?? {
      retries: 0,
      backoffMs: 0,
      maxBackoffMs: 0,
      timeoutMs: 0,
    };
    return { id, executionId: id, topic, retries, policy, crashes: 0 };
  };
  const end = (event: WorkerEvent) => {
    if (self.openFetches.delete(request)) self.dispatch(event);
  };
  world.time.after(waitMs + requestTimeoutMs, () => end({ kind: 'fetchFailed', request }));
  engine.sendLong<readonly HeldTask[] | 'superseded'>(
    (answer) =>
      engine.queue.fetch({ workerId: self.workerId, maxTasks, topics: locks, waitMs }, (tasks) => {
        if (tasks === 'superseded') return answer(tasks);
        for (const { id } of tasks) monitor.granted(id, self.name);
        answer(tasks.map(({ id }) => heldTask(id)));
      }),
    (reply) => {
      if (reply === 'unanswered' || 'status' in reply || reply.answer === 'superseded')
        end({ kind: 'fetchFailed', request });
      // The journal is asked when the answer arrives.
      else
        end({
          kind: 'fetched',
          request,
          tasks: reply.answer.map((task) => ({ ...task, crashes: ledger.crashesOf(task) })),
        });
    },
  );
}

function relock({ engine, scenario, monitor }: SimWorld, self: SimProcess, taskId: string): void {
  engine.store.lock(taskId, self.workerId, scenario.lockDurationMs);
  monitor.granted(taskId, self.name);
}

function dropFetches(self: SimProcess): void {
  for (const request of [...self.openFetches.keys()]) {
    self.openFetches.delete(request);
    self.dispatch({ kind: 'fetchFailed', request });
  }
}

function report(
  { engine, scenario, monitor, time }: SimWorld,
  self: SimProcess,
  { lease, task: held, outcome }: Extract<Command, { kind: 'report' }>,
): void {
  const { store } = engine;
  const taskId = held.id;
  const refusal = scenario.tasks.find(({ id }) => id === taskId)?.refusal;
  engine.send(
    () => {
      const { workerId } = self;
      if (outcome.kind === 'failure') {
        const localVariables = outcome.keeps === undefined ? {} : keptVariables(held, outcome.keeps);
        monitor.accepted(
          store.fail(taskId, workerId, {
            errorMessage: outcome.message,
            retries: outcome.retries,
            retryTimeout: outcome.retryInMs,
            localVariables,
          }),
          outcome,
          { process: self.name, lease },
        );
        return;
      }
      const task = store.find(taskId);
      if (refusal !== undefined && task.workerId === workerId && time.now() < Math.min(refusal.until, mendedAt)) {
        monitor.refused(taskId, refusal);
        throw asError(refusal.status, refusal.type);
      }
      monitor.accepted(
        outcome.kind === 'complete' ? store.complete(taskId, workerId) : store.bpmnError(taskId, workerId),
        outcome,
        { process: self.name, lease },
      );
    },
    (reply) => {
      const answer =
        reply === 'unanswered'
          ? reply
          : 'status' in reply
            ? answerToReport(asError(reply.status, reply.type))
            : 'accepted';
      self.dispatch({ kind: 'reported', lease, answer, reason: 'faulty' });
    },
  );
}

function extendAnswer(reply: Reply<unknown>): 'kept' | 'refused' | 'unanswered' {
  return reply === 'unanswered' ? reply : 'status' in reply ? answerToExtension(asError(reply.status)) : 'kept';
}

/** A task that is gone needs nothing more either. */
function isDone(reply: Reply<unknown>): boolean {
  return reply !== 'unanswered' && (!('status' in reply) || reply.status === 404);
}

function asError(status: number, type?: string): EngineRequestError {
  return new EngineRequestError(
    { method: 'POST', path: '/external-task' },
    status,
    type === undefined ? 'told by the simulation' : { type, message: 'told by the simulation' },
  );
}
