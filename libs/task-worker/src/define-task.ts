import type { TaskContract } from '@procos/contracts';
import type { Logger } from '@procos/logging';
import type { Static, TObject } from 'typebox';

/** The right to work on one task for a while. */
export interface Lease {
  readonly taskId: string;
  /** Unique per start of the worker process, so that an old process can never complete in the name of a new one. */
  readonly workerId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** The same for every attempt at this task: hand it to the outside system so that an effect happens once. */
  readonly idempotencyKey: string;
  /** When the lock ends unless it is extended again, which happens by itself while the handler runs. */
  readonly deadline: () => Date;
  /** Aborted when the lease is lost, the task's time is up, or the worker must stop. */
  readonly signal: AbortSignal;
}

/** What a handler is told besides its input. */
export interface TaskContext {
  readonly topic: string;
  readonly processInstanceId: string;
  readonly processDefinitionKey: string;
  readonly activityId: string;
  readonly businessKey: string | null;
  /** `camunda:properties` of the element. */
  readonly properties: Readonly<Record<string, string>>;
  readonly lease: Lease;
  readonly logger: Logger;
  /** W3C trace context for calls to the outside. */
  readonly traceparent: string;
}

/** One topic served by a worker. */
export interface TaskDefinition {
  readonly contract: TaskContract;
  /** Runs with checked input; what it returns is checked and becomes variables. */
  readonly run: (input: unknown, context: TaskContext) => Promise<Record<string, unknown>>;
}

/**
 * Binds a handler to the contract of a topic. The handler returns variables, or throws `BpmnError`, `RetryableError`
 * or `TerminalError`.
 */
export function defineTask<Input extends TObject, Output extends TObject>(
  contract: TaskContract<Input, Output>,
  run: (input: Static<Input>, context: TaskContext) => Promise<Static<Output>>,
): TaskDefinition {
  return {
    contract: contract,
    // The runtime hands over only what the contract's own check let through.
    run: (input, context) => run(input as Static<Input>, context),
  };
}

/** The variables a contract names; `undefined` = all of them, for a contract whose input allows additional properties. */
export function fetchedVariables({ input }: TaskContract): readonly string[] | undefined {
  return 'additionalProperties' in input && input.additionalProperties === true
    ? undefined
    : Object.keys(input.properties);
}
