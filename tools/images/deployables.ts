// What has an image: every app that is a service, and the engine.
import { existsSync, readdirSync } from 'node:fs';
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
  // An app is a service when it declares itself as one: the command line and the tests of the system do not.
  const apps = readdirSync(join(root, 'apps')).filter((name) =>
    existsSync(join(root, 'apps', name, 'src/declaration.ts')),
  );
  return [
    ...apps.map((app) => ({ name: app, recipe: APP_RECIPE, app })),
    { name: 'engine', recipe: 'infra/engine/Dockerfile' },
  ];
}
