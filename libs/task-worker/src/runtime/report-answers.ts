import { EngineRequestError, EngineUnreachableError, mayEngineFaultPass } from '@procos/engine-client';
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
  return mayEngineFaultPass(thrown) ? 'failing' : 'broken';
}

export function answerToOrphan(answer: ReturnType<typeof answerToReport>): OrphanAnswer {
  if (answer === 'gone') return 'counted';
  return answer === 'refused' || answer === 'faulty' ? 'foreign' : 'unanswered';
}

/** What a wish for a longer lock that has failed has come to. */
export function answerToExtension(thrown: unknown): ExtendAnswer {
  return isAnswer(thrown) && thrown.status < 500 && !passing.has(thrown.status) ? 'refused' : 'unanswered';
}
