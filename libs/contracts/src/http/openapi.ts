import { type TObject, type TSchema, Type } from 'typebox';
import type { RouteContract } from './route-contract.ts';
import { serviceRoutes } from './service.ts';

const words = (description: string) => Type.Record(Type.String(), Type.String(), { description });

const NamedOperation = Type.Object(
  {
    call: Type.String({
      description: 'The words of the remedy that stand for it, for example `GET /v1/instances/17`.',
    }),
    operationId: Type.String({ description: 'The operation of this document.' }),
    path: words('Parameters of the path, by name.'),
    query: words('Parameters of the query, by name.'),
    body: Type.Optional(Type.Unknown()),
  },
  { title: 'NamedOperation' },
);

/** The body of every error answer. */
export const ErrorAnswer = Type.Object(
  {
    error: Type.Object({
      code: Type.String({ description: 'Stable: recognise an error by it, never by its message.' }),
      message: Type.String({ description: 'What happened.' }),
      remedy: Type.String({ description: 'What to do next.' }),
      data: Type.Record(Type.String(), Type.Unknown()),
      operations: Type.Optional(
        Type.Array(NamedOperation, {
          description: 'The calls that the remedy names, in its order: a program shows them in its own way.',
        }),
      ),
    }),
  },
  { title: 'ErrorAnswer' },
);

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of a service: its API, and what every service answers. Made from the same data that the server checks requests with. A schema with a
 * title (or `$id`) becomes a component of that name.
 */
export function openApiDocument(info: ApiInfo, api: readonly RouteContract[]): Json {
  const routes = [...api, ...Object.values<RouteContract>(serviceRoutes)];
  const components = new Map<string, unknown>();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route, components) };
  }
  return { openapi: '3.1.1', info, paths, components: { schemas: Object.fromEntries([...components].sort()) } };
}

function operation(route: RouteContract, components: Map<string, unknown>): Json {
  const { operationId, summary, params, query, headers, body, hasBody } = route;
  const parameters = [
    ...parametersIn('path', params, components),
    ...parametersIn('query', query, components),
    ...parametersIn('header', headers, components),
  ];
  const sent = asSent(body);
  const requestBody = {
    required: sent.required.length > 0,
    content: { 'application/json': { schema: named(sent, components) } },
  };
  return {
    operationId,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(hasBody ? { requestBody } : {}),
    responses: responses(route, components),
  };
}

/** A body as a caller sends it: what has a default may be left out, although a handler always has it. */
function asSent(body: TObject): Json & { readonly required: readonly string[] } {
  const withDefault = new Set(
    Object.entries(body.properties).flatMap(([name, property]) => ('default' in property ? [name] : [])),
  );
  const required: readonly string[] = body.required ?? [];
  return { ...body, required: required.filter((name) => !withDefault.has(name)) };
}

function parametersIn(
  place: 'path' | 'query' | 'header',
  schema: TObject,
  components: Map<string, unknown>,
): readonly Json[] {
  return Object.entries(schema.properties).map(([name, property]) => {
    const { description, ...rest } = property as TSchema & { description?: string; default?: unknown };
    return {
      name,
      in: place,
      // A parameter with a default may be left out by the caller, although a handler always has it.
      required: schema.required?.includes(name) === true && rest.default === undefined,
      ...(description === undefined ? {} : { description }),
      schema: named(rest, components),
    };
  });
}

function responses({ replies, errors }: RouteContract, components: Map<string, unknown>): Json {
  const answers: Json = {};
  const errorContent = { 'application/json': { schema: named(ErrorAnswer, components) } };
  for (const [status, { description, body, mediaType = 'application/json' }] of Object.entries(replies)) {
    answers[status] = { description, content: { [mediaType]: { schema: named(body, components) } } };
  }
  for (const [status, description] of Object.entries(errors)) answers[status] = { description, content: errorContent };
  answers['default'] = { description: 'Any other error.', content: errorContent };
  return answers;
}

/** A copy of a schema in which every named schema is a reference to its component. */
function named(schema: unknown, components: Map<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => named(item, components));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $id, ...plain } = schema as Json;
  const name = $id ?? plain['title'];
  const copy = () => Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, named(value, components)]));
  // `title` may also be the name of a property of the data described; a component's name is always a text.
  if (typeof name !== 'string') return copy();
  if (!components.has(name)) {
    components.set(name, undefined);
    components.set(name, copy());
  }
  return { $ref: `#/components/schemas/${name}` };
}
