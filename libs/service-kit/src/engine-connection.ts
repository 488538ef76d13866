import type { Secret } from '@procos/config';

/** The connection described by {@link engineFields}, in the form the engine client takes. */
export function engineConnection(config: {
  readonly engineUrl: string;
  readonly engineUser: string | undefined;
  readonly enginePassword: Secret | undefined;
}): { baseUrl: string; user?: string; password?: string } {
  const { engineUrl, engineUser, enginePassword } = config;
  return {
    baseUrl: engineUrl,
    ...(engineUser === undefined ? {} : { user: engineUser }),
    ...(enginePassword === undefined ? {} : { password: enginePassword.reveal() }),
  };
}
