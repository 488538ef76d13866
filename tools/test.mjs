#!/usr/bin/env node
// npm test: sets everything up that is missing, runs every check there is, and ends with one line of counts.
import './setup/check-node.mjs';
import { runStep } from './checks/run-step.mjs';
import { allSteps } from './checks/steps.mjs';
import { readOptions, usage } from './checks/options.mjs';
import { giveUp, prepare, root } from './setup/prepare.mjs';

const steps = allSteps(root);

async function main(options) {
  const wanted = steps.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  await prepare();
  const total = { passed: 0, failed: [], skipped: [] };
  for (const stage of new Set(wanted.map((step) => step.stage))) {
    const together = wanted.filter((step) => step.stage === stage);
    const results = await Promise.all(together.map((step) => runAndTell(step, { live: together.length === 1 })));
    for (const { passed, failed, skipped } of results) {
      total.passed += passed;
      total.failed.push(...failed);
      total.skipped.push(...skipped);
    }
  }
  reportTotal(total);
}

async function runAndTell(step, { live }) {
  process.stdout.write(`▶ ${step.name}: ${step.title}\n`);
  const result = await runStep(step, { live });
  if (!live && (result.failed.length > 0 || result.output.includes('warning'))) process.stdout.write(result.output);
  const mark = result.failed.length > 0 ? '✗' : '✓';
  process.stdout.write(`${mark} ${step.name} ${(result.ms / 1000).toFixed(1)} s: ${countsLine(result)}\n`);
  return result;
}

function reportTotal(total) {
  for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name} (${reason})\n`);
  for (const name of total.failed) process.stdout.write(`failed: ${name}\n`);
  process.stdout.write(`total ${(performance.now() / 1000).toFixed(1)} s\n${countsLine(total)}\n`);
  process.exitCode = total.failed.length > 0 || total.passed === 0 ? 1 : 0;
}

function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

try {
  const options = readOptions(process.argv.slice(2), steps);
  if (options.help) process.stdout.write(usage(steps));
  else await main(options);
} catch (error) {
  giveUp(error);
}
