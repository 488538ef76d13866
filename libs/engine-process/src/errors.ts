import { defineErrors } from '@procos/errors';

/** Why there is no engine to work with. The kernel tells them, so that they bear its name. */
export const engineProcessErrors = defineErrors({
  PROCOS_KERNEL_ENGINE_FOREIGN: {
    message: 'Something that is no process engine answers at {url}.',
    remedy: 'Stop it, or choose another port: `--port-offset N`, or CAMUNDA_BASE_URL.',
    when: 'The port of the engine is taken by another program.',
  },
  PROCOS_KERNEL_ENGINE_CREDENTIALS: {
    message: 'The engine at {url} is running but refuses the credentials of user "{user}".',
    remedy:
      'Set PROCOS_ENGINE_USER and PROCOS_ENGINE_PASSWORD to those of that engine, or stop it so that the kernel starts its own.',
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
});
