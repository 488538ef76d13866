import type { ConfigField } from '@procos/config';
import { also, choice, flag, integer, list, optional, port, Secret, secret, text, url } from '@procos/config';
import { logLevels } from '@procos/logging';
import { healthCheckIntervalMs } from '@procos/service-directory';
import { portVariable } from './port-variable.ts';

/** What the log levels are called elsewhere. */
export const logLevelSynonyms = {
  warning: 'warn',
  critical: 'error',
  fatal: 'error',
  verbose: 'debug',
  trace: 'debug',
} as const;

/** Settings that every service has. */
export function serviceFields(service: { readonly name: string; readonly port: number }) {
  return {
    host: text('PROCOS_HOST', { default: '127.0.0.1', doc: 'Address to listen on. Loopback unless told otherwise.' }),
    port: {
      ...port(portVariable(service.name), {
        default: service.port,
        doc: 'Port to listen on; 0 lets the system choose.',
      }),
      // Said once more for the type: a port is always given.
      fallback: service.port,
    },
    allowedHosts: list('PROCOS_ALLOWED_HOSTS', {
      default: [],
      doc: 'Host names besides loopback under which the service may be called.',
    }),
    allowedOrigins: origins(
      'PROCOS_ALLOWED_ORIGINS',
      'Web pages from elsewhere that may use the service, each as scheme, host and port: `https://console.example,http://localhost:5173`. None = only pages of the service itself.',
    ),
    logLevel: choice('LOG_LEVEL', logLevels, {
      default: 'info',
      synonyms: logLevelSynonyms,
      doc: 'Least level that is logged, in any case.',
    }),
    otlpEndpoint: optional(
      url('OTEL_EXPORTER_OTLP_ENDPOINT', { doc: 'OTLP/HTTP collector for traces; no traces are recorded without it.' }),
    ),
    ...connectionFields(),
  } as const;
}

/** Where a service that runs on its own meets the others, and what it says of itself there. */
export function connectionFields() {
  return {
    rabbitmqUrl: optional(
      brokerUrl(
        'RABBITMQ_URL',
        'RabbitMQ for events, for example `amqp://user:password@localhost:5672`; without it events stay in the process.',
      ),
    ),
    renewLostQueues: flag('PROCOS_RENEW_LOST_QUEUES', {
      default: false,
      doc: 'Delete an empty queue that RabbitMQ names and does not serve, and make it anew. Only for a RabbitMQ of one node, which may lose one when it is killed; `procos up` sets it for the one that it has started.',
    }),
    consulUrl: optional(
      url('CONSUL_URL', { doc: 'Consul agent for finding services; without it a service announces itself nowhere.' }),
    ),
    consulToken: optional(secret('CONSUL_HTTP_TOKEN', { doc: 'ACL token for Consul.' })),
    serviceId: optional(
      text('PROCOS_SERVICE_ID', {
        doc: 'Id of this copy in the directory; without it the name, the host and the port.',
      }),
    ),
    advertisedUrl: optional(
      url('PROCOS_ADVERTISED_URL', {
        doc: 'URL under which the others reach this service; without it the one it listens on.',
      }),
    ),
    heartbeatMs: integer('PROCOS_HEARTBEAT_INTERVAL', {
      default: healthCheckIntervalMs,
      min: 1_000,
      max: 3_600_000,
      doc: 'Time between two heartbeats to the directory, in milliseconds; after twice that a silent service counts as unhealthy.',
    }),
  } as const;
}

/** Exactly as browsers send them: a path, a closing slash or a star would never match. */
function origins(env: string, doc: string): ConfigField<readonly string[]> {
  const field = list(env, { default: [], doc });
  const parse = (value: string) => {
    const parsed = field.parse(value);
    const wrong = parsed.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
    if (wrong !== undefined)
      throw new Error(`"${wrong}" is no origin; write scheme, host and port alone, as in https://console.example`);
    return parsed;
  };
  return { ...field, parse };
}

/** May hold user and password, so that it is treated as a secret. */
function brokerUrl(env: string, doc: string): ConfigField<Secret> {
  const parse = (value: string) => {
    if (!URL.canParse(value) || !['amqp:', 'amqps:'].includes(new URL(value).protocol))
      throw new Error('must be a URL such as amqp://localhost:5672');
    return new Secret(value);
  };
  return { ...secret(env, { doc }), type: 'secret URL', parse };
}

/** Settings of every service that talks to the engine. */
export function engineFields() {
  return {
    engineUrl: engineUrl(),
    engineUser: optional(text('PROCOS_ENGINE_USER', { doc: 'User for the engine; none = the engine asks for none.' })),
    enginePassword: optional(secret('PROCOS_ENGINE_PASSWORD', { doc: 'Password for the engine.' })),
  } as const;
}

/** The kernel's name for the same engine leaves the path out. */
function engineUrl(): ConfigField<string> {
  const field = url('CAMUNDA_URL', { default: 'http://localhost:8080/engine-rest', doc: 'REST root of the engine.' });
  const parse = (value: string) => `${field.parse(value).replace(/\/engine-rest$/, '')}/engine-rest`;
  return also(field, { env: 'CAMUNDA_BASE_URL', parse });
}

/** The same engine as the kernel names it, without the path of its REST API. */
export function engineOrigin(): ConfigField<string> {
  const field = url('CAMUNDA_BASE_URL', {
    default: 'http://127.0.0.1:8080',
    doc: 'Where the engine answers; `/engine-rest` is added.',
  });
  return also(field, { env: 'CAMUNDA_URL', parse: (value) => field.parse(value).replace(/\/engine-rest$/, '') });
}
