import type { EngineClient, UserTask, Variables } from '@procos/engine-client';
import { eventually } from './eventually.ts';
import { takeTask, type TakenTask } from './process-driver-tasks.ts';

/** Moves an instance on: in the place of its workers, its people, its message senders and the clock. */
export interface Player {
  /** Waits for an external task of the instance and takes it, as a worker would. */
  takeTask(topic: string, processInstanceId: string): Promise<TakenTask>;
  /** Waits for the user task of the instance. */
  userTask(processInstanceId: string): Promise<UserTask>;
  /** Ends the user task of the instance as a person would. */
  answer(processInstanceId: string, variables: Variables): Promise<void>;
  /** Sends a message to one waiting instance. */
  send(messageName: string, processInstanceId: string): Promise<void>;
  /** Lets the timer of an element fire now. */
  fireTimer(processInstanceId: string, activityId: string): Promise<void>;
  /** Takes the tries left from a failing step that the engine does by itself, so that its incident comes now. */
  exhaustRetries(processInstanceId: string): Promise<void>;
}

export function player(client: EngineClient, workerId: string): Player {
  const { runtime, userTasks } = client;
  const userTask = (id: string) =>
    eventually(`user task in instance ${id}`, async () => (await userTasks.list({ processInstanceId: id }))[0]);
  return {
    takeTask: (topic, processInstanceId) => takeTask(client, workerId, topic, processInstanceId),
    userTask,
    answer: async (id, variables) => userTasks.complete((await userTask(id)).id, variables),
    send: async (messageName, processInstanceId) => {
      const { processInstance: started } = await runtime.correlate({ messageName, processInstanceId });
      if (started === null) return;
      // No element of the instance took it: the engine then looks for a start event, of any test that runs beside this one.
      await runtime.deleteInstance(started.id, 'Started by a message that was meant for another instance');
      throw new Error(
        `Cannot correlate message '${messageName}' with instance ${processInstanceId}: it started ${started.definitionId}`,
      );
    },
    fireTimer: async (processInstanceId, activityId) => {
      const query = { processInstanceId, activityId, timers: true } as const;
      const timer = await eventually(
        `timer ${activityId} in instance ${processInstanceId}`,
        async () => (await runtime.jobs(query))[0],
      );
      await runtime.executeJob(timer.id);
    },
    exhaustRetries: async (processInstanceId) => {
      const job = await eventually(`failing job in instance ${processInstanceId}`, async () => {
        const jobs = await runtime.jobs({ processInstanceId });
        return jobs.find(({ exceptionMessage }) => exceptionMessage !== null);
      });
      await runtime.setJobRetries(job.id, 0);
    },
  };
}
