import { type FailureRow, processOf, taskOf } from './failure-row.ts';

const topics = [
  'http_request',
  'data_transform',
  'data_validation',
  'input_validation',
  'email_validation',
  'file_operation',
  'response_formatting',
  'service_call',
  'email_send',
  'ai_query',
  'provider_selection',
  'component_restart',
];
const error =
  '<error id="err" name="Order refused" errorCode="ORDER_REFUSED" camunda:errorMessage="Order ${number} is refused"/>';
const silent = '<error id="err" name="Order refused" errorCode="ORDER_REFUSED"/>';
const errorEnd = '<endEvent id="refused" name="Refused"><errorEventDefinition id="e" errorRef="err"/></endEvent>';
const call = (called: string): string =>
  `<callActivity id="ask_other" calledElement="${called}"><extensionElements><camunda:in variables="all"/></extensionElements></callActivity>`;

/** For each topic a process with one task that takes the variables of the request; and processes that end in an error. */
export const workerModels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(topics.map((topic) => [`told_${topic}`, processOf(`told_${topic}`, [taskOf('work', topic)])])),
  told_error_end: processOf('told_error_end', [], { errors: error, end: errorEnd }),
  told_silent_end: processOf('told_silent_end', [], { errors: silent, end: errorEnd }),
  told_called_error: processOf('told_called_error', [call('told_error_end')]),
};

type Rest = readonly [
  what: string,
  topic: string,
  variables: Readonly<Record<string, unknown>>,
  words: readonly string[],
  code?: string,
];

const stuck = ([what, topic, variables, words, code = 'PROCOS_INCIDENT_TASK']: Rest): FailureRow => ({
  what,
  process: `told_${topic}`,
  variables,
  leadsTo: 'incident',
  place: `work in told_${topic}`,
  code,
  words,
});
const failed = ([what, topic, variables, words, code = 'UNKNOWN_ERROR']: Rest): FailureRow => ({
  what,
  process: `told_${topic}`,
  variables,
  leadsTo: 'failed end',
  place: `work in told_${topic}`,
  code,
  words,
});

/** Places of services that stand beside the system. */
export interface Outside {
  /** A web server that answers `/503` with that status, `/slow` never, anything else with 200. */
  readonly web: string;
}

/** A call of an adapter, as the variables of a service call. */
function message(service: string, method: string, parameters: object): Readonly<Record<string, unknown>> {
  return { service_name: service, method: 'POST', path: '/call', body: { method, parameters } };
}

