import { describe, expect, it } from 'vitest';
import { renderCause } from './render-cause.ts';
import { shownDetails } from './shown-details.ts';

const element = {
  id: 'wait',
  name: 'Wait for it',
  type: 'bpmn:IntermediateCatchEvent',
  processKey: 'letters',
  expressions: [
    { place: 'timeDuration', text: '${pause}' },
    { place: 'conditionExpression', text: '${amount > 5}' },
  ],
  calledElement: undefined,
  next: [],
};
const place = { processKey: 'letters', activityId: 'wait', element, insideCall: false };
const rendered = (reason: string, byWorker = false) =>
  renderCause({ reason, place, byWorker, advice: undefined, next: 'Then: …' });

describe('what the engine says', () => {
  it.each([
    [
      "Unknown property used in expression: ${amount > 5}. Cause: Cannot resolve identifier 'amount'",
      'VARIABLE_MISSING',
      'Variable "amount" has no value, and ${amount > 5} at wait (Wait for it) needs it.',
    ],
    [
      "at choose: Unknown property used in expression: #{a}. Cause: Cannot resolve identifier 'a'",
      'VARIABLE_MISSING',
      'Variable "a" has no value, and #{a} at wait (Wait for it) needs it.',
    ],
    [
      "ENGINE-02004 No outgoing sequence flow for the element with id 'wait' could be selected for continuing the process.",
      'NO_FLOW',
      'No way leads on from wait (Wait for it): none of its conditions is true. They are ${amount > 5}.',
    ],
    [
      'condition expression returns non-Boolean: result has class java.lang.String and not java.lang.Boolean',
      'CONDITION',
      'A condition at wait (Wait for it) is neither true nor false: it gives text. Its conditions: ${amount > 5}.',
    ],
    [
      'condition expression returns null',
      'CONDITION',
      'A condition at wait (Wait for it) is neither true nor false: it gives nothing. Its conditions: ${amount > 5}.',
    ],
    [
      'ENGINE-09027 Exception while resolving duedate \'2 days\': Invalid format: "2 days" is malformed at " days"',
      'TIMER',
      'The timer of wait (Wait for it) has no usable time: "2 days" is none. It stands in ${pause}.',
    ],
    [
      "Timer 'wait' was not configured with a valid duration/time, either hand in a java.util.Date or a String in format 'yyyy-MM-dd'T'hh:mm:ss'",
      'TIMER',
      'The timer of wait (Wait for it) has no usable time. It stands in ${pause}.',
    ],
    [
      "ENGINE-02024 Expression '${orders}' didn't resolve to type 'Collection'.",
      'COLLECTION',
      'wait (Wait for it) runs once per item of ${orders}, and that is no list.',
    ],
    [
      "no processes deployed with key 'nobody' and tenant-id 'null': processDefinition is null",
      'CALLED_PROCESS',
      'wait (Wait for it) calls the process "nobody", and none with that key is deployed.',
    ],
    [
      'ENGINE-13033 Process definition letters:1:a is suspended.',
      'SUSPENDED',
      'wait (Wait for it) cannot go on: Process definition letters:1:a is suspended.',
    ],
    [
      "Cannot deserialize object in variable 'order': SPIN/JACKSON-JSON-01006 Cannot deserialize",
      'VARIABLE_UNREADABLE',
      'Variable "order" cannot be read at wait (Wait for it): SPIN/JACKSON-JSON-01006 Cannot deserialize.',
    ],
    [
      'Error while evaluating expression: ${a > 3}. Cause: Cannot coerce a of class java.lang.String to class java.lang.Long.',
      'EXPRESSION',
      '${a > 3} at wait (Wait for it) cannot be evaluated: Cannot coerce a of class String to class Long.',
    ],
    [
      'ENGINE-03083 Unexpected exception of org.apache.ibatis.exceptions.PersistenceException',
      'STEP',
      'Unexpected exception of PersistenceException',
    ],
  ])('%s', (reason, code, message) => {
    expect(rendered(reason)).toMatchObject({
      code: `PROCOS_INCIDENT_${code}`,
      message,
      remedy: expect.stringMatching(/Then: …$/) as string,
    });
  });

  it('is left as a worker says it when it is about something else', () => {
    expect(rendered('OpenAI API request failed', true)).toMatchObject({
      code: 'PROCOS_INCIDENT_TASK',
      message: 'OpenAI API request failed',
      remedy: 'Correct what the message says. Then: …',
    });
  });
});

describe('details', () => {
  it('are the causes of a stack, each once', () => {
    const stack =
      'org.x.ProcessEngineException: It broke\n\tat org.x.A.b(A.java:1)\nCaused by: java.lang.IllegalStateException: no room\n\tat c.D.e(D.java:2)\n\t... 12 more\nCaused by: java.io.IOException: no room\n';

    expect(shownDetails(stack, 'It broke')).toEqual({ details: 'no room', advice: undefined });
  });

  it.each(['', '\n', 'Error: It broke\n    at f (file.ts:1:2)'])(
    'are none when they say no more than the message: %j',
    (text) => {
      expect(shownDetails(text, 'It broke')).toEqual({ details: null, advice: undefined });
    },
  );
});
