import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'tell_the_team';
const driver = useProcessDriver(new URL('./tell_the_team.bpmn', import.meta.url));
const words = { channel: '#general', text: '<!channel> <https://evil.example|your bank>' };

async function call() {
  const instance = await driver.start(key, words);
  return { instance, task: await driver.takeTask('service_call', instance) };
}

describe(key, () => {
  it('hands the text to the adapter as plain text, whatever stands in it', async () => {
    const { instance, task } = await call();

    expect(task.variables).toMatchObject({
      service_name: 'slack-adapter',
      method: 'POST',
      path: '/call',
      body: { method: 'send_message', parameters: { ...words, format: 'plain' } },
    });
    await task.complete({ status_code: 200, response: { ok: true, channel: 'C1', ts: '1.2' }, success: true });
    expect((await driver.ended(instance)).path).toEqual(['text_written', 'tell_team', 'team_told']);
  });

  it.each(['SERVICE_NOT_FOUND', 'SERVICE_FAILED'])('fails with %s: the team was not told', async (code) => {
    const { instance, task } = await call();

    await task.bpmnError(code, 'channel_not_found');

    const { endEvent, failed, variables } = await driver.ended(instance);
    expect({ endEvent, failed }).toEqual({ endEvent: 'team_not_told', failed: true });
    expect(variables).toMatchObject({ error_code: code, error_message: 'channel_not_found' });
  });
});
