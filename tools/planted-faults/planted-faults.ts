import { inSandbox } from './in-sandbox.ts';
import type { PlantedFault } from './planted-fault.ts';

/** The checks that other tests stand on: one that cannot fail would make all of them worthless. */
const inChecks: readonly PlantedFault[] = [
  {
    what: 'an instance that stands at an incident counts as recovered after any fault',
    file: 'apps/system-e2e/src/faults/fault-checker.ts',
    right: '(mayNeedPeople || outcome?.hasIncident !== true)',
    wrong: '(mayNeedPeople || outcome !== undefined)',
    tests: ['apps/system-e2e/src/faults/fault-checker.test.ts'],
  },
  {
    what: 'events of tasks and incidents that never came are not missed',
    file: 'libs/testing/src/event-checker.ts',
    right: '...work.filter((name) => !received.has(name))',
    wrong: '...work.filter(() => false)',
    tests: ['libs/testing/src/event-checker.test.ts'],
  },
  {
    what: 'an event that comes again under another id is taken for a repetition',
    file: 'libs/testing/src/event-checker.ts',
    right: 'known !== undefined && known !== event.id',
    wrong: 'known !== undefined && known === event.type',
    tests: ['libs/testing/src/event-checker.test.ts'],
  },
  {
    what: 'a model of the system no longer catches an error of its task',
    file: 'processes/system/ai_query_process/ai_query_process.bpmn',
    right: 'name="Provider gone" attachedToRef="ask_ai"',
    wrong: 'name="Provider gone" attachedToRef="select_provider"',
    tests: ['processes/models.test.ts'],
  },
  {
    what: 'a step of npm test that counted nothing has passed',
    file: 'tools/checks/run-step.mjs',
    right: 'if (failed.length === 0 && counts.passed === 0 && counts.skipped.length === 0)',
    wrong: 'if (failed.length > 0 && counts.passed === 0 && counts.skipped.length === 0)',
    tests: ['tools/checks/checks.test.ts'],
  },
  {
    what: 'a fake engine leaves out what began in the very moment that is named',
    file: 'apps/event-bridge/src/testing/fake-engine.ts',
    right: 'Date.parse(String(moment)) - 1)',
    wrong: 'Date.parse(String(moment)))',
    tests: ['apps/event-bridge/src/testing/fake-engine.test.ts'],
  },
  {
    what: 'a timer that a killed engine was about to run stands still for twice as long',
    file: 'infra/engine/src/main/java/org/procos/engine/EngineConfiguration.java',
    right: 'setLockTimeInMillis(30_000)',
    wrong: 'setLockTimeInMillis(60_000)',
    tests: ['apps/system-e2e/src/faults/recovery-promises.test.ts'],
  },
  {
    what: 'a type behind a public one changes unseen',
    file: 'tools/generate/surface-collector.ts',
    right: 'behind.set(keyOf(place), this.#textOf(place));',
    wrong: 'this.#textOf(place);',
    tests: ['tools/generate/public-api.test.ts'],
  },
];

const inGateway: readonly PlantedFault[] = [
  {
    what: 'a stream that comes back is given its last event again',
    file: 'apps/gateway/src/events/replay-buffer.ts',
    right: 'event.id === id) + 1)',
    wrong: 'event.id === id))',
    tests: ['apps/gateway/src/routes/events.test.ts'],
  },
  {
    what: 'a gap of the bus is not told to whoever listens',
    file: 'apps/gateway/src/events/event-feed.ts',
    right: 'onGap: () => onlookers.forEach((one) => one.gap()),',
    wrong: 'onGap: () => onlookers.clear(),',
    tests: ['apps/gateway/src/events', 'apps/gateway/src/routes/events.test.ts'],
  },
  {
    what: 'of two equal requests at the same moment the later one stays',
    file: 'apps/gateway/src/requests/idempotent-start.ts',
    right: 'Date.parse(a.startTime) - Date.parse(b.startTime)',
    wrong: 'Date.parse(b.startTime) - Date.parse(a.startTime)',
    tests: ['apps/gateway/src/requests/idempotent-start.test.ts'],
  },
  {
    what: 'one key of repetition serves two different requests',
    file: 'apps/gateway/src/requests/idempotent-start.ts',
    right: 'digest(JSON.stringify([process, variables]))',
    wrong: 'digest(JSON.stringify([process]))',
    tests: ['apps/gateway/src/requests/idempotent-start.test.ts', 'apps/gateway/src/routes/requests.test.ts'],
  },
];

