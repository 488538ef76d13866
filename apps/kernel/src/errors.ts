import { defineErrors } from '@procos/errors';

/** Everything that can stop the kernel. */
export const kernelErrors = defineErrors({
  PROCOS_KERNEL_ENVIRONMENT: {
    message: 'The environment is not fit to boot in: {faults}',
    remedy: 'Correct what is named; `npx procos doctor` checks each point.',
    when: 'Environment Validation finds one or more faults; all are told together.',
  },
  PROCOS_KERNEL_ENGINE_FOREIGN: {
    message: 'Something that is no process engine answers at {url}.',
    remedy: 'Stop it, or choose another port: `--port-offset N`, or CAMUNDA_BASE_URL.',
    when: 'The port of the engine is taken by another program.',
  },
  PROCOS_KERNEL_ENGINE_CREDENTIALS: {
    message: 'The engine at {url} is running but refuses the credentials of user "{user}".',
    remedy: 'Set PROCOS_ENGINE_USER and PROCOS_ENGINE_PASSWORD to those of that engine, or stop it so that the kernel starts its own.',
    when: 'A running engine answers 401 or 403.',
  },
  PROCOS_KERNEL_ENGINE_START: {
    message: 'The engine ended while it started ({reason}). Its last words:\n{output}',
    remedy: 'The whole output is in {log}. Often the port or the database file is in use by another engine.',
    when: 'The engine process ends before it is ready.',
  },
  PROCOS_KERNEL_ENGINE_UNREACHABLE: {
    message: 'The engine at {url} was not ready within {seconds} s.',
    remedy: 'Look at {log}; give a slow machine more time with PROCOS_STARTUP_TIMEOUT.',
    when: 'Wait for Ready runs out of time or attempts.',
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
