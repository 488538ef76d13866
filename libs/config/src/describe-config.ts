import type { ConfigFields } from './read-config.ts';

/** One row of a service's configuration table. */
export interface ConfigRow {
  readonly name: string;
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
}

/** The rows of the configuration table, in the order of the fields. */
export function describeConfig(fields: ConfigFields): readonly ConfigRow[] {
  return Object.values(fields).map((field) => ({
    name: field.env,
    type: field.type,
    default: field.defaultText ?? (field.required ? '(required)' : '(none)'),
    meaning: field.doc,
  }));
}

/** The configuration table in Markdown, as the README of each service holds it. */
export function configTable(fields: ConfigFields): string {
  const cell = (value: string) => value.replaceAll('|', '\\|');
  const rows = describeConfig(fields).map(
    (row) =>
      `| \`${row.name}\` | ${cell(row.type)} | ${row.default === '' ? '' : `\`${row.default}\``} | ${cell(row.meaning)} |`,
  );
  return ['| Variable | Type | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
