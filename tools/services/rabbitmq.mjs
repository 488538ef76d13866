// RabbitMQ with its management API, on ports of its own, for whoever knows its password.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runServer } from './child-server.mjs';
import { containerEngine, runContainer } from './container.mjs';
import { findProgram } from './debian-package.mjs';
import { freePorts, needFreePorts } from './free-port.mjs';
import { guarded } from './guarded.mjs';
import { hasPassword, passwordOf } from './password.mjs';
import { askRabbitMqVersion } from './rabbitmq-version.mjs';
import { giveFolder, userToRunAs } from './run-user.mjs';
import { ServiceStartError } from './service-error.mjs';
import { startIn } from './service-handle.mjs';

const SERVICE = 'rabbitmq';
const IMAGE = 'rabbitmq:3.13-management';
const USER = 'procos';
const execute = promisify(execFile);

/** Starts RabbitMQ from what the machine has. @param {import('./services.d.mts').ServiceOptions} [options] */
export async function startRabbitMq(options = {}) {
  const { onProgress = () => {} } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const [port, managementPort, distPort, epmdPort] = options.ports ?? (await freePorts(4));
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
function refuseOpenState(folder) {
  if (!existsSync(join(folder, 'mnesia')) || hasPassword(folder)) return;
  throw new ServiceStartError(
    SERVICE,
    `The state in ${folder} is of a RabbitMQ without a password of its own. Remove the folder to begin with an empty one.`,
  );
}

async function fromContainer(engine, { place, port, managementPort, password, ready }, onProgress) {
  const publish = { [port]: 5672, [managementPort]: 15672 };
  const env = { RABBITMQ_DEFAULT_USER: USER, RABBITMQ_DEFAULT_PASS: password };
  const server = await runContainer({
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
  const control = async (...words) => (await execute(engine, ['exec', server.name, 'rabbitmqctl', ...words])).stdout;
  return { from: `container ${IMAGE}`, server: Object.assign(server, { control }) };
}

/** The scripts of the package that Debian wraps switch the user and the folder; the ones behind them do what they are told. */
async function fromPackage(at, onProgress) {
  const places = () => ['/usr/lib/rabbitmq/bin/rabbitmq-server'];
  const command = await findProgram(
    { service: SERVICE, program: 'rabbitmq-server', places, debianPackage: 'rabbitmq-server' },
    onProgress,
  );
  const user = userToRunAs(['rabbitmq']);
  const { folder } = at.place;
  const env = writeSettings(folder, at, user);
  for (const path of [folder, ...['mnesia', 'log'].map((name) => join(folder, name))]) giveFolder(path, user);
  let epmd = await startPortMapper(at.epmdPort, user);
  // Without it the server would start one as a daemon that nobody ends.
  const prepare = async () => {
    if (epmd.hasEnded()) epmd = await startPortMapper(at.epmdPort, user);
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
    const control = controlOf(join(dirname(command), 'rabbitmqctl'), { env, user, folder });
    return { from: `package, ${dirname(command)}`, server: Object.assign(server, { dispose, control }) };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function controlOf(program, { env, user, folder }) {
  return async (...words) => {
    const { stdout } = await execute(program, ['-n', env.RABBITMQ_NODENAME, ...words], {
      env: { ...process.env, ...env },
      cwd: folder,
      ...user,
    });
    return stdout;
  };
}

function writeSettings(folder, { port, managementPort, distPort, epmdPort, password }, user) {
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

/** Erlang's port mapper would be started as a daemon that nobody ends: ours is a child like any other. */
async function startPortMapper(port, user) {
  await needFreePorts(SERVICE, [port]);
  const child = spawn('epmd', ['-port', String(port), '-address', '127.0.0.1'], {
    stdio: 'ignore',
    detached: true,
    ...user,
  });
  const exited = new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const release = child.pid === undefined ? () => {} : guarded({ pid: child.pid, signal: 'SIGKILL' });
  return {
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      release();
    },
  };
}
