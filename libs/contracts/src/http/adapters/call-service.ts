import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { ErrorAnswer } from '../openapi.ts';

/** What an adapter answers when the service behind it says no for good: which error a process model would catch. */
export const AdapterRefusal = Type.Object(
  {
    ...ErrorAnswer.properties,
    refusal: Type.Object({
      code: Type.String({ description: 'Code of the BPMN error, for example `EMAIL_REFUSED`.' }),
      variables: Type.Record(Type.String(), Type.Unknown(), { description: 'What the catching event is told.' }),
    }),
  },
  { title: 'AdapterRefusal' },
);
export type AdapterRefusal = Static<typeof AdapterRefusal>;

/** Source: `call_service(method, parameters)` of the implementation guide's adapters. */
const callService = defineRoute({
  method: 'post',
  path: '/call',
  operationId: 'callService',
  summary: 'Calls one method of the service behind the adapter.',
  headers: Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({ maxLength: 200, description: 'The same for every attempt at the same call.' }),
    ),
  }),
  body: Type.Object(
    {
      method: Type.String({ description: 'Name of the method.' }),
      parameters: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), { default: {}, description: 'What the method takes.' }),
      ),
    },
    { title: 'AdapterCall', additionalProperties: false },
  ),
  replies: {
    200: {
      description: 'What the method gives.',
      body: Type.Record(Type.String(), Type.Unknown(), { title: 'AdapterResult' }),
    },
    422: { description: 'The service says no for good: trying again does not help.', body: AdapterRefusal },
  },
  errors: {
    400: 'The parameters are not those of the method.',
    404: 'The adapter has no such method; the answer names those it has.',
    424: 'The adapter cannot work with the service: its settings are wrong.',
    503: 'The service does not work now; `Retry-After` says when to ask again.',
  },
});

/** Source: `health_check()` of the implementation guide's adapters. */
const checkAdapterHealth = defineRoute({
  method: 'get',
  path: '/health-check',
  operationId: 'checkAdapterHealth',
  summary: 'Asks whether the service behind the adapter can be reached.',
  replies: {
    200: { description: 'Whether it can.', body: Type.Object({ healthy: Type.Boolean() }, { title: 'AdapterHealth' }) },
  },
});

/** Every route of an adapter. */
export const adapterRoutes = { callService, checkAdapterHealth } as const;
