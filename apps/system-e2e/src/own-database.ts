/** A PostgreSQL server, and who comes in. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** One that exists already: commands are sent to it. */
  readonly database: string;
}

interface Sessions {
  postgresSession(server: DatabaseServer, statements: readonly string[]): Promise<string>;
}

const alreadyThere = '42P04';

/**
 * Makes a database of this name; one that is there already is left alone.
 *
 * @throws PostgresError when the server refuses
 */
export async function makeDatabase(server: DatabaseServer, name: string): Promise<void> {
  // By address and not by name: what starts servers is part of the checkout, and not of a package.
  const { postgresSession } = (await import(
    new URL('../../../tools/services/postgres-session.mjs', import.meta.url).href
  )) as Sessions;
  try {
    await postgresSession(server, [`CREATE DATABASE "${name}"`]);
  } catch (fault) {
    if ((fault as { readonly code?: string }).code !== alreadyThere) throw fault;
  }
}
