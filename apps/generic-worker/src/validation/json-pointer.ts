import type { ErrorObject } from 'ajv';

/** A JSON Pointer to a member of what another pointer leads to. Source: RFC 6901, 3. */
export function pointerTo(parent: string, name: string | number): string {
  return `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Where a rule is broken: a member that is missing or too many is named itself, not what holds it. */
export function pointerOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as Readonly<Record<string, unknown>>;
  const name = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return typeof name === 'string' ? pointerTo(instancePath, name) : instancePath;
}
