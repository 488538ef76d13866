import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDeclarations } from '../generate/declared-apps.ts';
import { APP_RECIPE, deployables } from './deployables.ts';
import { ImageError, readWords } from './words.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const images = deployables(root);
const recipes = [...new Set(images.map(({ recipe }) => recipe))];

describe('the images', () => {
  it('are those of every app that declares itself, and of the engine', async () => {
    const declared = (await findDeclarations()).map(({ name }) => name);

    expect(declared.length).toBeGreaterThan(5);
    expect(images.map(({ name }) => name).toSorted()).toEqual([...declared, 'engine'].toSorted());
  });

  it.each(images)('$name has a recipe', ({ recipe }) => {
    expect(existsSync(join(root, recipe)), recipe).toBe(true);
  });

  it.each(images.filter(({ app }) => app !== undefined))('$name is compiled as the recipe does it', ({ app = '' }) => {
    expect(existsSync(join(root, `apps/${app}/tsconfig.lib.json`))).toBe(true);
  });

  it('of apps copy only files that are there', () => {
    const named = [...read(APP_RECIPE).matchAll(/infra\/images\/[\w.-]+\.mjs/g)].map(([path]) => path);

    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe.each(recipes)('the recipe %s', (recipe) => {
  const text = read(recipe);
  const last = text.slice(text.lastIndexOf('\nFROM '));

  it('runs as a user without rights and ends by the signal that apps know', () => {
    expect(last).toMatch(/^USER 1000:1000$/m);
    expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m);
  });

  it('checks whether the service lives, and writes to one folder only', () => {
    expect(last).toMatch(/^HEALTHCHECK .*CMD \["/m);
    expect(last).toMatch(/^VOLUME \["\/var\/lib\/procos"\]$/m);
  });

  it('says what it is', () => {
    for (const label of ['title', 'description', 'licenses', 'version', 'revision'])
      expect(last).toContain(`org.opencontainers.image.${label}=`);
  });

  it('holds no password', () => {
    expect(text.match(/\b\w*(?:PASSWORD|PASS|TOKEN|SECRET|API_KEY)\w*\s*=/gi)).toBeNull();
  });

  it('names its bases by version', () => {
    const bases = [...text.matchAll(/^ARG \w+_IMAGE=(.+)$/gm)].map(([, base]) => base);

    expect(bases.length).toBeGreaterThan(0);
    for (const base of bases) expect(base).toMatch(/^[\w./-]+:[\w.-]*(?:\d|bookworm)[\w.-]*$/);
  });
});

describe('the words of the image builder', () => {
  const known = ['gateway', 'kernel'];

  it('name images, or all of them', () => {
    expect(readWords(['gateway', '--tag', 'x:1'], known)).toMatchObject({ names: ['gateway'], tag: 'x:1' });
    expect(readWords(['--all'], known).names).toEqual(known);
  });

  it.each([
    [['gatway'], 'There is no image "gatway".', 'Choose from gateway, kernel.'],
    [
      [],
      'No image was named.',
      expect.stringContaining('Usage: node_modules/.bin/node tools/images/build.ts') as string,
    ],
    [
      ['--all', '--tag', 'x'],
      '--tag names one image, and several are to be built.',
      'Build them one by one, or leave --tag out.',
    ],
    [
      ['--fast'],
      expect.stringContaining("Unknown option '--fast'") as string,
      expect.stringContaining('Usage:') as string,
    ],
  ])('refuse %j with what to do', (words, message, remedy) => {
    let thrown: unknown;
    try {
      readWords(words, known);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ImageError);
    expect(thrown).toMatchObject({ message, remedy, exitCode: 2 });
  });
});
