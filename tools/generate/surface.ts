/** What a file lets others use, as declarations. */
export interface Surface {
  /** Exported name → its declarations, as TypeScript would write them to a `.d.ts`, without comments. */
  readonly exported: ReadonlyMap<string, string>;
  /** What is not exported, but what the exported declarations are made of: `name (file)` → declarations. */
  readonly behind: ReadonlyMap<string, string>;
  /** Packages of this repository that the declarations name, such as `@procos/json`. */
  readonly packages: ReadonlySet<string>;
}
