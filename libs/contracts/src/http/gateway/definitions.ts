import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { FormView } from './forms.ts';
import { paging, total } from './paging.ts';
import { EngineId, NullableText, ProcessKey } from './shared-schemas.ts';

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

const definitions = Type.Object({ definitions: Type.Array(DefinitionView), total }, { additionalProperties: false });
const query = Type.Object(paging(500), { additionalProperties: false });
const unknown = { 404: 'No process has this key.' } as const;

export const listDefinitions = defineRoute({
  method: 'get',
  path: '/v1/process-definitions',
  operationId: 'listDefinitions',
  summary: 'List the processes that are deployed, each in its newest version.',
  query,
  replies: { 200: { description: 'The newest versions, by key.', body: definitions } },
});

export const listVersions = defineRoute({
  method: 'get',
  path: '/v1/process-definitions/:key',
  operationId: 'listVersions',
  summary: 'List all versions of a process, newest first.',
  params: Type.Object({ key: ProcessKey }),
  query,
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
    {
      version: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Default: the newest.' })),
    },
    { additionalProperties: false },
  ),
  replies: { 200: { description: 'BPMN 2.0 XML.', body: Type.String(), mediaType: 'application/xml' } },
  errors: { 404: 'No process has this key, or the process has no such version.' },
});

const version = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'One version alone. Default: all of them.' }),
);
const isProtected = 'The process belongs to the system.';

export const getStartForm = defineRoute({
  method: 'get',
  path: '/v1/process-definitions/:key/start-form',
  operationId: 'getStartForm',
  summary: 'What a person is asked for before the newest version of a process starts.',
  params: Type.Object({ key: ProcessKey }),
  replies: { 200: { description: 'The form; without fields when nothing is asked for.', body: FormView } },
  errors: unknown,
});

export const DefinitionsChanged = Type.Object(
  {
    key: Type.String(),
    versions: Type.Array(Type.Integer(), { description: 'The versions that were changed.' }),
    instances: Type.Integer({ description: 'How many running instances were changed with them.' }),
  },
  { title: 'DefinitionsChanged', additionalProperties: false },
);
export type DefinitionsChanged = Static<typeof DefinitionsChanged>;

const switchBody = Type.Object(
  {
    version,
    instances: Type.Optional(
      Type.Boolean({ description: 'The running instances as well. Default: they stay as they are.' }),
    ),
  },
  { additionalProperties: false },
);

export const suspendDefinition = defineRoute({
  method: 'post',
  path: '/v1/process-definitions/:key/suspend',
  operationId: 'suspendDefinition',
  summary: 'Let no new instance of a process start, until it is resumed.',
  params: Type.Object({ key: ProcessKey }),
  body: switchBody,
  replies: { 200: { description: 'It is suspended.', body: DefinitionsChanged } },
  errors: { 404: 'No process has this key, or the process has no such version.', 409: isProtected },
});

export const resumeDefinition = defineRoute({
  method: 'post',
  path: '/v1/process-definitions/:key/resume',
  operationId: 'resumeDefinition',
  summary: 'Let a suspended process start again.',
  params: Type.Object({ key: ProcessKey }),
  body: switchBody,
  replies: { 200: { description: 'It can be started.', body: DefinitionsChanged } },
  errors: { 404: 'No process has this key, or the process has no such version.' },
});

const cascade = Type.Optional(
  Type.Enum(['true', 'false'], {
    description: '`true`: end the instances that run and forget their history. Default: refuse while any runs.',
  }),
);

export const deleteDefinition = defineRoute({
  method: 'delete',
  path: '/v1/process-definitions/:key',
  operationId: 'deleteDefinition',
  summary: 'Delete a process, or one version of it.',
  params: Type.Object({ key: ProcessKey }),
  query: Type.Object({ version, cascade }, { additionalProperties: false }),
  replies: { 200: { description: 'It is gone.', body: DefinitionsChanged } },
  errors: {
    404: 'No process has this key, or the process has no such version.',
    409: 'Instances of it run and `cascade` was not set, or the process belongs to the system.',
  },
});

export const DeploymentDeleted = Type.Object(
  { deploymentId: Type.String(), definitions: Type.Array(DefinitionsChanged) },
  { title: 'DeploymentDeleted', additionalProperties: false },
);
export type DeploymentDeleted = Static<typeof DeploymentDeleted>;

export const deleteDeployment = defineRoute({
  method: 'delete',
  path: '/v1/deployments/:id',
  operationId: 'deleteDeployment',
  summary: 'Delete a deployment with everything that came with it.',
  params: Type.Object({ id: EngineId }),
  query: Type.Object({ cascade }, { additionalProperties: false }),
  replies: { 200: { description: 'It is gone.', body: DeploymentDeleted } },
  errors: {
    404: 'There is no such deployment.',
    409: 'Instances of it run and `cascade` was not set, or it belongs to the system.',
  },
});
