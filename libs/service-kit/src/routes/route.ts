import type { RouteContract, RouteInput, RouteReply } from '@procos/contracts';
import type { Response } from 'express';

/** What a handler may want to know about the call besides its input. */
export interface Call {
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

/** A route and what it does. */
export interface Route {
  readonly contract: RouteContract;
  /** Answers with a reply, or writes to the response by itself and answers `undefined`. */
  readonly handle: (
    input: never,
    call: Call,
    response: Response,
  ) => Promise<{ status: number; body: unknown } | undefined>;
}

/** Joins a contract with its handler: the handler is given checked input and can only answer as the contract says. */
export function route<Contract extends RouteContract>(
  contract: Contract,
  handle: (input: RouteInput<Contract>, call: Call) => Promise<RouteReply<Contract>>,
): Route {
  return { contract, handle };
}

/** A route that writes to the response by itself: one that stays open, or whose answers bear headers of their own. */
export function streamRoute<Contract extends RouteContract>(
  contract: Contract,
  handle: (input: RouteInput<Contract>, response: Response) => Promise<void>,
): Route {
  return {
    contract,
    handle: async (input: RouteInput<Contract>, _call: Call, response: Response) => {
      await handle(input, response);
      return undefined;
    },
  };
}

/** One answer: HTTP status and body. */
export function reply<const Status extends number, Body>(
  status: Status,
  body: Body,
): { readonly status: Status; readonly body: Body } {
  return { status, body };
}
