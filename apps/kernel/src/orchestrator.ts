import { setTimeout as delay } from 'node:timers/promises';
import { messageNames, processKeys, systemBusinessKey } from '@procos/contracts';
import { type EngineClient, EngineRequestError } from '@procos/engine-client';
import { currentTraceparent } from '@procos/telemetry';
import type { Publish } from './kernel-events.ts';

export interface BootFacts {
  readonly environment: string;
  readonly instanceId: string;
  readonly version: string;
}

/** How control was handed over: to a new instance, or to one that survived an earlier boot. */
export interface Handover {
  readonly instanceId: string;
  readonly adopted: boolean;
}

/** Hands control to the System Orchestrator. One that runs since an earlier boot goes on, unless its model has a newer version. */
export async function startOrchestrator(engine: EngineClient, facts: BootFacts): Promise<Handover> {
  const variables = {
    system_mode: facts.environment,
    environment: facts.environment,
    kernel_version: facts.version,
    kernel_instance_id: facts.instanceId,
    startup_time: new Date().toISOString(),
    traceparent: currentTraceparent(),
  };
  const latest = await engine.repository.latestDefinition(processKeys.systemOrchestrator);
  const running = await engine.runtime.instances({
    processDefinitionKey: processKeys.systemOrchestrator,
    businessKey: systemBusinessKey,
  });
  const current = running.find((instance) => instance.definitionId === latest?.id);
  for (const old of running.filter((instance) => instance !== current)) {
    await engine.runtime.deleteInstance(old.id, 'Replaced by a newer version of the orchestrator or a second one');
  }
  if (current !== undefined) {
    await announceRestart(engine, current.id, variables);
    return { instanceId: current.id, adopted: true };
  }
  const started = await engine.runtime.startByKey(processKeys.systemOrchestrator, {
    businessKey: systemBusinessKey,
    variables,
  });
  return { instanceId: started.id, adopted: false };
}

/** Starts the orchestrator again when none is left: somebody has ended it, and nothing but the kernel would notice. */
export async function keepOrchestrator(engine: EngineClient, facts: BootFacts, publish: Publish): Promise<void> {
  // Asked of the history: a suspended one is not lost.
  if (
    await engine.history.countInstances({
      processDefinitionKey: processKeys.systemOrchestrator,
      processInstanceBusinessKey: systemBusinessKey,
      unfinished: true,
    })
  )
    return;
  publish('kernel_orchestrator_lost', {}, 'error');
  publish(
    'kernel_orchestrator_restarted',
    { process_instance_id: (await startOrchestrator(engine, facts)).instanceId },
    'warn',
  );
}

async function announceRestart(
  engine: EngineClient,
  processInstanceId: string,
  variables: Record<string, unknown>,
): Promise<void> {
  try {
    await engine.runtime.correlate({ messageName: messageNames.systemRestarted, processInstanceId, variables });
  } catch (thrown) {
    // It died in the middle of its boot steps: it waits for no message yet and goes on with those steps by itself.
    if (!(thrown instanceof EngineRequestError) || thrown.status !== 400) throw thrown;
  }
}

/** Runs the shutdown process to its end. @returns false when it did not end in time */
export async function runShutdownProcess(engine: EngineClient, reason: string, timeoutMs: number): Promise<boolean> {
  const { id } = await engine.runtime.startByKey(processKeys.systemShutdown, {
    businessKey: systemBusinessKey,
    variables: { shutdown_reason: reason },
  });
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const instance = await engine.history.instance(id);
    if (instance?.endTime != null) return true;
    await delay(50);
  }
  await engine.runtime.deleteInstance(id, 'The shutdown process did not end in time');
  return false;
}
