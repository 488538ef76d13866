import type { EngineHttp } from './http.ts';
import { incidents } from './runtime/incidents.ts';
import { instanceVariables } from './runtime/instance-variables.ts';
import { jobs } from './runtime/jobs.ts';
import { messages } from './runtime/messages.ts';
import { processInstances } from './runtime/process-instances.ts';

export type Runtime = ReturnType<typeof runtime>;

/** Running instances, messages, incidents. */
export function runtime(http: EngineHttp) {
  return {
    ...processInstances(http),
    ...instanceVariables(http),
    ...messages(http),
    ...incidents(http),
    ...jobs(http),
  };
}
