import type { LaunchedEngine } from '@procos/engine-build';
import { ask } from '../engine/engine-calls.ts';

export interface EngineAnswerToModel {
  readonly takes: boolean;
  /** What the engine says about a model it refuses. */
  readonly reason: string;
  /** Elements that it names. */
  readonly elementIds: readonly string[];
}

interface ParseProblem {
  readonly message: string;
  readonly mainElementId?: string | null;
}

interface Refusal {
  readonly message?: string;
  readonly details?: Readonly<Record<string, { readonly errors?: readonly ParseProblem[] }>>;
}

/** One thing that the check of a deployment found; the part of `infra/engine` that a dry run asks. */
export interface CheckedProblem {
  readonly severity: 'error' | 'warning';
  readonly kind: string;
  readonly elementId: string | null;
  readonly message: string;
}

/** What a dry run says: the engine makes the deployment and takes it back. @throws Error when the check itself fails */
export async function judgeByCheck(
  engine: LaunchedEngine,
  resources: Readonly<Record<string, string>>,
): Promise<readonly CheckedProblem[]> {
  const answer = await ask(engine, 'POST', new URL('/procos/deployment-check', engine.baseUrl).href, {
    name: 'agreement',
    resources: Object.entries(resources).map(([name, content]) => ({ name, content })),
  });
  if (answer.status !== 200) throw new Error(`The check has failed: ${answer.status} ${answer.body.slice(0, 300)}`);
  return (answer.json() as { readonly problems: readonly CheckedProblem[] }).problems;
}

/**
 * Whether the engine takes a model. It is deployed for a day far away, so that no timer of it fires, and deleted with
 * everything that came of it, so that no model meets another.
 */
export async function judgeByEngine(
  engine: LaunchedEngine,
  xml: string,
  fileName = 'model.bpmn',
): Promise<EngineAnswerToModel> {
  const form = new FormData();
  form.set('deployment-name', 'agreement');
  form.set('deployment-activation-time', '2999-01-01T00:00:00.000+0000');
  form.set('data', new Blob([xml]), fileName);
  const answer = await ask(engine, 'POST', '/deployment/create', form);
  if (answer.status === 200) {
    const { id } = answer.json() as { id: string };
    const gone = await ask(
      engine,
      'DELETE',
      `/deployment/${id}?cascade=true&skipCustomListeners=true&skipIoMappings=true`,
    );
    if (gone.status >= 300)
      throw new Error(`The engine keeps the deployment ${id}: ${gone.status} ${gone.body.slice(0, 300)}`);
    return { takes: true, reason: '', elementIds: [] };
  }
  const { message = answer.body, details = {} } = answer.json() as Refusal;
  const errors = Object.values(details).flatMap((file) => file.errors ?? []);
  return {
    takes: false,
    reason: (errors.length > 0 ? errors.map((error) => error.message).join('; ') : message).slice(0, 400),
    elementIds: errors.flatMap(({ mainElementId }) => mainElementId ?? []),
  };
}
