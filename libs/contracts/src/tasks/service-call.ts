import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Asks a registered service by its name. */
export const serviceCall = defineTaskContract({
  topic: 'service_call',
  title: 'Call a service',
  description: 'Looks a service up by name in the directory and asks it. The path cannot lead to another server.',
  input: Type.Object({
    service_name: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Name under which the service is registered.',
    }),
    method: Type.Optional(
      Type.Union(
        methods.map((method) => Type.Literal(method)),
        { default: 'GET', description: 'HTTP method, in capitals.' },
      ),
    ),
    path: Type.String({ maxLength: 8_000, description: 'Path and query on that service, starting with `/`.' }),
    body: Type.Optional(Type.Unknown({ description: 'Body: text is sent as it is, anything else as JSON.' })),
    headers: Type.Optional(
      Type.Union([Type.Object({}), Type.String()], { description: 'Request headers, as an object or JSON text.' }),
    ),
    timeout: Type.Optional(
      Type.Number({
        default: 30,
        exclusiveMinimum: 0,
        maximum: 600,
        description: 'How long the call may take, in seconds.',
      }),
    ),
  }),
  output: Type.Object({
    status_code: Type.Integer({ description: 'HTTP status of the answer.' }),
    response: Type.Unknown({ description: 'Body of the answer: JSON when the service says so, otherwise text.' }),
    success: Type.Literal(true, { description: 'An answer that is no success is the error SERVICE_FAILED.' }),
  }),
  bpmnErrors: [
    { code: 'SERVICE_NOT_FOUND', when: 'Nobody is registered under the name.' },
    {
      code: 'SERVICE_FAILED',
      when: 'The service answered, but not with success (the variables status_code and response tell how), or its address may not be asked.',
    },
  ],
});
