// The command line of the image builder.
import { parseArgs } from 'node:util';

/** Thrown for what a person can mend. */
export class ImageError extends Error {
  override name = 'ImageError';
  readonly remedy: string;
  readonly exitCode: number;

  constructor(message: string, remedy: string, exitCode = 1) {
    super(message);
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

const usageOf = (known: readonly string[]) =>
  [
    'Usage: node_modules/.bin/node tools/images/build.ts <name…> | --all',
    `  names        ${known.join(', ')}`,
    '  --tag t      name of the image, for one image only (default procos/<name>:<version>)',
    '  --tool t     docker, podman or buildah (default: the first that works)',
    '  --npmrc f    settings of npm for the build, such as a registry of your own; they stay out of the image',
    '  --maven f    settings.xml of Maven for the build of the engine; they stay out of the image',
    '',
  ].join('\n');

export interface ImageOptions {
  readonly usage: string;
  readonly help: boolean;
  readonly names: readonly string[];
  readonly tag: string | undefined;
  readonly tool: string | undefined;
  readonly npmrc: string | undefined;
  readonly maven: string | undefined;
}

/** @throws ImageError */
export function readWords(words: readonly string[], known: readonly string[]): ImageOptions {
  const usage = usageOf(known);
  const { values, positionals } = parse(words, usage);
  const { help = false, all = false, tag, tool, npmrc, maven } = values;
  const names = all ? known : positionals;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ImageError(`There is no image "${unknown}".`, `Choose from ${known.join(', ')}.`, 2);
  if (names.length === 0 && !help) throw new ImageError('No image was named.', usage, 2);
  if (tag !== undefined && names.length > 1)
    throw new ImageError(
      '--tag names one image, and several are to be built.',
      'Build them one by one, or leave --tag out.',
      2,
    );
  return { usage, help, names, tag, tool, npmrc, maven };
}

function parse(args: readonly string[], usage: string) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        all: { type: 'boolean' },
        tag: { type: 'string' },
        tool: { type: 'string' },
        npmrc: { type: 'string' },
        maven: { type: 'string' },
      },
    });
  } catch (error) {
    throw new ImageError((error as Error).message, usage, 2);
  }
}
