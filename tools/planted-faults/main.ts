// Plants one fault after another in a copy of the repository and runs the tests that must see it.
// node --conditions=@procos/source tools/planted-faults/main.ts [words of a fault…]
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeScratchCopy, type ScratchCopy } from '../generators/scratch-copy.ts';
import type { PlantedFault } from './planted-fault.ts';
import { plantedFaults } from './planted-faults.ts';

const words = process.argv.slice(2).join(' ');
const chosen = plantedFaults.filter(({ what, file }) => `${what} ${file}`.includes(words));
// Inside of the checkout: what may read its own packages only, as the process for works of models, reads the linked ones too.
const place = join(import.meta.dirname, '../../.procos/planted-faults');
// One that was killed left its copy behind.
rmSync(place, { recursive: true, force: true });
const copy = makeScratchCopy(place);
try {
  // A fault is seen only where the same tests pass without it.
  const sound = await failuresOf(copy, [...new Set(chosen.flatMap(({ tests }) => tests))]);
  if (sound !== undefined) throw new Error(`The tests fail without a fault:\n${sound}`);
  const unseen = [];
  for (const fault of chosen) if (!(await isSeen(fault))) unseen.push(fault);
  process.stdout.write(`${chosen.length - unseen.length} of ${chosen.length} planted faults are seen\n`);
  process.exitCode = unseen.length === 0 && chosen.length > 0 ? 0 : 1;
} finally {
  copy.remove();
  rmSync(place, { recursive: true, force: true });
}

async function isSeen({ what, file, right, wrong, tests }: PlantedFault): Promise<boolean> {
  const path = join(copy.folder, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const places = text.split(right).length - 1;
  if (places !== 1) throw new Error(`${what}: what is to be changed stands ${places} times in ${file}:\n${right}`);
  writeFileSync(
    path,
    text.replace(right, () => wrong),
  );
  try {
    const failures = await failuresOf(copy, tests);
    process.stdout.write(`${failures === undefined ? '✗ nobody sees' : '✓ seen'}: ${what} (${file})\n`);
    return failures !== undefined;
  } finally {
    writeFileSync(path, text);
  }
}

/** @returns what the run printed when tests failed, undefined when all passed @throws when no test could be run */
async function failuresOf({ run }: ScratchCopy, tests: readonly string[]): Promise<string | undefined> {
  try {
    await run('vitest', 'run', ...tests);
    return undefined;
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    if (!/\d+ failed|FAIL /.test(said)) throw fault;
    return said;
  }
}
