import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const driver = useProcessDriver(new URL('./procos_system_shutdown.bpmn', import.meta.url));

describe('procos_system_shutdown', () => {
  it('announces, stops the orchestrator and confirms, in this order', async () => {
    // given
    const instance = await driver.start('procos_system_shutdown', { shutdown_reason: 'test' }, 'procos-system');

    // when
    for (const [activityId, action] of [
      ['announce', 'announce'],
      ['stop_orchestrator', 'end_orchestrator'],
      ['confirm', 'confirm'],
    ] as const) {
      const step = await driver.takeTask('system_shutdown', instance);
      expect(step).toMatchObject({ activityId, variables: { action, shutdown_reason: 'test' } });
      await step.complete({ last_shutdown_step: action });
    }

    // then
    const end = await driver.ended(instance);
    expect(end.path).toEqual(['shutdown_requested', 'announce', 'stop_orchestrator', 'confirm', 'system_shut_down']);
    expect(end).toMatchObject({ state: 'COMPLETED', failed: false, variables: { last_shutdown_step: 'confirm' } });
  });
});
