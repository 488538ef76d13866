import { globSync } from 'node:fs';
import type { TaskContract } from '@procos/contracts';
import { root } from './find-modules.ts';
import { referencePage, table } from './markdown.ts';
import { findTopicExamples, type TopicExample } from './topic-examples.ts';
import { type JsonSchema, propertiesOf, typeText } from './json-schema.ts';

/** `docs/reference/topics.md`: what each topic takes, gives and may raise. */
export function topicReference(contracts: readonly TaskContract[]): string {
  const sorted = contracts.toSorted((a, b) => a.topic.localeCompare(b.topic));
  const examples = findTopicExamples();
  const index = sorted.map(({ topic, title }) => [`[\`${topic}\`](#${topic})`, title, servedBy(topic)]);
  return referencePage(
    'Task topics',
    'A service task in a process names a topic; a worker that serves it takes the inputs, does the work and gives the outputs back as variables of the process.',
    [
      table(['Topic', 'What it does', 'Served by'], index),
      ...sorted.map((contract) => topicSection(contract, examples.get(contract.topic))),
    ],
  );
}

function topicSection(
  { topic, title, description, input, output, bpmnErrors }: TaskContract,
  example: TopicExample | undefined,
): string {
  const errors = bpmnErrors.map(({ code, when }) => [`\`${code}\``, when]);
  return [
    `## ${topic}`,
    `**${title}.** ${description}`,
    `Inputs\n\n${propertyTable(input)}`,
    `Outputs\n\n${propertyTable(output)}`,
    ...(errors.length === 0
      ? []
      : [`BPMN errors, to be caught by an error boundary event\n\n${table(['Code', 'When'], errors)}`]),
    ...(example === undefined ? [] : [exampleText(example)]),
  ].join('\n\n');
}

function exampleText({ process, page, xml }: TopicExample): string {
  return `Example, from [\`${process}\`](../../${page})\n\n\`\`\`xml\n${xml}\n\`\`\``;
}

function propertyTable(schema: JsonSchema): string {
  const rows = propertiesOf(schema).map(({ name, property, required }) => [
    `\`${name}\``,
    typeText(property),
    property.default === undefined ? (required ? 'required' : '') : `\`${JSON.stringify(property.default)}\``,
    property.description ?? '',
  ]);
  return rows.length === 0 ? 'None.' : table(['Name', 'Type', 'Default', 'Meaning'], rows);
}

/** The app whose worker serves a topic. */
export function servedBy(topic: string): string {
  const [file] = globSync(`apps/*/src/tasks/**/${topic.replaceAll('_', '-')}.ts`, { cwd: root });
  return file?.split(/[\\/]/)[1] ?? 'nobody yet';
}
