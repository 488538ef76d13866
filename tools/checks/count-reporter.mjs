// A Vitest reporter that leaves the counts of a run in a file, each skipped test with its reason.
import { writeFileSync } from 'node:fs';

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: [], skipped: [] };
    for (const error of unhandledErrors) counts.failed.push(`outside of any test: ${error.message}`);
    for (const module of modules) countModule(counts, module);
    writeFileSync(process.env['CHECK_COUNTS_FILE'], JSON.stringify(counts));
  }
}

function countModule(counts, module) {
  // What fails outside of a test: loading the file, or a hook of a group.
  const groups = [module, ...module.children.allSuites()];
  const broken = groups.filter((group) => group.errors().length > 0);
  for (const group of broken) counts.failed.push(`${module.relativeModuleId}${group === module ? '' : ` > ${group.fullName}`}`);
  for (const test of module.children.allTests()) {
    const { state, note } = test.result();
    const name = `${module.relativeModuleId} > ${test.fullName}`;
    if (state === 'passed') counts.passed += 1;
    else if (state === 'failed') counts.failed.push(name);
    else counts.skipped.push({ name, reason: note ?? (broken.length > 0 ? 'what runs before it has failed' : '') });
  }
}
