// What has an image: every app that is a service, and the engine.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one recipe of all apps. */
export const APP_RECIPE = 'infra/images/Dockerfile';

/** Something that has an image. */
export interface Deployable {
  readonly name: string;
  /** Path of the recipe from the root. */
  readonly recipe: string;
  /** Folder in `apps/`; none for the engine. */
  readonly app?: string;
}

export function deployables(root: string): readonly Deployable[] {
  const apps = readdirSync(join(root, 'apps')).filter((name) => isService(join(root, 'apps', name)));
  return [
    ...apps.map((app) => ({ name: app, recipe: APP_RECIPE, app })),
    { name: 'engine', recipe: 'infra/engine/Dockerfile' },
  ];
}

/** A service has an entry point that serves HTTP; the command line has one of its own kind, the tests of the system none. */
function isService(folder: string): boolean {
  const main = join(folder, 'src/main.ts');
  return existsSync(main) && readFileSync(main, 'utf8').includes('runMain(');
}
