import { describe, expect, it } from 'vitest';
import { startedBy } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task, taskModel } from '../fixtures/model-builder.ts';

const long = 'x'.repeat(256);

describe('the rule text-length', () => {
  it.each([
    [
      'a process id',
      taskModel().replace('id="order"', `id="${long}"`),
      `error ${long}: The id of the process has 256 characters`,
    ],
    [
      'a process name',
      taskModel({}, { processAttributes: `name="${long}"` }),
      'error order: The name of the process has 256 characters',
    ],
    [
      'a version tag',
      taskModel({}, { processAttributes: `camunda:versionTag="${'v'.repeat(65)}"` }),
      'error order: The version tag has 65 characters, and 64 are possible',
    ],
    [
      'a target namespace',
      taskModel().replace('http://procos.test/bpmn', `http://procos.test/${long}`),
      'error order: The target namespace, which is the category of the process, has 275 characters',
    ],
    ['a name', model(sequence(`<bpmn:userTask id="ask" name="${long}" />`)), 'error ask: The name has 256 characters'],
    [
      'a group whose members may start the process',
      taskModel({}, { processAttributes: `camunda:candidateStarterGroups="sales, ${long}"` }),
      'error order: The candidate group has 256 characters',
    ],
    [
      'a candidate',
      model(sequence(`<bpmn:userTask id="ask" camunda:candidateUsers="${long},kim" />`)),
      'error ask: The candidate user has 256 characters',
    ],
    ['a topic', taskModel().replace('check_order', long), 'error work: The topic has 256 characters'],
    [
      'a message name',
      startedBy('<bpmn:messageEventDefinition id="def" messageRef="m" />', `<bpmn:message id="m" name="${long}" />`),
      'error m: The name of the message has 256 characters',
    ],
  ])('refuses %s that the engine cannot store', async (_what, xml, message) => {
    expect(await findingsOf('text-length', xml)).toEqual([expect.stringContaining(message)]);
  });

  it('takes what just fits, expressions, and long notes', async () => {
    const fits = task('work', { attributes: `name="${'x'.repeat(255)}"` });

    expect(
      await findingsOf(
        'text-length',
        model(
          sequence(
            fits,
            `<bpmn:userTask id="pick" camunda:candidateGroups="${`${'g'.repeat(200)},`.repeat(3)}sales" />`,
            `<bpmn:userTask id="ask" name="\${a${long}}"><bpmn:documentation>${long}</bpmn:documentation></bpmn:userTask>`,
          ),
          { processAttributes: `camunda:versionTag="${'v'.repeat(64)}"` },
        ),
      ),
    ).toEqual([]);
  });
});
