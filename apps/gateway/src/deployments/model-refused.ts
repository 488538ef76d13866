import { type Finding, gatewayRoutes, type ModelRefused, operationFinder } from '@procos/contracts';
import { toWireError } from '@procos/errors';
import { gatewayErrors } from '../errors.ts';

const operationsIn = operationFinder(Object.values(gatewayRoutes));

/** A person reads this many findings in the message; all of them are in `findings`. */
const mostShown = 10;

/** The answer to models that cannot be deployed: the message names every file, element, rule and remedy. */
export function modelRefused(findings: readonly Finding[]): ModelRefused {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const lines = errors.slice(0, mostShown).map(renderFinding);
  if (errors.length > mostShown) lines.push(`and ${errors.length - mostShown} more`);
  const error = gatewayErrors.PROCOS_GATEWAY_MODEL_REFUSED({
    count: errors.length === 1 ? 'one error' : `${errors.length} errors`,
    list: lines.map((line) => `\n  - ${line}`).join(''),
    findings: errors.map(renderFinding),
  });
  return { ...toWireError(error, operationsIn).body, findings: [...findings] };
}

function renderFinding({ file, elementId, line, rule, message, remedy }: Finding): string {
  const place = [file, elementId, line === undefined ? '' : `line ${line}`]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
  return `${place === '' ? '' : `${place}: `}${message} [${rule}] ${remedy}`;
}
