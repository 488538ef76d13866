export interface PostgresAddress {
  /** @default 127.0.0.1 */
  readonly host?: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/** Thrown when PostgreSQL refuses. */
export class PostgresError extends Error {
  /** Its SQLSTATE, when the server gave one. */
  readonly code: string | undefined;
}

/**
 * Gets in, by password where the server asks for one, and runs the statements one after the other.
 *
 * @returns version of the server
 * @throws PostgresError, or the error of the connection
 */
export function postgresSession(to: PostgresAddress, statements?: readonly string[]): Promise<string>;
