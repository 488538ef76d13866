import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readForms } from './read-forms.ts';

const human = readFileSync(new URL('../../testing/cases/bpmn/human.bpmn', import.meta.url), 'utf8');

describe('the forms of a model', () => {
  it('are those of its start event and of its user tasks, with types, defaults, choices and rules', () => {
    const { start, tasks } = readForms(human, 'human');

    expect(start.fields).toEqual([
      {
        id: 'customer',
        label: 'Customer',
        type: 'string',
        defaultValue: undefined,
        choices: [],
        rules: [{ name: 'required', config: undefined }],
      },
    ]);
    expect(tasks.get('approve')?.fields).toMatchObject([
      { id: 'approved', type: 'boolean', defaultValue: 'false', rules: [{ name: 'required' }] },
      {
        id: 'limit',
        type: 'long',
        rules: [
          { name: 'min', config: '1' },
          { name: 'max', config: '10' },
        ],
      },
      {
        id: 'colour',
        type: 'enum',
        defaultValue: 'r',
        choices: [
          { id: 'r', name: 'Red' },
          { id: 'g', name: 'Green' },
        ],
      },
      { id: 'when', type: 'date' },
    ]);
  });

  it('may lie elsewhere', () => {
    const xml = human.replace('id="approve"', 'id="approve" camunda:formKey="embedded:app:forms/approve.html"');

    expect(readForms(xml, 'human').tasks.get('approve')?.formKey).toBe('embedded:app:forms/approve.html');
  });

  it('are none where the start waits for a message, or the model has no such process', () => {
    const xml = human.replace('</bpmn:startEvent>', '<bpmn:messageEventDefinition id="m"/></bpmn:startEvent>');

    expect(readForms(xml, 'human').start).toEqual({ formKey: undefined, fields: [] });
    expect(readForms(human, 'nobody')).toEqual({ start: { formKey: undefined, fields: [] }, tasks: new Map() });
  });
});
