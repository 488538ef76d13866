/** The part of `bpmnlint` used here; the package declares its types with `any`. */
declare module 'bpmnlint' {
  import type { ModdleElement } from 'bpmn-moddle';

  export interface LintReporter {
    report(id: string | undefined, message: string): void;
  }
  export type EnterNode = (node: ModdleElement, reporter: LintReporter) => boolean | void;
  export interface BpmnlintRule {
    check: EnterNode | { readonly enter?: EnterNode; readonly leave?: EnterNode };
  }
  export type BpmnlintRuleFactory = () => BpmnlintRule;
  export interface BpmnlintReport {
    readonly id?: string;
    readonly message: string;
    readonly category: 'error' | 'warn' | 'info' | 'rule-error';
  }
  export interface BpmnlintResolver {
    resolveRule(pkg: string, ruleName: string): BpmnlintRuleFactory | undefined;
    resolveConfig(pkg: string, configName: string): undefined;
  }
  export class Linter {
    constructor(options: {
      readonly config: { readonly rules: Readonly<Record<string, 'error' | 'warn'>> };
      readonly resolver: BpmnlintResolver;
    });
    lint(root: ModdleElement): Promise<Readonly<Record<string, readonly BpmnlintReport[]>>>;
  }
}

declare module 'bpmnlint/rules/*' {
  import type { BpmnlintRuleFactory } from 'bpmnlint';
  const rule: BpmnlintRuleFactory;
  export = rule;
}
