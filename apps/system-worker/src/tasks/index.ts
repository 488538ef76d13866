import type { TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';
import { adminNotificationTask } from './admin-notification.ts';
import { componentRestartTask } from './component-restart.ts';
import { errorDetectionTask } from './error-detection.ts';
import { errorHandlingTask } from './error-handling.ts';
import { healthMonitoringTask } from './health-monitoring.ts';
import { operationRetryTask } from './operation-retry.ts';
import { requestRoutingTask } from './request-routing.ts';
import { systemInitializationTask } from './system-initialization.ts';
import { systemShutdownTask } from './system-shutdown.ts';
import { workerManagementTask } from './worker-management.ts';

/** Every topic of this worker. Adding one: a file beside this one, its test, and its line here. */
export function systemTasks(tools: SystemTools): readonly TaskDefinition[] {
  return [
    systemInitializationTask(tools),
    workerManagementTask(tools),
    healthMonitoringTask(tools),
    requestRoutingTask(tools),
    errorHandlingTask(tools),
    systemShutdownTask(tools),
    errorDetectionTask(tools),
    operationRetryTask(tools),
    adminNotificationTask(tools),
    componentRestartTask(tools),
  ];
}
