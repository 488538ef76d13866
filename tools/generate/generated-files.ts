import {
  adapterRoutes,
  bridgeRoutes,
  type ApiInfo,
  asyncApiDocument,
  gatewayRoutes,
  openApiDocument,
  ProcosEvent,
  registryRoutes,
  type RouteContract,
  ServiceRecord,
  taskContracts,
} from '@procos/contracts';
import { rules } from '@procos/process-model';
import { apiClientFiles } from './api-client.ts';
import { configurationReference, findSettings, hasReadme, readmeWithSettings } from './configuration.ts';
import { appList, appListFile, findDeclarations } from './declared-apps.ts';
import { elementTemplate } from './element-template.ts';
import { errorReference, findErrors } from './error-catalogues.ts';
import { type LoadedModule, loadModules, root } from './find-modules.ts';
import { schemaDocument } from './json-schema.ts';
import type { OpenApi } from './openapi-operations.ts';
import { lintRuleReference } from './lint-rules.ts';
import { apiFolder, publicApiPages } from './public-api.ts';
import { topicReference } from './topics.ts';

const generatedFolder = 'libs/contracts/generated';

/** Folders whose whole content is generated: what is there and not made here is removed. */
export const generatedFolders = [generatedFolder, apiFolder] as const;

/** Every generated file: path from the root → content. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const settings = await findSettings();
  const documents = await openApiDocuments();
  return new Map([
    [appListFile, appList(await findDeclarations())],
    ['docs/reference/configuration.md', configurationReference(settings)],
    ['docs/reference/errors.md', errorReference(await findErrors())],
    ['docs/reference/lint-rules.md', lintRuleReference(rules)],
    ['docs/reference/topics.md', topicReference(taskContracts)],
    ...settings.filter(hasReadme).map((app) => [`${app.project}/README.md`, readmeWithSettings(app)] as const),
    ...taskContracts.flatMap((contract) => {
      const file = contract.topic.replaceAll('_', '-');
      return [
        [
          `${generatedFolder}/topics/${file}.input.schema.json`,
          schemaDocument(`${contract.title}: inputs`, contract.input),
        ],
        [
          `${generatedFolder}/topics/${file}.output.schema.json`,
          schemaDocument(`${contract.title}: outputs`, contract.output),
        ],
        [`${generatedFolder}/element-templates/${file}.json`, elementTemplate(contract)],
      ] as const;
    }),
    [`${generatedFolder}/events/event.schema.json`, schemaDocument('Event', ProcosEvent)],
    [`${generatedFolder}/events.asyncapi.json`, `${JSON.stringify(asyncApiDocument('1'), null, 2)}\n`],
    [`${generatedFolder}/service-record.schema.json`, schemaDocument('Service record', ServiceRecord)],
    ...documents,
    ...(await apiClientFiles(gatewayDocument(documents), ProcosEvent)),
    ...publicApiPages(root),
  ]);
}

function gatewayDocument(documents: readonly (readonly [path: string, content: string])[]): OpenApi {
  const found = documents.find(([path]) => path === `${generatedFolder}/gateway.openapi.json`);
  if (found === undefined) throw new Error('The gateway has no OpenAPI document');
  return JSON.parse(found[1]) as OpenApi;
}

/** The documents that apps serve at `/openapi.json`; those of adapters are all made from the same routes. */
async function openApiDocuments(): Promise<readonly (readonly [path: string, content: string])[]> {
  const apis: readonly (readonly [pattern: string, routes: Readonly<Record<string, RouteContract>>])[] = [
    ['apps/gateway/src/app.ts', gatewayRoutes],
    ['apps/service-registry/src/app.ts', registryRoutes],
    ['apps/event-bridge/src/app.ts', bridgeRoutes],
    ['apps/*-adapter/src/app.ts', adapterRoutes],
  ];
  const documents = apis.map(async ([pattern, routes]) =>
    (await loadModules(pattern)).map((app) => openApiOf(app, routes)),
  );
  return (await Promise.all(documents)).flat();
}

function openApiOf(
  { project, exports }: LoadedModule,
  routes: Readonly<Record<string, RouteContract>>,
): readonly [path: string, content: string] {
  const { apiInfo } = exports as { readonly apiInfo: ApiInfo };
  return [
    `${generatedFolder}/${project.replace('apps/', '')}.openapi.json`,
    `${JSON.stringify(openApiDocument(apiInfo, Object.values(routes)), null, 2)}\n`,
  ];
}
