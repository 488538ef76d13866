import { EngineRequestError } from './engine-errors.ts';
import type { EngineHttp } from './http.ts';

/** What a definition that is in the way, or is missed, is called. */
export interface OtherDefinition {
  readonly key: string;
  /** A version or version tag. */
  readonly version: string | null;
  readonly elementId: string | null;
}

/** One thing that the engine would refuse a deployment for, or (`warning`) that its instances would stand still at. */
export interface DeploymentProblem {
  readonly severity: 'error' | 'warning';
  /** `refused` for everything that has no name of its own. */
  readonly kind:
    | 'parse'
    | 'start-message-taken'
    | 'start-event'
    | 'too-long'
    | 'missing-process'
    | 'missing-decision'
    | 'missing-form'
    | 'refused';
  /** Name of the file; `null` when the engine blames none. */
  readonly resource: string | null;
  /** Where the start tag of the element ends, from 1 on; 0 when unknown. */
  readonly line: number;
  /** The column behind it; 0 when unknown. */
  readonly column: number;
  readonly elementId: string | null;
  readonly elementIds: readonly string[];
  readonly message: string;
  readonly other: OtherDefinition | null;
}

export interface DeploymentToCheck {
  readonly name: string;
  /** File name → text of a BPMN, DMN or form file. */
  readonly resources: Readonly<Record<string, string>>;
}

/**
 * Lets the engine make a deployment and take it back, and tells what it found; empty when it would take it. Nothing is kept.
 * `undefined` for an engine that is not the one of ProcOS: it has no such check.
 *
 * @throws EngineRequestError | EngineUnreachableError
 */
export async function checkDeployment(
  http: EngineHttp,
  { name, resources }: DeploymentToCheck,
): Promise<readonly DeploymentProblem[] | undefined> {
  const json = { name, resources: Object.entries(resources).map(([file, content]) => ({ name: file, content })) };
  try {
    const answer = await http.request<{ problems?: readonly DeploymentProblem[] }>('POST', '/procos/deployment-check', {
      json,
      fromServerRoot: true,
    });
    return answer.problems;
  } catch (thrown) {
    if (thrown instanceof EngineRequestError && [404, 405, 501].includes(thrown.status)) return undefined;
    throw thrown;
  }
}
