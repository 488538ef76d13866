// A Vitest reporter that leaves the counts of a run in a file, each failed test with its error, each skipped one with its reason.
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const longest = 400;

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: [], skipped: [] };
    for (const error of unhandledErrors) counts.failed.push(withError('outside of any test', [error]));
    for (const module of modules) countModule(counts, module);
    writeFileSync(process.env['CHECK_COUNTS_FILE'], JSON.stringify(counts));
  }
}

function countModule(counts, module) {
  // What fails outside of a test: loading the file, or a hook of a group.
  const groups = [module, ...module.children.allSuites()];
  const broken = groups.filter((group) => group.errors().length > 0);
  for (const group of broken)
    counts.failed.push(
      withError(`${module.relativeModuleId}${group === module ? '' : ` > ${group.fullName}`}`, group.errors()),
    );
  for (const test of module.children.allTests()) {
    const { state, note, errors } = test.result();
    const name = `${module.relativeModuleId} > ${test.fullName}`;
    if (state === 'passed') counts.passed += 1;
    else if (state === 'failed') counts.failed.push(withError(name, errors));
    else counts.skipped.push({ name, reason: note ?? (broken.length > 0 ? 'what runs before it has failed' : '') });
  }
}

/** One line: where only the end of a long output is kept, it has to say enough. */
function withError(name, errors) {
  const message = stripVTControlCharacters(errors?.[0]?.message ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return message === '' ? name : `${name}: ${message.length > longest ? `${message.slice(0, longest)}…` : message}`;
}
