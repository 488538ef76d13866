// RabbitMQ with its management API, on ports of its own.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runServer } from './child-server.mjs';
import { containerEngine, runContainer } from './container.mjs';
import { findProgram } from './debian-package.mjs';
import { freePorts } from './free-port.mjs';
import { askRabbitMqVersion } from './rabbitmq-version.mjs';
import { giveFolder, userToRunAs } from './run-user.mjs';
import { openFolder } from './scratch-folder.mjs';
import { serviceHandle } from './service-handle.mjs';

const SERVICE = 'rabbitmq';
const IMAGE = 'rabbitmq:3.13-management';
const execute = promisify(execFile);

/** Starts RabbitMQ from what the machine has. @param {import('./services.d.mts').ServiceOptions} [options] */
export async function startRabbitMq(options = {}) {
  const { onProgress = () => {} } = options;
  const { folder, discard } = openFolder(SERVICE, options.folder);
  const [port, managementPort, distPort, epmdPort] = options.ports ?? (await freePorts(4));
  const ready = () => askRabbitMqVersion({ port });
  const at = { folder, port, managementPort, distPort, epmdPort, ready };
  const engine = containerEngine();
  const { server, from } = engine === undefined ? await fromPackage(at, onProgress) : await fromContainer(engine, at, onProgress);
  return Object.assign(serviceHandle(server, discard), {
    service: SERVICE,
    from,
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    managementUrl: `http://127.0.0.1:${managementPort}`,
    port,
    control: server.control,
  });
}

async function fromContainer(engine, { folder, port, managementPort, ready }, onProgress) {
  const publish = { [port]: 5672, [managementPort]: 15672 };
  const server = await runContainer({ engine, service: SERVICE, image: IMAGE, publish, folder, ready, onProgress });
  const control = async (...words) => (await execute(engine, ['exec', server.name, 'rabbitmqctl', ...words])).stdout;
  return { from: `container ${IMAGE}`, server: Object.assign(server, { control }) };
}

/** The scripts of the package that Debian wraps switch the user and the folder; the ones behind them do what they are told. */
async function fromPackage(at, onProgress) {
  const places = () => ['/usr/lib/rabbitmq/bin/rabbitmq-server'];
  const command = await findProgram({ service: SERVICE, program: 'rabbitmq-server', places, debianPackage: 'rabbitmq-server' }, onProgress);
  const user = userToRunAs(['rabbitmq']);
  const { folder, ready } = at;
  const env = writeSettings(at);
  for (const path of [folder, ...['mnesia', 'log'].map((name) => join(folder, name))]) giveFolder(path, user);
  const epmd = await startPortMapper(at.epmdPort, user);
  try {
    const recipe = { service: SERVICE, command, args: [], env, user, cwd: folder, logFile: join(folder, 'rabbitmq.log'), ready };
    const server = await runServer(recipe);
    const node = ['-n', env.RABBITMQ_NODENAME];
    const control = async (...words) => (await execute(join(dirname(command), 'rabbitmqctl'), [...node, ...words], { env: { ...process.env, ...env }, cwd: folder, ...user })).stdout;
    return { from: `package, ${dirname(command)}`, server: Object.assign(server, { dispose: epmd.stop, control }) };
  } catch (error) {
    await epmd.stop();
    throw error;
  }
}

function writeSettings({ folder, port, managementPort, distPort, epmdPort }) {
  for (const name of ['mnesia', 'log']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n');
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${managementPort}`,
    // On a shared machine the free space says little about us; what the tests keep is small.
    'disk_free_limit.absolute = 50MB',
    '',
  ];
  writeFileSync(join(folder, 'rabbitmq.conf'), settings.join('\n'));
  return {
    HOME: folder,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
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
  const child = spawn('epmd', ['-port', String(port), '-address', '127.0.0.1'], { stdio: 'ignore', detached: true, ...user });
  const exited = new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  return {
    stop: async () => {
      process.off('exit', endWithUs);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