const inBridge: readonly PlantedFault[] = [
  {
    what: 'an error that its own process catches fails the process',
    file: 'libs/instance-outcome/src/error-outcomes.ts',
    right: "catcherOf(row, 'here') === undefined &&\n",
    wrong: '',
    tests: ['apps/event-bridge/src/outbound', 'libs/instance-outcome/src'],
  },
  {
    what: 'an event that comes twice does its work twice',
    file: 'apps/event-bridge/src/inbound/handled-events.ts',
    right: '      if (done.has(key)) return;\n',
    wrong: '',
    tests: ['apps/event-bridge/src/inbound'],
  },
  {
    what: 'the cursor forgets since when something may be missing',
    file: 'apps/event-bridge/src/outbound/cursor.ts',
    right: 'unsettledMs: newest - Math.min(settled, rareSettled),',
    wrong: 'unsettledMs: 0,',
    tests: ['apps/event-bridge/src/outbound'],
  },
];

const inWorker: readonly PlantedFault[] = [
  {
    what: 'a failure that no repetition can mend is tried again',
    file: 'libs/task-worker/src/core/outcome.ts',
    right: "fault === 'terminal' ? 0",
    wrong: "fault === 'bug' ? 0",
    tests: ['libs/task-worker/src/core/outcome.test.ts'],
  },
  {
    what: 'what may be out of date is taken for the state of the task',
    file: 'libs/task-worker/src/core/leases.ts',
    right: 'task.retries === null && sentAt >= state.stoodStillAt',
    wrong: 'task.retries === null',
    tests: ['libs/task-worker/src/core', 'libs/task-worker/src/testing/simulation'],
  },
  {
    what: 'an attempt that was counted in between is not noticed',
    file: 'libs/task-worker/src/core/leases.ts',
    right: 'if (held.task.retries !== task.retries) {',
    wrong: 'if (held.task.id !== task.id) {',
    tests: ['libs/task-worker/src/core', 'libs/task-worker/src/testing/simulation'],
  },
  {
    what: 'a registered secret is printed',
    file: 'libs/logging/src/redaction.ts',
    right: 'if (text.length >= 8) knownSecrets.add(text);',
    wrong: 'if (text.length >= 80) knownSecrets.add(text);',
    tests: ['libs/logging/src'],
  },
];

const inKernel: readonly PlantedFault[] = [
  {
    what: 'an engine that only stays ill is never restarted',
    file: 'libs/engine-process/src/watch-engine.ts',
    right: 'failures >= config.healthMaxFailures',
    wrong: 'failures >= Infinity',
    tests: ['libs/engine-process/src/engine-supervisor.test.ts'],
  },
  {
    what: 'the wait before a restart in a row does not grow',
    file: 'libs/engine-process/src/watch-engine.ts',
    right: '        attempt - 1,\n',
    wrong: '        1,\n',
    tests: ['libs/engine-process/src/engine-supervisor.test.ts'],
  },
  {
    what: 'the kernel imports a worker',
    file: 'apps/kernel/src/orchestrator.ts',
    right: "import { setTimeout as delay } from 'node:timers/promises';\n",
    wrong: "import { setTimeout as delay } from 'node:timers/promises';\nimport '@procos/task-worker';\n",
    tests: ['apps/kernel/src/kernel-limits.test.ts'],
  },
];

const inQueues: readonly PlantedFault[] = [
  {
    what: 'what was to be kept whole or not at all is kept in part',
    file: 'libs/event-bus/src/local/queue-store.ts',
    right: "          database.exec('ROLLBACK');\n",
    wrong: "          database.exec('COMMIT');\n",
    tests: ['libs/event-bus/src/local'],
  },
];

export const plantedFaults: readonly PlantedFault[] = [
  ...inChecks,
  ...inGateway,
  ...inBridge,
  ...inWorker,
  ...inKernel,
  ...inQueues,
  ...inSandbox,
];
