import type { ElementProperty, TaskContract } from '@procos/contracts';
import { type JsonSchema, propertiesOf, type SchemaProperty, wordsOf } from './json-schema.ts';

/**
 * The element template of a topic: Camunda Modeler then offers the service task with its inputs as a form.
 * Source: element templates of Camunda 7, https://docs.camunda.io/docs/components/modeler/element-templates/defining-templates/
 */
export function elementTemplate({ topic, title, description, input, elementProperties }: TaskContract): string {
  const template = {
    $schema: 'https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json',
    name: title,
    id: `procos.${topic}`,
    description,
    appliesTo: ['bpmn:ServiceTask'],
    groups: Object.entries(groups).map(([id, label]) => ({ id, label })),
    properties: [
      { type: 'Hidden', value: 'external', binding: { type: 'property', name: 'camunda:type' } },
      { type: 'Hidden', value: topic, binding: { type: 'property', name: 'camunda:topic' } },
      ...elementProperties.map(propertyField),
      ...propertiesOf(input).map(inputField),
    ],
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

const groups = { inputs: 'Inputs', options: 'Options' } as const;

function inputField({ name, property, required }: SchemaProperty): object {
  const { description, default: preset } = property;
  // What has a default in the contract may stay empty: the worker fills it in.
  const isNeeded = required && preset === undefined;
  return {
    label: labelOf(name),
    ...(description === undefined ? {} : { description }),
    ...control(property, isNeeded),
    group: (isNeeded ? 'inputs' : 'options') satisfies keyof typeof groups,
    binding: { type: 'camunda:inputParameter', name },
    ...(isNeeded ? { constraints: { notEmpty: true } } : { optional: true }),
  };
}

function propertyField({ name, description, choices }: ElementProperty): object {
  const named = Object.entries(choices).map(([label, value]) => ({ name: label, value }));
  return {
    label: labelOf(name),
    description,
    type: 'Dropdown',
    choices: named,
    value: '',
    group: 'options' satisfies keyof typeof groups,
    binding: { type: 'camunda:property', name },
  };
}

/** `file_path` → `File path`. */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function control(property: JsonSchema, isNeeded: boolean): object {
  const words = wordsOf(property);
  const preset = property.default;
  if (words !== undefined)
    return dropdown(
      words.map((word) => [word, word]),
      isNeeded,
      typeof preset === 'string' ? preset : undefined,
    );
  if (isTruthValue(property))
    return dropdown(
      [
        ['yes', '${true}'],
        ['no', '${false}'],
      ],
      isNeeded,
      typeof preset === 'boolean' ? `\${${String(preset)}}` : undefined,
    );
  // A template writes text; the worker takes the text of a number for a number.
  const isShort = property.type === 'integer' || property.type === 'number' || property.maxLength !== undefined;
  return { type: isShort ? 'String' : 'Text' };
}

/** A choice that need not be made can be taken back. */
function dropdown(
  choices: readonly (readonly [name: string, value: string])[],
  isNeeded: boolean,
  preset: string | undefined,
): object {
  const all = isNeeded || preset !== undefined ? choices : [['(not given)', ''] as const, ...choices];
  return {
    type: 'Dropdown',
    choices: all.map(([name, value]) => ({ name, value })),
    ...(preset === undefined ? {} : { value: preset }),
  };
}

/** Also one that understands the texts true and false. */
function isTruthValue({ type, anyOf = [] }: JsonSchema): boolean {
  return type === 'boolean' || anyOf.some((option) => option.type === 'boolean');
}
