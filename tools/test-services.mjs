#!/usr/bin/env node
// npm run test:services: the tests that need RabbitMQ, PostgreSQL and Consul, against real servers; ends with one line of counts.
import './setup/check-node.mjs';
import { runStep } from './checks/run-step.mjs';
import { servicesSteps } from './checks/steps.mjs';
import { giveUp, prepare, root } from './setup/prepare.mjs';

const usage = `Usage: npm run test:services [-- <path>…]
Starts RabbitMQ, PostgreSQL and Consul on free ports from what this machine has, runs the tests named
*.services.test.ts (all, or those of the paths), then the end-to-end tests of apps/system-e2e in distributed mode
(those of faults by npm run test:faults), and ends with one line of counts. Prometheus and Jaeger are started
by the tests that need them.
A server that cannot be had fails the run where CI=true, and skips its tests with the reason elsewhere.
npm run servers -- --help tells where servers are looked for.
`;

/** @param {readonly string[]} paths */
async function main(paths) {
  await prepare();
  const results = [];
  for (const step of servicesSteps(root, paths)) {
    process.stdout.write(`${step.title}\n`);
    results.push(await runStep(step, { live: true }));
  }
  const passed = results.reduce((sum, one) => sum + one.passed, 0);
  const failed = results.flatMap((one) => one.failed);
  const skipped = results.flatMap((one) => one.skipped);
  for (const { name, reason } of skipped) process.stdout.write(`skipped: ${name} (${reason})\n`);
  for (const name of failed) process.stdout.write(`failed: ${name}\n`);
  process.stdout.write(
    `total ${(performance.now() / 1000).toFixed(1)} s\n${passed} passed, ${failed.length} failed, ${skipped.length} skipped\n`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) process.stdout.write(usage);
else main(words).catch(giveUp);
