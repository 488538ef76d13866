import { messageOf, type ProcosError } from '@procos/errors';
import { Linter } from 'bpmnlint';
import { nearestNamedElement, typeName } from './bpmn/engine-view.ts';
import { indexById } from './bpmn/references.ts';
import { isProcessModelError } from './errors.ts';
import { readBpmn, readDocument } from './read-bpmn.ts';
import { documentRules, modelRules } from './rules/rule-table.ts';
import { readable, safeIntake } from './rules/intake.ts';
import { completeFlowLists } from './fixes/fix-flow-lists.ts';
import { schemaContent } from './rules/schema-content.ts';
import { attributeValue } from './xml/xml-tree.ts';
import { writeXml } from './xml/write-xml.ts';
import type { BpmnlintRule, BpmnlintReport } from 'bpmnlint';
import type { ReadWarning } from './read-bpmn.ts';
import type { ModelRule } from './rules/model-rule.ts';
import type { DocumentRule, LintOptions, Report, RuleDescription, Severity } from './rules/rule.ts';
import type { XmlDocument, XmlElement } from './xml/xml-tree.ts';

/** One thing to change in a model. */
export interface LintFinding {
  readonly file?: string;
  /** Id of the nearest element that has one; empty when the file could not be read that far. */
  readonly elementId: string;
  /** Type of the BPMN meta-model, for example `bpmn:ServiceTask`. */
  readonly elementType?: string;
  /** Line of the text given where the element begins, or where reading failed, from 1 on; unknown for findings about the whole. */
  readonly line?: number;
  /** Column in that line, from 1 on. */
  readonly column?: number;
  readonly rule: string;
  /** An error keeps the model from being deployed, a warning does not. */
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  /** Whether `fixProcessModel` repairs it. */
  readonly fixable: boolean;
}

/**
 * Judges a model by all rules. A model that cannot be read is a finding too (rules `readable` and `safe-intake`),
 * so one call tells everything; it never throws for anything the text contains.
 *
 * @returns the findings, errors first, each with the element, the rule and what to do
 */
export async function lintProcessModel(xml: string, options: LintOptions = {}): Promise<LintFinding[]> {
  const place = options.file === undefined ? {} : { file: options.file };
  const findings: LintFinding[] = [];
  try {
    const document = readDocument(xml);
    findings.push(...documentRules.flatMap((rule) => checkDocument(rule, document, options)));
    completeFlowLists(document);
    const { definitions, warnings } = await readBpmn(writeXml(document));
    const index = indexById(document);
    findings.push(...warnings.map((warning) => warningFinding(warning, index)));
    findings.push(...(await checkModel(definitions, index)));
  } catch (error) {
    if (!isProcessModelError(error)) throw error;
    findings.push(refusalFinding(error));
  }
  const bySeverity = findings.toSorted((left, right) => rankOf(left.severity) - rankOf(right.severity));
  return bySeverity.map((finding) => ({ ...place, ...finding }));
}

function rankOf(severity: Severity): number {
  return severity === 'error' ? 0 : 1;
}

function checkDocument(rule: DocumentRule, document: XmlDocument, options: LintOptions): LintFinding[] {
  return Array.from(rule.check(document, options), (report) => documentFinding(rule, report));
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

async function checkModel(definitions: Parameters<Linter['lint']>[0], index: ReadonlyMap<string, XmlElement>): Promise<LintFinding[]> {
  const results = await newLinter().lint(definitions);
  return modelRules.flatMap((rule) =>
    (results[rule.id] ?? []).map((report): LintFinding => {
      const element = report.id === undefined ? undefined : index.get(report.id);
      return {
        elementId: report.id ?? '',
        ...(element === undefined ? {} : { elementType: typeName(element), ...positionOf(element) }),
        ...modelFinding(rule, report),
      };
    }),
  );
}

function modelFinding(rule: ModelRule, report: BpmnlintReport): Pick<LintFinding, 'rule' | 'severity' | 'message' | 'remedy' | 'fixable'> {
  return { rule: rule.id, severity: rule.severity, message: report.message, remedy: rule.remedy, fixable: false };
}

function newLinter(): Linter {
  const byId = new Map(modelRules.map((rule) => [rule.id, rule]));
  return new Linter({
    config: { rules: Object.fromEntries(modelRules.map(({ id, severity }) => [id, severity === 'error' ? 'error' : 'warn'])) },
    resolver: {
      resolveRule(_pkg, ruleName) {
        const rule = byId.get(ruleName);
        return rule === undefined ? undefined : () => contained(rule.create());
      },
      resolveConfig: () => undefined,
    },
  });
}

/** A rule that stumbles over a broken model reports that instead of printing to the console. */
function contained(rule: BpmnlintRule): BpmnlintRule {
  const { enter, leave } = typeof rule.check === 'function' ? { enter: rule.check, leave: undefined } : rule.check;
  const guard = (check: typeof enter): typeof enter =>
    check === undefined
      ? undefined
      : (node, reporter) => {
          try {
            return check(node, reporter);
          } catch (error) {
            reporter.report(node.id, `The rule could not judge this element: ${messageOf(error).slice(0, 120)}`);
          }
        };
  return { check: { ...(enter && { enter: guard(enter) }), ...(leave && { leave: guard(leave) }) } };
}

/** Where an element begins; nothing for one that a repair made. */
function positionOf(element: XmlElement | undefined): Pick<LintFinding, 'line' | 'column'> {
  return element?.position ?? {};
}

function warningFinding({ message, elementId, breaksSchema }: ReadWarning, index: ReadonlyMap<string, XmlElement>): LintFinding {
  const { id, remedy } = breaksSchema ? schemaContent : readable;
  return { elementId, ...positionOf(index.get(elementId)), rule: id, severity: breaksSchema ? 'error' : 'warning', message, remedy, fixable: false };
}

const unreadableCodes: ReadonlySet<string> = new Set([
  'PROCOS_MODEL_MALFORMED',
  'PROCOS_MODEL_NOT_BPMN',
  'PROCOS_MODEL_UNREADABLE',
]);

function refusalFinding(error: ProcosError): LintFinding {
  const rule: RuleDescription = unreadableCodes.has(error.code) ? readable : safeIntake;
  const { line, column } = error.data;
  const position = { ...(typeof line === 'number' && { line }), ...(typeof column === 'number' && { column }) };
  return { elementId: '', ...position, rule: rule.id, severity: 'error', message: error.message, remedy: error.remedy, fixable: false };
}
