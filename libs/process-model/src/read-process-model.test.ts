import { describe, expect, it } from 'vitest';
import { readProcessModel } from './read-process-model.ts';
import { model, sequence, task, taskModel } from './fixtures/model-builder.ts';

describe('reading a model', () => {
  it('tells each process with what it needs from others', async () => {
    const xml = model(
      sequence(
        task('check', { attributes: 'name="Check"' }),
        '<bpmn:receiveTask id="answer" messageRef="reply" />',
        `<bpmn:subProcess id="part">${sequence(task('again')).replaceAll('begin', 'begin_in').replaceAll('done', 'done_in')}</bpmn:subProcess>`,
        '<bpmn:callActivity id="call" calledElement="${process_to_execute}" />',
        '<bpmn:intermediateThrowEvent id="tell"><bpmn:messageEventDefinition camunda:type="external" camunda:topic="tell_customer" /></bpmn:intermediateThrowEvent>',
      ),
      {
        processAttributes: 'name="Order" camunda:versionTag="2"',
        rootElements: '<bpmn:message id="reply" name="Reply" />',
      },
    );

    const { processes, file } = await readProcessModel(xml, { file: 'order.bpmn' });

    expect(file).toBe('order.bpmn');
    expect(processes).toHaveLength(1);
    expect(processes[0]).toMatchObject({
      id: 'order',
      name: 'Order',
      versionTag: '2',
      isExecutable: true,
      historyTimeToLive: 'P30D',
      topics: ['check_order', 'tell_customer'],
      externalTasks: [
        { elementId: 'check', topic: 'check_order' },
        { elementId: 'again', topic: 'check_order' },
        { elementId: 'tell', topic: 'tell_customer' },
      ],
      calledElements: ['${process_to_execute}'],
      messages: ['Reply'],
    });
    expect(processes[0]?.elements).toContainEqual({ id: 'check', type: 'bpmn:ServiceTask', name: 'Check' });
    expect(processes[0]?.elements).toContainEqual({ id: 'to_check', type: 'bpmn:SequenceFlow', name: undefined });
  });

  it('reads topics under the namespace of Operaton too', async () => {
    const xml = model(
      sequence(
        '<bpmn:serviceTask id="work" xmlns:operaton="http://operaton.org/schema/1.0/bpmn" operaton:type="external" operaton:topic="t" />',
      ),
    );

    expect((await readProcessModel(xml)).processes[0]?.topics).toEqual(['t']);
  });

  it('tells what the reader did not understand', async () => {
    const { warnings } = await readProcessModel(taskModel({ extensions: '<camunda:unheardOf />' }));

    expect(warnings).toEqual(['unparsable content <camunda:unheardOf> detected (unknown type <camunda:UnheardOf>)']);
  });

  it('hands the model of bpmn-moddle on', async () => {
    expect((await readProcessModel(taskModel())).definitions.$type).toBe('bpmn:Definitions');
  });
});
