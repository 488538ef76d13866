import type { TaskContract } from '../../task-contract.ts';
import { adminNotification } from './admin-notification.ts';
import { componentRestart } from './component-restart.ts';
import { errorDetection } from './error-detection.ts';
import { errorHandling } from './error-handling.ts';
import { healthMonitoring } from './health-monitoring.ts';
import { operationRetry } from './operation-retry.ts';
import { requestRouting } from './request-routing.ts';
import { systemInitialization } from './system-initialization.ts';
import { systemShutdown } from './system-shutdown.ts';
import { workerManagement } from './worker-management.ts';

export {
  adminNotification,
  componentRestart,
  errorDetection,
  errorHandling,
  healthMonitoring,
  operationRetry,
  requestRouting,
  systemInitialization,
  systemShutdown,
  workerManagement,
};

/** The topics with which the system processes run the system itself. */
export const systemTaskContracts: readonly TaskContract[] = [
  systemInitialization,
  workerManagement,
  healthMonitoring,
  requestRouting,
  errorHandling,
  systemShutdown,
  errorDetection,
  operationRetry,
  adminNotification,
  componentRestart,
];
