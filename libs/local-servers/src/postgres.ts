// PostgreSQL with one database, on a port of its own. Only this machine can reach it, and whoever knows the password.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runServer, type ServerRecipe } from './child-server.ts';
import { containerEngine, startContainer } from './container.ts';
import { findProgram } from './debian-package.ts';
import { freePorts } from './free-port.ts';
import { passwordOf } from './password.ts';
import { askPostgresVersion } from './postgres-session.ts';
import { giveFolder, type RunUser, userToRunAs } from './run-user.ts';
import type { OnProgress, RunningPostgres, ServiceOptions, ServicePlace } from './running-service.ts';
import { ServiceStartError } from './service-error.ts';
import { type Started, startIn } from './service-handle.ts';

const SERVICE = 'postgres';
const IMAGE = 'postgres:15';
const USER = 'camunda';
const DATABASE = 'postgres';

interface At {
  readonly place: ServicePlace;
  readonly port: number;
  readonly password: string;
  readonly ready: () => Promise<string | undefined>;
}

type Source = Pick<Started, 'server' | 'from'>;

/** Starts PostgreSQL from what the machine has. @throws ServiceStartError */
export async function startPostgres(options: ServiceOptions = {}): Promise<RunningPostgres> {
  const { onProgress = () => undefined } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const [port = 0] = options.ports ?? (await freePorts(1));
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

async function fromContainer(
  engine: string,
  { place, port, password, ready }: At,
  onProgress: OnProgress,
): Promise<Source> {
  const env = {
    POSTGRES_USER: USER,
    POSTGRES_PASSWORD: password,
    POSTGRES_DB: DATABASE,
    POSTGRES_HOST_AUTH_METHOD: 'scram-sha-256',
  };
  const state = '/var/lib/postgresql/data';
  return startContainer({
    engine,
    service: SERVICE,
    image: IMAGE,
    publish: { [port]: 5432 },
    env,
    state,
    place,
    ready,
    onProgress,
  });
}

async function fromPackage({ place: { folder }, port, password, ready }: At, onProgress: OnProgress): Promise<Source> {
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
  const recipe: ServerRecipe = {
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
async function findPostgres(onProgress: OnProgress): Promise<string> {
  const home = '/usr/lib/postgresql';
  const versions = () => (existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : []);
  const places = () => versions().map((version) => join(home, version, 'bin/postgres'));
  return findProgram({ service: SERVICE, program: 'postgres', places, debianPackage: 'postgresql' }, onProgress);
}

function initialize(command: string, data: string, user: RunUser | undefined): void {
  const args = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: dirname(data), ...user });
  if (status !== 0)
    throw new ServiceStartError(SERVICE, `initdb could not make the database: ${error?.message ?? stderr.trim()}`);
}

/** Nobody can come in while it is set: the server runs for this one statement alone, and listens nowhere. */
function setPassword(command: string, data: string, password: string, user: RunUser | undefined): void {
  const input = `ALTER ROLE "${USER}" PASSWORD '${password}'\n`;
  const args = ['--single', '-D', data, '-c', 'password_encryption=scram-sha-256', DATABASE];
  const { status, error } = spawnSync(command, args, { input, encoding: 'utf8', cwd: dirname(data), ...user });
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  // What it said may hold the statement.
  if (status !== 0)
    throw new ServiceStartError(SERVICE, `PostgreSQL did not take its password: ${code ?? `exit code ${status}`}.`);
}
