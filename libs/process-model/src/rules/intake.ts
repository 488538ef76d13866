import type { RuleDescription } from './rule.ts';

/** The intake and the readers behind it report under these two names; they have no check of their own. */
export const readable: RuleDescription = {
  id: 'readable',
  severity: 'error',
  what: 'The file is well-formed XML and can be read as BPMN 2.0.',
  why: 'The engine refuses anything else when it is deployed.',
  remedy: 'Correct the XML at the place named, or export the model again from a BPMN modeler.',
  fixable: false,
};

/** The same of files of decisions. */
export const decisionsReadable: RuleDescription = {
  id: 'decisions-readable',
  severity: 'error',
  what: 'A file of decisions is DMN 1.1 to 1.5: its root element is <definitions> in the namespace of one of them.',
  why: 'The engine refuses anything else when it is deployed.',
  remedy: 'Export the file again from a DMN modeler.',
  fixable: false,
};

export const safeIntake: RuleDescription = {
  id: 'safe-intake',
  severity: 'error',
  what: 'No DOCTYPE, no XInclude, UTF-8 only, at most 8 MB, 200 levels and 10,000 elements beside those of the drawing.',
  why: 'Entities and includes read files and addresses of the server; oversized models exhaust it.',
  remedy: 'Remove the declaration, or split the model.',
  fixable: true,
};
