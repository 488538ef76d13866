import { type FailureRow, inputOf, processOf, taskOf } from './failure-row.ts';

const pause =
  '<intermediateCatchEvent id="pause"><timerEventDefinition id="pause_t"><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>';
const call = (called: string): string =>
  `<callActivity id="send_on" calledElement="${called}"><extensionElements><camunda:in variables="all"/></extensionElements></callActivity>`;

export const waitingModels: Readonly<Record<string, string>> = {
  told_unserved: processOf('told_unserved', [taskOf('weigh', 'weigh_parcel')]),
  told_unserved_below: processOf('told_unserved_below', [call('told_unserved')]),
  told_stopped: processOf('told_stopped', [pause]),
  told_stopped_task: processOf('told_stopped_task', [taskOf('weigh', 'weigh_letter')]),
  told_closed: processOf('told_closed', [taskOf('format', 'response_formatting', inputOf('data', 'x'))]),
};

/** What stands still although nothing has failed, and what is not even begun. */
export const waitingFailures: readonly FailureRow[] = [
  {
    what: 'a topic that no worker serves',
    process: 'told_unserved',
    leadsTo: 'obstacle',
    place: 'weigh in told_unserved',
    code: 'PROCOS_OBSTACLE_NO_WORKER',
    words: ['the topic "weigh_parcel"', 'Start a worker for it'],
  },
  {
    what: 'a topic that no worker serves, in a called process',
    process: 'told_unserved_below',
    leadsTo: 'obstacle',
    place: 'weigh in told_unserved',
    code: 'PROCOS_OBSTACLE_NO_WORKER',
    words: ['the topic "weigh_parcel"', 'send_on in told_unserved_below'],
  },
  {
    what: 'an instance that was suspended at a timer',
    process: 'told_stopped',
    suspends: 'told_stopped',
    leadsTo: 'obstacle',
    place: 'pause in told_stopped',
    code: 'PROCOS_OBSTACLE_SUSPENDED',
    words: ['is suspended', 'pause'],
  },
  {
    what: 'an instance that was suspended at a task',
    process: 'told_stopped_task',
    suspends: 'told_stopped_task',
    leadsTo: 'obstacle',
    place: 'weigh in told_stopped_task',
    code: 'PROCOS_OBSTACLE_SUSPENDED',
    words: ['is suspended', 'weigh'],
  },
  {
    what: 'a process that is suspended',
    process: 'told_closed',
    suspends: 'told_closed',
    leadsTo: 'refusal',
    place: ' in told_closed',
    code: 'PROCOS_GATEWAY_SUSPENDED',
    words: ['"told_closed" is suspended', 'told_closed'],
  },
];
