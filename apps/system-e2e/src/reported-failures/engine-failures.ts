import { type FailureRow, inputOf, processOf, taskOf } from './failure-row.ts';

const transform =
  inputOf('transformation_type', 'expression') +
  inputOf('transformation_config', '{"expression":"orders[total &gt; 100]"}');
const timer = (id: string, kind: string, text: string): string =>
  `<intermediateCatchEvent id="${id}"><timerEventDefinition id="${id}_t"><${kind} xsi:type="tFormalExpression">${text}</${kind}></timerEventDefinition></intermediateCatchEvent>`;
const each = (collection: string): string =>
  `<multiInstanceLoopCharacteristics isSequential="false" camunda:collection="${collection}" camunda:elementVariable="order"/>`;
const perOrder = (collection: string): string =>
  taskOf('check_order', 'response_formatting', `${inputOf('data', '${order}')}${each(collection)}`);
const call = (id: string, called: string): string =>
  `<callActivity id="${id}" calledElement="${called}"><extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements></callActivity>`;
const choice = (conditions: readonly string[]): string =>
  `<endEvent id="other"/>${conditions.map((text, index) => `<sequenceFlow id="c${index}" sourceRef="choose" targetRef="${index === 0 ? 'done' : 'other'}"><conditionExpression xsi:type="tFormalExpression">${text}</conditionExpression></sequenceFlow>`).join('')}`;

/** A gateway in the middle: its flows are those with conditions. */
function choosing(id: string, conditions: readonly string[], before: readonly string[] = []): string {
  const model = processOf(id, [...before, '<exclusiveGateway id="choose" name="Large?"/>'], {
    beside: choice(conditions),
  });
  return model.replace(/<sequenceFlow id="f\d+" sourceRef="choose" targetRef="done"\/>/, '');
}

export const engineModels: Readonly<Record<string, string>> = {
  told_input: processOf('told_input', [
    taskOf('format', 'response_formatting', inputOf('data', '${missing_total + 1}')),
  ]),
  told_compare: processOf('told_compare', [taskOf('format', 'response_formatting', inputOf('data', '${word &gt; 3}'))]),
  told_no_flow: choosing('told_no_flow', ['${amount &gt; 100}', '${amount &lt; 0}']),
  told_condition: choosing('told_condition', ['${answer}', '${amount &lt; 0}']),
  told_late_choice: choosing(
    'told_late_choice',
    ['${aproved}', '${amount &lt; 0}'],
    [taskOf('format', 'response_formatting', inputOf('data', 'x'))],
  ),
  told_duration: processOf('told_duration', [timer('wait', 'timeDuration', '${pause}')]),
  told_date: processOf('told_date', [timer('wait', 'timeDate', '${moment}')]),
  told_late_timer: processOf('told_late_timer', [
    taskOf('format', 'response_formatting', inputOf('data', 'x')),
    timer('wait', 'timeDuration', '${pause}'),
  ]),
  told_boundary: processOf('told_boundary', [taskOf('format', 'response_formatting', inputOf('data', 'x'))], {
    beside:
      '<boundaryEvent id="too_late" attachedToRef="format"><timerEventDefinition id="t"><timeDuration xsi:type="tFormalExpression">${pause}</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="late"/><sequenceFlow id="l" sourceRef="too_late" targetRef="late"/>',
  }),
  told_call: processOf('told_call', [call('bill', '${biller}')]),
  told_call_deep: processOf('told_call_deep', [call('outer', 'told_call')]),
  told_call_later: processOf('told_call_later', [call('outer', 'told_late_choice')]),
  told_items: processOf('told_items', [perOrder('${orders}')]),
  told_hits: processOf('told_hits', [
    taskOf('pick', 'data_transform', `${inputOf('data', '${source}')}${transform}`),
    perOrder('${transformed_data}'),
  ]),
  told_async: processOf('told_async', [
    taskOf('first', 'response_formatting', inputOf('data', 'x')),
    taskOf('second', 'response_formatting', inputOf('data', '${nowhere}'), ' camunda:asyncBefore="true"').replace(
      '<camunda:properties>',
      '<camunda:failedJobRetryTimeCycle>R1/PT1S</camunda:failedJobRetryTimeCycle><camunda:properties>',
    ),
  ]),
};

const incident = (
  what: string,
  process: string,
  variables: FailureRow['variables'],
  place: string,
  code: string,
  words: readonly string[],
): FailureRow => ({
  what,
  process,
  ...(variables === undefined ? {} : { variables }),
  leadsTo: 'incident',
  place,
  code: `PROCOS_INCIDENT_${code}`,
  words,
});

const list = 'runs once per item of';
const forms = 'PT15M or P2D';

