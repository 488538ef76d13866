import { selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const scriptElements: ReadonlySet<string> = new Set(['scriptTask', 'globalScriptTask', 'script']);
const conditionElements: ReadonlySet<string> = new Set(['conditionExpression', 'condition']);

export const noScript: DocumentRule = {
  id: 'no-script',
  severity: 'error',
  what: 'No script tasks, no script values in inputs and outputs, no conditions in a script language.',
  why: 'Scripts run inside the engine and can reach its database, its files and its network.',
  remedy:
    'Compute the value in a worker (for example with the topic data_transform), or write a plain ${…} comparison.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      // By local name in any namespace: that is how the engine finds these elements.
      if (scriptElements.has(element.localName)) {
        yield { element, message: `<${element.name}> is a script` };
      } else if (hasScriptLanguage(element)) {
        yield { element, message: `<${element.name}> names a script language` };
      }
    }
  },
};

function hasScriptLanguage(element: XmlElement): boolean {
  return element.attributes.some(({ localName, prefix }) => {
    if (localName === 'scriptFormat') return true;
    return localName === 'language' && prefix !== 'xml' && conditionElements.has(element.localName);
  });
}
