// npm run servers -- rabbitmq consul postgres: starts them, prints where they are as JSON, stays until Ctrl-C.
import { parseArgs } from 'node:util';
import { keptPlace } from './kept-place.ts';
import type { RunningService, ServiceName } from './running-service.ts';
import { serveSupervisor } from './serve-supervisor.ts';
import { serviceNames, startService } from './services.ts';

const usage = `Usage: npm run servers -- [--folder <path>] <${serviceNames.join('|')}>…
Starts real services on free ports of 127.0.0.1 from what this machine has, prints where they are
as one JSON document, and stays until Ctrl-C or SIGTERM.

  --folder <path>    keeps their state there, one folder each, and finds it and its ports again at the next start
  --stop-with-stdin  stops when its standard input ends, as it does with the program that started it
  --supervised       starts, stops and starts again what its standard input says, line by line, and tells what
                     becomes of it; for the program that started it
  --help             this text

The document holds the passwords that were made for them.

Looked for in this order: running already (PROCOS_TEST_RABBITMQ_URL, PROCOS_TEST_POSTGRES_URL,
PROCOS_TEST_CONSUL_URL, PROCOS_TEST_PROMETHEUS_URL, PROCOS_TEST_JAEGER_URL; RabbitMQ's management API
on port 15672 or at PROCOS_TEST_RABBITMQ_MANAGEMENT_URL, Jaeger's OTLP over HTTP on port 4318 or at
PROCOS_TEST_JAEGER_OTLP_URL), docker or podman (not with PROCOS_CONTAINERS=false), system packages
(installed when run as root on Debian), published Go modules (built once, some minutes).
`;

const running: RunningService[] = [];
let stopping = false;

async function stopAll(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const ended = await Promise.allSettled(running.map((service) => service.stop()));
  const failed = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
  for (const { message } of failed) console.error(message);
  process.exit(failed.length > 0 ? 1 : exitCode);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      folder: { type: 'string' },
      'stop-with-stdin': { type: 'boolean' },
      supervised: { type: 'boolean' },
    },
  });
  const known = (name: string): name is ServiceName => (serviceNames as readonly string[]).includes(name);
  const unknown = positionals.find((name) => !known(name));
  if (values.help) return void process.stdout.write(usage);
  if (values.supervised && values.folder !== undefined) return serveSupervisor(values.folder);
  if (unknown !== undefined || positionals.length === 0) {
    process.stderr.write(
      `${unknown === undefined ? 'Which services?' : `There is no service '${unknown}'.`}\n${usage}`,
    );
    process.exitCode = 2;
    return;
  }
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stopAll(0));
  if (values['stop-with-stdin']) process.stdin.once('end', () => void stopAll(0)).resume();
  const onProgress = (message: string) => console.error(message);
  await Promise.all(
    [...new Set(positionals.filter(known))].map(async (name) => {
      const kept = values.folder === undefined ? {} : await keptPlace(values.folder, name);
      running.push(await startService(name, { onProgress, ...kept }));
    }),
  );
  const shown = running.map(({ service, stop: _s, kill: _k, restart: _r, exited: _e, ...rest }) => [service, rest]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`);
  // Nothing else keeps this process, unless all of them run elsewhere.
  setInterval(() => undefined, 2 ** 30);
}

main().catch(async (error: unknown) => {
  console.error((error as Error).message);
  await stopAll(1);
});
