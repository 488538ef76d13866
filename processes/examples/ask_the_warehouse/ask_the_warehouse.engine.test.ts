import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const driver = useProcessDriver(new URL('./ask_the_warehouse.bpmn', import.meta.url));

describe('ask_the_warehouse', () => {
  it('announces the order and goes on with the answer', async () => {
    // given
    const instance = await driver.start('ask_the_warehouse', { article: 'chair' });
    expect(await driver.path(instance)).toEqual(['order_received', 'order_announced', 'await_answer']);

    // when
    await driver.send('WarehouseAnswered', instance);

    // then
    expect((await driver.ended(instance)).endEvent).toBe('warehouse_answered');
  });

  it('fails when no answer comes', async () => {
    const instance = await driver.start('ask_the_warehouse', { article: 'chair' });

    await driver.fireTimer(instance, 'no_answer');

    expect(await driver.ended(instance)).toMatchObject({ endEvent: 'warehouse_silent', failed: true });
  });
});
