/**
 * What the engine says in words alone: an incident keeps one sentence and no type, and an answer names an exception that
 * stands for many faults. This file is the only one that reads such a sentence; everything else takes what it gives.
 * `engine-sentences.engine.test.ts` provokes each, so that an engine that words one in another way is seen.
 * Seen in Operaton 1.0.3 and Camunda 7.24.0, which have the same words.
 */
export type EngineFault =
  /** An expression names a variable that is not there. */
  | { readonly kind: 'variable-missing'; readonly expression: string; readonly variable: string }
  /** What a multi-instance element runs for is no list; the engine names one of both, or none. */
  | { readonly kind: 'no-collection'; readonly expression: string | undefined }
  /** A timer got a value that is no time; `given` where the engine says it. */
  | { readonly kind: 'no-time'; readonly given: string | undefined }
  /** No way leads on. */
  | { readonly kind: 'no-flow' }
  /** A condition is neither true nor false; `given` is the Java class of its value, `undefined` for nothing. */
  | { readonly kind: 'no-condition'; readonly given: string | undefined }
  /** A call names a process that is not deployed. */
  | { readonly kind: 'no-process'; readonly key: string }
  | { readonly kind: 'unreadable-variable'; readonly variable: string; readonly reason: string | undefined }
  /** Definition or instance is suspended; `sentence` says which. */
  | { readonly kind: 'suspended'; readonly sentence: string }
  /** Any other fault of an expression. */
  | { readonly kind: 'expression'; readonly expression: string; readonly reason: string };

type Row = readonly [RegExp, (found: readonly (string | undefined)[]) => EngineFault];

/** The first that fits counts. */
const sentences: readonly Row[] = [
  [
    /used in expression: ([$#]\{.*?\})\. Cause: Cannot resolve identifier '([^']+)'/s,
    ([expression = '', variable = '']) => ({ kind: 'variable-missing', expression, variable }),
  ],
  [
    /(?:Expression '(.*?)' )?didn't resolve to type 'Collection'|Variable '([^']+)' is not (?:found|a Collection|of the expected type 'Collection')/,
    ([expression, variable]) => ({
      kind: 'no-collection',
      expression: expression ?? (variable === undefined ? undefined : `\${${variable}}`),
    }),
  ],
  [
    /Timer '[^']*' was not configured with a valid|Exception while resolving duedate '(.*?)'|(?:couldn't resolve|Exception while parsing) (?:cron|cycle)[^']*'?(.*?)'?(?:$|:)/s,
    ([date, cycle]) => ({ kind: 'no-time', given: date ?? cycle }),
  ],
  [/No outgoing sequence flow .*could be selected/, () => ({ kind: 'no-flow' })],
  [
    /condition expression returns (?:null|non-Boolean: (.*))/,
    ([given]) => ({
      kind: 'no-condition',
      given: given === undefined ? undefined : (/class (?:\w+\.)*(\w+)/.exec(given)?.[1] ?? 'something else'),
    }),
  ],
  [/no processes deployed with key '([^']*)'/, ([key = '']) => ({ kind: 'no-process', key })],
  [
    /[Cc]annot deserialize object in variable '([^']+)'(?:: (.*))?/,
    ([variable = '', reason]) => ({ kind: 'unreadable-variable', variable, reason }),
  ],
  [/((?:process )?(?:definition|instance)\b.*\bis suspended)/i, ([sentence = '']) => ({ kind: 'suspended', sentence })],
  [
    /(?:Unknown (?:property|method) used in|Error while evaluating) expression: ([$#]\{.*?\})\. Cause: (.*)/s,
    ([expression = '', reason = '']) => ({ kind: 'expression', expression, reason }),
  ],
];

/** What a sentence of the engine means; `undefined` for any other. */
export function engineFault(sentence: string): EngineFault | undefined {
  for (const [pattern, read] of sentences) {
    const found = pattern.exec(sentence);
    if (found !== null) return read(found.slice(1));
  }
  return undefined;
}

/** The ids that a sentence names; not each is one of an element. */
export function elementsNamedIn(sentence: string): readonly string[] {
  return Array.from(sentence.matchAll(/(?:element with id|Timer|activity) '([^']+)'/g), ([, id = '']) => id);
}

/** The expressions that a sentence quotes. */
export function expressionsIn(sentence: string): readonly string[] {
  return sentence.match(/[$#]\{[^}]*\}/g) ?? [];
}
