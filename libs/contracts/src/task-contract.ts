import type { Static, TObject } from 'typebox';
import { compileCheck, type Check } from './validation.ts';
import { withNumbers } from './with-numbers.ts';

/** An outcome that the process model can catch with an error boundary event. */
export interface BpmnErrorContract {
  readonly code: string;
  readonly when: string;
  /** Property of the element that asks for it, as `name=value`. @default it may be raised anyway */
  readonly onlyWith?: string;
}

/** A `camunda:property` of the element that changes what the worker does: the word of the model, which no variable can say. */
export interface ElementProperty {
  readonly name: string;
  readonly description: string;
  /** By their names for a person; the empty value is the default. */
  readonly choices: Readonly<Record<string, string>>;
}

/** What one topic takes, gives and may raise: the whole agreement between a process model and a worker. */
export interface TaskContract<Input extends TObject = TObject, Output extends TObject = TObject> {
  readonly topic: string;
  /** A name for a person, shown in the modeler. */
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /**
   * Outputs that become variables of the task alone: its output mappings see them, later tasks do not. For an output with the
   * name of an input, which the next task of the topic would otherwise take for its own.
   */
  readonly localOutputs: readonly string[];
  readonly elementProperties: readonly ElementProperty[];
  readonly bpmnErrors: readonly BpmnErrorContract[];
  /** Also takes the text of a number for a number: a form of a modeler, and a model without expressions, can write nothing else. */
  readonly checkInput: Check<Static<Input>>;
  readonly checkOutput: Check<Static<Output>>;
}

type Declaration<Input extends TObject, Output extends TObject> = Omit<
  TaskContract<Input, Output>,
  'localOutputs' | 'elementProperties' | 'bpmnErrors' | 'checkInput' | 'checkOutput'
> & {
  readonly localOutputs?: readonly (keyof Output['properties'] & string)[];
  readonly elementProperties?: readonly ElementProperty[];
  readonly bpmnErrors?: readonly BpmnErrorContract[];
};

/** Declares the contract of one topic. The variables a worker fetches are exactly the properties of `input`. */
export function defineTaskContract<Input extends TObject, Output extends TObject>(
  declaration: Declaration<Input, Output>,
): TaskContract<Input, Output> {
  return {
    ...declaration,
    localOutputs: declaration.localOutputs ?? [],
    elementProperties: declaration.elementProperties ?? [],
    bpmnErrors: declaration.bpmnErrors ?? [],
    checkInput: withNumbers(declaration.input, compileCheck(declaration.input)),
    checkOutput: compileCheck(declaration.output),
  };
}
