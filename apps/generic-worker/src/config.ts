import { type ConfigField, integer, list, text } from '@procos/config';
import { mailDnsFields, mailPolicyFields, smtpFields } from '@procos/mail';
import { engineFields, serviceFields, workerFields } from '@procos/service-kit';
import { createAddressGuard } from './http/address-guard.ts';
import { defaultRequestBytes } from './http/request-body.ts';
import { parseSecrets, type Secrets } from './http/secret-references.ts';
import { parseServiceRecords } from './services/service-records.ts';

/** Host names, addresses and ranges, checked at start. */
function allowList(env: string, doc: string): ConfigField<readonly string[]> {
  const field = list(env, { default: [], doc });
  const parse = (value: string): readonly string[] => {
    const allow = field.parse(value);
    createAddressGuard({ allow });
    return allow;
  };
  return { ...field, parse };
}

/** Settings of the generic worker. */
export const genericWorkerFields = {
  ...serviceFields({ name: 'generic-worker', port: 8094 }),
  ...engineFields(),
  ...workerFields(),
  fileRoot: text('PROCOS_FILE_ROOT', { default: '.procos/files', doc: 'Folder that file operations cannot leave.' }),
  maxFileBytes: integer('PROCOS_FILE_MAX_BYTES', {
    default: 10_485_760,
    min: 1,
    doc: 'Largest file that is read or written, in bytes.',
  }),
  fileInlineBytes: integer('PROCOS_FILE_INLINE_BYTES', {
    default: 1_048_576,
    min: 0,
    doc: 'A file of more bytes is read as a File variable of the engine instead of text.',
  }),
  fileQuotaBytes: integer('PROCOS_FILE_QUOTA_BYTES', {
    default: 1_073_741_824,
    min: 1,
    doc: 'What all files in the folder may take together, in bytes.',
  }),
  fileMaxCount: integer('PROCOS_FILE_MAX_COUNT', {
    default: 10_000,
    min: 1,
    doc: 'How many files there may be in the folder and below it.',
  }),
  httpAllow: allowList(
    'PROCOS_HTTP_ALLOW',
    'Host names, addresses and CIDR ranges that HTTP requests may reach although they are local, private or reserved.',
  ),
  httpMaxBytes: integer('PROCOS_HTTP_MAX_BYTES', {
    default: 5_242_880,
    min: 1,
    doc: 'Largest HTTP answer, compressed or not, in bytes.',
  }),
  httpMaxRequestBytes: integer('PROCOS_HTTP_MAX_REQUEST_BYTES', {
    default: defaultRequestBytes,
    min: 1,
    doc: 'Largest body of an HTTP request or a call of a service, in bytes.',
  }),
  transformTimeMs: integer('PROCOS_TRANSFORM_TIME_MS', {
    default: 5_000,
    min: 100,
    max: 600_000,
    doc: 'Longest time of one data transformation, in milliseconds.',
  }),
  transformMemoryMb: integer('PROCOS_TRANSFORM_MEMORY_MB', {
    default: 128,
    min: 32,
    max: 4_096,
    doc: 'Memory of one data transformation, in megabytes; two run at once.',
  }),
  transformMaxCharacters: integer('PROCOS_TRANSFORM_MAX_CHARACTERS', {
    default: 5_242_880,
    min: 1,
    doc: 'Longest data, as JSON text, that go into a data transformation or come out.',
  }),
  ...mailPolicyFields(),
  ...mailDnsFields(),
  ...smtpFields(),
  services: serviceRecords(),
  secrets: secretValues(),
} as const;

function serviceRecords(): ConfigField<ReturnType<typeof parseServiceRecords>> {
  const doc = 'Services that can be called by name when no directory is given: a JSON list of registration records.';
  return {
    env: 'PROCOS_SERVICES',
    type: 'JSON',
    doc,
    defaultText: '[]',
    required: false,
    secret: false,
    parse: parseServiceRecords,
    fallback: [],
  };
}

function secretValues(): ConfigField<Secrets> {
  const doc =
    'Secrets for headers of HTTP requests, each for one host, of at least 8 characters: JSON `{"NAME": {"host": "api.example.com", "value": "…"}}`; a model writes `secret://NAME`.';
  return {
    env: 'PROCOS_SECRETS',
    type: 'secret JSON',
    doc,
    defaultText: '{}',
    required: false,
    secret: true,
    parse: parseSecrets,
    fallback: new Map(),
  };
}
