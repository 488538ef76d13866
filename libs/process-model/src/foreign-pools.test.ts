import { caseFile } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { decodeModel } from './xml/decode-model.ts';
import { lintProcessModel } from './lint-process-model.ts';

const modelCase = (name: string): string => decodeModel(caseFile('bpmn', name));
const errorsOf = async (xml: string) =>
  (await lintProcessModel(xml))
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, elementId }) => `${rule} ${elementId}`);

describe('the pool of a partner, which nobody executes', () => {
  it.each(['nonexec_pool.bpmn', 'nonexec_gateway.bpmn'])('is not judged as if it were executed: %s', async (name) => {
    expect(await errorsOf(modelCase(name))).toEqual([]);
  });

  it('is judged once somebody makes it executable', async () => {
    const executable = modelCase('nonexec_gateway.bpmn').replaceAll('isExecutable="false"', 'isExecutable="true"');

    expect(await errorsOf(executable)).not.toEqual([]);
  });
});

describe('a process whose id has letters beyond ASCII', () => {
  it('is judged like any other', async () => {
    expect(await errorsOf(modelCase('uni.bpmn'))).toEqual(['gateway-conditions f2', 'gateway-conditions f3']);
  });
});
