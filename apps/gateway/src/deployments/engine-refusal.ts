import type { Finding, ModelFile } from '@procos/contracts';
import {
  type DeploymentProblem,
  EngineRequestError,
  isTransactionConflict,
  maySentencePass,
} from '@procos/engine-client';
import { modelPlaces } from '@procos/process-model';
import { problemFinding } from './ask-engine.ts';
import { resourceName } from './model-kind.ts';

interface ReportedFault {
  readonly message?: string;
  readonly line?: number;
  readonly column?: number;
  readonly mainElementId?: string | null;
}

/**
 * What an engine of another make says when it refuses a deployment; `undefined` when that is no fault of the models.
 * It answers 500 to many of those too.
 */
export function refusalFindings(thrown: unknown, files: readonly ModelFile[]): Finding[] | undefined {
  if (!(thrown instanceof EngineRequestError) || !isAboutModels(thrown)) return undefined;
  const placed = reportedProblems(thrown.details);
  const only = files.length === 1 ? files[0] : undefined;
  const problems =
    placed.length > 0 ? placed : [unplaced(only === undefined ? null : resourceName(only), thrown.engineMessage)];
  return problems.map((problem) => {
    const file = files.find((one) => resourceName(one) === problem.resource);
    return problemFinding(
      { ...problem, line: 0, column: 0 },
      file && { file: file.name, places: modelPlaces(file.content) },
      false,
    );
  });
}

function isAboutModels(thrown: EngineRequestError): boolean {
  const { status, engineType, engineMessage } = thrown;
  if (isTransactionConflict(thrown)) return false;
  if (status === 400 || reportedProblems(thrown.details).length > 0) return true;
  // That its database is away has no number and no name that engines agree on.
  const ofState = maySentencePass(engineMessage);
  return status === 500 && engineType !== undefined && !ofState;
}

function reportedProblems(details: unknown): DeploymentProblem[] {
  if (typeof details !== 'object' || details === null) return [];
  return Object.entries(details as Readonly<Record<string, { readonly errors?: readonly ReportedFault[] }>>).flatMap(
    ([resource, { errors = [] }]) =>
      errors.map(({ message = '', mainElementId = null }) => ({
        ...unplaced(resource, message),
        kind: 'parse',
        elementId: mainElementId,
      })),
  );
}

function unplaced(resource: string | null, message: string): DeploymentProblem {
  return {
    severity: 'error',
    kind: 'refused',
    resource,
    line: 0,
    column: 0,
    elementId: null,
    elementIds: [],
    message,
    other: null,
  };
}
