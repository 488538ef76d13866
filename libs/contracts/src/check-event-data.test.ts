import { describe, expect, it } from 'vitest';
import { eventFault } from './check-event-data.ts';

const instance = { instanceId: 'i', processKey: 'p' };

describe('an event of a kind that the contract describes', () => {
  it.each([
    ['process.p.started', { ...instance, version: 1, businessKey: null, parentId: null }],
    [
      'activity.p.pay.completed',
      { ...instance, activityId: 'pay', activityType: 'serviceTask', name: null, durationMs: 7 },
    ],
    ['task.payment.failed', { ...instance, topic: 'payment', activityId: 'pay', retries: 2, errorMessage: null }],
    ['service.mail.unhealthy', { service_id: 'mail-1', service_name: 'mail' }],
    ['kernel.kernel_starting', { component: 'kernel' }],
    ['deployment.orders.created', {}],
  ])('is good: %s', (type, data) => {
    expect(eventFault({ type, data })).toBeUndefined();
  });

  it.each([
    ['process.p.exploded', instance, 'type must be process.{processKey}.started|completed|terminated|failed'],
    ['process.p', instance, 'type must be process.{processKey}.started|completed|terminated|failed'],
    [
      'activity.p..started',
      { ...instance, activityId: 'a', activityType: 't' },
      'type must be activity.{processKey}.{activityId}.started|completed|canceled',
    ],
    [
      'task.payment.created',
      { ...instance, topic: 7, activityId: 'pay' },
      'data is not that of task.{topic}.{outcome}: topic must be text',
    ],
    ['kernel.kernel_starting', {}, 'data is not that of kernel.{event}: component'],
  ])('is refused with the reason: %s', (type, data, reason) => {
    expect(eventFault({ type, data })).toContain(reason);
  });

  it("may be one of somebody's own, and one for the engine is checked where it is carried", () => {
    expect(eventFault({ type: 'order.paid', data: {} })).toBeUndefined();
    expect(eventFault({ type: 'message.Paid', data: { businessKey: 7 } })).toBeUndefined();
  });
});
