// What libs/api-client is made from: types, calls and shapes, out of the OpenAPI document of the gateway.
import openapiTS, { astToString } from 'openapi-typescript';
import { type Operation, operationsOf, type OpenApi } from './openapi-operations.ts';
import { shapeOf } from './shapes.ts';

const folder = 'libs/api-client/src/generated';
const head = '// Generated from the OpenAPI document of the gateway by npm run generate. Do not edit.\n';

/** @param event the schema of what the stream of events carries, which the document calls a text */
export async function apiClientFiles(
  document: OpenApi,
  event: object,
): Promise<readonly (readonly [path: string, content: string])[]> {
  const { schemas } = document.components;
  // A copy: what is said of a schema by symbols or ids is not for the types.
  const whole = JSON.parse(
    JSON.stringify({ ...document, components: { schemas: { ...schemas, Event: { ...event, $id: undefined } } } }),
  ) as OpenApi;
  const types = await openapiTS(JSON.stringify(whole), { defaultNonNullable: false, emptyObjectsUnknown: true });
  const operations = operationsOf(whole);
  return [
    [`${folder}/gateway-types.ts`, `${head}\n${astToString(types)}`],
    [`${folder}/gateway-shapes.ts`, shapesFile(whole, operations)],
    [`${folder}/gateway-calls.ts`, callsFile(operations)],
  ];
}

function shapesFile(document: OpenApi, operations: readonly Operation[]): string {
  const named = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, shapeOf(schema)]),
  );
  const plans = Object.fromEntries(
    operations.map(({ operationId, method, path, answer }) => [
      operationId,
      { method, path, answer: shapeOf(answer.schema), isJson: answer.mediaType === 'application/json' },
    ]),
  );
  return `${head}import type { Plan, Shape } from '../shape.ts';
import type { components, operations } from './gateway-types.ts';

/** The shapes that the answers refer to, by name. */
export const namedShapes: Readonly<Record<keyof components['schemas'], Shape>> = ${JSON.stringify(named, null, 2)};

/** How each operation is called, and what its answer looks like. */
export const plans: Readonly<Record<keyof operations, Plan>> = ${JSON.stringify(plans, null, 2)};
`;
}

function callsFile(all: readonly Operation[]): string {
  // A stream has no answer to wait for.
  const operations = all.filter(({ answer }) => answer.mediaType !== 'text/event-stream');
  const lists = operations.filter(({ list }) => list !== undefined);
  return `${head}import type { Call, CallOptions } from '../call.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Answer, ItemOf, RequestOf } from '../operation-types.ts';

/** One function for each operation, under its operation id. */
export interface GatewayCalls {
${operations.map(declaredCall).join('')}}

/** The lists that are given page by page, whole: under the operation id of one page. */
export interface GatewayLists {
${lists.map(declaredList).join('')}}

export function gatewayCalls(call: Call): GatewayCalls {
  return {
${operations.map(({ operationId }) => `    ${operationId}: (request, options) => call('${operationId}', request, options),\n`).join('')}  };
}

export function gatewayLists(calls: GatewayCalls): GatewayLists {
  return {
${lists.map(listMade).join('')}  };
}
`;
}

function declaredCall({ operationId, summary, needsRequest }: Operation): string {
  const request = `request${needsRequest ? '' : '?'}: RequestOf<'${operationId}'>`;
  return `  /** ${summary} */\n  ${operationId}(${request}, options?: CallOptions): Promise<Answer<'${operationId}'>>;\n`;
}

function declaredList({ operationId, summary, list = '', needsRequest }: Operation): string {
  const request = `request${needsRequest ? '' : '?'}: RequestOf<'${operationId}'>`;
  const items = `Listing<ItemOf<'${operationId}', '${list}'>>`;
  return `  /** ${summary} */\n  ${operationId}(${request}, options?: CallOptions): ${items};\n`;
}

function listMade({ operationId, list = '', needsRequest }: Operation): string {
  const request = needsRequest ? 'request' : 'request = {}';
  return `    ${operationId}: (${request}, options) =>
      listingOf(async (page) => {
        const { ${list}: items, total } = await calls.${operationId}({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
`;
}
