import { databaseFault, isValueAtFault, maySentencePass } from './database-sentences.ts';
import type { EngineRequestError } from './engine-errors.ts';
import { isTransactionConflict } from './transaction-conflict.ts';

/** Exceptions by which the engine says that its own rules, the model's expressions and scripts, or the values are at fault. */
const forGood =
  /^(ProcessEngineException|NullValueException|NotFoundException|NotValidException|NotAllowedException|BadUserRequestException|BpmnError|(ScriptEvaluation|ScriptCompilation|ScriptEngine|ClassLoading|SuspendedEntityInteraction|Dmn\w*|Feel\w*|Spin\w*|ELException|PropertyNotFound|MethodNotFound|Deployment\w*|Parse|IllegalArgument|ClassCast|NumberFormat|Arithmetic)\w*)$/;

/** The engine's built-in codes (`BuiltinExceptionCode`): foreign key violated, column too small. */
const valueCodes: ReadonlySet<number> = new Set([10_001, 10_002]);

/** Whether the engine, asked the same again, may answer something else than it did with a status of 500 or more. When in doubt, it may. */
export function mayEngineFaultPass(thrown: EngineRequestError): boolean {
  if (isTransactionConflict(thrown)) return true;
  const { engineType = '', engineCode, engineMessage } = thrown;
  if (valueCodes.has(engineCode)) return false;
  if (/OptimisticLocking|CrdbTransactionRetry/.test(engineType)) return true;
  if (/Persistence/.test(engineType)) return !isValueAtFault(engineMessage);
  const ofDatabase = databaseFault(engineMessage);
  if (ofDatabase !== undefined) return ofDatabase !== 'value';
  return !forGood.test(engineType) || maySentencePass(engineMessage);
}
