import { EngineRequestError, EngineUnreachableError, isTransactionConflict } from '@procos/engine-client';
import type { ExtendAnswer, OrphanAnswer, ReportAnswer } from '../core/messages.ts';

export function isAnswer(thrown: unknown): thrown is EngineRequestError {
  return thrown instanceof EngineRequestError;
}

/** Answers of an engine, or of something in front of it, that could not look at the request: the same one may be taken later. */
const passing = new Set([401, 403, 408, 429, 502, 503, 504]);

/** What a report that has failed has come to. `refused` may be the fault of the variables too: the task's holder tells. */
export function answerToReport(thrown: unknown): Exclude<ReportAnswer, 'accepted'> {
  if (thrown instanceof EngineUnreachableError) return 'unanswered';
  // It could not be encoded: nothing was sent, and nothing would be the next time.
  if (!isAnswer(thrown)) return 'faulty';
  if (thrown.status === 404) return 'gone';
  if (thrown.status === 400) return 'refused';
  if (passing.has(thrown.status)) return 'unanswered';
  if (thrown.status < 500) return 'faulty';
  return mayPass(thrown) ? 'failing' : 'broken';
}

/** Exceptions by which the engine says that its own rules, the model's expressions and scripts, or the values are at fault. */
const forGood =
  /^(ProcessEngineException|NullValueException|NotFoundException|NotValidException|NotAllowedException|BadUserRequestException|BpmnError|(ScriptEvaluation|ScriptCompilation|ScriptEngine|ClassLoading|SuspendedEntityInteraction|Dmn\w*|Feel\w*|Spin\w*|ELException|PropertyNotFound|MethodNotFound|Deployment\w*|Parse|IllegalArgument|ClassCast|NumberFormat|Arithmetic)\w*)$/;
/** What a database says of a value that it cannot hold: too long, out of range, a character it does not know, twice where once is allowed. */
const valueAtFault =
  /value too long|too large for column|data truncat|out of range|invalid byte sequence|unsupported unicode|sqlstate[ (:=]*22|\b22001\b|dataexception|integrity constraint|unique constraint/i;
/** What an engine says when its database or another transaction is in the way. */
const passes =
  /deadlock|lock timeout|timed? ?out|optimistic|serializ(e|ation) (access|failure)|concurrent update|could not (get|obtain|open|acquire)|cannot (get|obtain|open|acquire)|connection|too many clients|terminating|shutting down|shutdown|starting up|recovery mode|read-only|no space left|disk full|out of memory|\b40001\b|\b40P01\b|\b57P0\d\b|\b08\d{3}\b/i;

/** The engine's built-in codes (`BuiltinExceptionCode`): foreign key violated, column too small. */
const valueCodes = new Set([10_001, 10_002]);

/** Whether the engine, asked the same again, may answer something else. When in doubt: the result is not lost either way. */
function mayPass(thrown: EngineRequestError): boolean {
  if (isTransactionConflict(thrown)) return true;
  const { engineType = '', engineCode, engineMessage } = thrown;
  if (valueCodes.has(engineCode)) return false;
  if (/OptimisticLocking|CrdbTransactionRetry/.test(engineType)) return true;
  if (
    /Persistence/.test(engineType) ||
    /ENGINE-03\d{3}|database operation|flushing (statements|pending)/i.test(engineMessage)
  )
    return !valueAtFault.test(engineMessage);
  return !forGood.test(engineType) || passes.test(withoutExpressions(engineMessage));
}

/** Names that the model's author has chosen say nothing about the database. */
function withoutExpressions(message: string): string {
  return message.replaceAll(/[$#]\{[^}]*\}|'[^']*'|"[^"]*"/g, '');
}

export function answerToOrphan(answer: ReturnType<typeof answerToReport>): OrphanAnswer {
  if (answer === 'gone') return 'counted';
  return answer === 'refused' || answer === 'faulty' ? 'foreign' : 'unanswered';
}

/** What a wish for a longer lock that has failed has come to. */
export function answerToExtension(thrown: unknown): ExtendAnswer {
  return isAnswer(thrown) && thrown.status < 500 && !passing.has(thrown.status) ? 'refused' : 'unanswered';
}
