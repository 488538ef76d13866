import { flag, integer, optional, secret, text, url } from '@procos/config';
import { serviceFields } from '@procos/service-kit';

/** Settings of the service. */
export const serviceRegistryFields = {
  ...serviceFields({ name: 'service-registry', port: 8091 }),
  consulUrl: url('CONSUL_URL', { default: 'http://localhost:8500', doc: 'Base URL of a Consul agent.' }),
  consulToken: optional(secret('CONSUL_HTTP_TOKEN', { doc: 'ACL token for Consul.' })),
  inMemory: flag('PROCOS_REGISTRY_IN_MEMORY', {
    default: false,
    doc: 'Keep the registry in this process instead of Consul: for development, forgotten when it stops.',
  }),
  lastGoodFile: optional(
    text('PROCOS_REGISTRY_LAST_GOOD_FILE', {
      doc: 'File that keeps the last good answers, for when Consul is away after a restart.',
    }),
  ),
  changesMs: integer('PROCOS_REGISTRY_CHANGES_MS', {
    default: 2_000,
    min: 100,
    max: 600_000,
    doc: 'Time between two looks at who has come and gone, to publish it as events, in milliseconds.',
  }),
  maxWatchers: integer('PROCOS_REGISTRY_MAX_WATCHERS', { default: 200, min: 1, max: 10_000, doc: 'Watchers at once.' }),
} as const;
