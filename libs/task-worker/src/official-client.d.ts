/** Types of the parts of `camunda-external-task-client-js` 3.1 that this library builds on; the package ships none. */
declare module 'camunda-external-task-client-js' {
  import { EventEmitter } from 'node:events';

  export interface OfficialTopicSubscription {
    handler: OfficialHandler;
    lockDuration: number;
    variables?: readonly string[];
    unsubscribe: () => void;
  }
  export type OfficialHandler = (args: { task: OfficialTask; taskService: unknown }) => unknown;
  export interface OfficialTask {
    readonly id: string;
    readonly topicName: string;
    readonly variables: unknown;
  }
  export interface OfficialOptions {
    baseUrl: string;
    workerId?: string;
    maxTasks?: number;
    lockDuration?: number;
    autoPoll?: boolean;
  }
  export class Client extends EventEmitter {
    constructor(options: OfficialOptions);
    options: Required<Pick<OfficialOptions, 'workerId' | 'maxTasks' | 'lockDuration'>> & OfficialOptions;
    topicSubscriptions: Record<string, OfficialTopicSubscription>;
    engineService: unknown;
    taskService: { api: unknown };
    _isPollAllowed: boolean;
    activeTasksCount: number;
    start(): void;
    stop(): void;
    poll(): Promise<void>;
    subscribe(
      topic: string,
      options: { lockDuration?: number; variables?: readonly string[] },
      handler: OfficialHandler,
    ): OfficialTopicSubscription;
    executeTask(task: unknown): Promise<void>;
  }
}
