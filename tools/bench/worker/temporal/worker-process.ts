// A Temporal worker with the SDK's defaults, in a process of its own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serveTurns } from '../serve-turns.ts';

/** Of its SDK, what is used here: it is installed on demand, so its own types are not there. */
interface Sdk {
  readonly bundleWorkflowCode: (options: object) => Promise<object>;
  readonly DefaultLogger: new (level: string) => object;
  readonly NativeConnection: { connect(options: { address: string | undefined }): Promise<object> };
  readonly Runtime: { install(options: object): void };
  readonly Worker: { create(options: object): Promise<{ run(): Promise<void>; shutdown(): void }> };
}

interface BundlerConfig {
  readonly resolve: { readonly modules: readonly string[] };
}

const sdk = process.env['TEMPORAL_SDK'] ?? '';
const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = createRequire(
  join(sdk, 'package.json'),
)('@temporalio/worker') as Sdk;

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });
let ready: Promise<[object, object]> | undefined;

serveTurns(async ({ taskQueue }: { readonly taskQueue: string }) => {
  ready ??= Promise.all([NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] }), bundle()]);
  const [connection, workflowBundle] = await ready;
  const worker = await Worker.create({
    connection,
    namespace: 'default',
    taskQueue,
    workflowBundle,
    activities: { step: async () => undefined },
  });
  let running: Promise<void> | undefined;
  return {
    go: () => {
      running = worker.run();
    },
    rest: async () => {
      worker.shutdown();
      await running;
    },
  };
});

/** The SDK lies outside the tree: the bundler is told where. */
function bundle() {
  const modules = join(sdk, 'node_modules');
  const webpackConfigHook = (config: BundlerConfig) => ({
    ...config,
    resolve: { ...config.resolve, modules: [...config.resolve.modules, modules] },
  });
  return bundleWorkflowCode({ workflowsPath: join(import.meta.dirname, 'workflows.js'), webpackConfigHook, logger });
}
