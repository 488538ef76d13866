// PostgreSQL with one database, on a port of its own. Only this machine can reach it, and it trusts whoever does.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runServer } from './child-server.mjs';
import { containerEngine, runContainer } from './container.mjs';
import { findProgram } from './debian-package.mjs';
import { freePorts } from './free-port.mjs';
import { askPostgresVersion } from './postgres-version.mjs';
import { giveFolder, userToRunAs } from './run-user.mjs';
import { openFolder } from './scratch-folder.mjs';
import { ServiceStartError } from './service-error.mjs';
import { serviceHandle } from './service-handle.mjs';

const SERVICE = 'postgres';
const IMAGE = 'postgres:15';
const USER = 'camunda';
const DATABASE = 'postgres';

/** Starts PostgreSQL from what the machine has. @param {import('./services.d.mts').ServiceOptions} [options] */
export async function startPostgres(options = {}) {
  const { onProgress = () => {} } = options;
  const { folder, discard } = openFolder(SERVICE, options.folder);
  const [port] = options.ports ?? (await freePorts(1));
  const ready = () => askPostgresVersion({ port, user: USER, database: DATABASE });
  const at = { folder, port, ready };
  const engine = containerEngine();
  const { server, from } = engine === undefined ? await fromPackage(at, onProgress) : await fromContainer(engine, at, onProgress);
  const address = `127.0.0.1:${port}/${DATABASE}`;
  return Object.assign(serviceHandle(server, discard), {
    service: SERVICE,
    from,
    url: `postgresql://${USER}@${address}`,
    /** For `CAMUNDA_DB_URL` of the engine. */
    jdbcUrl: `jdbc:postgresql://${address}`,
    user: USER,
    port,
  });
}

async function fromContainer(engine, { folder, port, ready }, onProgress) {
  const env = { POSTGRES_USER: USER, POSTGRES_DB: DATABASE, POSTGRES_HOST_AUTH_METHOD: 'trust' };
  return { from: `container ${IMAGE}`, server: await runContainer({ engine, service: SERVICE, image: IMAGE, publish: { [port]: 5432 }, env, folder, ready, onProgress }) };
}

async function fromPackage({ folder, port, ready }, onProgress) {
  const command = await findPostgres(onProgress);
  // It refuses to run as root.
  const user = userToRunAs(['postgres', 'nobody']);
  const data = join(folder, 'data');
  giveFolder(folder, user);
  if (!existsSync(join(data, 'PG_VERSION'))) initialize(join(dirname(command), 'initdb'), data, user);
  const sockets = join(folder, 'sockets');
  mkdirSync(sockets, { recursive: true });
  giveFolder(sockets, user);
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${sockets}`, '-c', 'max_connections=200'];
  // SIGINT is its fast shutdown: SIGTERM would wait for every client to leave.
  const recipe = { service: SERVICE, command, args, user, cwd: folder, logFile: join(folder, 'postgres.log'), stopSignal: 'SIGINT', ready };
  return { from: `package, ${dirname(command)}`, server: await runServer(recipe) };
}

/** Debian keeps each major version in a folder of its own: the newest is taken. */
async function findPostgres(onProgress) {
  const home = '/usr/lib/postgresql';
  const versions = () => (existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : []);
  const places = () => versions().map((version) => join(home, version, 'bin/postgres'));
  return findProgram({ service: SERVICE, program: 'postgres', places, debianPackage: 'postgresql' }, onProgress);
}

function initialize(command, data, user) {
  const args = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: dirname(data), ...user });
  if (status !== 0) throw new ServiceStartError(SERVICE, `initdb could not make the database: ${error?.message ?? stderr.trim()}`);
}