/** What workers refuse, and what they are refused. */
export function workerFailures({ web }: Outside): readonly FailureRow[] {
  return [
    ...(
      [
        [
          'a method in small letters',
          'http_request',
          { url: `${web}/`, method: 'get' },
          ['method must be one of "GET", "HEAD", "POST"', 'did you mean "GET"?'],
        ],
        ['no address', 'http_request', {}, ['Missing required parameter: url']],
        ['an address that is a list', 'http_request', { url: ['a'] }, ['url must be text, list given']],
        [
          'a time-out beyond all bounds',
          'http_request',
          { url: `${web}/`, timeout: 100_000 },
          ['timeout must be at most 600'],
        ],
        ['a header that is no JSON', 'http_request', { url: `${web}/`, headers: '{"a":' }, ['headers']],
        ['a web server that never answers', 'http_request', { url: `${web}/slow`, timeout: 1 }, ['1']],
        [
          'an unknown kind of transformation',
          'data_transform',
          { data: 1, transformation_type: 'maping', transformation_config: '{}' },
          ['transformation_type must be one of "expression", "mapping"', 'did you mean "mapping"?'],
        ],
        [
          'a transformation that is no expression',
          'data_transform',
          { data: 1, transformation_type: 'expression', transformation_config: '{"expression":"(("}' },
          ['expression'],
        ],
        [
          'settings of a transformation that are no JSON',
          'data_transform',
          { data: 1, transformation_type: 'expression', transformation_config: '{"a":' },
          ['transformation_config'],
        ],
        ['rules that are no schema', 'data_validation', { data: 1, validation_rules: '{"type":"txt"}' }, ['type']],
        ['no rules', 'data_validation', { data: 1 }, ['Missing required parameter: validation_rules']],
        [
          'an unknown file operation',
          'file_operation',
          { operation: 'reed', file_path: 'a.txt' },
          ['operation must be one of', 'did you mean "read"?'],
        ],
        [
          'an unknown format',
          'response_formatting',
          { data: 'x', format_type: 'jsn' },
          ['format_type must be one of', 'did you mean "json"?'],
        ],
        ['a mail without a recipient', 'email_send', { subject: 'Hello', body: 'Hello' }, ['to_email']],
        [
          'a mail for which the server has no room',
          'email_send',
          { to_email: 'full@example.com', subject: 'Hello', body: 'Hello' },
          ['452', 'Mailbox full'],
        ],
        ['an unknown provider', 'ai_query', { user_query: 'x', provider: 'opnai' }, ['openai']],
        [
          'a key that the provider refuses',
          'ai_query',
          { user_query: 'wrong-key', provider: 'openai' },
          ['401', 'Incorrect API key provided'],
        ],
        [
          'a provider that has too much to do',
          'ai_query',
          { user_query: 'busy', provider: 'openai' },
          ['503', 'overloaded'],
        ],
        [
          'a model that the provider does not have',
          'ai_query',
          { user_query: 'no-model', provider: 'openai' },
          ['404', 'does not exist'],
        ],
        ['a provider that is not there', 'ai_query', { user_query: 'x', provider: 'ollama' }, ['Ollama']],
        ['no question', 'ai_query', { provider: 'openai' }, ['Missing required parameter: user_query']],
      ] satisfies readonly Rest[]
    ).map(stuck),
    ...(
      [
        ['an address that is none', 'http_request', { url: 'htp:/x' }, ['htp'], 'HTTP_REFUSED'],
        [
          'a mail that the server refuses',
          'email_send',
          { to_email: 'nobody@example.com', subject: 'Hello', body: 'Hello' },
          ['No such user here'],
          'EMAIL_REFUSED',
        ],
        [
          'a component that nobody can restart',
          'component_restart',
          { component: 'nobody' },
          ['nobody'],
          'RECOVERY_FAILED',
        ],
        [
          'a channel that Slack does not know',
          'service_call',
          message('slack-adapter', 'send_message', { channel: 'C0123456789', text: 'Hello' }),
          ['channel_not_found'],
          'SERVICE_FAILED',
        ],
        [
          'a mail without a recipient, by the adapter',
          'service_call',
          message('email-adapter', 'send_email', { to: 'nobody@example.com', subject: 'Hello', body: 'Hello' }),
          ['to_email is required'],
          'SERVICE_FAILED',
        ],
        [
          'a method that an adapter does not have',
          'service_call',
          message('slack-adapter', 'send_mesage', {}),
          ['send_mesage'],
          'SERVICE_FAILED',
        ],
        ['an address inside', 'http_request', { url: 'http://10.0.0.1/' }, ['10.0.0.1'], 'HTTP_REFUSED'],
        [
          'a way out of the file folder',
          'file_operation',
          { operation: 'read', file_path: '../../etc/passwd' },
          ['etc/passwd'],
          'FILE_REFUSED',
        ],
        [
          'a file that is not there',
          'file_operation',
          { operation: 'read', file_path: 'nowhere.txt' },
          ['nowhere.txt'],
          'FILE_NOT_FOUND',
        ],
        [
          'a service that nobody knows',
          'service_call',
          { service_name: 'nobody', path: '/' },
          ['nobody'],
          'SERVICE_NOT_FOUND',
        ],
      ] satisfies readonly Rest[]
    ).map(failed),
    {
      what: 'an error end with a message',
      process: 'told_error_end',
      variables: { number: 7 },
      leadsTo: 'failed end',
      place: 'refused in told_error_end',
      code: 'ORDER_REFUSED',
      words: ['Order 7 is refused'],
    },
    {
      what: 'an error end without a message',
      process: 'told_silent_end',
      leadsTo: 'failed end',
      place: 'refused in told_silent_end',
      code: 'ORDER_REFUSED',
      words: ['Refused'],
    },
    {
      what: 'an error end of a called process',
      process: 'told_called_error',
      variables: { number: 8 },
      leadsTo: 'failed end',
      place: 'refused in told_error_end',
      code: 'ORDER_REFUSED',
      words: ['Order 8 is refused', 'ask_other in told_called_error'],
    },
    {
      what: 'a question that the provider refuses to answer',
      process: 'ai_query_process',
      question: 'wrong-key please',
      leadsTo: 'incident',
      place: 'ask_ai in ai_query_process',
      code: 'PROCOS_INCIDENT_TASK',
      words: ['401', 'Incorrect API key provided'],
    },
  ];
}
