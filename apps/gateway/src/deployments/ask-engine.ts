import type { Finding, ModelFile } from '@procos/contracts';
import type { DeploymentProblem, EngineClient } from '@procos/engine-client';
import { type ModelPlaces, modelPlaces } from '@procos/process-model';
import { resourceName } from './model-kind.ts';

export interface EngineQuestion {
  readonly name: string;
  /** The files as they were sent, where findings are shown. */
  readonly files: readonly ModelFile[];
  /** Resource name → text, where that is another than the one sent. @default the files themselves */
  readonly resources?: Readonly<Record<string, string>>;
  /** Whether what is missing may be missing: a warning instead of an error. */
  readonly allowMissing: boolean;
}

/** What the engine says of a deployment, without making it, as findings in the files of the person. */
export async function askEngine(
  engine: EngineClient,
  { name, files, resources, allowMissing }: EngineQuestion,
): Promise<Finding[]> {
  if (files.length === 0) return [];
  const asked = resources ?? Object.fromEntries(files.map((file) => [resourceName(file), file.content]));
  const problems = await engine.repository.checkDeployment({ name, resources: asked });
  if (problems === undefined) return [notAsked];
  const byResource = new Map(files.map((file) => [resourceName(file), file]));
  const places = new Map<ModelFile, ModelPlaces>();
  return problems.map((problem) => {
    const file = byResource.get(problem.resource ?? '');
    if (file === undefined) return problemFinding(problem, undefined, allowMissing);
    const known = places.get(file) ?? modelPlaces(file.content);
    places.set(file, known);
    // Lines of a text that was drawn here are not the person's.
    const ofOwnText = asked[resourceName(file)] === file.content;
    return problemFinding(
      ofOwnText ? problem : { ...problem, line: 0, column: 0 },
      { file: file.name, places: known },
      allowMissing,
    );
  });
}

/** Rules can be applied without it. */
export function engineIsAway({ message }: Error): Finding {
  return {
    ...notAsked,
    message: `The engine could not be asked: ${message}`,
    remedy: 'Ask again when it runs: `procos status` shows whether it does.',
  };
}

/** An engine of another make: a model that it refuses is found when it is deployed. */
const notAsked: Finding = {
  elementId: '',
  rule: 'engine-not-asked',
  severity: 'warning',
  message: 'This engine cannot be asked before a deployment: only the rules of ProcOS were applied',
  remedy: 'Deploy to learn what the engine says, or check with the engine of ProcOS (infra/engine).',
  fixable: false,
};

/** A problem as a finding; its place in the file by the text where the engine read it, else by the element. */
export function problemFinding(
  problem: DeploymentProblem,
  where: { readonly file: string; readonly places: ModelPlaces } | undefined,
  allowMissing: boolean,
): Finding {
  const { line, column, elementId, message } = problem;
  const element = elementId === null ? undefined : where?.places.ofElement(elementId);
  const exact = line > 0 ? (where?.places.endingAt(line, column) ?? { line, ...(column > 0 && { column }) }) : element;
  const isMissing = problem.severity === 'warning';
  return {
    ...(where !== undefined && { file: where.file }),
    elementId: elementId ?? '',
    ...(element !== undefined && { elementType: element.elementType }),
    ...(exact?.line !== undefined && { line: exact.line }),
    ...(exact?.column !== undefined && { column: exact.column }),
    rule: isMissing ? 'called-definitions' : 'engine',
    severity: isMissing && allowMissing ? 'warning' : 'error',
    message:
      problem.kind === 'start-message-taken' || isMissing || problem.kind === 'too-long'
        ? message
        : `The engine refuses the model: ${message}`,
    remedy: remedyOf(problem),
    fixable: false,
  };
}

function remedyOf({ kind, other }: DeploymentProblem): string {
  switch (kind) {
    case 'start-message-taken':
      return `A message starts one process only: give one of the two messages another name, or delete the process "${other?.key ?? ''}" if it is no longer wanted.`;
    case 'start-event':
      return 'A start event is opened when the process is deployed, before there is any variable: write the time or the name itself, in a form that the engine knows, such as PT5M.';
    case 'too-long':
      return 'Shorten it.';
    case 'missing-process':
    case 'missing-decision':
    case 'missing-form':
      return 'Deploy it first or in the same command: an instance that comes here would stand still. If it comes later, deploy with --allow-missing (allowMissing in the API).';
    case 'parse':
    case 'refused':
      return 'Correct what the engine names and deploy again; --dry-run only asks.';
  }
}
