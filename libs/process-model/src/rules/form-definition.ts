import { extensionAttribute, extensionChildren, extensionElements, isExtension } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { holdsExpression } from '../expressions/expression-value.ts';
import { attributeValue, childElements, descendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const types = ['string', 'long', 'boolean', 'date', 'enum'];
const constraints = ['required', 'readonly', 'min', 'max', 'minlength', 'maxlength'];
const bindings = ['latest', 'deployment', 'version'];
/** Letters with a meaning in `java.text.SimpleDateFormat`; others have to stand between apostrophes. */
const dateLetters = /^[GyYMLwWDdFEuaHkKhmsSzZX]*$/;

export const formDefinition: DocumentRule = {
  id: 'form-definition',
  severity: 'error',
  what: 'A form has one source; its fields have types (string, long, boolean, date, enum), constraints and default values that the engine knows.',
  why: 'The engine refuses the model, or the form when a person opens or submits it.',
  remedy: 'Correct the form in the properties of the element.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const element of executedElements(document, new Set(['userTask', 'startEvent']))) {
      yield* checkSource(element);
      for (const data of extensionElements(element, 'formData')) {
        const fields = extensionChildren(data, 'formField');
        for (const field of fields) yield* checkField(field);
        yield* checkIds(element, fields);
      }
    }
  },
};

function* checkSource(element: XmlElement): Iterable<Report> {
  const reference = extensionAttribute(element, 'formRef');
  if (reference === undefined) return;
  if (extensionAttribute(element, 'formKey') !== undefined)
    yield { element, message: 'The element has a formKey and a formRef', remedy: 'Keep one of them.' };
  const binding = extensionAttribute(element, 'formRefBinding')?.value;
  if (binding === undefined || !bindings.includes(binding)) {
    yield {
      element,
      message:
        binding === undefined
          ? 'The formRef has no formRefBinding'
          : `The formRefBinding "${binding.slice(0, 40)}" does not exist`,
      remedy: 'Write camunda:formRefBinding="latest", or deployment, or version with camunda:formRefVersion.',
    };
  } else if (binding === 'version' && (extensionAttribute(element, 'formRefVersion')?.value ?? '') === '') {
    yield {
      element,
      message: 'The formRef is bound to a version and has no formRefVersion',
      remedy: 'Write camunda:formRefVersion="1", or camunda:formRefBinding="latest".',
    };
  }
}

function* checkIds(element: XmlElement, fields: readonly XmlElement[]): Iterable<Report> {
  const known = new Set<string>();
  for (const field of fields) {
    const id = attributeValue(field, 'id') ?? '';
    if (id !== '' && known.has(id))
      yield {
        element,
        message: `Two fields of the form have the id "${id.slice(0, 60)}": one would overwrite the other`,
      };
    known.add(id);
  }
}

function* checkField(field: XmlElement): Iterable<Report> {
  const id = (attributeValue(field, 'id') ?? '').slice(0, 60);
  const type = attributeValue(field, 'type');
  if (type !== undefined && !types.includes(type))
    yield {
      element: field,
      message: `The form field "${id}" has the type "${type.slice(0, 40)}"`,
      remedy: `Use one of ${types.join(', ')}.`,
    };
  const pattern = attributeValue(field, 'datePattern');
  if (type === 'date' && pattern !== undefined && !isDatePattern(pattern)) {
    yield {
      element: field,
      message: `The date pattern "${pattern.slice(0, 40)}" of the form field "${id}" cannot be read`,
      remedy: 'Write a pattern such as yyyy-MM-dd or dd.MM.yyyy; other letters stand between apostrophes.',
    };
  }
  yield* checkDefault(field, id, type);
  yield* checkConstraints(field, id);
}

function isDatePattern(pattern: string): boolean {
  const apostrophes = pattern.split("'");
  return (
    apostrophes.length % 2 === 1 &&
    apostrophes.every((part, index) => index % 2 === 1 || dateLetters.test(part.replaceAll(/[^A-Za-z]/g, '')))
  );
}

function* checkDefault(field: XmlElement, id: string, type: string | undefined): Iterable<Report> {
  const value = attributeValue(field, 'defaultValue');
  const values = childElements(field)
    .filter(({ localName }) => localName === 'value')
    .map((child) => attributeValue(child, 'id') ?? '');
  if (type === 'enum' && values.includes('')) {
    yield {
      element: field,
      message: `A value of the form field "${id}" has no id`,
      remedy: 'Write id="…" on each <camunda:value>: it is what the process gets.',
    };
    return;
  }
  if (type === 'enum' && values.length === 0)
    yield {
      element: field,
      message: `The form field "${id}" is a choice without values`,
      remedy: 'Add <camunda:value id="…" name="…" /> for each.',
    };
  if (value === undefined || value === '' || holdsExpression(value)) return;
  const fault = defaultFault(type, value, values);
  if (fault !== undefined)
    yield { element: field, message: `The default "${value.slice(0, 40)}" of the form field "${id}" is ${fault}` };
}

function defaultFault(type: string | undefined, value: string, values: readonly string[]): string | undefined {
  if (type === 'long' && !/^-?\d{1,19}$/.test(value)) return 'no whole number';
  if (type === 'enum' && values.length > 0 && !values.includes(value))
    return `none of ${values.slice(0, 5).join(', ')}`;
  return undefined;
}

function* checkConstraints(field: XmlElement, id: string): Iterable<Report> {
  for (const constraint of descendants(field)) {
    if (constraint.localName !== 'constraint' || !isExtension(constraint)) continue;
    const name = attributeValue(constraint, 'name') ?? '';
    const config = attributeValue(constraint, 'config') ?? '';
    if (name === 'validator') continue; // no-java has it
    if (!constraints.includes(name))
      yield {
        element: field,
        message: `The form field "${id}" has the constraint "${name.slice(0, 40)}"`,
        remedy: `Use one of ${constraints.join(', ')}.`,
      };
    else if (/^(?:min|max)/.test(name) && !/^-?\d{1,18}$/.test(config))
      yield {
        element: field,
        message: `The constraint ${name} of the form field "${id}" has the value "${config.slice(0, 40)}", which is no whole number`,
      };
  }
}
