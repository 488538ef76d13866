// A Temporal worker with the SDK's defaults, in a process of its own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serveTurns } from '../serve-turns.mjs';

const sdk = process.env['TEMPORAL_SDK'];
const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = createRequire(
  join(sdk, 'package.json'),
)('@temporalio/worker');

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });
let ready;

serveTurns(async ({ taskQueue }) => {
  ready ??= Promise.all([NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] }), bundle()]);
  const [connection, workflowBundle] = await ready;
  const worker = await Worker.create({
    connection,
    namespace: 'default',
    taskQueue,
    workflowBundle,
    activities: { step: async () => undefined },
  });
  let running;
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
  const webpackConfigHook = (config) => ({
    ...config,
    resolve: { ...config.resolve, modules: [...config.resolve.modules, modules] },
  });
  return bundleWorkflowCode({ workflowsPath: join(import.meta.dirname, 'workflows.js'), webpackConfigHook, logger });
}
