import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchSystem, type LaunchedSystem, removeFolder } from '../launched-system.ts';
import { missingService } from '../system-mode.ts';
import { engineFailures, engineModels } from './engine-failures.ts';
import type { FailureRow } from './failure-row.ts';
import { type TroubledServices, startTroubledServices } from './troubled-services.ts';
import { workerFailures, workerModels } from './worker-failures.ts';

/** How many commands run side by side: each is a process of its own. */
const sideBySide = 6;

let system: LaunchedSystem;
let services: TroubledServices;
const told = new Map<string, Surfaces>();
/** The web server has its port only later: names and count are the same. */
const names = [...engineFailures, ...workerFailures({ web: '' })].map(({ what }) => what);
let rows: readonly FailureRow[] = [];

/** What a failure is told as, on each surface. */
interface Surfaces {
  /** `procos run --wait` or `procos ask`. */
  readonly command: string;
  readonly exitCode: number | null;
  readonly show: string;
  readonly api: Told | undefined;
  readonly instance: Told | undefined;
  incidents: string;
}

interface Told {
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
  readonly error: Told | null;
  readonly incidents: readonly Told[];
}

beforeAll(async () => {
  if (missingService() !== undefined) return;
  services = await startTroubledServices();
  // The rows tell failures as they stand: no recovery may try them again meanwhile.
  system = await launchSystem({ env: { ...services.env, PROCOS_INCIDENT_RECOVERY_DELAY: '3600000' } });
  rows = [...engineFailures, ...workerFailures(services)];
  await deploy({ ...engineModels, ...workerModels });
  const waiting = rows.entries();
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const [index, row] of waiting) told.set(row.what, await provoke(row, `row-${index}`));
    }),
  );
  const { stdout } = await system.cli('incidents');
  const listed = stdout.split(/^(?=! )/m);
  for (const surfaces of told.values()) {
    const [id = 'none'] = /(?<=procos retry .*)[0-9a-f]{8}-[0-9a-f-]{27}/.exec(surfaces.command) ?? [];
    surfaces.incidents = listed.find((one) => one.includes(id)) ?? stdout;
  }
}, 600_000);
afterAll(async () => {
  if (missingService() !== undefined) return;
  await system.stop();
  await services[Symbol.asyncDispose]();
  removeFolder(system.dataDir);
}, 60_000);

async function deploy(models: Readonly<Record<string, string>>): Promise<void> {
  const files = Object.entries(models).map(([name, content]) => ({ name: `${name}.bpmn`, content }));
  const response = await fetch(`${system.url}/v1/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files }),
  });
  if (!response.ok) throw new Error(`The models of this test are refused: ${await response.text()}`);
}

async function read<Body>(path: string): Promise<Body> {
  const response = await fetch(system.url + path);
  return (await response.json()) as Body;
}

async function provoke(row: FailureRow, businessKey: string): Promise<Surfaces> {
  const { stdout, stderr, code } = await system.cli(...commandOf(row, businessKey));
  const requestId = row.question === undefined ? await requestOf(businessKey) : await requestBehind(stdout);
  const view = await read<View>(`/v1/requests/${requestId}`);
  const { stdout: show } = await system.cli('show', view.instanceId ?? requestId);
  const instance = await read<View>(`/v1/instances/${view.instanceId ?? requestId}`);
  return {
    command: stdout + stderr,
    exitCode: code,
    show,
    api: view.incidents[0] ?? view.error ?? undefined,
    instance: instance.incidents[0] ?? instance.error ?? undefined,
    incidents: '',
  };
}

function commandOf({ process, question, variables = {} }: FailureRow, businessKey: string): readonly string[] {
  if (question !== undefined) return ['ask', question, '--timeout', '60'];
  const given = Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}=${JSON.stringify(value)}`]);
  return ['run', process, '--wait', '--timeout', '60', '--business-key', businessKey, ...given];
}

async function requestOf(businessKey: string): Promise<string> {
  const { instances } = await read<{ instances: readonly { id: string }[] }>(
    `/v1/instances?process=procos_user_request&businessKey=${businessKey}`,
  );
  return instances[0]?.id ?? '';
}

/** `ask` names the instance that was called. */
async function requestBehind(stdout: string): Promise<string> {
  const id = /instance ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
  return (await read<{ parentId: string | null }>(`/v1/instances/${id}`)).parentId ?? '';
}

function rowOf(what: string): { readonly row: FailureRow; readonly surfaces: Surfaces } {
  const [row, surfaces] = [rows.find((one) => one.what === what), told.get(what)];
  if (row === undefined || surfaces === undefined) throw new Error(`${what} was not provoked`);
  return { row, surfaces };
}

/** A document as it came, and its callers in the words of the other surfaces. */
function textOf(told: Told | undefined): string {
  return `${JSON.stringify(told)} ${told?.callers.map(({ activityId, processKey }) => `${activityId} in ${processKey}`).join(' ') ?? ''}`;
}

/** Java, the insides of the validator, pages of the server below, and advice about credentials where none are meant. */
const never =
  /ENGINE-\d|\bat [\w.$]+\(|java\.|org\.(?:camunda|operaton)|<html|Tomcat|must be equal to constant|PROCOS_ENGINE_USER|\[object Object\]|undefined/;

describe.each(names)('%s', (what) => {
  it('is told by the command, the instance, the list and the API: what, where, why, what to do, under which code', () => {
    const { row, surfaces } = rowOf(what);
    const { api, instance, command, show, incidents, exitCode } = surfaces;
    const [element = '', processKey = ''] = row.place.split(' in ');
    const texts = {
      command,
      show,
      ...(row.leadsTo === 'incident' ? { incidents } : {}),
      api: textOf(api),
      instance: textOf(instance),
    };

    expect(api, command).toMatchObject({ code: row.code, processKey, activityId: element });
    expect(instance, show).toMatchObject({ code: row.code, processKey, activityId: element });
    for (const [surface, text] of Object.entries(texts)) {
      const found = text.replaceAll('\\"', '"');
      const missing = row.words.filter((word) => !found.includes(word));
      expect({ surface, missing }, text).toEqual({ surface, missing: [] });
    }
    for (const text of [command, show]) expect(text).toContain(`${element} in ${processKey}: `);
    expect(`${command}${show}`).toContain(row.code);
    expect(command).toMatch(
      row.leadsTo === 'incident'
        ? /→ .*npx procos retry --data-dir \S+ [0-9a-f-]{36}/
        : /→ .*npx procos show --data-dir \S+ [0-9a-f-]{36}/,
    );
    expect(exitCode).toBe(1);
    expect(
      Object.entries(texts).flatMap(([surface, text]) =>
        (never.exec(text) ?? []).map((found) => `${surface}: ${found}`),
      ),
      command,
    ).toEqual([]);
  });
});
