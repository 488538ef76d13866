import { choice, flag, integer, optional, text } from '@procos/config';
import { engineSupervisionFields } from '@procos/engine-process';
import { logLevels } from '@procos/logging';
import { engineOrigin, logLevelSynonyms, procosVersion, serviceFields } from '@procos/service-kit';

/** Settings of the kernel. Names as in the reference kernel's environment. */
export const kernelFields = {
  ...serviceFields({ name: 'kernel', port: 8090 }),
  environment: text('PROCOS_ENV', {
    default: 'development',
    doc: 'Name of the environment, told to the orchestrator.',
  }),
  instanceId: text('PROCOS_INSTANCE_ID', {
    default: 'procos-kernel-01',
    doc: 'Name of this kernel, told to the orchestrator.',
  }),
  version: text('PROCOS_VERSION', { default: procosVersion, doc: 'Version told to the orchestrator.' }),
  engineBaseUrl: engineOrigin(),
  ...engineSupervisionFields(),
  processDirectory: text('PROCESS_DEPLOYMENT_PATH', {
    default: './processes/system',
    doc: 'Folder whose .bpmn files are the root processes.',
  }),
  autoDeploy: flag('AUTO_DEPLOY_PROCESSES', { default: true, doc: 'Deploy the root processes at boot.' }),
  shutdownTimeoutSeconds: integer('PROCOS_SHUTDOWN_TIMEOUT', {
    default: 20,
    min: 1,
    max: 600,
    doc: 'Seconds the shutdown process may take.',
  }),
  readinessFile: text('KERNEL_READINESS_FILE', {
    default: '/tmp/procos.ready',
    doc: 'Written once the boot is complete, removed at stop.',
  }),
  metricsSnapshotFile: optional(
    text('KERNEL_METRICS_SNAPSHOT_FILE', { doc: 'File that gets the counters at every health check.' }),
  ),
  logFile: optional(
    text('PROCOS_KERNEL_LOG_FILE', {
      doc: 'File that log lines are written to as well; `procos up` without --distributed: logs/kernel.log in its data folder.',
    }),
  ),
  fileLogLevel: choice('FILE_LOG_LEVEL', logLevels, {
    default: 'debug',
    synonyms: logLevelSynonyms,
    doc: 'Least level that is written to that file, in any case.',
  }),
} as const;
