import { extensionAttribute } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { holdsExpression } from '../expressions/expression-value.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const bindings = ['latest', 'deployment', 'version', 'versionTag'];
const mappers = ['singleEntry', 'singleResult', 'collectEntries', 'resultList'];

export const definitionBinding: DocumentRule = {
  id: 'definition-binding',
  severity: 'error',
  what: 'A called process or decision is bound to latest, deployment, version or versionTag, with the version where one is needed; the result of a decision is mapped by a way that exists.',
  why: 'The engine refuses the model, or calls another version than was meant.',
  remedy: 'Use the newest one: leave the binding out.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const element of executedElements(document, new Set(['callActivity', 'businessRuleTask']))) {
      yield* checkBinding(element, element.localName === 'callActivity' ? 'calledElement' : 'decisionRef');
      const mapper = extensionAttribute(element, 'mapDecisionResult')?.value;
      if (
        extensionAttribute(element, 'decisionRef') !== undefined &&
        mapper !== undefined &&
        !mappers.includes(mapper)
      ) {
        yield {
          element,
          message: `There is no way "${mapper.slice(0, 40)}" to map the result of a decision`,
          remedy: `Use one of ${mappers.join(', ')}.`,
        };
      }
    }
  },
};

function* checkBinding(element: XmlElement, name: string): Iterable<Report> {
  const binding = extensionAttribute(element, `${name}Binding`)?.value;
  if (binding === undefined || binding === '') return;
  if (!bindings.includes(binding)) {
    yield {
      element,
      severity: 'warning',
      message: `The binding "${binding.slice(0, 40)}" does not exist: the engine calls the newest version`,
      remedy: `Use one of ${bindings.join(', ')}.`,
    };
    return;
  }
  const needed = binding === 'version' ? `${name}Version` : binding === 'versionTag' ? `${name}VersionTag` : undefined;
  if (needed === undefined) return;
  const value = extensionAttribute(element, needed)?.value;
  if (value === undefined)
    yield {
      element,
      message: `The binding is to a ${binding}, and there is no camunda:${needed}`,
      remedy: `Add camunda:${needed}, or leave the binding out.`,
    };
  else if (binding === 'version' && !holdsExpression(value) && !/^\d{1,9}$/.test(value))
    yield {
      element,
      message: `The version "${value.slice(0, 40)}" is no number`,
      remedy: 'Write the number of the version; for a tag use the binding versionTag.',
    };
}
