/** What the kernel counts. Names as in the reference kernel. */
export interface KernelCounters {
  health_checks_ok: number;
  health_checks_fail: number;
  camunda_wait_attempts: number;
  deployments_attempted: number;
  deployments_succeeded: number;
  engine_restarts: number;
}

export function createCounters(): KernelCounters {
  return {
    health_checks_ok: 0,
    health_checks_fail: 0,
    camunda_wait_attempts: 0,
    deployments_attempted: 0,
    deployments_succeeded: 0,
    engine_restarts: 0,
  };
}
