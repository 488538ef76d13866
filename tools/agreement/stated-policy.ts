import type { CheckedProblem } from './engine-judge.ts';

/** Rules that refuse what the engine takes, each with the reason why it is refused all the same. */
export const statedPolicy: ReadonlyMap<string, string> = new Map([
  ['no-script', 'scripts run inside the engine; the engine as it is shipped refuses them too'],
  ['no-java', 'Java code runs inside the engine; the engine as it is shipped refuses it too'],
  ['safe-expressions', 'method calls in expressions reach the Java runtime; the engine refuses them when they run'],
  ['no-external-resource', 'what is loaded from elsewhere was never checked'],
  ['safe-intake', 'sizes, DOCTYPE and encodings that are not read at all'],
  ['executable', 'the engine takes a model without executable process and deploys nothing'],
  ['external-task-implementation', 'tasks that run inside the engine: mail, shell, expressions'],
  ['supported-elements', 'the engine skips the element in silence'],
  ['made-for-camunda-8', 'the engine reads over all of it, and the process stands still or goes another way'],
  ['condition', 'the engine takes any text and fails when the flow is decided, and reads order-total as a subtraction'],
  ['timer', 'the engine takes any text and fails when the timer is set'],
  ['task-priority', 'the engine takes any text and fails when the task begins'],
  ['property-variables', 'the engine takes it and fails when the task begins'],
  ['text-length', 'the engine fails when the text is stored'],
  ['definition-binding', 'the engine fails when it looks for the version'],
  ['called-element-attribute', 'the engine fails when it calls a process without a key'],
  ['form-definition', 'the engine fails when the form is opened or sent'],
  ['multi-instance', 'the engine fails when the step begins'],
  ['flow-into-boundary', 'the engine fails when it takes the flow'],
  ['decision-language', 'scripts run inside the engine'],
  ['form-readable', 'the engine reads what is nearly JSON, and what shows forms does not'],
  ['form-key', 'the engine takes a form without id, and no process can name it'],
  ['endless-run', 'the engine goes round for ever in one transaction'],
]);

/** Values that only an instance writes: the engine takes the model, and every instance stands still there. */
const ofInstances =
  /^The (?:id|name|assignee|candidate (?:user|group)|name of the event that is waited for) has \d+ characters/;

/** Whether the check of a deployment refuses by policy what the engine takes. */
export function isCheckPolicy({ kind, message }: CheckedProblem): boolean {
  return kind === 'too-long' && ofInstances.test(message);
}
