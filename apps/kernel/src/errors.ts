import { defineErrors } from '@procos/errors';

/** What can stop the kernel, apart from the engine itself (`engineProcessErrors`). */
export const kernelErrors = defineErrors({
  PROCOS_KERNEL_ENVIRONMENT: {
    message: 'The environment is not fit to boot in: {faults}',
    remedy: 'Correct what is named; `npx procos doctor` checks each point.',
    when: 'Environment Validation finds one or more faults; all are told together.',
  },
  PROCOS_KERNEL_DEPLOYMENT: {
    message: 'Root process {file} was refused: {reason}',
    remedy: 'Check it with `npx procos lint {file}` and correct it, then boot again.',
    when: 'The engine refuses a root process.',
  },
  PROCOS_KERNEL_ORCHESTRATOR: {
    message: 'The System Orchestrator could not be started: {reason}',
    remedy: 'Check that procos_system_orchestrator.bpmn is among the root processes and deploys.',
    when: 'Control cannot be handed over.',
  },
});
