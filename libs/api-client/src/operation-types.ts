import type { components, operations } from './generated/gateway-types.ts';

/** The name of a call, as the OpenAPI document gives it. */
export type OperationId = keyof operations;

type Parameters<Operation> = Operation extends { readonly parameters: infer Given } ? Omit<Given, 'cookie'> : unknown;

type Body<Operation> = Operation extends { readonly requestBody: { readonly content: infer Content } }
  ? { readonly body: Content[keyof Content] }
  : Operation extends { readonly requestBody?: { readonly content: infer Content } }
    ? { readonly body?: Content[keyof Content] }
    : unknown;

/** What an operation takes: `path`, `query` and `header` by name, and its `body`. */
export type RequestOf<Id extends OperationId> = Parameters<operations[Id]> & Body<operations[Id]>;

type Good = 200 | 201 | 202;

type ContentOf<Reply> = Reply extends { readonly content: infer Content } ? Content[keyof Content] : never;

/** What an operation answers when all is well. */
export type Answer<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses'] & Good]: ContentOf<operations[Id]['responses'][Status]>;
}[keyof operations[Id]['responses'] & Good];

/** An entry of a list. */
export type ItemOf<
  Id extends OperationId,
  List extends keyof Answer<Id>,
> = Answer<Id>[List] extends readonly (infer Item)[] ? Item : never;

/** A schema of the document, by its name there. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** What has happened: a CloudEvents document. */
export type GatewayEvent = Schema<'Event'>;
