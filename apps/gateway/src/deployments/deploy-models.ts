import { basename } from 'node:path';
import type { DeploymentResult, Finding, ModelFile } from '@procos/contracts';
import { type EngineClient, EngineUnreachableError } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import type { TopicRules } from '../services/topic-rules.ts';
import { askEngine, engineIsAway } from './ask-engine.ts';
import { type CheckedModel, drawnForYou, joinFindings, lintFiles, readableFiles, readModels } from './check-models.ts';
import { refusalFindings } from './engine-refusal.ts';
import { resourceName } from './model-kind.ts';
import { planDeployment } from './plan-deployment.ts';

const source = 'ProcOS Gateway';

export interface DeployRequest {
  readonly name?: string | undefined;
  readonly files: readonly ModelFile[];
  readonly dryRun?: boolean | undefined;
  readonly allowMissing?: boolean | undefined;
}

export type DeployOutcome =
  | { readonly kind: 'deployed' | 'nothing-to-do'; readonly result: DeploymentResult }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

interface Target {
  readonly name: string;
  readonly source: string;
  readonly allowMissing: boolean;
}

/**
 * Deploys models together, all or none. Only those that differ from the newest version of their process. Rules and engine are
 * asked first, so that a dry run says what the deployment would.
 */
export async function deployModels(
  engine: EngineClient,
  topicRules: TopicRules,
  request: DeployRequest,
): Promise<DeployOutcome> {
  const { files, dryRun = false, allowMissing = false } = request;
  refuseSameNames(files);
  const target = { name: request.name ?? defaultName(files), source, allowMissing };
  const ofRules = await lintFiles(files, await topicRules());
  const ofEngine = await askEngine(engine, { ...target, files: readableFiles(files, ofRules) });
  const findings = joinFindings(ofRules, ofEngine).map(drawnForYou);
  if (hasError(findings)) return { kind: 'refused', findings };
  const models = await readModels(files);
  const { definitions, resources, changed } = await planDeployment(engine, models, target);
  const planned: DeploymentResult = {
    deploymentId: null,
    name: target.name,
    definitions: [...definitions],
    ...(resources.length > 0 && { resources }),
    findings,
  };
  if (changed.length === 0) return { kind: 'nothing-to-do', result: planned };
  const refused = await refusedAsSent(engine, target, { files, changed });
  if (refused.length > 0) return { kind: 'refused', findings: joinFindings(findings, refused) };
  return dryRun ? { kind: 'nothing-to-do', result: planned } : deploy(engine, planned, changed, target);
}

/** All that rules and engine say of the files; what is missing is a warning. An engine that is away is a finding too. */
export async function judgeModels(
  engine: EngineClient,
  topicRules: TopicRules,
  files: readonly ModelFile[],
): Promise<Finding[]> {
  const ofRules = await lintFiles(files, await topicRules());
  const readable = readableFiles(distinctlyNamed(files), ofRules);
  try {
    return joinFindings(
      ofRules,
      await askEngine(engine, { name: defaultName(files), files: readable, allowMissing: true }),
    );
  } catch (thrown) {
    if (!(thrown instanceof EngineUnreachableError)) throw thrown;
    return joinFindings(ofRules, [engineIsAway(thrown)]);
  }
}

function distinctlyNamed(files: readonly ModelFile[]): readonly ModelFile[] {
  return [...new Map(files.map((file) => [resourceName(file), file])).values()];
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function refuseSameNames(files: readonly ModelFile[]): void {
  const names = files.map(resourceName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw gatewayErrors.PROCOS_GATEWAY_SAME_NAME({ file: twice });
}

function defaultName(files: readonly ModelFile[]): string {
  return `ProcOS-${basename(files[0]?.name ?? '').replace(/(?:\.bpmn20|\.dmn11)?\.\w+$/i, '')}`.slice(0, 255);
}

/** What is sent may be less than was asked about, and drawn: asked again, lest the engine takes the one and not the other. */
async function refusedAsSent(
  engine: EngineClient,
  target: Target,
  { files, changed }: { files: readonly ModelFile[]; changed: readonly CheckedModel[] },
): Promise<Finding[]> {
  const asSent = changed.length === files.length && changed.every(({ file, text }) => text === file.content);
  if (asSent) return [];
  const findings = await askEngine(engine, { ...target, files, resources: resourcesOf(changed) });
  return findings.filter(({ severity }) => severity === 'error');
}

async function deploy(
  engine: EngineClient,
  planned: DeploymentResult,
  models: readonly CheckedModel[],
  { name }: Target,
): Promise<DeployOutcome> {
  try {
    const deployment = await engine.repository.deploy({
      name,
      source,
      resources: resourcesOf(models),
      evenIfUnchanged: true,
    });
    const deployed = Object.values(deployment.deployedProcessDefinitions ?? {});
    const definitions = planned.definitions.map((definition) => {
      const made = deployed.find((one) => one.key === definition.key);
      return made === undefined ? definition : { key: made.key, version: made.version, id: made.id, isNew: true };
    });
    return { kind: 'deployed', result: { ...planned, deploymentId: deployment.id, definitions } };
  } catch (thrown) {
    const findings = refusalFindings(
      thrown,
      models.map(({ file }) => file),
    );
    if (findings === undefined) throw thrown;
    return { kind: 'refused', findings: joinFindings(planned.findings, findings) };
  }
}

function resourcesOf(models: readonly CheckedModel[]): Record<string, string> {
  return Object.fromEntries(models.map(({ file, text }) => [resourceName(file), text]));
}
