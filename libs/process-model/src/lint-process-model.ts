import type { BpmnlintReport } from 'bpmnlint';
import { nearestNamedElement, typeName } from './bpmn/engine-view.ts';
import { isOnlyDrawn, judgedProcesses } from './bpmn/execution.ts';
import { lostIds } from './bpmn/lost-ids.ts';
import { usePlainIds } from './bpmn/plain-ids.ts';
import { indexById } from './bpmn/references.ts';
import { isProcessModelError } from './errors.ts';
import { inOrder } from './finding-order.ts';
import { newModelLinter } from './model-linter.ts';
import { readBpmn, readDocument } from './read-bpmn.ts';
import { isConvertible, refusalFinding } from './refusal-finding.ts';
import { documentRules, modelRules } from './rules/rule-table.ts';
import { readable } from './rules/intake.ts';
import { completeFlowLists } from './fixes/fix-flow-lists.ts';
import { schemaContent } from './rules/schema-content.ts';
import { uniqueIds } from './rules/unique-ids.ts';
import { judgedEverywhere } from './rules/judged-everywhere.ts';
import { setAttribute } from './xml/edit-xml.ts';
import { withTrueFixability } from './true-fixability.ts';
import { attributeValue } from './xml/xml-tree.ts';
import { writeXml } from './xml/write-xml.ts';
import { withDeclaredEncoding } from './xml/xml-declaration.ts';
import type { ModdleElement } from 'bpmn-moddle';
import type { ReadWarning } from './read-bpmn.ts';
import type { ModelRule } from './rules/model-rule.ts';
import type { DocumentRule, LintOptions, Report } from './rules/rule.ts';
import type { XmlDocument, XmlElement } from './xml/xml-tree.ts';
import type { LintFinding } from './lint-finding.ts';

/**
 * Judges a model by all rules. A model that cannot be read is a finding too (rules `readable` and `safe-intake`),
 * so one call tells everything; it never throws for anything the text contains.
 *
 * @returns the findings, errors first, each with the element, the rule and what to do
 */
export async function lintProcessModel(xml: string, options: LintOptions = {}): Promise<LintFinding[]> {
  const place = options.file === undefined ? {} : { file: options.file };
  const findings = await withTrueFixability(await judge(xml, options), xml, (repaired) => judge(repaired, options));
  return inOrder(findings).map((finding) => ({ ...place, ...finding }));
}

async function judge(xml: string, options: LintOptions): Promise<LintFinding[]> {
  const findings: LintFinding[] = [];
  try {
    const document = readDocument(xml);
    findings.push(...restoreLostIds(document));
    const judged = new Set(judgedProcesses(document));
    findings.push(...documentRules.flatMap((rule) => checkDocument(rule, document, options, judged)));
    const index = indexById(document);
    const originalIds = usePlainIds(document);
    completeFlowLists(document);
    const { definitions, warnings } = await readBpmn(writeXml(document));
    findings.push(...warnings.map((warning) => warningFinding(warning, index)));
    findings.push(...(await checkModel(definitions, index, judged, originalIds)));
  } catch (error) {
    if (!isProcessModelError(error)) throw error;
    findings.push(refusalFinding(error));
    if (isConvertible(error)) findings.push(...(await judge(withDeclaredEncoding(xml, 'UTF-8'), options)));
  }
  return findings;
}

/** The rest is judged as if the lost ids were there: what follows from one missing id alone is no finding. */
function restoreLostIds(document: XmlDocument): LintFinding[] {
  return Array.from(lostIds(document), ([element, id]) => {
    setAttribute(element, 'id', id);
    const message = `<${element.name}> has no id, and other places of the file name it "${id.slice(0, 60)}"`;
    return documentFinding(uniqueIds, {
      element,
      message,
      remedy: `Write id="${id.slice(0, 60)}" on it.`,
      severity: 'error',
    });
  });
}

function checkDocument(
  rule: DocumentRule,
  document: XmlDocument,
  options: LintOptions,
  judged: ReadonlySet<XmlElement>,
): LintFinding[] {
  const reports = Array.from(rule.check(document, options));
  const judging = judgedEverywhere.has(rule.id)
    ? reports
    : reports.filter(({ element }) => !isOnlyDrawn(element, judged));
  return judging.map((report) => documentFinding(rule, report));
}

function documentFinding(rule: DocumentRule, { element, message, ...overrides }: Report): LintFinding {
  const shown = nearestNamedElement(element);
  return {
    elementId: attributeValue(shown, 'id') ?? '',
    elementType: typeName(shown),
    ...positionOf(element),
    rule: rule.id,
    severity: overrides.severity ?? rule.severity,
    message,
    remedy: overrides.remedy ?? rule.remedy,
    fixable: overrides.fixable ?? rule.fixable,
  };
}

async function checkModel(
  definitions: ModdleElement,
  index: ReadonlyMap<string, XmlElement>,
  judged: ReadonlySet<XmlElement>,
  originalIds: ReadonlyMap<string, string>,
): Promise<LintFinding[]> {
  const results = await newModelLinter().lint(definitions);
  return modelRules.flatMap((rule) =>
    (results[rule.id] ?? []).flatMap((report): LintFinding[] => {
      const id = report.id === undefined ? undefined : (originalIds.get(report.id) ?? report.id);
      const element = id === undefined ? undefined : index.get(id);
      if (element !== undefined && isOnlyDrawn(element, judged)) return [];
      const position = element === undefined ? {} : { elementType: typeName(element), ...positionOf(element) };
      return [{ elementId: id ?? '', ...position, ...modelFinding(rule, report) }];
    }),
  );
}

function modelFinding(
  rule: ModelRule,
  report: BpmnlintReport,
): Pick<LintFinding, 'rule' | 'severity' | 'message' | 'remedy' | 'fixable'> {
  return { rule: rule.id, severity: rule.severity, message: report.message, remedy: rule.remedy, fixable: false };
}

/** Where an element begins; nothing for one that a repair made. */
function positionOf(element: XmlElement | undefined): Pick<LintFinding, 'line' | 'column'> {
  return element?.position ?? {};
}

function warningFinding(
  { message, elementId, breaksSchema }: ReadWarning,
  index: ReadonlyMap<string, XmlElement>,
): LintFinding {
  const { id, remedy } = breaksSchema ? schemaContent : readable;
  return {
    elementId,
    ...positionOf(index.get(elementId)),
    rule: id,
    severity: breaksSchema ? 'error' : 'warning',
    message,
    remedy,
    fixable: false,
  };
}
