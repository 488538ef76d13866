import type { JsonSchema } from './json-schema.ts';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly required: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** As much of an OpenAPI document as is read here. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** One operation, as a client has to know it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly method: string;
  /** With `{name}` for each parameter. */
  readonly path: string;
  /** Whether it cannot be called without saying anything. */
  readonly needsRequest: boolean;
  /** What it answers when all is well. */
  readonly answer: { readonly mediaType: string; readonly schema: JsonSchema };
  /** The field that holds the items, of a list that is given page by page. */
  readonly list: string | undefined;
}

/** The operations of a document, in its order. */
export function operationsOf({ paths }: OpenApi): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const { operationId, summary, parameters = [], requestBody } = operation;
      const answer = answerOf(operation);
      const isPaged = ['limit', 'offset'].every((name) => parameters.some((parameter) => parameter.name === name));
      return {
        operationId,
        summary,
        method: method.toUpperCase(),
        path,
        needsRequest: requestBody?.required === true || parameters.some(({ required }) => required),
        answer,
        list: isPaged ? Object.entries(answer.schema.properties ?? {}).find(isList)?.[0] : undefined,
      };
    }),
  );
}

/** Several answers of success are of one form: which of them it is, its status says. */
function answerOf({ operationId, responses }: OpenApiOperation): Operation['answer'] {
  const contents = Object.entries(responses).flatMap(([status, { content = {} }]) =>
    status.startsWith('2') ? Object.entries(content) : [],
  );
  const [first, ...others] = contents;
  if (first === undefined) throw new Error(`${operationId} has no answer of success`);
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new Error(`${operationId} has answers of several forms, which a client could not tell apart`);
  const [mediaType, { schema }] = first;
  return { mediaType, schema };
}

function isList([, property]: readonly [string, unknown]): boolean {
  return typeof property === 'object' && property !== null && 'type' in property && property.type === 'array';
}