/** What the engine itself stumbles over. */
export const engineFailures: readonly FailureRow[] = [
  incident(
    'an input names a variable that is not there',
    'told_input',
    {},
    'format in told_input',
    'VARIABLE_MISSING',
    ['"missing_total" has no value', '${missing_total + 1}'],
  ),
  incident(
    'an expression compares text with a number',
    'told_compare',
    { word: 'hush' },
    'format in told_compare',
    'EXPRESSION',
    ['${word > 3}'],
  ),
  incident('an expression adds to a list', 'told_compare', { word: [1] }, 'format in told_compare', 'EXPRESSION', [
    '${word > 3}',
  ]),
  incident('no condition of a gateway is true', 'told_no_flow', { amount: 50 }, 'choose in told_no_flow', 'NO_FLOW', [
    'Large?',
    '${amount > 100} and ${amount < 0}',
    'default flow',
  ]),
  incident(
    'a condition names a variable that is not there',
    'told_no_flow',
    {},
    'choose in told_no_flow',
    'VARIABLE_MISSING',
    ['"amount" has no value'],
  ),
  incident(
    'a condition gives text',
    'told_condition',
    { answer: 'maybe', amount: 1 },
    'choose in told_condition',
    'CONDITION',
    ['gives text', '${answer}'],
  ),
  incident(
    'a condition gives nothing',
    'told_condition',
    { answer: null, amount: 1 },
    'choose in told_condition',
    'CONDITION',
    ['gives nothing'],
  ),
  incident(
    'a later gateway stumbles over the result of a task',
    'told_late_choice',
    { amount: 1 },
    'choose in told_late_choice',
    'VARIABLE_MISSING',
    ['"aproved" has no value'],
  ),
  incident('a duration is a sentence', 'told_duration', { pause: '2 days' }, 'wait in told_duration', 'TIMER', [
    '"2 days"',
    '${pause}',
    forms,
  ]),
  incident('a duration is a number', 'told_duration', { pause: 5 }, 'wait in told_duration', 'TIMER', [
    '${pause}',
    forms,
  ]),
  incident('a duration is a half of one', 'told_duration', { pause: 'P1H' }, 'wait in told_duration', 'TIMER', [
    '${pause}',
    forms,
  ]),
  incident('a duration is empty', 'told_duration', { pause: '' }, 'wait in told_duration', 'TIMER', [
    '${pause}',
    forms,
  ]),
  incident('a duration is not given', 'told_duration', {}, 'wait in told_duration', 'VARIABLE_MISSING', [
    '"pause" has no value',
  ]),
  incident('a date is written as in Germany', 'told_date', { moment: '31.12.2026' }, 'wait in told_date', 'TIMER', [
    '"31.12.2026"',
    '${moment}',
    '2026-12-24T18:00:00Z',
  ]),
  incident(
    'a timer behind a task is given no duration',
    'told_late_timer',
    { pause: 'soon' },
    'wait in told_late_timer',
    'TIMER',
    ['"soon"', '${pause}', forms],
  ),
  incident(
    'the deadline of a task is no duration',
    'told_boundary',
    { pause: 'tomorrow' },
    'too_late in told_boundary',
    'TIMER',
    ['"tomorrow"', '${pause}', forms],
  ),
  incident(
    'a call names a process that is not deployed',
    'told_call',
    { biller: 'nobody' },
    'bill in told_call',
    'CALLED_PROCESS',
    ['"nobody"'],
  ),
  incident('a call names a variable that is not there', 'told_call', {}, 'bill in told_call', 'VARIABLE_MISSING', [
    '"biller" has no value',
  ]),
  incident(
    'a called process fails at its first step',
    'told_call',
    { biller: 'told_input' },
    'format in told_input',
    'VARIABLE_MISSING',
    ['"missing_total" has no value', 'execute_user_process'],
  ),
  incident(
    'a process that a called one calls fails at its first step',
    'told_call_deep',
    { biller: 'told_no_flow', amount: 50 },
    'choose in told_no_flow',
    'NO_FLOW',
    ['none of its conditions is true'],
  ),
  incident(
    'a called process fails behind its first wait',
    'told_call_later',
    { amount: 1 },
    'choose in told_late_choice',
    'VARIABLE_MISSING',
    ['"aproved" has no value', 'outer in told_call_later'],
  ),
  incident(
    'the list of a multi-instance task is null',
    'told_items',
    { orders: null },
    'check_order in told_items',
    'COLLECTION',
    [list, '${orders}'],
  ),
  incident(
    'the list of a multi-instance task is text',
    'told_items',
    { orders: 'a, b' },
    'check_order in told_items',
    'COLLECTION',
    [list, '${orders}'],
  ),
  incident(
    'the list of a multi-instance task is an object',
    'told_items',
    { orders: { a: 1 } },
    'check_order in told_items',
    'COLLECTION',
    [list, '${orders}'],
  ),
  incident(
    'the list of a multi-instance task is not there',
    'told_items',
    {},
    'check_order in told_items',
    'VARIABLE_MISSING',
    ['"orders" has no value'],
  ),
  incident(
    'one hit of an expression is no list',
    'told_hits',
    { source: { orders: [{ id: 1, total: 200 }] } },
    'check_order in told_hits',
    'COLLECTION',
    [list, '${transformed_data}', '[…]'],
  ),
  incident(
    'no hit of an expression is no list',
    'told_hits',
    { source: { orders: [] } },
    'check_order in told_hits',
    'COLLECTION',
    [list, '${transformed_data}'],
  ),
  incident('a step that is saved before fails', 'told_async', {}, 'second in told_async', 'VARIABLE_MISSING', [
    '"nowhere" has no value',
  ]),
];
