import { bpmnChildren, extensionAttribute } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { valueForm } from '../expressions/expression-value.ts';
import { directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const loops: ReadonlySet<string> = new Set(['multiInstanceLoopCharacteristics']);

export const multiInstance: DocumentRule = {
  id: 'multi-instance',
  severity: 'error',
  what: 'What runs several times says how often: a whole number from 0 on, or a collection; an element variable comes with its collection.',
  why: 'The engine refuses it otherwise, or stops the instance when it gets there.',
  remedy:
    'Write <bpmn:loopCardinality>3</bpmn:loopCardinality>, or camunda:collection="${orders}" with camunda:elementVariable="order".',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const loop of executedElements(document, loops)) {
      yield* checkNumber(loop);
      yield* checkCollection(loop);
    }
  },
};

function* checkNumber(loop: XmlElement): Iterable<Report> {
  for (const cardinality of bpmnChildren(loop, 'loopCardinality')) {
    const text = directText(cardinality);
    const value = valueForm(text);
    if (text === '' || value.form === 'broken' || value.form === 'mixed') continue;
    if (text.trim() === '') {
      yield { element: loop, message: 'The loopCardinality is empty' };
      continue;
    }
    const isNever =
      value.form === 'expression' ? value.gives === 'boolean' || value.gives === 'nothing' : !/^\+?\d{1,9}$/.test(text);
    if (isNever) yield { element: loop, message: `The loopCardinality "${text.slice(0, 60)}" is no number of times` };
  }
}

function* checkCollection(loop: XmlElement): Iterable<Report> {
  const collection = extensionAttribute(loop, 'collection')?.value;
  const inputs = bpmnChildren(loop, 'loopDataInputRef').map(directText);
  const hasItem =
    extensionAttribute(loop, 'elementVariable') !== undefined || bpmnChildren(loop, 'inputDataItem').length > 0;
  if (hasItem && collection === undefined && inputs.length === 0) {
    yield {
      element: loop,
      message: 'The loop has an element variable and no collection',
      remedy: 'Write camunda:collection="${orders}", or remove camunda:elementVariable.',
    };
  }
  for (const text of [...(collection === undefined ? [] : [collection]), ...inputs])
    yield* checkCollectionText(loop, text);
}

function* checkCollectionText(loop: XmlElement, text: string): Iterable<Report> {
  if (text.trim() === '') {
    yield { element: loop, message: 'The collection has no name' };
    return;
  }
  const value = valueForm(text);
  const isNever =
    value.form === 'mixed' ||
    (value.form === 'expression' && value.gives !== 'unknown') ||
    (value.form === 'text' && text.includes('{'));
  if (isNever)
    yield {
      element: loop,
      message: `"${text.slice(0, 60)}" is never a collection`,
      remedy: 'Name one variable that holds a list: camunda:collection="${orders}".',
    };
}
