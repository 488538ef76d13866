// A Vitest reporter that leaves the counts of a run in a file, each failed test with its error, each skipped one with its
// reason, each test file with the time it took.
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const longest = 400;

/** @typedef {import('./run-step.mjs').FileCounts} FileCounts */

/** A Reporter of Vitest. */
export default class CountReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest').SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {FileCounts} */
    const counts = { passed: 0, failed: [], skipped: [], files: [] };
    for (const error of unhandledErrors) counts.failed.push(withError('outside of any test', [error]));
    for (const module of modules) countModule(counts, module);
    writeFileSync(process.env['CHECK_COUNTS_FILE'] ?? '', JSON.stringify(counts));
  }
}

/** @param {FileCounts} counts @param {import('vitest/node').TestModule} module */
function countModule(counts, module) {
  const { duration, collectDuration } = module.diagnostic();
  counts.files.push({ name: module.relativeModuleId, ms: duration + collectDuration });
  // What fails outside of a test: loading the file, or a hook of a group.
  const groups = [module, ...module.children.allSuites()];
  const broken = groups.filter((group) => group.errors().length > 0);
  for (const group of broken)
    counts.failed.push(
      withError(`${module.relativeModuleId}${'fullName' in group ? ` > ${group.fullName}` : ''}`, group.errors()),
    );
  for (const test of module.children.allTests()) {
    const { state, errors, ...more } = test.result();
    const note = 'note' in more ? more.note : undefined;
    const name = `${module.relativeModuleId} > ${test.fullName}`;
    if (state === 'passed') counts.passed += 1;
    else if (state === 'failed') counts.failed.push(withError(name, errors));
    else counts.skipped.push({ name, reason: note ?? (broken.length > 0 ? 'what runs before it has failed' : '') });
  }
}

/**
 * One line: where only the end of a long output is kept, it has to say enough.
 * @param {string} name
 * @param {readonly {message: string}[]} [errors]
 * @returns {string}
 */
function withError(name, errors) {
  const message = stripVTControlCharacters(errors?.[0]?.message ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return message === '' ? name : `${name}: ${message.length > longest ? `${message.slice(0, longest)}…` : message}`;
}
