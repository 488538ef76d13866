import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'procos_file_operation';
const driver = useProcessDriver(new URL('./procos_file_operation.bpmn', import.meta.url));
const request = { operation: 'read', file_path: 'notes/today.txt' };
const nothing = { file_type: null, file_size: null, file_modified_at: null, file_content: null, file_entries: null };

async function startedAndValid(): Promise<string> {
  const instance = await driver.start(key, request);
  const data = { ...request, encoding: 'utf-8' };
  const verdict = { valid: true, validation_errors: [], validation_message: '', validated_data: data };
  await (await driver.takeTask('input_validation', instance)).complete({ ...data, ...verdict });
  return instance;
}

describe('procos_file_operation', () => {
  it('formats what the operation gave, long content included', async () => {
    // given
    const instance = await startedAndValid();
    const file_content = 'line\n'.repeat(2_000);

    // when
    const work = await driver.takeTask('file_operation', instance);
    await work.complete({
      ...nothing,
      success: true,
      exists: true,
      file_type: 'file',
      file_size: file_content.length,
      file_content,
    });
    const formatting = await driver.takeTask('response_formatting', instance);
    await formatting.complete({ formatted_response: {} });

    // then
    expect(work.variables).toMatchObject({ ...request, encoding: 'utf-8' });
    expect(formatting.variables['data']).toEqual({
      ...request,
      exists: true,
      type: 'file',
      size: file_content.length,
      content: file_content,
      entries: null,
    });
    const end = await driver.ended(instance);
    expect(end.path).toEqual([
      'file_requested',
      'validate_file_request',
      'file_request_valid',
      'perform_file_operation',
      'format_file_response',
      'file_operation_done',
    ]);
    expect(end).toMatchObject({ failed: false, variables: { file_content } });
  });

  it('refuses a request that breaks the schema and keeps the reasons', async () => {
    // given
    const instance = await driver.start(key, { operation: 'write', file_path: 'a.txt' });
    const errors = [{ field: 'content', rule: 'required', message: 'content is required.' }];

    // when
    const validation = await driver.takeTask('input_validation', instance);
    await validation.complete({
      valid: false,
      validation_errors: errors,
      validation_message: 'content is required.',
      validated_data: null,
    });

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({
      endEvent: 'file_request_refused',
      failed: true,
      variables: { validation_errors: errors },
    });
    expect(end.path).not.toContain('perform_file_operation');
  });

  it.each([
    ['FILE_NOT_FOUND', 'nothing_at_path', 'file_not_found'],
    ['FILE_REFUSED', 'not_allowed', 'file_refused'],
  ])('takes the path of %s', async (code, boundary, endEvent) => {
    // given
    const instance = await startedAndValid();

    // when
    await (await driver.takeTask('file_operation', instance)).bpmnError(code, 'So it is.');

    // then
    const end = await driver.ended(instance);
    expect(end.path.slice(-2)).toEqual([boundary, endEvent]);
    expect(end).toMatchObject({ failed: true, variables: { error_code: code, error_message: 'So it is.' } });
  });
});
