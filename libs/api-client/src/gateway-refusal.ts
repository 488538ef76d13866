import { fromWireError, ProcosError, type ProcosErrorFields } from '@procos/errors';

/** An error that the gateway has answered with: code, message and remedy are its own. */
export class GatewayRefusal extends ProcosError {
  /** The answer as it came, its `error` left out, such as the findings of a lint. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(fields: ProcosErrorFields, details: Readonly<Record<string, unknown>>) {
    super(fields);
    this.name = 'GatewayRefusal';
    this.details = details;
  }
}

/** The refusal that an answer holds; `undefined` when it holds none. */
export function refusalIn(status: number, body: unknown): GatewayRefusal | undefined {
  const error = fromWireError(status, body);
  if (error === undefined || typeof body !== 'object' || body === null) return undefined;
  return new GatewayRefusal(error, Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'error')));
}
