export const APP_RECIPE: string;

/** Something that has an image. */
export interface Deployable {
  readonly name: string;
  /** Path of the recipe from the root. */
  readonly recipe: string;
  /** Folder in `apps/`; none for the engine. */
  readonly app?: string;
}

export function deployables(root: string): readonly Deployable[];
