import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { LaunchedSystem } from '../launched-system.ts';
import type { FailureRow } from './failure-row.ts';

/** What a failure is told as, on each surface. */
export interface Surfaces {
  /** `procos run --wait` or `procos ask`. */
  readonly command: string;
  readonly exitCode: number | null;
  readonly show: string;
  readonly api: Reported | undefined;
  readonly instance: Reported | undefined;
  /** Its part of `procos incidents`, where it is one. */
  readonly incidents: string;
}

interface Reported {
  readonly code: string;
  readonly message: string | null;
  readonly details: string | null;
  readonly remedy: string;
  readonly processKey: string;
  readonly activityId: string;
  readonly callers: readonly { readonly activityId: string; readonly processKey: string }[];
}

interface View {
  readonly requestId?: string;
  readonly instanceId?: string | null;
  readonly error: Reported | null;
  readonly incidents: readonly Reported[];
  readonly obstacles: readonly Reported[];
}

/** How long a command waits, in seconds: what is to come has come long before, except where nothing comes. */
const patience = 60;
const patienceForObstacles = 8;

/** Java, the insides of the validator, pages of the server below, and advice about credentials where none are meant. */
const never =
  /ENGINE-\d|\bat [\w.$]+\(|java\.|org\.(?:camunda|operaton)|<html|Tomcat|must be equal to constant|PROCOS_ENGINE_USER|\[object Object\]|undefined/;
const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}';

export async function deploy(system: LaunchedSystem, models: Readonly<Record<string, string>>): Promise<void> {
  const files = Object.entries(models).map(([name, content]) => ({ name: `${name}.bpmn`, content }));
  const response = await post(system, '/v1/deployments', { files });
  if (!response.ok) throw new Error(`The models of this test are refused: ${await response.text()}`);
}

function post({ url }: LaunchedSystem, path: string, body: object): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function read<Body>({ url }: LaunchedSystem, path: string): Promise<Body> {
  return (await (await fetch(url + path)).json()) as Body;
}

/** Makes it fail, and asks every surface but the list of incidents, which all rows share. */
export async function provoke(system: LaunchedSystem, row: FailureRow, businessKey: string): Promise<Surfaces> {
  if (row.leadsTo === 'refusal') return provokeRefusal(system, row, businessKey);
  const command = system.cli(...commandOf(row, businessKey));
  if (row.suspends !== undefined) await suspendAt(system, row, row.suspends);
  const { stdout, stderr, code } = await command;
  const requestId =
    row.question === undefined ? await requestOf(system, businessKey) : await requestBehind(system, stdout);
  const view = await read<View>(system, `/v1/requests/${requestId}`);
  const { stdout: show } = await system.cli('show', view.instanceId ?? requestId);
  const instance = await read<View>(system, `/v1/instances/${view.instanceId ?? requestId}`);
  const reported = ({ incidents, error, obstacles }: View) => incidents[0] ?? error ?? obstacles[0];
  return {
    command: stdout + stderr,
    exitCode: code,
    show,
    api: reported(view),
    instance: reported(instance),
    incidents: '',
  };
}

/** What is refused has no instance: command and API are all that tells it. */
async function provokeRefusal(system: LaunchedSystem, row: FailureRow, businessKey: string): Promise<Surfaces> {
  if (row.suspends !== undefined) await post(system, `/v1/process-definitions/${row.suspends}/suspend`, {});
  const { stdout, stderr, code } = await system.cli(...commandOf(row, businessKey));
  const { process, variables = {} } = row;
  const response = await post(system, '/v1/requests', { process, variables });
  const { error } = (await response.json()) as { error: Reported };
  const api = { ...error, processKey: process, activityId: '', details: null, callers: [] };
  return { command: stdout + stderr, exitCode: code, show: '', api, instance: api, incidents: '' };
}

async function suspendAt(system: LaunchedSystem, { place }: FailureRow, key: string): Promise<void> {
  const [element] = place.split(' in ');
  for (;;) {
    const running = await read<{ instances: readonly { id: string }[] }>(
      system,
      `/v1/instances?process=${key}&state=RUNNING`,
    );
    const [id] = running.instances.map((one) => one.id);
    const path = id === undefined ? [] : await pathOf(system, id);
    if (path.includes(element ?? '')) break;
    await delay(100);
  }
  await post(system, `/v1/process-definitions/${key}/suspend`, { instances: true });
}

