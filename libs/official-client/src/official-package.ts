import type { EventEmitter } from 'node:events';
import * as untyped from 'camunda-external-task-client-js';

// The parts of `camunda-external-task-client-js` 3.1 that this library builds on: the package ships no types.

export interface TypedVariable {
  readonly type: string;
  readonly value: unknown;
  readonly valueInfo?: Readonly<Record<string, unknown>>;
}
export interface Variables {
  get(name: string): unknown;
  getAll(): Record<string, unknown>;
  getTyped(name: string): TypedVariable | null;
  getAllTyped(): Record<string, TypedVariable>;
  set(name: string, value: unknown): this;
  setTyped(name: string, value: TypedVariable): this;
  setAll(values: Record<string, unknown>): this;
  setTransient(name: string, value: unknown): this;
  getDirtyVariables(): Record<string, TypedVariable>;
}
export interface File {
  load(): Promise<this>;
  readonly content: unknown;
}
export interface OfficialTask {
  readonly id: string;
  readonly topicName: string;
  readonly processInstanceId: string;
  readonly variables: Variables;
  readonly [field: string]: unknown;
}
export interface OfficialTaskService {
  complete(task: OfficialTask | string, processVariables?: Variables, localVariables?: Variables): Promise<void>;
  handleFailure(
    task: OfficialTask | string,
    options?: { errorMessage?: string; errorDetails?: string; retries?: number; retryTimeout?: number },
  ): Promise<void>;
  handleBpmnError(
    task: OfficialTask | string,
    errorCode: string,
    errorMessage?: string,
    variables?: Variables,
  ): Promise<void>;
  extendLock(task: OfficialTask | string, newDuration: number): Promise<void>;
  lock(task: OfficialTask | string, duration: number): Promise<void>;
  unlock(task: OfficialTask | string): Promise<void>;
}
export type OfficialHandler = (args: { task: OfficialTask; taskService: OfficialTaskService }) => unknown;
export interface OfficialTopicSubscription {
  readonly handler: OfficialHandler;
  readonly lockDuration: number;
  readonly variables?: readonly string[];
  readonly unsubscribe: () => void;
  readonly [field: string]: unknown;
}
export interface RequestConfig {
  readonly headers?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}
export type Interceptor = (config: RequestConfig) => RequestConfig;
export interface OfficialOptions {
  readonly baseUrl: string;
  readonly workerId?: string;
  readonly maxTasks?: number;
  readonly maxParallelExecutions?: number;
  readonly lockDuration?: number;
  readonly interval?: number;
  readonly asyncResponseTimeout?: number;
  readonly autoPoll?: boolean;
  readonly usePriority?: boolean;
  readonly interceptors?: Interceptor | readonly Interceptor[];
  readonly use?: unknown;
}
export interface OfficialClient extends EventEmitter {
  options: OfficialOptions;
  topicSubscriptions: Record<string, OfficialTopicSubscription>;
  engineService: unknown;
  taskService: OfficialTaskService;
  start(): void;
  stop(): void | Promise<void>;
  poll(): Promise<void>;
  subscribe(
    topic: string,
    options: Record<string, unknown> | OfficialHandler,
    handler?: OfficialHandler,
  ): OfficialTopicSubscription;
}

export const OfficialClient = untyped.Client as new (options: OfficialOptions) => OfficialClient;
export const Variables = untyped.Variables as new (
  initial?: Record<string, TypedVariable>,
  options?: { readOnly?: boolean; processInstanceId?: string; engineService?: unknown },
) => Variables;
export const File = untyped.File as new (options: {
  localPath?: string;
  encoding?: string;
  mimetype?: string;
  filename?: string;
  typedValue?: unknown;
}) => File;
export const BasicAuthInterceptor = untyped.BasicAuthInterceptor as new (options: {
  username: string;
  password: string;
}) => Interceptor;
export const logger: unknown = untyped.logger;
