import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asyncApiDocument, gatewayRoutes, openApiDocument, ProcosEvent, registryRoutes, type RouteContract, ServiceRecord, taskContracts } from '@procos/contracts';
import { rules } from '@procos/process-model';
import { configurationReference, findSettings, hasReadme, readmeWithSettings } from './configuration.ts';
import { elementTemplate } from './element-template.ts';
import { errorReference, findErrors } from './error-catalogues.ts';
import { root } from './find-modules.ts';
import { schemaDocument } from './json-schema.ts';
import { lintRuleReference } from './lint-rules.ts';
import { topicReference } from './topics.ts';

/** Folder whose whole content is generated: what is there and not made here is removed. */
export const generatedFolder = 'libs/contracts/generated';

/** Every generated file: path from the root → content. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const settings = await findSettings();
  return new Map([
    ['docs/reference/configuration.md', configurationReference(settings)],
    ['docs/reference/errors.md', errorReference(await findErrors())],
    ['docs/reference/lint-rules.md', lintRuleReference(rules)],
    ['docs/reference/topics.md', topicReference(taskContracts)],
    ...settings.filter(hasReadme).map((app) => [`${app.project}/README.md`, readmeWithSettings(app)] as const),
    ...taskContracts.flatMap((contract) => {
      const file = contract.topic.replaceAll('_', '-');
      return [
        [`${generatedFolder}/topics/${file}.input.schema.json`, schemaDocument(`${contract.title}: inputs`, contract.input)],
        [`${generatedFolder}/topics/${file}.output.schema.json`, schemaDocument(`${contract.title}: outputs`, contract.output)],
        [`${generatedFolder}/element-templates/${file}.json`, elementTemplate(contract)],
      ] as const;
    }),
    [`${generatedFolder}/events/event.schema.json`, schemaDocument('Event', ProcosEvent)],
    [`${generatedFolder}/events.asyncapi.json`, `${JSON.stringify(asyncApiDocument('1'), null, 2)}\n`],
    [`${generatedFolder}/service-record.schema.json`, schemaDocument('Service record', ServiceRecord)],
    [`${generatedFolder}/gateway.openapi.json`, await openApiOf('gateway', gatewayRoutes)],
    [`${generatedFolder}/service-registry.openapi.json`, await openApiOf('service-registry', registryRoutes)],
  ]);
}

/** The document that an app serves at `/openapi.json`. */
async function openApiOf(app: string, routes: Readonly<Record<string, RouteContract>>): Promise<string> {
  const { apiInfo } = (await import(/* @vite-ignore */ pathToFileURL(join(root, `apps/${app}/src/app.ts`)).href)) as {
    readonly apiInfo: Parameters<typeof openApiDocument>[0];
  };
  return `${JSON.stringify(openApiDocument(apiInfo, Object.values(routes)), null, 2)}\n`;
}
