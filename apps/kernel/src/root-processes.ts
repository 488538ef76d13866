import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { kernelSource } from '@procos/contracts';
import { type EngineClient, EngineRequestError } from '@procos/engine-client';
import { kernelErrors } from './errors.ts';

/** All .bpmn files below a folder. */
export function rootProcessFiles(folder: string): readonly string[] {
  return globSync('**/*.bpmn', { cwd: folder })
    .toSorted()
    .map((file) => join(folder, file));
}

/**
 * Deploys the root processes whose file changed since the kernel last deployed it. A version that a user deployed on
 * top stays the newest until the file itself changes.
 *
 * @returns the files deployed now
 */
export async function deployRootProcesses(
  engine: EngineClient,
  folder: string,
  onAttempt: (succeeded: boolean) => void,
): Promise<readonly string[]> {
  const deployed: string[] = [];
  for (const path of rootProcessFiles(folder)) {
    const file = basename(path);
    const name = `ProcOS-${file.replace(/\.bpmn$/, '')}`;
    const content = readFileSync(path, 'utf8');
    const request = { name, source: kernelSource, resources: { [file]: content } };
    if (await engine.repository.isLatestOfSource(request)) continue;
    try {
      await engine.repository.deploy(request);
    } catch (thrown) {
      onAttempt(false);
      if (!(thrown instanceof EngineRequestError)) throw thrown;
      throw kernelErrors.PROCOS_KERNEL_DEPLOYMENT({ file: path, reason: thrown.engineMessage }, thrown);
    }
    onAttempt(true);
    deployed.push(file);
  }
  return deployed;
}
