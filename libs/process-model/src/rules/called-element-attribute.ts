import { extensionAttribute, extensionElements, isBpmn } from '../bpmn/engine-view.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const calledElementAttribute: DocumentRule = {
  id: 'called-element-attribute',
  severity: 'error',
  what: 'A call activity names the process it calls in its attribute calledElement.',
  why: 'The engine does not know a calledElement child element and refuses a call activity without the attribute.',
  remedy: 'Write calledElement="process_key" (or an expression) on the <callActivity> itself.',
  fixable: true,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      if (!isBpmn(element) || element.localName !== 'callActivity') continue;
      const hasChild = extensionElements(element, 'calledElement').length > 0;
      const hasAttribute = (attributeValue(element, 'calledElement') ?? '') !== '';
      if (hasChild)
        yield { element, message: 'The called process is named in a child element, which the engine ignores' };
      else if (!hasAttribute && extensionAttribute(element, 'caseRef') === undefined)
        yield { element, message: 'The call activity names no process to call', fixable: false };
    }
  },
};
