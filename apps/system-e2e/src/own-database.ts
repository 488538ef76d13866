import { postgresSession } from '@procos/local-servers';

/** A PostgreSQL server, and who comes in. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** One that exists already: commands are sent to it. */
  readonly database: string;
}

const alreadyThere = '42P04';

/**
 * Makes a database of this name; one that is there already is left alone.
 *
 * @throws PostgresError when the server refuses
 */
export async function makeDatabase(server: DatabaseServer, name: string): Promise<void> {
  try {
    await postgresSession(server, [`CREATE DATABASE "${name}"`]);
  } catch (fault) {
    if ((fault as { readonly code?: string }).code !== alreadyThere) throw fault;
  }
}
