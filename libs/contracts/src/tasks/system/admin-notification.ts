import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const adminNotification = defineTaskContract({
  topic: 'admin_notification',
  title: 'Notify the administrators',
  description: 'Tells the people who run the system: a log line and the event `admin.notification`.',
  input: Type.Object({
    component: Type.Optional(Type.String({ description: 'What it is about.' })),
    error_summary: Type.Optional(Type.String({ description: 'What was found.' })),
    notification: Type.Optional(Type.String({ description: 'Free text.' })),
  }),
  output: Type.Object({
    notification_id: Type.String({ description: 'The same for every attempt at this task.' }),
    notified_at: Type.String({ description: 'When, ISO 8601.' }),
  }),
});
