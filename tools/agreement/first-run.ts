import type { LaunchedEngine } from '@procos/engine-build';
import { ask } from '../engine/engine-calls.ts';

/** What an instance could not do. */
export interface RunFault {
  /** The process that was started. */
  readonly process: string;
  /** Where it stands; `undefined` when the start itself failed. */
  readonly elementId: string | undefined;
  /** In the engine's words. */
  readonly message: string;
}

/** Steps of one instance that are taken: a model may go round and round. */
const longestRun = 25;

interface Definition {
  readonly id: string;
  readonly key: string;
}

/**
 * Runs the processes of a model for the first time, as somebody does who has given no variable: every task is completed
 * with nothing, every job is done at once. Everything is deleted again.
 *
 * @param resources file name → text
 * @throws Error when the engine does not take the deployment
 */
export async function firstRunOf(
  engine: LaunchedEngine,
  resources: Readonly<Record<string, string>>,
): Promise<readonly RunFault[]> {
  const form = new FormData();
  form.set('deployment-name', 'first run');
  for (const [name, text] of Object.entries(resources)) form.set(name, new Blob([text]), name);
  const { id, deployedProcessDefinitions } = await answerOf<{
    readonly id: string;
    readonly deployedProcessDefinitions: Readonly<Record<string, Definition>> | null;
  }>(engine, 'POST', '/deployment/create', form);
  const faults: RunFault[] = [];
  try {
    for (const definition of Object.values(deployedProcessDefinitions ?? {})) {
      faults.push(...(await run(engine, definition)));
    }
  } finally {
    await answerOf(engine, 'DELETE', `/deployment/${id}?cascade=true&skipCustomListeners=true&skipIoMappings=true`);
  }
  return faults;
}

async function run(engine: LaunchedEngine, { id, key }: Definition): Promise<readonly RunFault[]> {
  const start = await ask(engine, 'POST', `/process-definition/${id}/start`, {});
  if (start.status !== 200) {
    const message = wordsOf(start.body);
    // Its start waits for a message, a signal or a time.
    return /has no default start activity|no start activity|no initial/i.test(message)
      ? []
      : [{ process: key, elementId: undefined, message }];
  }
  const faults: RunFault[] = [];
  const given = new Set<string>();
  for (let step = 0; step < longestRun; step++) {
    const next = (await openSteps(engine, id)).find((one) => !given.has(one.id));
    if (next === undefined) break;
    const message = await next.take();
    if (message === undefined) continue;
    given.add(next.id);
    faults.push({ process: key, elementId: next.elementId, message });
  }
  return faults;
}

interface OpenStep {
  readonly id: string;
  readonly elementId: string | undefined;
  /** @returns what the engine says when it cannot go on */
  take(): Promise<string | undefined>;
}

interface Waiting {
  readonly id: string;
  readonly activityId?: string;
  readonly taskDefinitionKey?: string;
  readonly failedActivityId?: string | null;
  readonly jobDefinitionId?: string | null;
}

async function openSteps(engine: LaunchedEngine, definitionId: string): Promise<readonly OpenStep[]> {
  const list = async (what: string, stepOf: (waiting: Waiting) => OpenStep): Promise<readonly OpenStep[]> => {
    const answer = await ask(engine, 'GET', `/${what}?processDefinitionId=${definitionId}&maxResults=50`);
    // What the engine cannot even list nobody can go on with: Camunda works out the form of each task for its list.
    if (answer.status >= 300)
      return [{ id: what, elementId: undefined, take: () => Promise.resolve(wordsOf(answer.body)) }];
    return (answer.json() as readonly Waiting[]).map(stepOf);
  };
  const take = async (path: string, json: object): Promise<string | undefined> => {
    const answer = await ask(engine, 'POST', path, json);
    const isOver =
      answer.status === 404 ||
      /OptimisticLocking|was not found|No job found|Cannot find task with id/.test(answer.body);
    return answer.status < 300 || isOver ? undefined : wordsOf(answer.body);
  };
  const worker = { workerId: 'first-run', lockDuration: 60_000 };
  return [
    ...(await list('task', ({ id, taskDefinitionKey }) => ({
      id,
      elementId: taskDefinitionKey,
      take: () => take(`/task/${id}/complete`, {}),
    }))),
    ...(await list('external-task', ({ id, activityId }) => ({
      id,
      elementId: activityId,
      take: async () =>
        (await take(`/external-task/${id}/lock`, worker)) ??
        (await take(`/external-task/${id}/complete`, { workerId: worker.workerId })),
    }))),
    ...(await list('job', ({ id, failedActivityId }) => ({
      id,
      elementId: failedActivityId ?? undefined,
      take: () => take(`/job/${id}/execute`, {}),
    }))),
  ];
}

async function answerOf<Answer>(engine: LaunchedEngine, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await ask(engine, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 400)}`);
  return (answer.status === 204 ? undefined : answer.json()) as Answer;
}

function wordsOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown };
    return typeof message === 'string' ? message : body;
  } catch {
    return body.slice(0, 400);
  }
}
