import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'price_an_order';
const driver = useProcessDriver(new URL('./price_an_order.bpmn', import.meta.url));
const order = { sku: 'AB-1', quantity: 2, currency: 'USD', rates_url: 'https://rates.example.com/' };
const item = { name: 'A book', price: 10 };
const answered = (status: number) => ({
  status_code: status,
  headers: {},
  text: '',
  json: { rate: 1.5 },
  success: status === 200,
});

async function checked(valid = true) {
  const instance = await driver.start(key, order);
  const check = await driver.takeTask('input_validation', instance);
  const validation_errors = valid ? [] : [{ field: 'sku', rule: 'pattern', message: 'sku is wrong.' }];
  await check.complete({
    valid,
    validation_errors,
    validation_message: valid ? '' : 'sku is wrong.',
    validated_data: valid ? order : null,
  });
  return instance;
}

/** Up to the question for the rate. */
async function withPrice() {
  const instance = await checked();
  const stock = await driver.takeTask('service_call', instance);
  expect(stock.variables).toMatchObject({ service_name: 'stock', path: '/items/AB-1' });
  await stock.complete({ status_code: 200, response: item, success: true });
  const rate = await driver.takeTask('http_request', instance);
  expect(rate.variables).toMatchObject({ url: order.rates_url, params: { from: 'EUR', to: 'USD' } });
  return { instance, rate };
}

describe(key, () => {
  it('answers with the price', async () => {
    // given
    const { instance, rate } = await withPrice();

    // when
    await rate.complete(answered(200));
    const compute = await driver.takeTask('data_transform', instance);
    await compute.complete({ transformed_data: { price: 30 } });
    const tell = await driver.takeTask('response_formatting', instance);
    await tell.complete({ formatted_response: { response: { price: 30 } } });

    // then
    expect(compute.variables).toMatchObject({
      data: { item, rates: { rate: 1.5 }, quantity: 2, currency: 'USD' },
      transformation_type: 'mapping',
    });
    expect(tell.variables).toMatchObject({ data: { price: 30 } });
    const end = await driver.ended(instance);
    expect(end.path).toEqual([
      'order_made',
      'check_order',
      'order_valid',
      'ask_stock',
      'ask_rate',
      'rate_known',
      'compute_price',
      'tell_price',
      'order_priced',
    ]);
  });

  it('refuses an order that breaks the rules', async () => {
    expect(await driver.ended(await checked(false))).toMatchObject({
      endEvent: 'order_refused',
      failed: true,
      variables: { validation_message: 'sku is wrong.' },
    });
  });

  it.each(['SERVICE_NOT_FOUND', 'SERVICE_FAILED'])('fails when there is no price: %s', async (code) => {
    const instance = await checked();

    await (await driver.takeTask('service_call', instance)).bpmnError(code, 'So it is.');

    expect(await driver.ended(instance)).toMatchObject({
      endEvent: 'stock_failed',
      failed: true,
      variables: { error_code: code },
    });
  });

  it('fails when the rate may not be asked for, and when there is none', async () => {
    const refused = await withPrice();
    await refused.rate.bpmnError('HTTP_REFUSED', 'The request was refused.');
    const unknown = await withPrice();
    await unknown.rate.complete(answered(404));

    expect(await driver.ended(refused.instance)).toMatchObject({
      endEvent: 'rate_refused',
      failed: true,
      variables: { error_code: 'HTTP_REFUSED' },
    });
    expect(await driver.ended(unknown.instance)).toMatchObject({ endEvent: 'rate_unknown', failed: true });
  });
});
