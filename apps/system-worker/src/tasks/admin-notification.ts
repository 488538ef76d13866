import { adminNotification, makeEvent } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

export function adminNotificationTask({ eventBus }: SystemTools): TaskDefinition {
  return defineTask(
    adminNotification,
    async ({ component, error_summary, notification }, { lease, logger, processInstanceId, traceparent }) => {
      const notified_at = new Date().toISOString();
      const data = { component, error_summary, notification, process_instance_id: processInstanceId };
      logger.warn('admin_notification', data);
      await eventBus.publish(
        makeEvent({
          id: lease.idempotencyKey,
          source: '/components/system-worker',
          type: 'admin.notification',
          subject: processInstanceId,
          traceparent,
          data,
        }),
      );
      return { notification_id: lease.idempotencyKey, notified_at };
    },
  );
}
