import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'import_orders';
const driver = useProcessDriver(new URL('./import_orders.bpmn', import.meta.url));
const paths = { orders_path: 'orders.csv', report_path: 'sums.csv' };
const orders = [{ customer: 'ann', amount: 5 }];
const done = {
  success: true,
  exists: true,
  file_type: 'file',
  file_size: 9,
  file_modified_at: null,
  file_content: null,
  file_entries: null,
};
const toVerdict = ['orders_arrived', 'read_orders', 'parse_orders', 'check_orders', 'orders_valid'];

/** Up to the decision whether the orders are valid. */
async function checked(valid: boolean) {
  const instance = await driver.start(key, paths);
  const read = await driver.takeTask('file_operation', instance);
  await read.complete({ ...done, file_content: 'customer,price,quantity\nann,5,1\n' });
  const parse = await driver.takeTask('data_transform', instance);
  await parse.complete({ transformed_data: orders });
  const check = await driver.takeTask('data_validation', instance);
  await check.complete({
    valid,
    errors: valid ? [] : [{ path: '/0/amount', rule: 'type', message: '0.amount must be a number.' }],
    warnings: [],
  });
  expect(read.variables).toMatchObject({ operation: 'read', file_path: 'orders.csv' });
  expect(parse.variables).toMatchObject({
    data: { csv: 'customer,price,quantity\nann,5,1\n' },
    transformation_type: 'steps',
  });
  expect(check.variables).toMatchObject({ data: orders });
  return instance;
}

describe(key, () => {
  it('writes the sums of orders that are valid', async () => {
    // given
    const instance = await checked(true);

    // when
    await (await driver.takeTask('data_transform', instance)).complete({ transformed_data: 'sums' });
    const write = await driver.takeTask('file_operation', instance);
    await write.complete(done);
    const answer = await driver.takeTask('response_formatting', instance);
    await answer.complete({ formatted_response: '# Orders imported' });

    // then
    expect(write.variables).toMatchObject({
      operation: 'write',
      file_path: 'sums.csv',
      content_variable: 'transformed_data',
    });
    expect(answer.variables).toMatchObject({ title: 'Orders imported', data: { report: 'sums.csv', size: 9 } });
    const end = await driver.ended(instance);
    expect(end.path).toEqual([...toVerdict, 'sum_up', 'write_report', 'tell_result', 'orders_imported']);
  });

  it('refuses orders that break the rules', async () => {
    const end = await driver.ended(await checked(false));

    expect(end.path).toEqual([...toVerdict, 'orders_refused']);
    expect(end).toMatchObject({ failed: true, variables: { errors: [{ path: '/0/amount' }] } });
  });

  it('fails when the file is not there', async () => {
    const instance = await driver.start(key, paths);

    await (await driver.takeTask('file_operation', instance)).bpmnError(
      'FILE_NOT_FOUND',
      'There is nothing at "orders.csv".',
    );

    expect(await driver.ended(instance)).toMatchObject({
      endEvent: 'orders_not_read',
      failed: true,
      variables: { error_code: 'FILE_NOT_FOUND' },
    });
  });

  it('fails when the sums cannot be written', async () => {
    const instance = await checked(true);

    await (await driver.takeTask('data_transform', instance)).complete({ transformed_data: 'sums' });
    await (await driver.takeTask('file_operation', instance)).bpmnError('FILE_REFUSED', 'The folder is full.');

    expect(await driver.ended(instance)).toMatchObject({
      endEvent: 'report_not_written',
      failed: true,
      variables: { error_message: 'The folder is full.' },
    });
  });
});
