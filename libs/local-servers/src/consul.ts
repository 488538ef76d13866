// Consul, one agent that is its own server, on ports of its own.
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildGoTool } from './build-go-tool.ts';
import { runServer } from './child-server.ts';
import { containerEngine, startContainer } from './container.ts';
import { freePorts } from './free-port.ts';
import type { ConsulOptions, OnProgress, RunningService, ServicePlace } from './running-service.ts';
import { type Started, startIn } from './service-handle.ts';

const SERVICE = 'consul';
const IMAGE = 'hashicorp/consul:1.20';

interface At {
  readonly place: ServicePlace;
  readonly ports: readonly number[];
  readonly config: object;
  readonly ready: () => Promise<string | undefined>;
}

type Source = Pick<Started, 'server' | 'from'>;

/** Starts Consul from what the machine has. @throws ServiceStartError */
export async function startConsul(options: ConsulOptions = {}): Promise<RunningService> {
  const { onProgress = () => undefined, acl } = options;
  return startIn(SERVICE, options.folder, async (place) => {
    const ports = options.ports ?? (await freePorts(6));
    const [port = 0] = ports;
    const config =
      acl === undefined
        ? {}
        : {
            acl: { enabled: true, default_policy: 'deny', tokens: { initial_management: acl.token, agent: acl.token } },
          };
    const at = { place, ports, config, ready: () => askVersion(port, acl?.token) };
    const engine = containerEngine();
    const { server, from } =
      engine === undefined ? await fromModule(at, onProgress) : await fromContainer(engine, at, onProgress);
    return { server, from, url: `http://127.0.0.1:${port}`, port };
  });
}

async function fromContainer(
  engine: string,
  { place, ports: [port = 0], config, ready }: At,
  onProgress: OnProgress,
): Promise<Source> {
  const env = { CONSUL_LOCAL_CONFIG: JSON.stringify(config) };
  // Its address is part of its state: the one of a container changes from start to start.
  const args = ['agent', '-server', '-bootstrap', '-bind', '127.0.0.1', '-client', '0.0.0.0'];
  return startContainer({
    engine,
    service: SERVICE,
    image: IMAGE,
    publish: { [port]: 8500 },
    env,
    args,
    state: '/consul/data',
    place,
    ready,
    onProgress,
  });
}

/** One that the machine has spares the build. */
function installed(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'consul'))
    .find((file) => existsSync(file));
}

/** It keeps its state in the folder, unlike a development agent, so that a restart finds what was registered. */
async function fromModule({ place: { folder }, ports, config, ready }: At, onProgress: OnProgress): Promise<Source> {
  const command = installed() ?? (await buildGoTool('consul', { onProgress }));
  const [http, server, serfLan, serfWan, grpc, dns] = ports;
  const file = join(folder, 'consul.json');
  const numbered = { http, server, serf_lan: serfLan, serf_wan: serfWan, grpc, grpc_tls: -1, dns };
  const quick = { performance: { raft_multiplier: 1 }, disable_update_check: true, leave_on_terminate: false };
  writeFileSync(file, JSON.stringify({ ports: numbered, ...quick, ...config }));
  const args = [
    'agent',
    '-server',
    '-bootstrap',
    '-node',
    'procos',
    '-bind',
    '127.0.0.1',
    '-client',
    '127.0.0.1',
    '-data-dir',
    join(folder, 'data'),
    '-config-file',
    file,
  ];
  return {
    from: installed() === undefined ? 'Go module github.com/hashicorp/consul' : `package, ${command}`,
    server: await runServer({
      service: SERVICE,
      command,
      args,
      cwd: folder,
      logFile: join(folder, 'consul.log'),
      ports,
      ready,
    }),
  };
}

/** It is ready when it has a leader and its own node is in the catalogue. */
async function askVersion(port: number, token: string | undefined): Promise<string | undefined> {
  const headers: Record<string, string> = token === undefined ? {} : { 'x-consul-token': token };
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${port}/v1${path}`, { headers, signal: AbortSignal.timeout(3_000) });
  try {
    const [leader, nodes, self] = await Promise.all([ask('/status/leader'), ask('/catalog/nodes'), ask('/agent/self')]);
    if (!leader.ok || !nodes.ok || !self.ok) return undefined;
    const [who, list, { Config }] = (await Promise.all([leader.json(), nodes.json(), self.json()])) as [
      string,
      readonly unknown[],
      { readonly Config: { readonly Version: string } },
    ];
    return who !== '' && list.length > 0 ? Config.Version : undefined;
  } catch {
    // Not listening yet: the caller looks at the process and the clock.
    return undefined;
  }
}
