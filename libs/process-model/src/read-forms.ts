import { bpmnChildren, extensionAttribute, extensionChildren, extensionElements } from './bpmn/engine-view.ts';
import { blankStartEvents } from './bpmn/execution.ts';
import { readDocument } from './read-bpmn.ts';
import { attributeValue, descendants } from './xml/xml-tree.ts';
import type { XmlElement } from './xml/xml-tree.ts';

/** One field of a form that the model describes itself (`camunda:formData`). Texts are as written. */
export interface FormField {
  readonly id: string;
  readonly label: string | undefined;
  /** `string`, `long`, `boolean`, `date`, `enum`, or a type that somebody added to their engine. */
  readonly type: string;
  readonly defaultValue: string | undefined;
  /** What an `enum` may be. */
  readonly choices: readonly { readonly id: string; readonly name: string | undefined }[];
  /** Such as `required`, or `min` with its bound. */
  readonly rules: readonly { readonly name: string; readonly config: string | undefined }[];
}

/** What a person is asked for at one element. */
export interface ModelForm {
  /** A form that lies elsewhere: an address, a template, or the id of a deployed form. */
  readonly formKey: string | undefined;
  readonly fields: readonly FormField[];
}

export interface ProcessForms {
  /** At the blank start event of the process. */
  readonly start: ModelForm;
  /** By the id of the user task. */
  readonly tasks: ReadonlyMap<string, ModelForm>;
}

const noForm: ModelForm = { formKey: undefined, fields: [] };

/**
 * The forms of one process of a model.
 *
 * @returns no fields when the model has no such process
 * @throws an error for which `isProcessModelError` is true: refused, not well-formed, or no BPMN
 */
export function readForms(xml: string, processId: string): ProcessForms {
  const process = bpmnChildren(readDocument(xml).root, 'process').find(
    (one) => attributeValue(one, 'id') === processId,
  );
  if (process === undefined) return { start: noForm, tasks: new Map() };
  const [start] = blankStartEvents(process);
  const tasks = Array.from(descendants(process)).filter((element) => element.localName === 'userTask');
  return {
    start: start === undefined ? noForm : formOf(start),
    tasks: new Map(tasks.map((task) => [attributeValue(task, 'id') ?? '', formOf(task)])),
  };
}

function formOf(element: XmlElement): ModelForm {
  const fields = extensionElements(element, 'formData').flatMap((data) =>
    extensionChildren(data, 'formField').flatMap(fieldOf),
  );
  return { formKey: (extensionAttribute(element, 'formKey') ?? extensionAttribute(element, 'formRef'))?.value, fields };
}

/** The engine refuses a field without id; where one lies about nevertheless, nothing can be sent for it. */
function fieldOf(field: XmlElement): readonly FormField[] {
  const id = attributeValue(field, 'id');
  if (id === undefined) return [];
  const constraints = extensionChildren(field, 'validation').flatMap((validation) =>
    extensionChildren(validation, 'constraint'),
  );
  return [
    {
      id,
      label: attributeValue(field, 'label'),
      type: attributeValue(field, 'type') ?? 'string',
      defaultValue: attributeValue(field, 'defaultValue'),
      choices: extensionChildren(field, 'value').map((value) => ({
        id: attributeValue(value, 'id') ?? '',
        name: attributeValue(value, 'name'),
      })),
      rules: constraints.map((constraint) => ({
        name: attributeValue(constraint, 'name') ?? '',
        config: attributeValue(constraint, 'config'),
      })),
    },
  ];
}
