import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const bodyTypes = ['json', 'form', 'multipart', 'binary', 'text'] as const;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Source: generic worker of the reference, topic `http_request`. */
export const httpRequest = defineTaskContract({
  topic: 'http_request',
  title: 'HTTP request',
  description: 'Asks one web server. Private and local addresses are refused unless the operator allows them.',
  input: Type.Object({
    method: Type.Optional(
      Type.Union(
        methods.map((method) => Type.Literal(method)),
        { default: 'GET', description: 'HTTP method, in capitals.' },
      ),
    ),
    url: Type.String({ maxLength: 8_000, description: 'Absolute http or https URL without user information.' }),
    headers: Type.Optional(
      Type.Union([Type.Object({}), Type.String()], {
        description:
          'Request headers, name to text, as an object or JSON text. A value `secret://NAME` is replaced by that secret at the moment of sending.',
      }),
    ),
    params: Type.Optional(
      Type.Union([Type.Object({}), Type.String()], {
        description: 'Added to the query of the URL, as an object or JSON text.',
      }),
    ),
    data: Type.Optional(
      Type.Unknown({
        description:
          'Body: text is sent as it is, anything else as JSON, or as a form when `content-type` says so; `body_type` says otherwise.',
      }),
    ),
    body_type: Type.Optional(
      Type.Union(
        bodyTypes.map((type) => Type.Literal(type)),
        {
          description:
            'How `data` becomes the body: `json`; `form` (an object); `multipart` (an object; a file is `{content, encoding: base64 or utf-8, filename, content_type}`); `binary` (base64 text); `text`.',
        },
      ),
    ),
    response_type: Type.Optional(
      Type.Union([Type.Literal('text'), Type.Literal('base64')], {
        default: 'text',
        description: 'How the body of the answer is given: as `text` and `json`, or any bytes as `body_base64`.',
      }),
    ),
    timeout: Type.Optional(
      Type.Number({
        default: 30,
        exclusiveMinimum: 0,
        maximum: 600,
        description: 'How long the whole exchange may take, in seconds.',
      }),
    ),
  }),
  output: Type.Object({
    status_code: Type.Integer({ description: 'HTTP status of the final answer.' }),
    headers: Type.Record(Type.String(), Type.String(), {
      description:
        'Headers of the answer, names in lower case; cookies are left out. Seen by the output mappings of the task alone, so that they are not sent with the next request: `<camunda:outputParameter name="etag">${headers.etag}</camunda:outputParameter>`.',
    }),
    text: Type.String({ description: 'Body as text; empty when base64 was asked for.' }),
    json: Type.Unknown({
      description: 'Body as JSON when the answer says it is; otherwise null. Whole numbers keep all their digits.',
    }),
    json_error: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          'Why `json` is null although the answer says it is JSON: it is none, or holds a number that cannot be kept. Seen by the output mappings of the task alone.',
      }),
    ),
    body_base64: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: 'Body as base64 when that was asked for; otherwise null.',
      }),
    ),
    success: Type.Boolean({ description: 'True for a status from 200 to 299.' }),
  }),
  localOutputs: ['headers', 'json_error'],
  bpmnErrors: [
    { code: 'HTTP_REFUSED', when: 'The URL or a redirect leads to an address or scheme that may not be asked.' },
  ],
});
