import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence } from '../fixtures/model-builder.ts';

const userTask = (attributes: string, fields = ''): string =>
  model(
    sequence(
      `<bpmn:userTask id="ask" ${attributes}><bpmn:extensionElements><camunda:formData>${fields}</camunda:formData></bpmn:extensionElements></bpmn:userTask>`,
    ),
  );
const field = (attributes: string, content = ''): string =>
  userTask('', `<camunda:formField id="a" ${attributes}>${content}</camunda:formField>`);
const constraint = (attributes: string): string =>
  `<camunda:validation><camunda:constraint ${attributes} /></camunda:validation>`;

describe('the rule form-definition', () => {
  it.each([
    ['an unknown type', field('type="number"'), 'The form field "a" has the type "number"'],
    [
      'a date pattern nobody can read',
      field('type="date" datePattern="QQ-yyyy"'),
      'The date pattern "QQ-yyyy" of the form field "a" cannot be read',
    ],
    ['a choice without values', field('type="enum"'), 'The form field "a" is a choice without values'],
    [
      'a choice without id',
      field('type="enum" defaultValue="x"', '<camunda:value name="x" />'),
      'A value of the form field "a" has no id',
    ],
    [
      'a default that is none of the values',
      field('type="enum" defaultValue="z"', '<camunda:value id="x" /><camunda:value id="y" />'),
      'The default "z" of the form field "a" is none of x, y',
    ],
    [
      'a default that is no number',
      field('type="long" defaultValue="abc"'),
      'The default "abc" of the form field "a" is no whole number',
    ],
    [
      'an unknown constraint',
      field('type="string"', constraint('name="regex" config="x"')),
      'The form field "a" has the constraint "regex"',
    ],
    [
      'a constraint without number',
      field('type="long"', constraint('name="min" config="x"')),
      'The constraint min of the form field "a" has the value "x", which is no whole number',
    ],
    [
      'two fields of one id',
      userTask('', '<camunda:formField id="a" type="string" /><camunda:formField id="a" type="long" />'),
      'Two fields of the form have the id "a": one would overwrite the other',
    ],
    ['a form without binding', userTask('camunda:formRef="f"'), 'The formRef has no formRefBinding'],
    [
      'an unknown binding',
      userTask('camunda:formRef="f" camunda:formRefBinding="newest"'),
      'The formRefBinding "newest" does not exist',
    ],
    [
      'a version without number',
      userTask('camunda:formRef="f" camunda:formRefBinding="version"'),
      'The formRef is bound to a version and has no formRefVersion',
    ],
    [
      'two sources',
      userTask('camunda:formKey="k" camunda:formRef="f" camunda:formRefBinding="latest"'),
      'The element has a formKey and a formRef',
    ],
  ])('refuses %s', async (_what, xml, message) => {
    expect(await findingsOf('form-definition', xml)).toEqual([`error ask: ${message}`]);
  });

  it.each([
    field('type="date" datePattern="dd.MM.yyyy \'um\' HH:mm"'),
    field('type="long" defaultValue="${amount}"'),
    field('type="enum" defaultValue="x"', '<camunda:value id="x" />'),
    field('type="string"', constraint('name="maxlength" config="10"')),
    field('type="boolean"', constraint('name="required"')),
    userTask('camunda:formRef="f" camunda:formRefBinding="latest"'),
  ])('takes %#', async (xml) => {
    expect(await findingsOf('form-definition', xml)).toEqual([]);
  });
});
