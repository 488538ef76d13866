// npm run generate [-- --check]: writes everything that is made from the sources, or says what is out of date.
import { root } from './find-modules.ts';
import { generatedFiles, generatedFolders } from './generated-files.ts';
import { applyDifferences, differences } from './write-or-check.ts';

const words = process.argv.slice(2);
const unknown = words.find((word) => word !== '--check');
if (unknown !== undefined) {
  console.error(`Unknown option ${unknown}.\nUsage: npm run generate [-- --check]`);
  process.exit(2);
}

const files = await generatedFiles();
const found = differences(root, files, generatedFolders);
if (words.includes('--check')) {
  for (const { path, kind } of found) console.error(`${kind}: ${path}`);
  console.log(
    found.length === 0
      ? `${files.size} generated files are up to date`
      : 'Run npm run generate and commit what it writes.',
  );
  process.exitCode = found.length === 0 ? 0 : 1;
} else {
  applyDifferences(root, files, found);
  for (const { path, kind } of found) console.log(`${kind === 'left over' ? 'removed' : 'written'}: ${path}`);
  console.log(`${files.size} generated files, ${found.length} changed`);
}
