#!/usr/bin/env node
// npm test: sets everything up that is missing, runs every check there is, and ends with one line of counts.
import './setup/check-node.mjs';
import { rememberGreen, treeOf } from './checks/affected.mjs';
import { isOver, renderProfile } from './checks/profile.mjs';
import { runStep } from './checks/run-step.mjs';
import { scopeOf } from './checks/scope.mjs';
import { allSteps } from './checks/steps.mjs';
import { readOptions, usage } from './checks/options.mjs';
import { giveUp, prepare, root } from './setup/prepare.mjs';

/**
 * @typedef {import('./checks/steps.mjs').Step} Step
 * @typedef {{step: Step, result: import('./checks/run-step.mjs').StepResult}} Done
 * @typedef {import('./checks/run-step.mjs').Counts} Counts
 */

/** @param {import('./checks/options.mjs').Options} options */
async function main(options) {
  await prepare();
  const isWhole = options.all || options.only.length > 0 || process.env['CI'] === 'true';
  const tree = options.only.length === 0 ? treeBefore() : undefined;
  const scope = isWhole || tree === undefined ? undefined : scopeOf(root, tree);
  if (scope !== undefined) process.stdout.write(`${scopeLines(scope)}\n`);
  const steps = allSteps(root, scope);
  const wanted = steps.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  /** @type {Done[]} */
  const done = [];
  for (const stage of new Set(wanted.map((step) => step.stage))) {
    const together = wanted.filter((step) => step.stage === stage);
    done.push(...(await Promise.all(together.map((step) => runAndReport(step, { live: together.length === 1 })))));
  }
  if (options.profile) process.stdout.write(`\n${renderProfile(done)}\n`);
  const total = totalOf(done, options);
  reportTotal(total);
  // Also after a run of what is affected: what that left out, continuous integration runs.
  if (process.exitCode === 0 && tree !== undefined) rememberGreen(root, tree);
}

/** Without Git every run is a whole one. */
function treeBefore() {
  try {
    return treeOf(root);
  } catch {
    return undefined;
  }
}

/** @param {import('./checks/steps.mjs').Scope} scope @returns {string} */
const scopeLines = ({ projects, leftOut }) =>
  [
    `Affected since the last green run: ${projects.map(({ name }) => name).join(', ') || 'nothing'}.`,
    ...leftOut.map((what) => `left out: ${what} (npm test -- --all runs it)`),
  ].join('\n');

/** @param {Step} step @param {{live: boolean}} options @returns {Promise<Done>} */
async function runAndReport(step, { live }) {
  process.stdout.write(`▶ ${step.name}: ${step.title}\n`);
  const result = await runStep(step, { live });
  if (!live && (result.failed.length > 0 || result.output.includes('warning'))) process.stdout.write(result.output);
  const mark = result.failed.length > 0 ? '✗' : '✓';
  process.stdout.write(`${mark} ${step.name} ${(result.ms / 1000).toFixed(1)} s: ${countsLine(result)}\n`);
  return { step, result };
}

/** @param {readonly Done[]} done @param {{profile: boolean}} options @returns {Counts} */
function totalOf(done, { profile }) {
  const over = profile ? done.filter(({ step, result }) => isOver(step, result)) : [];
  return {
    passed: done.reduce((sum, { result }) => sum + result.passed, 0),
    failed: [
      ...done.flatMap(({ result }) => result.failed),
      ...over.map(({ step, result }) => `${step.name} took ${Math.round(result.ms / 1000)} s of ${step.budget}`),
    ],
    skipped: done.flatMap(({ result }) => result.skipped),
  };
}

/** @param {Counts} total */
function reportTotal(total) {
  for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name} (${reason})\n`);
  for (const name of total.failed) process.stdout.write(`failed: ${name}\n`);
  process.stdout.write(`total ${(performance.now() / 1000).toFixed(1)} s\n${countsLine(total)}\n`);
  process.exitCode = total.failed.length > 0 || total.passed === 0 ? 1 : 0;
}

/** @param {Counts} counts @returns {string} */
function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

try {
  const options = readOptions(process.argv.slice(2), allSteps(root));
  if (options.help) process.stdout.write(usage(allSteps(root)));
  else await main(options);
} catch (error) {
  giveUp(error);
}
