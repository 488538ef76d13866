import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

export type Severity = 'error' | 'warning';

/** What the documentation of a rule is generated from. */
export interface RuleDescription {
  /** Stable name, shown with each finding. */
  readonly id: string;
  /** An error keeps the model from being deployed, a warning does not. */
  readonly severity: Severity;
  /** What the rule asks for. */
  readonly what: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What the author does about a finding. */
  readonly remedy: string;
  /** Whether `fixProcessModel` can repair findings of this rule. */
  readonly fixable: boolean;
}

/** A business error of a topic. */
export interface TopicError {
  readonly code: string;
  /** A property of the task, `name=value`, without which it is never raised. */
  readonly onlyWith?: string;
}

export interface LintOptions {
  /** Name of the file, repeated in every finding. */
  readonly file?: string;
  /** Topics that a worker is known to serve; others get a warning. @default undefined: no topic gets one */
  readonly knownTopics?: ReadonlySet<string>;
  /** The only topics that a model may use, known or not, `*` standing for any letters; others are errors. @default undefined: any */
  readonly allowedTopics?: readonly string[];
  /** The business errors that the tasks of a topic may raise. @default undefined: any task may raise any */
  readonly topicErrors?: ReadonlyMap<string, readonly TopicError[]>;
  /** Keys of processes that are deployed, or will be with this one. @default undefined: calls of others get no warning */
  readonly knownProcesses?: ReadonlySet<string>;
  /** Keys of decisions that are deployed, or will be with this model. @default undefined: none is asked for */
  readonly knownDecisions?: ReadonlySet<string>;
  /**
   * Whole expressions, such as `${order.prop("total")}`, accepted although the subset refuses them.
   * They run inside the engine with all its rights: only for models written by its operators. @default none
   */
  readonly allowedExpressions?: ReadonlySet<string>;
}

/** One finding of a document rule, before it is given its file and ids. */
export interface Report {
  readonly element: XmlElement;
  readonly message: string;
  /** @default the remedy of the rule */
  readonly remedy?: string;
  /** @default the severity of the rule */
  readonly severity?: Severity;
  /** @default whether the rule is fixable */
  readonly fixable?: boolean;
}

/** A rule that judges the XML itself, as the engine reads it. */
export interface DocumentRule extends RuleDescription {
  readonly check: (document: XmlDocument, options: LintOptions) => Iterable<Report>;
}
