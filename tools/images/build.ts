// node_modules/.bin/node tools/images/build.ts <app…>: builds container images with the tool that this machine has.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Deployable, deployables } from './deployables.ts';
import { ImageError, type ImageOptions, readWords } from './words.ts';

const root = resolve(import.meta.dirname, '../..');
const TOOLS = ['docker', 'podman', 'buildah'];

/** @returns the first tool that works here */
function findTool(wanted: string | undefined): string {
  const candidates = wanted === undefined ? TOOLS : [wanted];
  const tool = candidates.find((name) => spawnSync(name, ['info'], { stdio: 'ignore', timeout: 20_000 }).status === 0);
  if (tool !== undefined) return tool;
  throw new ImageError(
    `${wanted ?? 'Neither docker nor podman nor buildah'} can be used here.`,
    'Install one of them and see that "docker info", "podman info" or "buildah info" answers. Inside of a container: apt-get install buildah, then STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot.',
  );
}

/** The words for the tool: the same for all three. */
function buildWords(tool: string, image: Deployable, { tag, npmrc, maven }: ImageOptions): readonly string[] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const revision = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim() || 'unknown';
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  return [
    'build',
    // The other format has no place for a health check.
    ...(tool === 'docker' ? [] : ['--format', 'docker']),
    ...['--file', image.recipe],
    ...(image.app === undefined ? [] : ['--build-arg', `APP=${image.app}`]),
    ...['--build-arg', `VERSION=${version}`, '--build-arg', `REVISION=${revision}`],
    ...(npmrc === undefined ? [] : ['--secret', `id=npmrc,src=${resolve(npmrc)}`]),
    ...(maven === undefined ? [] : ['--secret', `id=maven,src=${resolve(maven)}`]),
    ...(certificates ? ['--secret', `id=ca,src=${resolve(certificates)}`] : []),
    ...['--tag', tag ?? `procos/${image.name}:${version}`],
    '.',
  ];
}

async function build(tool: string, image: Deployable, options: ImageOptions): Promise<void> {
  const words = buildWords(tool, image, options);
  process.stderr.write(`${tool} ${words.join(' ')}\n`);
  const child = spawn(tool, words, { cwd: root, stdio: 'inherit' });
  const code = await new Promise<number | NodeJS.Signals | null>((done, fail) =>
    child.once('error', fail).once('exit', (exitCode, signal) => done(signal ?? exitCode)),
  );
  if (code !== 0)
    throw new ImageError(
      `${tool} could not build the image of ${image.name} (${code}).`,
      'What it says above names the step. Where packages come through a proxy: NODE_EXTRA_CA_CERTS for its certificate, --npmrc or --maven for a registry of your own.',
    );
}

try {
  const images = deployables(root);
  const options = readWords(
    process.argv.slice(2),
    images.map(({ name }) => name),
  );
  if (options.help) {
    process.stdout.write(options.usage);
  } else {
    const tool = findTool(options.tool);
    for (const image of images.filter(({ name }) => options.names.includes(name))) await build(tool, image, options);
  }
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  process.stderr.write(`${error.message}\n  What to do: ${error.remedy}\n`);
  process.exitCode = error.exitCode;
}
