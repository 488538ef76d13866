// RabbitMQ with its management API, on ports of its own, for whoever knows its password.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runServer } from './child-server.ts';
import { containerEngine, startContainer } from './container.ts';
import { findProgram } from './debian-package.ts';
import { freePorts } from './free-port.ts';
import { hasPassword, passwordOf } from './password.ts';
import { startPortMapper } from './port-mapper.ts';
import { rabbitMqControl } from './rabbitmq-control.ts';
import { askRabbitMqVersion } from './rabbitmq-version.ts';
import { giveFolder, type RunUser, userToRunAs } from './run-user.ts';
import type { OnProgress, RunningRabbitMq, ServiceOptions, ServicePlace } from './running-service.ts';
import { ServiceStartError } from './service-error.ts';
import { type OwnedServer, startIn } from './service-handle.ts';

const SERVICE = 'rabbitmq';
const IMAGE = 'rabbitmq:3.13-management';
const USER = 'procos';
const execute = promisify(execFile);

interface At {
  readonly place: ServicePlace;
  readonly port: number;
  readonly managementPort: number;
  readonly distPort: number;
  readonly epmdPort: number;
  readonly password: string;
  readonly ready: () => Promise<string | undefined>;
}

interface Source {
  readonly from: string;
  readonly server: OwnedServer & Required<Pick<RunningRabbitMq, 'control'>>;
}

/** Starts RabbitMQ from what the machine has. @throws ServiceStartError */
export async function startRabbitMq(options: ServiceOptions = {}): Promise<RunningRabbitMq> {
  const { onProgress = () => undefined } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const [port = 0, managementPort = 0, distPort = 0, epmdPort = 0] = options.ports ?? (await freePorts(4));
    refuseOpenState(place.folder);
    const password = passwordOf(place.folder);
    const at = { place, port, managementPort, distPort, epmdPort, password, ready: () => askRabbitMqVersion({ port }) };
    const engine = containerEngine();
    const { server, from } =
      engine === undefined ? await fromPackage(at, onProgress) : await fromContainer(engine, at, onProgress);
    return {
      ...{ server, from, port, user: USER, password },
      url: `amqp://${USER}:${password}@127.0.0.1:${port}`,
      managementUrl: `http://127.0.0.1:${managementPort}`,
      control: server.control,
    };
  });
}

/** It makes its user with the first start, and one that was started without a password lets in guests of the whole machine. */
function refuseOpenState(folder: string): void {
  if (!existsSync(join(folder, 'mnesia')) || hasPassword(folder)) return;
  throw new ServiceStartError(
    SERVICE,
    `The state in ${folder} is of a RabbitMQ without a password of its own. Remove the folder to begin with an empty one.`,
  );
}

async function fromContainer(
  engine: string,
  { place, port, managementPort, password, ready }: At,
  onProgress: OnProgress,
): Promise<Source> {
  const publish = { [port]: 5672, [managementPort]: 15672 };
  const env = { RABBITMQ_DEFAULT_USER: USER, RABBITMQ_DEFAULT_PASS: password };
  const { server, from } = await startContainer({
    engine,
    service: SERVICE,
    image: IMAGE,
    publish,
    env,
    state: '/var/lib/rabbitmq',
    place,
    ready,
    onProgress,
  });
  const control = async (...words: readonly string[]) =>
    (await execute(engine, ['exec', server.name, 'rabbitmqctl', ...words])).stdout;
  return { from, server: Object.assign(server, { control }) };
}

/** The scripts of the package that Debian wraps switch the user and the folder; the ones behind them do what they are told. */
async function fromPackage(at: At, onProgress: OnProgress): Promise<Source> {
  const places = () => ['/usr/lib/rabbitmq/bin/rabbitmq-server'];
  const command = await findProgram(
    { service: SERVICE, program: 'rabbitmq-server', places, debianPackage: 'rabbitmq-server' },
    onProgress,
  );
  const user = userToRunAs(['rabbitmq']);
  const { folder } = at.place;
  const env = writeSettings(folder, at, user);
  for (const path of [folder, ...['mnesia', 'log'].map((name) => join(folder, name))]) giveFolder(path, user);
  let epmd = await startPortMapper(SERVICE, at.epmdPort, user);
  // Without it the server would start one as a daemon that nobody ends.
  const prepare = async () => {
    if (epmd.hasEnded()) epmd = await startPortMapper(SERVICE, at.epmdPort, user);
  };
  const dispose = () => epmd.stop();
  try {
    const ports = [at.port, at.managementPort, at.distPort];
    const server = await runServer({
      service: SERVICE,
      command,
      args: [],
      env,
      user,
      cwd: folder,
      logFile: join(folder, 'rabbitmq.log'),
      ports,
      ready: at.ready,
      prepare,
    });
    const control = rabbitMqControl(join(dirname(command), 'rabbitmqctl'), { env, user, cwd: folder, prepare });
    return { from: `package, ${dirname(command)}`, server: Object.assign(server, { dispose, control }) };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function writeSettings(
  folder: string,
  { port, managementPort, distPort, epmdPort, password }: At,
  user: RunUser | undefined,
) {
  for (const name of ['mnesia', 'log']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n');
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    `default_user = ${USER}`,
    `default_pass = ${password}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${managementPort}`,
    // On a shared machine the free space says little about us; what the tests keep is small.
    'disk_free_limit.absolute = 50MB',
    '',
  ];
  const file = join(folder, 'rabbitmq.conf');
  writeFileSync(file, settings.join('\n'), { mode: 0o600 });
  giveFolder(file, user);
  return {
    HOME: folder,
    RABBITMQ_CONFIG_FILE: file,
    RABBITMQ_NODENAME: `procos-${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_DIST_PORT: String(distPort),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // The start script then becomes the server itself, so that its process id is the server's.
    RUNNING_UNDER_SYSTEMD: '1',
  };
}
