import type { Deployment, DeploymentProblem, EngineClient, ProcessDefinition } from '@procos/engine-client';
import { badRequest, notFound } from './engine-answers.ts';
import { addDefinition, type DeployedDefinition, type EngineWorld, newId, tick } from './engine-world.ts';

/** Deployments and definitions of a fake engine. */
export function fakeRepository(world: EngineWorld): Partial<EngineClient['repository']> {
  const byId = (id: string) => {
    const found = world.definitions.find((one) => one.id === id);
    if (found === undefined) throw notFound('process definition');
    return found;
  };
  const versions = (key: string) =>
    world.definitions.filter((one) => one.key === key).toSorted((a, b) => b.version - a.version);
  return {
    deploy: async ({ name, source, resources }): Promise<Deployment> => {
      const id = newId('deployment');
      world.deployments.unshift({ id, name, source, deploymentTime: tick() });
      world.resources = new Map(Object.entries(resources));
      const deployed = Object.entries(resources).flatMap(([file, xml]) => deployFile(world, { id, file, xml }));
      return { id, name, deployedProcessDefinitions: Object.fromEntries(deployed.map((one) => [one.id, one])) };
    },
    // The engine's own check, as far as the tests need it.
    checkDeployment: async ({ resources }) =>
      world.hasNoCheck
        ? undefined
        : Object.entries(resources).flatMap(([file, xml]) => checkFile(world, { file, xml, resources })),
    latestResources: async () => world.resources,
    deployments: async ({ firstResult = 0, maxResults = 200 } = {}) =>
      world.deployments.slice(firstResult, firstResult + maxResults),
    countDeployments: async () => world.deployments.length,
    latestDefinitions: async () => {
      const keys = [...new Set(world.definitions.map((one) => one.key))].toSorted();
      return keys.flatMap((key) => versions(key).slice(0, 1));
    },
    countProcesses: async () => new Set(world.definitions.map((one) => one.key)).size,
    latestDefinition: async (key) => versions(key)[0],
    versions: async (key) => versions(key),
    definition: async (id) => byId(id),
    definitionXml: async (id) => byId(id).xml,
  };
}

function deployFile(
  world: EngineWorld,
  { id, file, xml }: { id: string; file: string; xml: string },
): ProcessDefinition[] {
  if (xml.includes('engine-refuses')) throw badRequest('ENGINE-09005 Could not parse BPMN process', 'ParseException');
  const keys = [...xml.matchAll(/<(?:bpmn:)?process id="([^"]+)"/g)].map((match) => match[1] ?? '');
  return keys.map((key) => {
    const definition: DeployedDefinition = { ...addDefinition(world, key, xml), deploymentId: id, resource: file };
    world.definitions = world.definitions.map((one) => (one.id === definition.id ? definition : one));
    return definition;
  });
}

interface CheckedFile {
  readonly file: string;
  readonly xml: string;
  readonly resources: Readonly<Record<string, string>>;
}

function checkFile(world: EngineWorld, { file, xml, resources }: CheckedFile): DeploymentProblem[] {
  const problem = { resource: file, line: 0, column: 0, elementIds: [], other: null };
  const refused: DeploymentProblem[] = xml.includes('engine-refuses')
    ? [
        {
          ...problem,
          severity: 'error',
          kind: 'parse',
          line: 5,
          column: 93,
          elementId: 'call',
          message: 'it does not like it',
        },
      ]
    : [];
  const called = [...xml.matchAll(/<(?:bpmn:)?callActivity id="([^"]+)"[^>]* calledElement="([^"]+)"/g)];
  const known = new Set([
    ...world.definitions.map(({ key }) => key),
    ...Object.values(resources).flatMap((text) =>
      [...text.matchAll(/<(?:bpmn:)?process id="([^"]+)"/g)].map((match) => match[1]),
    ),
  ]);
  const missing = called.filter(([, , key = '']) => !known.has(key));
  return [
    ...refused,
    ...missing.map(
      ([, elementId = '', key = '']): DeploymentProblem => ({
        ...problem,
        severity: 'warning',
        kind: 'missing-process',
        elementId,
        message: `The process "${key}" is not deployed`,
        other: { key, version: null, elementId: null },
      }),
    ),
  ];
}
