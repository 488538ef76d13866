import type { TaskContract } from '@procos/contracts';
import { type JsonSchema, propertiesOf, type SchemaProperty, wordsOf } from './json-schema.ts';

/**
 * The element template of a topic: Camunda Modeler then offers the service task with its inputs as a form.
 * Source: element templates of Camunda 7, https://docs.camunda.io/docs/components/modeler/element-templates/defining-templates/
 */
export function elementTemplate({ topic, title, description, input }: TaskContract): string {
  const template = {
    $schema: 'https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json',
    name: title,
    id: `procos.${topic}`,
    description,
    appliesTo: ['bpmn:ServiceTask'],
    groups: [{ id: 'inputs', label: 'Inputs' }],
    properties: [
      { type: 'Hidden', value: 'external', binding: { type: 'property', name: 'camunda:type' } },
      { type: 'Hidden', value: topic, binding: { type: 'property', name: 'camunda:topic' } },
      ...propertiesOf(input).map(inputField),
    ],
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

function inputField({ name, property, required }: SchemaProperty): object {
  const { description } = property;
  return {
    label: name,
    ...(description === undefined ? {} : { description }),
    ...control(property),
    group: 'inputs',
    binding: { type: 'camunda:inputParameter', name },
    // What has a default in the contract may stay empty: the worker fills it in.
    ...(required && property.default === undefined ? { constraints: { notEmpty: true } } : { optional: true }),
  };
}

function control(property: JsonSchema): object {
  const words = wordsOf(property);
  if (words !== undefined) return { type: 'Dropdown', choices: words.map((value) => ({ name: value, value })) };
  if (property.type === 'boolean') return { type: 'Dropdown', choices: ['true', 'false'].map((value) => ({ name: value, value: `\${${value}}` })) };
  const short = property.type === 'integer' || property.type === 'number' || property.maxLength !== undefined;
  return { type: short ? 'String' : 'Text' };
}
