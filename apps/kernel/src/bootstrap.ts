import { writeFile } from 'node:fs/promises';
import type { EnvironmentCheck } from '@procos/engine-process';
import { messageOf } from '@procos/errors';
import { withSpan } from '@procos/telemetry';
import { environmentChecks } from './environment-checks.ts';
import { kernelErrors } from './errors.ts';
import { bootPhases, type BootPhase, type KernelParts, type PhaseResult } from './kernel-parts.ts';
import { deployRootProcesses } from './root-processes.ts';
import { keepOrchestrator, startOrchestrator } from './orchestrator.ts';

/** Carries out the six phases. A phase that fails undoes what the boot has started. */
export async function bootstrap(parts: KernelParts): Promise<readonly PhaseResult[]> {
  const { publish, supervisor, onPhase } = parts;
  const results: PhaseResult[] = [];
  publish('kernel_bootstrap_start');
  try {
    for (const name of bootPhases) {
      onPhase(name);
      const started = performance.now();
      const detail = await withSpan(`kernel_phase:${name}`, { attributes: { 'procos.component': 'kernel' } }, () =>
        phases[name](parts),
      );
      const ms = Math.round(performance.now() - started);
      const result = { name, ms, ...(detail?.checks && { checks: detail.checks }) };
      results.push(result);
      publish('kernel_bootstrap_complete', { phase: name, duration_ms: ms, ...detail });
      onPhase(name, result);
    }
    return results;
  } catch (thrown) {
    publish('kernel_bootstrap_failed', { phase: bootPhases[results.length], error: messageOf(thrown) }, 'error');
    await supervisor.stop();
    throw thrown;
  }
}

type PhaseDetail = Record<string, unknown> & { readonly checks?: readonly EnvironmentCheck[] };
type Phase = (parts: KernelParts) => Promise<PhaseDetail | void>;

const phases: Record<BootPhase, Phase> = {
  'Environment Validation': async (parts) => {
    const checks = await environmentChecks(parts);
    const faults = checks.flatMap((check) => check.faults ?? []);
    if (faults.length > 0)
      throw kernelErrors.PROCOS_KERNEL_ENVIRONMENT({ faults: faults.map((fault) => `\n  - ${fault}`).join('') });
    return { checks };
  },
  'Start Engine': ({ supervisor }) => supervisor.startUnlessRunning(),
  'Wait for Ready': async ({ supervisor, engine }) => {
    await supervisor.waitUntilReady();
    return { engine_version: await engine.version() };
  },
  'Deploy Processes': async ({ config, engine, counters }) => {
    if (!config.autoDeploy) return { deployed: [] };
    const deployed = await deployRootProcesses(engine, config.processDirectory, (succeeded) => {
      counters.deployments_attempted++;
      if (succeeded) counters.deployments_succeeded++;
    });
    return { deployed };
  },
  'Start Orchestrator': async ({ config, engine }) => {
    try {
      const { instanceId, adopted } = await startOrchestrator(engine, config);
      return { process_instance_id: instanceId, adopted };
    } catch (thrown) {
      throw kernelErrors.PROCOS_KERNEL_ORCHESTRATOR({ reason: messageOf(thrown) }, thrown);
    }
  },
  'Monitor System': async (parts) => parts.supervisor.monitor((isWell) => afterHealthCheck(parts, isWell)),
};

/** Each check of the engine is the occasion to look after the orchestrator, and to tell what was counted. */
async function afterHealthCheck({ engine, config, counters, publish }: KernelParts, isWell: boolean): Promise<void> {
  if (isWell)
    await keepOrchestrator(engine, config, publish).catch((thrown: unknown) =>
      publish('kernel_orchestrator_check_failed', { error: messageOf(thrown) }, 'error'),
    );
  publish('kernel_metrics_snapshot', { metrics: { ...counters } });
  if (config.metricsSnapshotFile === undefined) return;
  // A full disk must not end the watch over the engine.
  await writeFile(config.metricsSnapshotFile, JSON.stringify(counters)).catch((thrown: unknown) =>
    publish('kernel_metrics_not_written', { error: messageOf(thrown) }, 'warn'),
  );
}
