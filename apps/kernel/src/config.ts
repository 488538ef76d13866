import { choice, decimal, flag, integer, optional, secret, text } from '@procos/config';
import { defaultPorts } from '@procos/contracts';
import { logLevels } from '@procos/logging';
import { engineOrigin, logLevelSynonyms, serviceFields } from '@procos/service-kit';

export const portVariable = 'PROCOS_KERNEL_PORT';

/** Settings of the kernel. Names as in the reference kernel's environment. */
export const kernelFields = {
  ...serviceFields({ portVariable, port: defaultPorts.kernel }),
  environment: text('PROCOS_ENV', { default: 'development', doc: 'Name of the environment, told to the orchestrator.' }),
  instanceId: text('PROCOS_INSTANCE_ID', { default: 'procos-kernel-01', doc: 'Name of this kernel, told to the orchestrator.' }),
  version: text('PROCOS_VERSION', { default: '0.1.0', doc: 'Version told to the orchestrator.' }),
  engineBaseUrl: engineOrigin(),
  engineName: text('CAMUNDA_ENGINE_NAME', { default: 'default', doc: 'Engine that must be among those behind the URL.' }),
  engineUser: text('PROCOS_ENGINE_USER', { default: 'procos', doc: 'User for the engine.' }),
  enginePassword: optional(secret('PROCOS_ENGINE_PASSWORD', { doc: 'Password for the engine; needed when the kernel starts it.' })),
  engineHome: optional(text('PROCOS_ENGINE_HOME', { doc: 'Built engine (folder with engine.json). Without it the kernel only uses an engine that runs already.' })),
  engineDataDir: text('PROCOS_ENGINE_DATA_DIR', { default: '.procos/engine', doc: 'Folder of the engine database when the kernel starts the engine.' }),
  engineLogFile: text('PROCOS_ENGINE_LOG_FILE', { default: '.procos/logs/engine.log', doc: 'Where the output of a started engine goes.' }),
  processDirectory: text('PROCESS_DEPLOYMENT_PATH', { default: './processes/system', doc: 'Folder whose .bpmn files are the root processes.' }),
  autoDeploy: flag('AUTO_DEPLOY_PROCESSES', { default: true, doc: 'Deploy the root processes at boot.' }),
  startupTimeoutSeconds: integer('PROCOS_STARTUP_TIMEOUT', { default: 120, min: 1, max: 3_600, doc: 'Seconds the engine may take to become ready.' }),
  readyMaxAttempts: integer('CAMUNDA_READY_MAX_ATTEMPTS', { default: 1_200, min: 1, max: 100_000, doc: 'Readiness checks before the boot is given up.' }),
  readyBaseSleepSeconds: decimal('CAMUNDA_READY_BASE_SLEEP_SECONDS', { default: 0.05, min: 0.001, max: 60, doc: 'Seconds between readiness checks.' }),
  readyJitterSeconds: decimal('CAMUNDA_READY_JITTER_SECONDS', { default: 0.05, min: 0, max: 60, doc: 'Random addition to that, in seconds.' }),
  healthCheckEnabled: flag('HEALTH_CHECK_ENABLED', { default: true, doc: 'Watch the engine after boot.' }),
  healthCheckIntervalSeconds: integer('HEALTH_CHECK_INTERVAL', { default: 10, min: 1, max: 3_600, doc: 'Seconds between health checks.' }),
  healthMaxFailures: integer('HEALTH_MAX_CONSECUTIVE_FAILURES', { default: 3, min: 1, max: 100, doc: 'Failed checks in a row before the engine is restarted.' }),
  healthBackoffBaseSeconds: integer('HEALTH_BACKOFF_BASE_SECONDS', { default: 1, min: 1, max: 600, doc: 'Wait before a second restart in a row; doubles each time.' }),
  shutdownTimeoutSeconds: integer('PROCOS_SHUTDOWN_TIMEOUT', { default: 20, min: 1, max: 600, doc: 'Seconds the shutdown process may take.' }),
  readinessFile: text('KERNEL_READINESS_FILE', { default: '/tmp/procos.ready', doc: 'Written once the boot is complete, removed at stop.' }),
  metricsSnapshotFile: optional(text('KERNEL_METRICS_SNAPSHOT_FILE', { doc: 'File that gets the counters at every health check.' })),
  logFile: optional(text('PROCOS_KERNEL_LOG_FILE', { doc: 'File that log lines are written to as well; `procos up` without --distributed: logs/kernel.log in its data folder.' })),
  fileLogLevel: choice('FILE_LOG_LEVEL', logLevels, { default: 'debug', synonyms: logLevelSynonyms, doc: 'Least level that is written to that file, in any case.' }),
} as const;
