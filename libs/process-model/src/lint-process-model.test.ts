import { describe, expect, it } from 'vitest';
import { gateway, model, sequence, task, taskModel } from './fixtures/model-builder.ts';
import { lintProcessModel } from './lint-process-model.ts';

const boundary =
  '<bpmn:boundaryEvent id="failed" attachedToRef="work"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>';

describe('linting a model', () => {
  it('shows errors before warnings, each with file, element, rule, message and remedy', async () => {
    const findings = await lintProcessModel(model(sequence('<bpmn:serviceTask id="work" />')), { file: 'order.bpmn' });

    expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    for (const finding of findings) {
      expect(finding).toMatchObject({
        file: 'order.bpmn',
        rule: expect.any(String) as string,
        message: expect.any(String) as string,
        remedy: expect.stringMatching(/\S\.$/) as string,
      });
    }
  });

  it('accepts any topic as long as nobody says which ones are served', async () => {
    expect((await lintProcessModel(taskModel())).map(({ rule }) => rule)).not.toContain('known-topic');
  });

  it('warns of a topic that is nearly one that is served, and names that', async () => {
    const findings = await lintProcessModel(taskModel(), {
      knownTopics: new Set(['ai_query', 'check_orders', 'check_mail']),
    });

    expect(findings).toContainEqual({
      elementId: 'work',
      elementType: 'bpmn:ServiceTask',
      line: 6,
      column: 5,
      rule: 'known-topic',
      message: 'There is no contract for the topic "check_order": is there a worker for it?',
      severity: 'warning',
      remedy: 'Did you mean "check_orders"? Otherwise see that a worker of yours serves this topic.',
      fixable: false,
    });
  });

  it('warns of a topic that no worker is known for', async () => {
    const findings = await lintProcessModel(taskModel(), { knownTopics: new Set(['ai_query']) });

    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'known-topic',
        severity: 'warning',
        remedy: 'See that a worker of yours serves this topic.',
      }),
    );
  });

  it('accepts what an allow-list names, known or not', async () => {
    const findings = await lintProcessModel(taskModel(), {
      knownTopics: new Set(['ai_query']),
      allowedTopics: ['check_*'],
    });

    expect(findings.map(({ rule }) => rule)).not.toContain('known-topic');
  });

  it.each([
    [
      'a near one named',
      ['check_orders', 'mail'],
      'Did you mean "check_orders"? Otherwise have the operator add this topic to PROCOS_TOPICS.',
    ],
    [
      'a known one named that a pattern allows',
      ['check_*s'],
      'Did you mean "check_orders"? Otherwise have the operator add this topic to PROCOS_TOPICS.',
    ],
    ['none near', ['mail'], 'Use a topic that is allowed, or have the operator add this one to PROCOS_TOPICS.'],
  ])('refuses what an allow-list does not name, %s', async (_name, allowedTopics, remedy) => {
    const findings = await lintProcessModel(taskModel(), {
      knownTopics: new Set(['check_order', 'check_orders']),
      allowedTopics,
    });

    expect(findings.filter(({ rule }) => rule === 'known-topic')).toMatchObject([
      { elementId: 'work', severity: 'error', message: 'The topic "check_order" is not allowed here', remedy },
    ]);
  });

  it.each([
    ['warns of', { knownTopics: new Set(['check_order']) }, 'warning'],
    ['refuses, where only some topics are allowed,', { allowedTopics: ['*'] }, 'error'],
  ])('%s a computed topic', async (_name, options, severity) => {
    const xml = taskModel().replace('check_order', '${topic}');

    expect(await lintProcessModel(xml, options)).toContainEqual(
      expect.objectContaining({
        rule: 'known-topic',
        severity,
        message: 'The topic ${topic} is computed: nobody can tell who serves it',
      }),
    );
  });

  it('accepts an expression that the operator allows', async () => {
    const xml = taskModel({ attributes: 'camunda:taskPriority="${prio.value()}"' });

    const findings = await lintProcessModel(xml, { allowedExpressions: new Set(['${prio.value()}']) });

    expect(findings.filter(({ rule }) => rule === 'safe-expressions')).toEqual([]);
  });

  it.each([
    [
      'a boundary event',
      model(
        `${sequence(task('work'))}${boundary}<bpmn:endEvent id="other" /><bpmn:sequenceFlow id="f" sourceRef="failed" targetRef="other" />`,
      ),
    ],
    [
      'an error sub-process around it',
      model(
        `${sequence(task('work'))}<bpmn:subProcess id="on_error" triggeredByEvent="true"><bpmn:startEvent id="s"><bpmn:errorEventDefinition /></bpmn:startEvent><bpmn:endEvent id="e" /><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e" /></bpmn:subProcess>`,
      ),
    ],
  ])('takes a failure for handled by %s', async (_name, xml) => {
    expect((await lintProcessModel(xml)).map(({ rule }) => rule)).not.toContain('error-boundary-on-external');
  });

  it('does not need <incoming> and <outgoing> to understand the flows', async () => {
    const findings = await lintProcessModel(gateway('default="flow_0"', '', '${b}'));

    expect(findings.filter(({ rule }) => rule !== 'has-diagram')).toEqual([]);
  });

  it('tells the line where the element begins, of findings of every kind', async () => {
    const xml = taskModel({ attributes: 'topic="t"' }).replaceAll('<bpmn:', '\n<bpmn:');
    const lineOf = (text: string) => xml.slice(0, xml.indexOf(text)).split('\n').length;

    const findings = await lintProcessModel(xml);

    expect(findings.find(({ rule }) => rule === 'schema-content')).toMatchObject({
      line: lineOf('<bpmn:serviceTask'),
      column: 1,
    });
    expect(findings.find(({ rule }) => rule === 'error-boundary-on-external')).toMatchObject({
      line: lineOf('<bpmn:serviceTask'),
      column: 1,
    });
    expect(await lintProcessModel('<definitions>\n<x></definitions>')).toMatchObject([{ rule: 'readable', line: 2 }]);
  });
});
