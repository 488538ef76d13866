import type { Environment } from '@procos/config';

/** What a server says of itself once it answers. */
export interface StartedService {
  readonly url: string;
  readonly pid?: number | undefined;
  readonly jdbcUrl?: string;
  readonly user?: string;
  readonly password?: string;
}

interface ServiceKind {
  /** Names one that runs already. */
  readonly variable: string;
  readonly usualPort: number;
  settings(server: StartedService): Environment;
}

/** The servers that a distributed system meets over. */
export const serviceKinds = {
  rabbitmq: {
    variable: 'RABBITMQ_URL',
    usualPort: 5672,
    settings: ({ url }) => ({ RABBITMQ_URL: url, PROCOS_RENEW_LOST_QUEUES: 'true' }),
  },
  consul: { variable: 'CONSUL_URL', usualPort: 8500, settings: ({ url }) => ({ CONSUL_URL: url }) },
  postgres: {
    variable: 'CAMUNDA_DB_URL',
    usualPort: 5432,
    settings: ({ jdbcUrl, user, password }) => ({
      CAMUNDA_DB_URL: jdbcUrl,
      CAMUNDA_DB_USER: user,
      CAMUNDA_DB_PASSWORD: password,
    }),
  },
} as const satisfies Record<string, ServiceKind>;

export type ServiceName = keyof typeof serviceKinds;
export const serviceNames = Object.keys(serviceKinds) as readonly ServiceName[];
