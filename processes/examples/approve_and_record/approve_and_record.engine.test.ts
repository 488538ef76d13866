import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const driver = useProcessDriver(new URL('./approve_and_record.bpmn', import.meta.url));
const proposal = 'Buy a second engine';

async function decided(approved: boolean): Promise<string> {
  const instance = await driver.start('approve_and_record', { proposal });
  expect(await driver.userTask(instance)).toMatchObject({
    taskDefinitionKey: 'approve_proposal',
    description: proposal,
  });
  await driver.answer(instance, { approved });
  return instance;
}

describe('approve_and_record', () => {
  it('records what was approved', async () => {
    // given
    const instance = await decided(true);
    const recorded = {
      success: true,
      exists: true,
      file_type: 'file',
      file_size: 1,
      file_modified_at: null,
      file_content: null,
      file_entries: null,
    };

    // when
    const record = await driver.takeTask('file_operation', instance);
    await record.complete(recorded);
    const answer = await driver.takeTask('response_formatting', instance);
    await answer.complete({ formatted_response: `# Approved\n\n${proposal}` });

    // then
    expect(record.variables).toMatchObject({
      operation: 'write',
      file_path: `approved-${instance}.txt`,
      content: proposal,
    });
    expect(answer.variables).toMatchObject({ format_type: 'markdown', title: 'Approved', data: proposal });
    const end = await driver.ended(instance);
    expect(end.path).toEqual([
      'proposal_made',
      'approve_proposal',
      'proposal_approved',
      'record_proposal',
      'write_answer',
      'approved_and_recorded',
    ]);
    expect(end.variables).toMatchObject({ formatted_response: `# Approved\n\n${proposal}` });
  });

  it('records nothing that was rejected', async () => {
    const end = await driver.ended(await decided(false));
    expect(end.path).toEqual(['proposal_made', 'approve_proposal', 'proposal_approved', 'rejected']);
  });

  it('fails when the file cannot be written', async () => {
    // given
    const instance = await decided(true);

    // when
    await (await driver.takeTask('file_operation', instance)).bpmnError('FILE_REFUSED', 'The folder is full.');

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({
      endEvent: 'recording_failed',
      failed: true,
      variables: { error_message: 'The folder is full.' },
    });
  });
});
