import type { Static, TObject } from 'typebox';
import { compileCheck, type Check } from './validation.ts';

/** An outcome that the process model can catch with an error boundary event. */
export interface BpmnErrorContract {
  readonly code: string;
  readonly when: string;
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
  readonly bpmnErrors: readonly BpmnErrorContract[];
  readonly checkInput: Check<Static<Input>>;
  readonly checkOutput: Check<Static<Output>>;
}

type Declaration<Input extends TObject, Output extends TObject> = Omit<
  TaskContract<Input, Output>,
  'localOutputs' | 'bpmnErrors' | 'checkInput' | 'checkOutput'
> & { readonly localOutputs?: readonly (keyof Output['properties'] & string)[]; readonly bpmnErrors?: readonly BpmnErrorContract[] };

/** Declares the contract of one topic. The variables a worker fetches are exactly the properties of `input`. */
export function defineTaskContract<Input extends TObject, Output extends TObject>(
  declaration: Declaration<Input, Output>,
): TaskContract<Input, Output> {
  return {
    ...declaration,
    localOutputs: declaration.localOutputs ?? [],
    bpmnErrors: declaration.bpmnErrors ?? [],
    checkInput: compileCheck(declaration.input),
    checkOutput: compileCheck(declaration.output),
  };
}
