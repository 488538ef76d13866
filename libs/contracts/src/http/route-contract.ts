import { type Static, type TObject, type TSchema, Type } from 'typebox';

/** One answer of a route that is not an error. */
export interface ReplyContract<Body extends TSchema = TSchema> {
  readonly description: string;
  readonly body: Body;
  /** @default 'application/json' */
  readonly mediaType?: string;
}
export type ReplyContracts = Readonly<Record<number, ReplyContract>>;

export type HttpMethod = 'get' | 'post' | 'delete';

/** One route of a public API: what a caller sends and what comes back. The server, its document and its clients are made from it. */
export interface RouteContract<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Headers extends TObject = TObject,
  Body extends TObject = TObject,
  Replies extends ReplyContracts = ReplyContracts,
> {
  readonly method: HttpMethod;
  /** Parameters are written as `:name`. */
  readonly path: string;
  /** Unique within one API; the name of the call in generated clients. */
  readonly operationId: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly body: Body;
  /** False when the route takes no body at all. */
  readonly hasBody: boolean;
  readonly replies: Replies;
  /** HTTP status → when the route answers with this error. Errors that every route may give are not repeated here. */
  readonly errors: Readonly<Record<number, string>>;
}

type Declaration<
  Params extends TObject,
  Query extends TObject,
  Headers extends TObject,
  Body extends TObject,
  Replies extends ReplyContracts,
> = Pick<RouteContract, 'method' | 'path' | 'operationId' | 'summary'> & {
  readonly params?: Params;
  readonly query?: Query;
  readonly headers?: Headers;
  readonly body?: Body;
  readonly replies: Replies;
  readonly errors?: Readonly<Record<number, string>>;
};

const nothing = Type.Object({});

/** Declares a route. Parts that are left out take nothing. */
export function defineRoute<
  const Replies extends ReplyContracts,
  Params extends TObject = typeof nothing,
  Query extends TObject = typeof nothing,
  Headers extends TObject = typeof nothing,
  Body extends TObject = typeof nothing,
>(
  declaration: Declaration<Params, Query, Headers, Body, Replies>,
): RouteContract<Params, Query, Headers, Body, Replies> {
  const { params, query, headers, body, errors = {} } = declaration;
  const absent = <Part extends TObject>(part: Part | undefined) => part ?? (nothing as TObject as Part);
  return {
    ...declaration,
    params: absent(params),
    query: absent(query),
    headers: absent(headers),
    body: absent(body),
    hasBody: body !== undefined,
    errors,
  };
}

/** What a handler of the route is given: checked, with defaults filled in. */
export type RouteInput<Route extends RouteContract> = {
  readonly params: Static<Route['params']>;
  readonly query: Static<Route['query']>;
  readonly headers: Static<Route['headers']>;
  readonly body: Static<Route['body']>;
};

/** What a handler of the route answers. */
export type RouteReply<Route extends RouteContract> = {
  [Status in keyof Route['replies'] & number]: {
    readonly status: Status;
    readonly body: Static<Route['replies'][Status]['body']>;
  };
}[keyof Route['replies'] & number];
