import type { ProcosError } from '@procos/errors';
import type { PlacedExpression } from '@procos/process-model';
import { noUsableTime, plain, withoutStop } from './engine-sentences.ts';
import { incidentErrors } from './errors.ts';
import type { FailedPlace } from './failed-element.ts';

/** What is known of a failure before it is put into words. */
export interface Cause {
  /** What the worker or the engine said. */
  readonly reason: string;
  readonly place: FailedPlace;
  /** True when a worker said it, false when the engine did. */
  readonly byWorker: boolean;
  /** What the worker says can be done. */
  readonly advice: string | undefined;
  /** How it can go on, as a sentence. */
  readonly next: string;
}

type Tell = (match: RegExpExecArray, cause: Cause & { readonly element: string }) => ProcosError;

/** Sentences of the engine (Camunda 7.24, Operaton 1.0), and what they mean for the model. */
const sentences: readonly (readonly [RegExp, Tell])[] = [
  [
    /used in expression: ([$#]\{.*?\})\. Cause: Cannot resolve identifier '([^']+)'/s,
    ([, expression = '', variable = ''], { element, next }) =>
      incidentErrors.PROCOS_INCIDENT_VARIABLE_MISSING({ expression, variable, element, next }),
  ],
  [
    /didn't resolve to type 'Collection'|Variable '[^']+' (?:is not found|is not a Collection)/,
    (_, cause) => noCollection(cause),
  ],
  [noUsableTime, ([, given, cycle], cause) => noTime(given ?? cycle, cause)],
  [
    /No outgoing sequence flow .*could be selected/,
    (_, { place, element, next }) =>
      incidentErrors.PROCOS_INCIDENT_NO_FLOW({
        element,
        conditions: listed(' They are ', place, 'conditionExpression'),
        next,
      }),
  ],
  [
    /condition expression returns (null|non-Boolean: .*)/,
    ([, given = ''], { place, element, next }) =>
      incidentErrors.PROCOS_INCIDENT_CONDITION({
        element,
        reason: given === 'null' ? 'it gives nothing' : `it gives ${kindIn(given)}`,
        conditions: listed(' Its conditions: ', place, 'conditionExpression'),
        example: '${amount > 100}',
        next,
      }),
  ],
  [
    /no processes deployed with key '([^']*)'/,
    ([, called = ''], { element, next }) => incidentErrors.PROCOS_INCIDENT_CALLED_PROCESS({ element, called, next }),
  ],
  [
    /[Cc]annot deserialize object in variable '([^']+)'(?:: (.*))?/,
    ([, variable = '', reason], { element, next }) =>
      incidentErrors.PROCOS_INCIDENT_VARIABLE_UNREADABLE({
        variable,
        element,
        reason: reason ?? 'its kind is not known',
        next,
      }),
  ],
  [
    /(?:process )?(?:definition|instance)\b.*\bis suspended/i,
    ([reason = ''], { element, next }) =>
      incidentErrors.PROCOS_INCIDENT_SUSPENDED({ element, reason: withoutStop(reason), next }),
  ],
  [
    /(?:Unknown (?:property|method) used in|Error while evaluating) expression: ([$#]\{.*?\})\. Cause: (.*)/s,
    ([, expression = '', reason = ''], { element, next }) =>
      incidentErrors.PROCOS_INCIDENT_EXPRESSION({ expression, element, reason: withoutStop(plain(reason)), next }),
  ],
];

/** The failure in our words. What the engine or a worker said otherwise stays as it is, without class names and numbers of the engine. */
export function toldCause(cause: Cause): ProcosError {
  const { reason, place, byWorker, advice, next } = cause;
  const element = place.element?.name === undefined ? place.activityId : `${place.activityId} (${place.element.name})`;
  for (const [sentence, tell] of sentences) {
    const match = sentence.exec(reason);
    if (match !== null) return tell(match, { ...cause, element });
  }
  if (!byWorker) return incidentErrors.PROCOS_INCIDENT_STEP({ reason: plain(reason), next });
  return incidentErrors.PROCOS_INCIDENT_TASK({
    reason: plain(reason),
    advice: advice === undefined ? 'Correct what the message says. ' : `${advice} `,
    next,
  });
}

function noCollection({ reason, place, element, next }: Cause & { readonly element: string }): ProcosError {
  const quoted = /Expression '(.*?)' didn't|Variable '([^']+)'/.exec(reason);
  const variable = quoted?.[2];
  const expression =
    quoted?.[1] ??
    (variable === undefined ? undefined : `\${${variable}}`) ??
    textAt(place, 'collection') ??
    'its collection';
  return incidentErrors.PROCOS_INCIDENT_COLLECTION({ element, expression, next });
}

function noTime(
  given: string | undefined,
  { place, element, next }: Cause & { readonly element: string },
): ProcosError {
  const expressions = timers(place).map(({ text }) => text);
  return incidentErrors.PROCOS_INCIDENT_TIMER({
    element,
    value: given === undefined || given === '' ? '' : `: "${given}" is none`,
    expressions: expressions.length === 0 ? '' : ` It stands in ${expressions.join(', ')}.`,
    next,
  });
}

function timers({ element }: FailedPlace): readonly PlacedExpression[] {
  return element?.expressions.filter(({ place }) => /^time(?:Duration|Date|Cycle)$/.test(place)) ?? [];
}

function textAt({ element }: FailedPlace, place: string): string | undefined {
  return element?.expressions.find((expression) => expression.place === place)?.text;
}

function listed(before: string, { element }: FailedPlace, place: string): string {
  const texts = element?.expressions.filter((expression) => expression.place === place).map(({ text }) => text) ?? [];
  return texts.length === 0 ? '' : `${before}${texts.join(' and ')}.`;
}

/** `java.lang.String` in a sentence of the engine, as a kind of value. */
function kindIn(sentence: string): string {
  const kind = /class (?:\w+\.)*(\w+)/.exec(sentence)?.[1] ?? 'something else';
  const words: Readonly<Record<string, string>> = {
    String: 'text',
    Integer: 'a number',
    Long: 'a number',
    Double: 'a number',
  };
  return words[kind] ?? kind;
}
