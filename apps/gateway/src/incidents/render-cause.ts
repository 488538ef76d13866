import { type EngineFault, engineFault } from '@procos/engine-client';
import type { ProcosError } from '@procos/errors';
import type { PlacedExpression } from '@procos/process-model';
import { incidentErrors } from './errors.ts';
import type { FailedPlace } from './failed-element.ts';
import { plain, withoutStop } from './plain-sentence.ts';

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

/** The failure in our words. What the engine or a worker said otherwise stays as it is, without class names and numbers of the engine. */
export function renderCause(cause: Cause): ProcosError {
  const { reason, place, byWorker, advice, next } = cause;
  const fault = engineFault(reason);
  if (fault !== undefined) return renderFault(fault, { next, place, element: shownElement(place) });
  if (!byWorker) return incidentErrors.PROCOS_INCIDENT_STEP({ reason: plain(reason), next });
  return incidentErrors.PROCOS_INCIDENT_TASK({
    reason: plain(reason),
    advice: advice === undefined ? 'Correct what the message says. ' : `${advice} `,
    next,
  });
}

function shownElement({ activityId, element }: FailedPlace): string {
  return element?.name === undefined ? activityId : `${activityId} (${element.name})`;
}

interface Where extends Pick<Cause, 'next' | 'place'> {
  readonly element: string;
}

/** What a fault of the engine means for the model. */
function renderFault(fault: EngineFault, where: Where): ProcosError {
  const { element, next } = where;
  switch (fault.kind) {
    case 'variable-missing':
      return incidentErrors.PROCOS_INCIDENT_VARIABLE_MISSING({ ...fault, element, next });
    case 'no-collection':
    case 'no-time':
    case 'no-flow':
    case 'no-condition':
      return renderModelFault(fault, where);
    case 'no-process':
      return incidentErrors.PROCOS_INCIDENT_CALLED_PROCESS({ element, called: fault.key, next });
    case 'unreadable-variable': {
      const { variable, reason = 'its kind is not known' } = fault;
      return incidentErrors.PROCOS_INCIDENT_VARIABLE_UNREADABLE({ variable, element, reason, next });
    }
    case 'suspended':
      return incidentErrors.PROCOS_INCIDENT_SUSPENDED({ element, reason: withoutStop(fault.sentence), next });
    case 'expression':
      return incidentErrors.PROCOS_INCIDENT_EXPRESSION({
        expression: fault.expression,
        element,
        reason: withoutStop(plain(fault.reason)),
        next,
      });
  }
}

type ModelFault = Extract<EngineFault, { kind: 'no-collection' | 'no-time' | 'no-flow' | 'no-condition' }>;

/** Of what stands in the model, more is shown than the engine says. */
function renderModelFault(fault: ModelFault, where: Where): ProcosError {
  const { element, place, next } = where;
  switch (fault.kind) {
    case 'no-collection': {
      const expression = fault.expression ?? textAt(place, 'collection') ?? 'its collection';
      return incidentErrors.PROCOS_INCIDENT_COLLECTION({ element, expression, next });
    }
    case 'no-time':
      return noTime(fault.given, where);
    case 'no-flow':
      return incidentErrors.PROCOS_INCIDENT_NO_FLOW({
        element,
        conditions: listed(' They are ', place, 'conditionExpression'),
        next,
      });
    case 'no-condition':
      return incidentErrors.PROCOS_INCIDENT_CONDITION({
        element,
        reason: fault.given === undefined ? 'it gives nothing' : `it gives ${kindOf(fault.given)}`,
        conditions: listed(' Its conditions: ', place, 'conditionExpression'),
        example: '${amount > 100}',
        next,
      });
  }
}

function noTime(given: string | undefined, { place, element, next }: Where): ProcosError {
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

/** A Java class as a kind of value. */
function kindOf(javaClass: string): string {
  const words: Readonly<Record<string, string>> = {
    String: 'text',
    Integer: 'a number',
    Long: 'a number',
    Double: 'a number',
  };
  return words[javaClass] ?? javaClass;
}
