import type { Command, WorkerEvent } from '../core/messages.ts';
import type { EngineActions } from './engine-actions.ts';

export type AskingCommand = Extract<
  Command,
  {
    kind:
      | 'recallFetches'
      | 'extend'
      | 'relock'
      | 'inspect'
      | 'report'
      | 'readKept'
      | 'reportOrphan'
      | 'unlock'
      | 'listLocks';
  }
>;

/** Asks the engine what the core wants to know, and tells its answer as the core understands it. */
export async function answerOf(engine: EngineActions, command: AskingCommand): Promise<WorkerEvent> {
  switch (command.kind) {
    case 'recallFetches':
      return { kind: 'recalled', done: await engine.recall() };
    case 'extend':
      return { kind: 'extended', lease: command.lease, answer: await engine.extend(command.taskId) };
    case 'relock':
      return { kind: 'extended', lease: command.lease, answer: await engine.relock(command.taskId) };
    case 'inspect':
      return { kind: 'inspected', lease: command.lease, holder: await engine.inspect(command.taskId) };
    case 'report':
      return { kind: 'reported', lease: command.lease, ...(await engine.report(command.task, command.outcome)) };
    case 'readKept':
      return { kind: 'keptRead', lease: command.lease, kept: await engine.readKept(command.task) };
    case 'reportOrphan':
      return { kind: 'orphanReported', taskId: command.orphan.task.id, answer: await engine.reportOrphan(command) };
    case 'unlock':
      return { kind: 'unlocked', taskId: command.taskId, done: await engine.unlock(command.taskId) };
    case 'listLocks':
      return { kind: 'listed', listing: command.listing, taskIds: await engine.listLocks() };
  }
}
