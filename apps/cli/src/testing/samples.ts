import type {
  IncidentView,
  InstanceSummary,
  InstanceView,
  PathEntry,
  RequestView,
  UserTaskView,
} from '@procos/api-client';

/** Answers of a gateway, complete and with nothing special about them: a test changes what it is about. */

const start = '2026-03-01T10:00:00.000Z';
const end = '2026-03-01T10:00:01.500Z';

export function samplePathStep(changes: Partial<PathEntry> = {}): PathEntry {
  return {
    activityId: 'ask_ai',
    name: 'Ask the AI',
    type: 'serviceTask',
    startTime: start,
    endTime: end,
    state: 'completed',
    ...changes,
  };
}

export function sampleIncident(changes: Partial<IncidentView> = {}): IncidentView {
  return {
    id: 'incident-1',
    type: 'failedExternalTask',
    code: 'PROCOS_INCIDENT_TASK',
    message: 'connection refused',
    details: null,
    remedy: 'Correct what the message says. Then: POST /v1/incidents/incident-1/retry',
    time: start,
    instanceId: 'instance-1',
    processKey: 'ai_query_process',
    activityId: 'ask_ai',
    stoppedAt: 'ask_ai',
    callers: [],
    attempts: 3,
    retryable: true,
    ...changes,
  };
}

export function sampleResult(changes: Partial<RequestView> = {}): RequestView {
  return {
    requestId: 'request-1',
    state: 'COMPLETED',
    ok: true,
    processKey: 'ai_query_process',
    instanceId: 'instance-1',
    endEvent: { id: 'query_answered', name: 'Answered', type: 'noneEndEvent' },
    error: null,
    variables: {
      user_query: 'What is a process?',
      ai_response: 'A process is work in steps.',
      provider: 'offline',
      model_used: 'none',
    },
    path: [samplePathStep(), samplePathStep({ activityId: 'query_answered', name: null, type: 'noneEndEvent' })],
    requestPath: [samplePathStep({ activityId: 'execute_user_process', type: 'callActivity' })],
    incidents: [],
    obstacles: [],
    userTasks: [],
    ...changes,
  };
}

export function sampleSummary(changes: Partial<InstanceSummary> = {}): InstanceSummary {
  return {
    id: 'instance-1',
    processKey: 'ai_query_process',
    version: 3,
    businessKey: null,
    state: 'RUNNING',
    startTime: start,
    endTime: null,
    durationMs: null,
    parentId: null,
    ...changes,
  };
}

export function sampleInstance(changes: Partial<InstanceView> = {}): InstanceView {
  return {
    ...sampleSummary(),
    endEvent: null,
    error: null,
    variables: {},
    path: [samplePathStep()],
    incidents: [],
    obstacles: [],
    openTasks: [],
    userTasks: [],
    ...changes,
  };
}

export function sampleTask(changes: Partial<UserTaskView> = {}): UserTaskView {
  return {
    id: 'task-1',
    name: 'Ask a person',
    description: null,
    activityId: 'ask_person',
    processKey: 'procos_user_interaction',
    instanceId: 'instance-1',
    assignee: 'ada',
    created: start,
    due: null,
    variables: {},
    form: { formKey: null, fields: [] },
    ...changes,
  };
}
