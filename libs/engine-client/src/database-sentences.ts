/**
 * What the engine hands on of its database in words alone. Its number (`engineCode`) is known for four faults only, and its
 * exceptions do not tell a value that is too long from a database that is away. Nothing else reads such a sentence, and only
 * where there is no number. The tests of the engine provoke the conflict (`transaction-conflict.engine.test.ts`) and what was deleted meanwhile
 * (`listing-while-deleting.engine.test.ts`); the others are sentences
 * of engines older than Operaton 1.0.3 and Camunda 7.24.0, which give a number or one sentence for all, and of drivers.
 */
const sentences = {
  /** Some resources of the API drop the exception and its number; what is left is the number of its sentence. */
  conflict: /^ENGINE-03005 /,
  /** A deployment was deleted while the engine read what belongs to it. */
  deletedMeanwhile:
    /^(no resource found with name '.*' in deployment '.*': resource|deployment '.*' didn't put process definition '.*' in the cache: cachedProcessDefinition) is null$/s,
  ofDatabase: /ENGINE-03\d{3}|database operation|flushing (statements|pending)/i,
  /** A value that it cannot hold: too long, out of range, a character it does not know, twice where once is allowed. */
  valueAtFault:
    /value too long|too large for column|data truncat|out of range|invalid byte sequence|unsupported unicode|sqlstate[ (:=]*22|\b22001\b|dataexception|integrity constraint|unique constraint/i,
  /** The database or another transaction is in the way. */
  passes:
    /deadlock|lock timeout|timed? ?out|optimistic|serializ(e|ation) (access|failure)|concurrent update|could not (get|obtain|open|acquire)|cannot (get|obtain|open|acquire)|connection|too many clients|terminating|shutting down|shutdown|starting up|recovery mode|read-only|no space left|disk full|out of memory|jdbc driver|\b40001\b|\b40P01\b|\b57P0\d\b|\b08\d{3}\b/i,
} as const;

/** Whether a sentence is that of a transaction that another one was in the way of. */
export function isConflictSentence(sentence: string): boolean {
  return sentences.conflict.test(sentence) || sentences.deletedMeanwhile.test(sentence);
}

/** What a sentence says of the database; `undefined` when it is about something else. */
export function databaseFault(sentence: string): 'value' | 'unknown' | undefined {
  if (!sentences.ofDatabase.test(sentence)) return undefined;
  return sentences.valueAtFault.test(sentence) ? 'value' : 'unknown';
}

/** Whether a sentence says that a value is at fault, which the database cannot hold. */
export function isValueAtFault(sentence: string): boolean {
  return sentences.valueAtFault.test(sentence);
}

/** Whether a sentence says that the database or another transaction is in the way: the same may work later. */
export function maySentencePass(sentence: string): boolean {
  // Names that the model's author has chosen say nothing about the database.
  return sentences.passes.test(sentence.replaceAll(/[$#]\{[^}]*\}|'[^']*'|"[^"]*"/g, ''));
}
