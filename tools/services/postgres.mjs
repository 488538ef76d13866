// PostgreSQL with one database, on a port of its own. Only this machine can reach it, and whoever knows the password.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runServer } from './child-server.mjs';
import { containerEngine, runContainer } from './container.mjs';
import { findProgram } from './debian-package.mjs';
import { freePorts } from './free-port.mjs';
import { passwordOf } from './password.mjs';
import { askPostgresVersion } from './postgres-session.mjs';
import { giveFolder, userToRunAs } from './run-user.mjs';
import { ServiceStartError } from './service-error.mjs';
import { startIn } from './service-handle.mjs';

const SERVICE = 'postgres';
const IMAGE = 'postgres:15';
const USER = 'camunda';
const DATABASE = 'postgres';

/** Starts PostgreSQL from what the machine has. @param {import('./services.d.mts').ServiceOptions} [options] */
export async function startPostgres(options = {}) {
  const { onProgress = () => {} } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const [port] = options.ports ?? (await freePorts(1));
    const password = passwordOf(place.folder);
    const ready = () => askPostgresVersion({ port, user: USER, password, database: DATABASE });
    const at = { place, port, password, ready };
    const engine = containerEngine();
    const address = `127.0.0.1:${port}/${DATABASE}`;
    return {
      ...(engine === undefined ? await fromPackage(at, onProgress) : await fromContainer(engine, at, onProgress)),
      url: `postgresql://${USER}:${password}@${address}`,
      /** For `CAMUNDA_DB_URL` of the engine. */
      jdbcUrl: `jdbc:postgresql://${address}`,
      user: USER,
      password,
      port,
    };
  });
}

async function fromContainer(engine, { place, port, password, ready }, onProgress) {
  const env = {
    POSTGRES_USER: USER,
    POSTGRES_PASSWORD: password,
    POSTGRES_DB: DATABASE,
    POSTGRES_HOST_AUTH_METHOD: 'scram-sha-256',
  };
  const state = '/var/lib/postgresql/data';
  return {
    from: `container ${IMAGE}`,
    server: await runContainer({
      engine,
      service: SERVICE,
      image: IMAGE,
      publish: { [port]: 5432 },
      env,
      state,
      place,
      ready,
      onProgress,
    }),
  };
}

async function fromPackage({ place: { folder }, port, password, ready }, onProgress) {
  const command = await findPostgres(onProgress);
  // It refuses to run as root.
  const user = userToRunAs(['postgres', 'nobody']);
  const data = join(folder, 'data');
  giveFolder(folder, user);
  if (!existsSync(join(data, 'PG_VERSION'))) initialize(join(dirname(command), 'initdb'), data, user);
  // With every start: a first one may have been ended before it was set.
  setPassword(command, data, password, user);
  const sockets = join(folder, 'sockets');
  mkdirSync(sockets, { recursive: true });
  giveFolder(sockets, user);
  const rules = join(folder, 'pg_hba.conf');
  writeFileSync(rules, 'local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n');
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: sockets,
    hba_file: rules,
    max_connections: 200,
  };
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // SIGINT is its fast shutdown: SIGTERM would wait for every client to leave.
  const recipe = {
    service: SERVICE,
    command,
    args,
    user,
    cwd: folder,
    logFile: join(folder, 'postgres.log'),
    stopSignal: 'SIGINT',
    ports: [port],
    ready,
  };
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
  if (status !== 0)
    throw new ServiceStartError(SERVICE, `initdb could not make the database: ${error?.message ?? stderr.trim()}`);
}

/** Nobody can come in while it is set: the server runs for this one statement alone, and listens nowhere. */
function setPassword(command, data, password, user) {
  const input = `ALTER ROLE "${USER}" PASSWORD '${password}'\n`;
  const args = ['--single', '-D', data, '-c', 'password_encryption=scram-sha-256', DATABASE];
  const { status, error } = spawnSync(command, args, { input, encoding: 'utf8', cwd: dirname(data), ...user });
  // What it said may hold the statement.
  if (status !== 0)
    throw new ServiceStartError(
      SERVICE,
      `PostgreSQL did not take its password: ${error?.code ?? `exit code ${status}`}.`,
    );
}
