import { basename } from 'node:path';
import type { DeploymentResult, Finding, ModelFile } from '@procos/contracts';
import { type EngineClient, EngineRequestError } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import type { TopicRules } from '../services/topic-rules.ts';
import { type CheckedModel, checkModels } from './check-models.ts';

const source = 'ProcOS Gateway';

export interface DeployRequest {
  readonly name?: string | undefined;
  readonly files: readonly ModelFile[];
  readonly dryRun?: boolean | undefined;
}

export type DeployOutcome =
  | { readonly kind: 'deployed' | 'nothing-to-do'; readonly result: DeploymentResult }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

type Definition = DeploymentResult['definitions'][number];

/** What becomes of one file: its processes as they are deployed, or as they would be. */
interface Plan {
  readonly model: CheckedModel;
  readonly unchanged: boolean;
  readonly definitions: readonly Definition[];
}

/** Deploys models together, all or none. Only those that differ from the newest version of their process. */
export async function deployModels(engine: EngineClient, topicRules: TopicRules, request: DeployRequest): Promise<DeployOutcome> {
  const { files, dryRun = false } = request;
  refuseSameNames(files);
  const { models, findings } = await checkModels(files, await topicRules());
  if (models.length === 0) return { kind: 'refused', findings };
  const plans = await Promise.all(models.map((model) => planFor(engine, model)));
  const name = request.name ?? defaultName(files);
  const changed = plans.filter((plan) => !plan.unchanged);
  const planned = { deploymentId: null, name, definitions: plans.flatMap((plan) => plan.definitions), findings: [...findings] };
  if (dryRun || changed.length === 0) return { kind: 'nothing-to-do', result: planned };
  return deploy(engine, planned, changed.map((plan) => plan.model));
}

function refuseSameNames(files: readonly ModelFile[]): void {
  const names = files.map((file) => basename(file.name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw gatewayErrors.PROCOS_GATEWAY_SAME_NAME({ file: twice });
}

function defaultName(files: readonly ModelFile[]): string {
  return `ProcOS-${basename(files[0]?.name ?? '', '.bpmn')}`;
}

/** The engine compares only with deployments of the same name and source; a process may come from elsewhere. */
async function planFor(engine: EngineClient, model: CheckedModel): Promise<Plan> {
  const latest = await Promise.all(model.keys.map((key) => engine.repository.latestDefinition(key)));
  const deployed = await Promise.all(latest.map(async (one) => (one === undefined ? undefined : engine.repository.definitionXml(one.id))));
  const unchanged = deployed.every((xml) => xml === model.xml);
  const definitions = model.keys.map((key, index): Definition => {
    const newest = latest[index];
    if (unchanged && newest !== undefined) return { key, version: newest.version, id: newest.id, isNew: false };
    return { key, version: (newest?.version ?? 0) + 1, id: null, isNew: true };
  });
  return { model, unchanged, definitions };
}

async function deploy(engine: EngineClient, planned: DeploymentResult, models: readonly CheckedModel[]): Promise<DeployOutcome> {
  const resources = Object.fromEntries(models.map(({ file, xml }) => [basename(file), xml]));
  try {
    const deployment = await engine.repository.deploy({ name: planned.name, source, resources, evenIfUnchanged: true });
    const deployed = Object.values(deployment.deployedProcessDefinitions ?? {});
    const definitions = planned.definitions.map((definition) => {
      const made = deployed.find((one) => one.key === definition.key);
      return made === undefined ? definition : { key: made.key, version: made.version, id: made.id, isNew: true };
    });
    return { kind: 'deployed', result: { ...planned, deploymentId: deployment.id, definitions } };
  } catch (thrown) {
    if (!(thrown instanceof EngineRequestError) || !aboutTheModel(thrown)) throw thrown;
    return { kind: 'refused', findings: [refusedByEngine(thrown, models)] };
  }
}

/** The engine answers 500 as well to models it does not like: its codes 01 and 09 are those of the BPMN parser. */
function aboutTheModel({ status, engineMessage }: EngineRequestError): boolean {
  return status === 400 || /ENGINE-(?:01|09)\d{3}|definitions with the same key/.test(engineMessage);
}

function refusedByEngine({ engineMessage }: EngineRequestError, models: readonly CheckedModel[]): Finding {
  const [only, ...others] = models;
  return {
    ...(only !== undefined && others.length === 0 ? { file: only.file } : {}),
    elementId: '',
    rule: 'engine',
    severity: 'error',
    message: `The engine refuses the model: ${engineMessage}`,
    remedy: 'Correct what the engine names and deploy again.',
    fixable: false,
  };
}
