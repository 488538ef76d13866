/**
 * Rules about the file as a whole and about safety. All others ask what the engine would make of a process when it runs, and
 * pass over processes that are only drawn, such as the pool of a partner; the engine does the same.
 */
export const judgedEverywhere: ReadonlySet<string> = new Set([
  'no-script',
  'no-java',
  'safe-expressions',
  'no-external-resource',
  'namespaces',
  'unique-ids',
  'child-order',
  'schema-content',
  'schema-references',
  'executable',
  'has-diagram',
  'diagram-references',
  'made-for-camunda-8',
]);
