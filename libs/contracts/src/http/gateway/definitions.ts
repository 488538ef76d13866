import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { NullableText, ProcessKey } from './shared-schemas.ts';

export const DefinitionView = Type.Object(
  {
    id: Type.String(),
    key: Type.String(),
    name: NullableText,
    version: Type.Integer({ description: 'Counts from 1; new instances use the highest.' }),
    deploymentId: Type.String(),
    file: Type.String(),
    suspended: Type.Boolean(),
  },
  { title: 'ProcessDefinition', additionalProperties: false },
);
export type DefinitionView = Static<typeof DefinitionView>;

const definitions = Type.Object({ definitions: Type.Array(DefinitionView) }, { additionalProperties: false });
const unknown = { 404: 'No process has this key.' } as const;

export const listDefinitions = defineRoute({
  method: 'get',
  path: '/v1/process-definitions',
  operationId: 'listDefinitions',
  summary: 'List the processes that are deployed, each in its newest version.',
  replies: { 200: { description: 'The newest versions, by key.', body: definitions } },
});

export const listVersions = defineRoute({
  method: 'get',
  path: '/v1/process-definitions/:key',
  operationId: 'listVersions',
  summary: 'List all versions of a process, newest first.',
  params: Type.Object({ key: ProcessKey }),
  replies: { 200: { description: 'The versions.', body: definitions } },
  errors: unknown,
});

export const getDefinitionXml = defineRoute({
  method: 'get',
  path: '/v1/process-definitions/:key/xml',
  operationId: 'getDefinitionXml',
  summary: 'The BPMN of a process, as deployed.',
  params: Type.Object({ key: ProcessKey }),
  query: Type.Object(
    { version: Type.Optional(Type.Integer({ minimum: 1, description: 'Default: the newest.' })) },
    { additionalProperties: false },
  ),
  replies: { 200: { description: 'BPMN 2.0 XML.', body: Type.String(), mediaType: 'application/xml' } },
  errors: { 404: 'No process has this key, or the process has no such version.' },
});
