import { holdsDays } from '../times/days.ts';
import { attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import { checkDecisionSchema } from './check-decision-schema.ts';
import { checkDecisionTable } from './check-decision-table.ts';
import { decisionLogic } from './decision-logic.ts';
import { decisionsOf, extension } from './decisions-of.ts';
import type { DocumentRule, Report } from '../rules/rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Columns of the engine's tables, in characters. */
const column = 255;
const versionTagColumn = 64;

const decisionSchema: DocumentRule = {
  id: 'decision-schema',
  severity: 'error',
  what: 'A file of decisions keeps to the schema of DMN: attributes, values, ids and the order of elements.',
  why: 'The engine validates against the schema and refuses the deployment.',
  remedy: 'Correct what is named, or export the file again from a DMN modeler.',
  fixable: false,
  check: checkDecisionSchema,
};

const decisionTable: DocumentRule = {
  id: 'decision-table',
  severity: 'error',
  what: 'A decision table has a hit policy that the engine knows, ids, names of several outputs, and as many entries in each rule as columns.',
  why: 'The engine refuses the file otherwise.',
  remedy: 'Correct the table in a DMN modeler.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const decision of decisionsOf(document))
      for (const table of childElements(decision).filter(({ localName }) => localName === 'decisionTable'))
        yield* checkDecisionTable(table);
  },
};

const decisionTimeToLive: DocumentRule = {
  id: 'decision-time-to-live',
  severity: 'error',
  what: 'Every decision says how long its history is kept: camunda:historyTimeToLive="P30D".',
  why: 'The engine refuses the deployment without it, because history would grow for ever.',
  remedy:
    'Add camunda:historyTimeToLive="P30D" (thirty days) to <decision>, with xmlns:camunda="http://camunda.org/schema/1.0/dmn".',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const decision of decisionsOf(document)) {
      const value = extension(decision, 'historyTimeToLive') ?? '';
      if (value === '') yield { element: decision, message: 'The decision does not say how long its history is kept' };
      else if (!holdsDays(value))
        yield {
          element: decision,
          message: `historyTimeToLive="${value.slice(0, 40)}" is not a number of days such as P30D`,
        };
    }
  },
};

const decisionTextLength: DocumentRule = {
  id: 'decision-text-length',
  severity: 'error',
  what: 'Ids, names and namespace of decisions have at most 255 characters, version tags 64.',
  why: 'The engine keeps them in columns of that width and refuses what is longer.',
  remedy: 'Shorten it; a long explanation belongs into <description>.',
  fixable: false,
  *check(document): Iterable<Report> {
    const decisions = decisionsOf(document);
    const { root } = document;
    // A file with one decision is no graph of decisions to the engine.
    for (const element of [...decisions, ...(decisions.length > 1 ? [root] : [])])
      for (const name of ['id', 'name']) yield* tooLong(element, name, attributeValue(element, name), column);
    if (decisions.length > 0) yield* tooLong(root, 'namespace', attributeValue(root, 'namespace'), column);
    for (const decision of decisions)
      yield* tooLong(decision, 'versionTag', extension(decision, 'versionTag'), versionTagColumn);
  },
};

function* tooLong(element: XmlElement, name: string, text: string | undefined, limit: number): Iterable<Report> {
  if ((text?.length ?? 0) > limit)
    yield { element, message: `The ${name} has ${text?.length ?? 0} characters, and ${limit} are possible` };
}

const decisionLanguage: DocumentRule = {
  id: 'decision-language',
  severity: 'error',
  what: 'Expressions of decisions are FEEL or the expression language of the engine.',
  why: 'Scripts run inside the engine with all its rights.',
  remedy: 'Write the expression in FEEL, and leave expressionLanguage out.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      const language = attributeValue(element, 'expressionLanguage')?.trim();
      if (language === undefined || language === '' || isSafeLanguage(language)) continue;
      yield { element, message: `The expression is in the language "${language.slice(0, 60)}"` };
    }
  },
};

function isSafeLanguage(language: string): boolean {
  return /^(?:(?:feel|juel|feel-juel|feel-scala(?:-unary-tests)?)|https?:\/\/www\.omg\.org\/spec\/(?:FEEL\/\d+|DMN\/\d+\/FEEL\/?))$/i.test(
    language,
  );
}

/** Judged on the XML, as the engine reads it. */
export const decisionRules: readonly DocumentRule[] = [
  decisionSchema,
  decisionLogic,
  decisionTable,
  decisionTimeToLive,
  decisionTextLength,
  decisionLanguage,
];
