import { isProcessModelError } from '../errors.ts';
import { refusalFinding } from '../refusal-finding.ts';
import { inOrder } from '../finding-order.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { decisionNamespaces } from './decision-schema.ts';
import { decisionRules } from './decision-rules.ts';
import { decisionsReadable } from '../rules/intake.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { DocumentRule, Report } from '../rules/rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

export interface LintFileOptions {
  /** Name of the file, repeated in every finding. */
  readonly file?: string;
}

/**
 * Judges a file of decisions (DMN 1.1 to 1.5) as the engine does when it is deployed. It never throws for anything the
 * text contains.
 *
 * @returns the findings, errors first, each with the element, the rule and what to do
 */
export function lintDecisions(xml: string, { file }: LintFileOptions = {}): LintFinding[] {
  const place = file === undefined ? {} : { file };
  return inOrder(judge(xml)).map((finding) => ({ ...place, ...finding }));
}

function judge(xml: string): LintFinding[] {
  try {
    const document = parseXml(xml);
    const { root } = document;
    if (root.localName !== 'definitions' || !decisionNamespaces.has(root.uri ?? ''))
      return [
        foundBy(decisionsReadable, {
          element: root,
          message: `The root element is <${root.name.slice(0, 60)}>, not the <definitions> of DMN 1.1 to 1.5`,
        }),
      ];
    return decisionRules.flatMap((rule) => findingsOf(rule, document));
  } catch (error) {
    if (!isProcessModelError(error)) throw error;
    return [{ ...refusalFinding(error), fixable: false }];
  }
}

function findingsOf(rule: DocumentRule, document: XmlDocument): LintFinding[] {
  return Array.from(rule.check(document, {}), (report) => foundBy(rule, report));
}

function foundBy(
  rule: Pick<DocumentRule, 'id' | 'severity' | 'remedy'>,
  { element, message, ...overrides }: Report,
): LintFinding {
  return {
    elementId: nearestId(element),
    ...element.position,
    rule: rule.id,
    severity: overrides.severity ?? rule.severity,
    message,
    remedy: overrides.remedy ?? rule.remedy,
    fixable: false,
  };
}

function nearestId(element: XmlElement | undefined): string {
  return element === undefined ? '' : (attributeValue(element, 'id') ?? nearestId(element.parent));
}
