import { fromWireError, ProcosError, type NamedOperation, type ProcosErrorFields } from '@procos/errors';
import { namedShapes } from './generated/gateway-shapes.ts';
import type { Schema } from './operation-types.ts';
import { misfit } from './shape.ts';

export type { NamedOperation } from '@procos/errors';

/** What a refusal says beside what every error says. */
interface BesideError {
  readonly details: Readonly<Record<string, unknown>>;
  readonly operations?: readonly NamedOperation[] | undefined;
}

/** An error that the gateway has answered with: code, message and remedy are its own. */
export class GatewayRefusal extends ProcosError {
  /** The answer as it came, its `error` left out, such as the findings of a lint. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The calls that the remedy names, in its order; `undefined` when the gateway does not say. */
  readonly operations: readonly NamedOperation[] | undefined;

  constructor(fields: ProcosErrorFields, { details, operations }: BesideError) {
    super(fields);
    this.name = 'GatewayRefusal';
    this.details = details;
    this.operations = operations;
  }
}

/** The refusal that an answer holds; `undefined` when it holds none. */
export function refusalIn(status: number, body: unknown): GatewayRefusal | undefined {
  const error = fromWireError(status, body);
  if (error === undefined || typeof body !== 'object' || body === null) return undefined;
  const details = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'error'));
  return new GatewayRefusal(error, { details, operations: isWhole(body) ? body.error.operations : undefined });
}

/** An older gateway, or what stands before it, may say less. */
function isWhole(body: unknown): body is Schema<'ErrorAnswer'> {
  return misfit(body, namedShapes.ErrorAnswer, namedShapes) === undefined;
}
