import { compileCheck, type Fault, type RouteContract, renderFaults } from '@procos/contracts';
import type { Request } from 'express';
import { serviceErrors } from '../errors.ts';

type Part = 'params' | 'query' | 'headers' | 'body';
export type Input = Readonly<Record<Part, unknown>>;

/** What an error about input says: where it was wrong and by which rules, never with which value. */
export interface InputFaults extends Readonly<Record<string, string | readonly string[]>> {
  /** `path`, `query`, `header` or `body`. */
  readonly part: string;
  readonly method: string;
  /** Of the contract. */
  readonly path: string;
  readonly operation: string;
  /** For people. */
  readonly faults: string;
  readonly fields: readonly string[];
  readonly rules: readonly string[];
}

/** How a service refuses what breaks its contract: error codes are its own. */
export interface InputErrors {
  readonly input: (faults: InputFaults) => Error;
  /** A body that is no JSON. @default PROCOS_HTTP_BODY_TYPE */
  readonly bodyType?: (request: { readonly method: string; readonly path: string }) => Error;
}

const partNames = { params: 'path', query: 'query', headers: 'header', body: 'body' } as const;

/**
 * Makes the check of a route's input.
 *
 * @returns checks one request and returns its input with defaults filled in; throws what `errors` makes of it
 */
export function inputCheck(contract: RouteContract, errors: InputErrors): (request: Request) => Input {
  const checks = {
    params: compileCheck(contract.params),
    query: compileCheck(contract.query),
    headers: compileCheck(contract.headers),
    body: compileCheck(contract.body),
  };
  return (request) => {
    const given: Input = {
      params: request.params,
      query: numbersRead(request.query, contract.query),
      headers: only(request.headers, contract.headers),
      body: contract.hasBody ? bodyOf(request, errors) : {},
    };
    const checked = (part: Part): unknown => {
      const result = checks[part](given[part]);
      if (result.ok) return result.value;
      throw errors.input(faultsOf(contract, request, part, result.faults));
    };
    return { params: checked('params'), query: checked('query'), headers: checked('headers'), body: checked('body') };
  };
}

function faultsOf(contract: RouteContract, request: Request, part: Part, faults: readonly Fault[]): InputFaults {
  return {
    part: partNames[part],
    method: request.method,
    path: contract.path,
    operation: contract.operationId,
    faults: renderFaults(faults),
    fields: faults.map((fault) => fault.path),
    rules: faults.map((fault) => fault.rule),
  };
}

/** A route whose body is optional is given an empty one. */
function bodyOf(request: Request, { bodyType = serviceErrors.PROCOS_HTTP_BODY_TYPE }: InputErrors): unknown {
  const body = request.body as unknown;
  const sent = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (sent && body === undefined) throw bodyType({ method: request.method, path: request.path });
  return body ?? {};
}

/** Query values arrive as text: where the schema wants a whole number and the text is one, it becomes one. */
function numbersRead(query: Request['query'], schema: RouteContract['query']): Record<string, unknown> {
  const wantsInteger = (name: string) => typeOf(schema.properties[name]) === 'integer';
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' && wantsInteger(name) && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  );
}

function typeOf(schema: { readonly type?: unknown } | undefined): unknown {
  return schema?.type;
}

function only(headers: Request['headers'], schema: RouteContract['headers']): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(schema.properties)
      .map((name) => [name, headers[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
}
