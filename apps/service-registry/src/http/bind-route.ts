import { compileCheck, type RouteContract, type RouteInput, type RouteReply, tellFaults } from '@procos/contracts';
import type { Express, Request, Response } from 'express';
import { serviceRegistryErrors } from '../errors.ts';
import { apiError } from './api-error.ts';

const parts = { params: 'path', query: 'query', body: 'body' } as const;

/**
 * Adds a route to an express app. Its handler is given input that keeps the contract and can only answer as the contract
 * says, or answers `undefined` when it writes to the response by itself.
 */
export function bindRoute<Contract extends RouteContract>(
  app: Express,
  contract: Contract,
  handle: (input: RouteInput<Contract>, response: Response) => Promise<RouteReply<Contract> | undefined>,
): void {
  const checkInput = inputCheck(contract);
  app[contract.method](contract.path, async (request, response) => {
    const input = checkInput(request) as RouteInput<Contract>;
    try {
      const reply = await handle(input, response);
      if (reply !== undefined) response.status(Number(reply.status)).json(reply.body);
    } catch (thrown) {
      throw apiError(thrown);
    }
  });
}

/** One answer: HTTP status and body. */
export function reply<const Status extends number, Body>(
  status: Status,
  body: Body,
): { readonly status: Status; readonly body: Body } {
  return { status, body };
}

function inputCheck(contract: RouteContract): (request: Request) => unknown {
  const checks = {
    params: compileCheck(contract.params),
    query: compileCheck(contract.query),
    body: compileCheck(contract.body),
  };
  return (request) => {
    const given = {
      params: request.params,
      query: { ...request.query },
      body: contract.hasBody ? ((request.body as unknown) ?? {}) : {},
    };
    const checked = (part: keyof typeof checks) => {
      const result = checks[part](given[part]);
      if (result.ok) return result.value;
      const { method, path, operationId: operation } = contract;
      throw serviceRegistryErrors.PROCOS_REGISTRY_INPUT({
        part: parts[part],
        method: method.toUpperCase(),
        path,
        operation,
        faults: tellFaults(result.faults),
      });
    };
    return { params: checked('params'), query: checked('query'), headers: {}, body: checked('body') };
  };
}