async function pathOf(system: LaunchedSystem, id: string): Promise<readonly string[]> {
  const { path } = await read<{ path: readonly { activityId: string }[] }>(system, `/v1/instances/${id}`);
  return path.map(({ activityId }) => activityId);
}

function commandOf({ process, question, variables = {}, leadsTo }: FailureRow, businessKey: string): readonly string[] {
  const timeout = ['--timeout', String(leadsTo === 'obstacle' ? patienceForObstacles : patience)];
  if (question !== undefined) return ['ask', question, ...timeout];
  const given = Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}=${JSON.stringify(value)}`]);
  return ['run', process, '--wait', ...timeout, '--business-key', businessKey, ...given];
}

async function requestOf(system: LaunchedSystem, businessKey: string): Promise<string> {
  const { instances } = await read<{ instances: readonly { id: string }[] }>(
    system,
    `/v1/instances?process=procos_user_request&businessKey=${businessKey}`,
  );
  return instances[0]?.id ?? '';
}

/** `ask` names the instance that was called. */
async function requestBehind(system: LaunchedSystem, stdout: string): Promise<string> {
  const id = /instance ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
  return (await read<{ parentId: string | null }>(system, `/v1/instances/${id}`)).parentId ?? '';
}

/** With the part of the list that is about the same incident. */
export function withIncidents(surfaces: Surfaces, list: string): Surfaces {
  const id = new RegExp(`procos retry .*?(${uuid})`).exec(surfaces.command)?.[1] ?? 'none';
  return { ...surfaces, incidents: list.split(/^(?=! )/m).find((one) => one.includes(id)) ?? list };
}

/** A document as it came, and its callers in the words of the other surfaces. */
function textOf(reported: Reported | undefined): string {
  return `${JSON.stringify(reported)} ${reported?.callers.map(({ activityId, processKey }) => `${activityId} in ${processKey}`).join(' ') ?? ''}`;
}

function textsOf({ leadsTo }: FailureRow, { command, show, incidents, api, instance }: Surfaces) {
  return {
    command,
    ...(leadsTo === 'refusal' ? {} : { show }),
    ...(leadsTo === 'incident' ? { incidents } : {}),
    api: textOf(api),
    instance: textOf(instance),
  };
}

/** The command that goes on, with the system that was asked about. */
const nextCommand = {
  incident: new RegExp(`→ .*npx procos retry --data-dir \\S+ ${uuid}`),
  'failed end': new RegExp(`→ .*npx procos show --data-dir \\S+ ${uuid}`),
  obstacle: new RegExp(`→ .*npx procos kill --data-dir \\S+ ${uuid}`),
  refusal: /→ .*npx procos resume --data-dir \S+ \w+/,
} satisfies Record<FailureRow['leadsTo'], RegExp>;
const exitCodes = { incident: 1, 'failed end': 1, obstacle: 4, refusal: 1 } satisfies Record<
  FailureRow['leadsTo'],
  number
>;

/** What happened, where, why, what to do, under which code; and nothing that helps nobody. */
export function expectReported(row: FailureRow, surfaces: Surfaces): void {
  const { api, instance, command, show, exitCode } = surfaces;
  const [element = '', processKey = ''] = row.place.split(' in ');
  const texts = textsOf(row, surfaces);

  expect(api, command).toMatchObject({ code: row.code, processKey, activityId: element });
  expect(instance, show).toMatchObject({ code: row.code, processKey, activityId: element });
  for (const [surface, text] of Object.entries(texts)) {
    const found = text.replaceAll('\\"', '"');
    const missing = row.words.filter((word) => !found.includes(word));
    expect({ surface, missing }, text).toEqual({ surface, missing: [] });
  }
  if (row.leadsTo !== 'refusal')
    for (const text of [command, show]) expect(text).toContain(`${element} in ${processKey}: `);
  expect(`${command}${show}`).toContain(row.code);
  expect(command).toMatch(nextCommand[row.leadsTo]);
  expect(exitCode).toBe(exitCodes[row.leadsTo]);
  const found = Object.entries(texts).flatMap(([surface, text]) =>
    (never.exec(text) ?? []).map((word) => `${surface}: ${word}`),
  );
  expect(found, command).toEqual([]);
}
