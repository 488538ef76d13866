import { type Config, type ConfigField, decimal, flag, integer, optional, secret, text } from '@procos/config';

/** Settings of whoever starts an engine and keeps it running. Names as in the reference kernel's environment. */
export function engineSupervisionFields() {
  return { ...engineProcessFields(), ...readinessFields(), ...healthFields() } as const;
}

/** The settings of {@link engineSupervisionFields}, and where the engine answers. */
export type EngineSupervisionSettings = Config<ReturnType<typeof engineSupervisionFields>> & {
  /** Scheme, host and port, without the path of the REST API. */
  readonly engineBaseUrl: string;
};

function engineProcessFields() {
  return {
    engineName: text('CAMUNDA_ENGINE_NAME', {
      default: 'default',
      doc: 'Engine that must be among those behind the URL.',
    }),
    engineUser: text('PROCOS_ENGINE_USER', { default: 'procos', doc: 'User for the engine.' }),
    enginePassword: optional(
      secret('PROCOS_ENGINE_PASSWORD', { doc: 'Password for the engine; needed when the kernel starts it.' }),
    ),
    engineHome: optional(
      text('PROCOS_ENGINE_HOME', {
        doc: 'Built engine (folder with engine.json). Without it the kernel only uses an engine that runs already.',
      }),
    ),
    engineDataDir: text('PROCOS_ENGINE_DATA_DIR', {
      default: '.procos/engine',
      doc: 'Folder of the engine database when the kernel starts the engine.',
    }),
    engineLogFile: text('PROCOS_ENGINE_LOG_FILE', {
      default: '.procos/logs/engine.log',
      doc: 'Where the output of a started engine goes.',
    }),
  } as const;
}

function readinessFields() {
  return {
    startupTimeoutSeconds: count('PROCOS_STARTUP_TIMEOUT', 120, 3_600, 'Seconds the engine may take to become ready.'),
    readyMaxAttempts: count(
      'CAMUNDA_READY_MAX_ATTEMPTS',
      1_200,
      100_000,
      'Readiness checks before the boot is given up.',
    ),
    readyBaseSleepSeconds: decimal('CAMUNDA_READY_BASE_SLEEP_SECONDS', {
      default: 0.05,
      min: 0.001,
      max: 60,
      doc: 'Seconds between readiness checks.',
    }),
    readyJitterSeconds: decimal('CAMUNDA_READY_JITTER_SECONDS', {
      default: 0.05,
      min: 0,
      max: 60,
      doc: 'Random addition to that, in seconds.',
    }),
  } as const;
}

function healthFields() {
  return {
    healthCheckEnabled: flag('HEALTH_CHECK_ENABLED', { default: true, doc: 'Watch the engine after boot.' }),
    healthCheckIntervalSeconds: count('HEALTH_CHECK_INTERVAL', 10, 3_600, 'Seconds between health checks.'),
    healthMaxFailures: count(
      'HEALTH_MAX_CONSECUTIVE_FAILURES',
      3,
      100,
      'Failed checks in a row before the engine is restarted.',
    ),
    healthBackoffBaseSeconds: count(
      'HEALTH_BACKOFF_BASE_SECONDS',
      1,
      600,
      'Wait before a second restart in a row; doubles each time.',
    ),
  } as const;
}

/** A whole number from 1. */
function count(env: string, fallback: number, max: number, doc: string): ConfigField<number> {
  return integer(env, { default: fallback, min: 1, max, doc });
}
