import { Type } from 'typebox';
import { defineRoute, type RouteContract } from './route-contract.ts';

const Told = (status: readonly string[]) =>
  Type.Object(
    { status: Type.Enum([...status]), service: Type.String({ description: 'Name of the service.' }) },
    { additionalProperties: true, description: 'With what the service says about itself.' },
  );

const isAlive = defineRoute({
  method: 'get',
  path: '/livez',
  operationId: 'isAlive',
  summary: 'Whether the process runs.',
  replies: { 200: { description: 'It does.', body: Told(['ok']) } },
});

const isReady = defineRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'isReady',
  summary: 'Whether the service can work now.',
  replies: {
    200: { description: 'It can.', body: Told(['ok']) },
    503: { description: 'It cannot; the body says what it waits for.', body: Told(['not_ready']) },
  },
});

const getMetrics = defineRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  summary: 'What is counted and measured, in the text format of Prometheus.',
  replies: { 200: { description: 'The metrics.', body: Type.String(), mediaType: 'text/plain' } },
});

const getDocument = defineRoute({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getDocument',
  summary: 'This document.',
  replies: {
    200: { description: 'OpenAPI 3.1.', body: Type.Object({ openapi: Type.String() }, { additionalProperties: true }) },
  },
});

/** What every service answers besides its own API. */
export const serviceRoutes = { isAlive, isReady, getMetrics, getDocument } as const satisfies Readonly<
  Record<string, RouteContract>
>;
