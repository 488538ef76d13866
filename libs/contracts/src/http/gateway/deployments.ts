import { type Static, Type } from 'typebox';
import { ErrorAnswer } from '../openapi.ts';
import { defineRoute } from '../route-contract.ts';
import { paging, total } from './paging.ts';
import { columnText, diskFull, NullableText, Timestamp } from './shared-schemas.ts';

export const Finding = Type.Object(
  {
    file: Type.Optional(Type.String({ description: 'The name under which the file was sent.' })),
    elementId: Type.String({ description: 'Id of the BPMN element; empty when the finding is about the file.' }),
    elementType: Type.Optional(Type.String()),
    line: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Line of the file as it was sent where the element begins, or where reading it failed.',
      }),
    ),
    column: Type.Optional(Type.Integer({ minimum: 1, description: 'Column in that line.' })),
    rule: Type.String(),
    severity: Type.Enum(['error', 'warning']),
    message: Type.String(),
    remedy: Type.String(),
    fixable: Type.Boolean({ description: '`procos lint --fix` repairs it.' }),
    consequenceOf: Type.Optional(
      Type.String({
        description:
          'The rule of another finding that is the cause of this one: when that is mended, this is gone too.',
      }),
    ),
  },
  { title: 'Finding', additionalProperties: false, description: 'One thing to change in a model.' },
);
export type Finding = Static<typeof Finding>;

const ModelFile = Type.Object(
  {
    name: Type.String({
      pattern: '^[^\\u0000]{1,1000}\\.([bB][pP][mM][nN]2?|[xX][mM][lL]|[dD][mM][nN]|[fF][oO][rR][mM])$',
      description: 'File name, with or without folders: .bpmn (or .bpmn2, .bpmn20.xml, .xml), .dmn or .form.',
    }),
    content: Type.String({ description: 'BPMN 2.0 XML, DMN 1.1 to 1.3 XML, or the JSON of a form.' }),
  },
  { title: 'ModelFile', additionalProperties: false },
);
export type ModelFile = Static<typeof ModelFile>;
const files = Type.Array(ModelFile, { minItems: 1, maxItems: 100 });

export const lintModels = defineRoute({
  method: 'post',
  path: '/v1/lint',
  operationId: 'lintModels',
  summary: 'Check models by the rules that a deployment must keep; nothing is deployed.',
  body: Type.Object({ files }, { additionalProperties: false }),
  replies: {
    200: {
      description: 'The findings, file by file.',
      body: Type.Object({ findings: Type.Array(Finding) }, { additionalProperties: false }),
    },
  },
});

export const DeploymentResult = Type.Object(
  {
    deploymentId: NullableText,
    name: Type.String(),
    definitions: Type.Array(
      Type.Object(
        {
          key: Type.String(),
          version: Type.Integer({ description: 'With dryRun, the version it would get.' }),
          id: NullableText,
          isNew: Type.Boolean({ description: 'False when the newest version equals the file.' }),
        },
        { additionalProperties: false },
      ),
    ),
    resources: Type.Optional(
      Type.Array(Type.Object({ file: Type.String(), isNew: Type.Boolean() }, { additionalProperties: false }), {
        description:
          'Decisions and forms among the files; isNew is false when the newest deployment of this name holds the same.',
      }),
    ),
    findings: Type.Array(Finding, { description: 'Warnings: they do not keep a model from being deployed.' }),
  },
  { title: 'DeploymentResult', additionalProperties: false },
);
export type DeploymentResult = Static<typeof DeploymentResult>;

export const ModelRefused = Type.Object(
  { error: ErrorAnswer.properties.error, findings: Type.Array(Finding) },
  { title: 'ModelRefused', additionalProperties: false },
);
export type ModelRefused = Static<typeof ModelRefused>;

export const createDeployment = defineRoute({
  method: 'post',
  path: '/v1/deployments',
  operationId: 'createDeployment',
  summary:
    'Deploy models together: all or none. Running instances keep their version; unchanged models make no new one.',
  body: Type.Object(
    {
      name: Type.Optional(columnText('Default: ProcOS- and the name of the first file.')),
      files,
      dryRun: Type.Optional(
        Type.Boolean({ description: 'Check everything, by the rules and by the engine itself, deploy nothing.' }),
      ),
      allowMissing: Type.Optional(
        Type.Boolean({
          description: 'Called processes, decisions and forms that are nowhere are warnings. Default: errors.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  replies: {
    200: { description: 'Nothing had to be deployed: unchanged, or a dry run.', body: DeploymentResult },
    201: { description: 'Deployed.', body: DeploymentResult },
    422: { description: 'A model breaks a rule. Nothing was deployed.', body: ModelRefused },
  },
  errors: { 409: 'Two of the files have one name.', ...diskFull },
});

export const DeploymentView = Type.Object(
  { id: Type.String(), name: NullableText, source: NullableText, time: Timestamp },
  { title: 'Deployment', additionalProperties: false },
);
export type DeploymentView = Static<typeof DeploymentView>;

export const listDeployments = defineRoute({
  method: 'get',
  path: '/v1/deployments',
  operationId: 'listDeployments',
  summary: 'List the deployments, newest first.',
  query: Type.Object(paging(200), { additionalProperties: false }),
  replies: {
    200: {
      description: 'The deployments.',
      body: Type.Object({ deployments: Type.Array(DeploymentView), total }, { additionalProperties: false }),
    },
  },
});
