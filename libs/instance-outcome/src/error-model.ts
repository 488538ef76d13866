import { type EngineClient, isNotFound } from '@procos/engine-client';
import { isProcessModelError, type ProcessSummary, readProcessModel } from '@procos/process-model';

/** What a model says that shows in the history of its instances when an error ends them. */
export interface ErrorModel {
  /** Elements that a sequence flow leaves. */
  readonly continued: ReadonlySet<string>;
  /** Codes of the errors that elements throw or catch, by element; one that catches any error has none. */
  readonly errorCodes: ReadonlyMap<string, string>;
}

/** A model that nobody knows: it says nothing. */
export const noModel: ErrorModel = { continued: new Set(), errorCodes: new Map() };

export function errorModel(processes: readonly ProcessSummary[]): ErrorModel {
  return {
    continued: new Set(processes.flatMap(({ continued }) => continued)),
    errorCodes: new Map(
      processes.flatMap(({ errorEvents }) => errorEvents.map(({ elementId, errorCode }) => [elementId, errorCode])),
    ),
  };
}

/** The model of a deployed process. One that was deleted, or that nobody can read, says nothing. */
export async function errorModelOf(repository: EngineClient['repository'], definitionId: string): Promise<ErrorModel> {
  try {
    return errorModel((await readProcessModel(await repository.definitionXml(definitionId))).processes);
  } catch (thrown) {
    if (isProcessModelError(thrown) || isNotFound(thrown)) return noModel;
    throw thrown;
  }
}

interface Place {
  readonly activityId: string;
}

export const isContinued = ({ continued }: ErrorModel, place: Place): boolean => continued.has(elementOf(place));

export const codeIn = ({ errorCodes }: ErrorModel, place: Place): string | undefined =>
  errorCodes.get(elementOf(place));

/** The body of a multi-instance activity bears the id of the activity and an ending. */
const elementOf = ({ activityId }: Place): string => activityId.replace(/#multiInstanceBody$/, '');
