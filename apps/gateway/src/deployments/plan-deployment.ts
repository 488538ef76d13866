import type { DeploymentResult } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { CheckedModel } from './check-models.ts';
import { kindOf, resourceName } from './model-kind.ts';

type Definition = DeploymentResult['definitions'][number];

/** What becomes of the files: definitions as they are deployed or would be, and what has to be sent for that. */
export interface DeploymentPlan {
  readonly definitions: readonly Definition[];
  /** Decisions and forms. */
  readonly resources: NonNullable<DeploymentResult['resources']>;
  /** Those to deploy: empty when all is there already. */
  readonly changed: readonly CheckedModel[];
}

interface PlannedFile {
  readonly model: CheckedModel;
  readonly unchanged: boolean;
  readonly definitions: readonly Definition[];
}

/** Only the files that differ from what is deployed; all of them when they refer to each other as parts of one deployment. */
export async function planDeployment(
  engine: EngineClient,
  models: readonly CheckedModel[],
  target: { readonly name: string; readonly source: string },
): Promise<DeploymentPlan> {
  const others = models.filter(({ file }) => kindOf(file) !== 'bpmn');
  const kept = others.length === 0 ? new Map<string, string>() : await engine.repository.latestResources(target);
  const planned = await Promise.all(
    models.map((model) =>
      kindOf(model.file) === 'bpmn' ? planModel(engine, model) : Promise.resolve(planOther(model, kept)),
    ),
  );
  const together = others.length > 0 || models.some(bindsToDeployment);
  const anyChanged = planned.some(({ unchanged }) => !unchanged);
  const sent = planned.filter(({ unchanged }) => (together ? anyChanged : !unchanged));
  return {
    definitions: planned.flatMap((one) => (sent.includes(one) ? one.definitions.map(asNew) : one.definitions)),
    resources: planned
      .filter(({ model }) => others.includes(model))
      .map((one) => ({ file: one.model.file.name, isNew: sent.includes(one) })),
    changed: sent.map(({ model }) => model),
  };
}

/** A call, decision or form "of the same deployment" is found in none but that. */
function bindsToDeployment({ text }: CheckedModel): boolean {
  return /(?:calledElement|decisionRef|formRef)Binding\s*=\s*["']deployment["']/.test(text);
}

function asNew(definition: Definition): Definition {
  return definition.isNew ? definition : { ...definition, version: definition.version + 1, id: null, isNew: true };
}

/** The engine compares only with deployments of the same name and source; a process may come from elsewhere. */
async function planModel(engine: EngineClient, model: CheckedModel): Promise<PlannedFile> {
  const latest = await Promise.all(model.keys.map((key) => engine.repository.latestDefinition(key)));
  const deployed = await Promise.all(
    latest.map(async (one) => (one === undefined ? undefined : engine.repository.definitionXml(one.id))),
  );
  const unchanged = deployed.every((xml) => xml === model.text);
  const definitions = model.keys.map((key, index): Definition => {
    const newest = latest[index];
    if (unchanged && newest !== undefined) return { key, version: newest.version, id: newest.id, isNew: false };
    return { key, version: (newest?.version ?? 0) + 1, id: null, isNew: true };
  });
  return { model, unchanged, definitions };
}

/** Decisions and forms are compared with those of the newest deployment of this name, which holds them all. */
function planOther(model: CheckedModel, kept: ReadonlyMap<string, string>): PlannedFile {
  return { model, unchanged: kept.get(resourceName(model.file)) === model.text, definitions: [] };
}
