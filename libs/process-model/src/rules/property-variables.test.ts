import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence } from '../fixtures/model-builder.ts';

const property = (attributes: string): string =>
  model(sequence(`<bpmn:userTask id="ask"><bpmn:property id="kept" ${attributes} /></bpmn:userTask>`));

describe('the rule property-variables', () => {
  it.each([
    '',
    'camunda:dst="b"',
    'camunda:dstExpr="${a}"',
    'camunda:src="a" camunda:dst="b"',
    'camunda:srcExpr="${a}" camunda:dst="b"',
    'camunda:src="a" camunda:dst="b" camunda:link="a"',
    'camunda:srcExpr="${a}" camunda:dst="b" camunda:linkExpr="${a}"',
  ])('takes %s', async (attributes) => {
    expect(await findingsOf('property-variables', property(attributes))).toEqual([]);
  });

  it.each([
    ['camunda:link="a"', 'The property has camunda:link without camunda:src and camunda:dst'],
    ['camunda:dst="b" camunda:link="a"', 'The property has camunda:link without camunda:src'],
    ['camunda:src="a" camunda:link="a"', 'The property has camunda:link without camunda:dst'],
    ['camunda:linkExpr="${a}" camunda:dst="b"', 'The property has camunda:linkExpr without camunda:srcExpr'],
    ['camunda:src="a"', 'The property has camunda:src without camunda:dst'],
    ['camunda:srcExpr="${a}" camunda:dstExpr="${a}"', 'The property has camunda:srcExpr without camunda:dst'],
  ])('refuses %s, with which no task begins', async (attributes, message) => {
    expect(await findingsOf('property-variables', property(attributes))).toEqual([`error kept: ${message}`]);
  });
});
