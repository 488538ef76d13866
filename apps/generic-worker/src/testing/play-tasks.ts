import { BpmnError } from '@procos/errors';
import type { TaskDefinition } from '@procos/task-worker';
import type { EndedInstance, ProcessDriver } from '@procos/testing';
import { taskContext, tryTask } from './try-task.ts';

/** Does tasks of one instance with real handlers: tasks of other tests on the same engine stay where they are. */
export interface PlayedTasks {
  /** Does the next task of a topic as the worker would. */
  work(topic: string, instance: string): Promise<void>;
  /** Starts an instance and does its tasks in this order. */
  runToEnd(key: string, variables: Record<string, unknown>, topics: readonly string[]): Promise<EndedInstance>;
}

/** @param tasks asked for at each task, because they may not be there before the first test */
export function playTasks(driver: ProcessDriver, tasks: () => readonly TaskDefinition[]): PlayedTasks {
  async function work(topic: string, instance: string): Promise<void> {
    const definition = tasks().find(({ contract }) => contract.topic === topic);
    if (definition === undefined) throw new TypeError(`The worker has no topic ${topic}`);
    const { input } = definition.contract;
    const task = await driver.takeTask(topic, instance);
    const isTaken = ([name, value]: readonly [string, unknown]) =>
      value !== null && (name in input.properties || 'additionalProperties' in input);
    const context = { ...taskContext(), processInstanceId: instance };
    try {
      await task.complete(
        await tryTask(definition, Object.fromEntries(Object.entries(task.variables).filter(isTaken)), context),
      );
    } catch (thrown) {
      if (!(thrown instanceof BpmnError)) throw thrown;
      await task.bpmnError(thrown.code, thrown.message, thrown.variables);
    }
  }
  return {
    work,
    runToEnd: async (key, variables, topics) => {
      const instance = await driver.start(key, variables);
      for (const topic of topics) await work(topic, instance);
      return driver.ended(instance);
    },
  };
}
