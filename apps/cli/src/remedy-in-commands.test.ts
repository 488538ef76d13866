import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inCommands, remedyInCommands } from './remedy-in-commands.ts';

const apps = join(import.meta.dirname, '../..');
/** Sources of the services whose remedies reach a person through the gateway. */
const sources = ['gateway', 'event-bridge', 'system-worker', 'generic-worker', 'ai-worker'].flatMap((app) =>
  readdirSync(join(apps, app, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('test'))
    .map((file) => join(apps, app, 'src', file)),
);
/** Calls as texts of the sources write them: what is filled in stands for a name, behind one it is more of the sentence. */
const quoted = sources.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:GET|POST|DELETE) \/v1\/[^\s'`,;]+/g)].map(([call]) =>
    call
      .replace(/(?<=\w)\$\{\w+\}$/, '')
      .replace(/\$?\{[^}]*\}/g, 'x')
      .replace(/[.:)]+$/, ''),
  ),
);

describe('what the gateway says to do next', () => {
  it.each([
    ['GET /v1/instances lists them.', 'npx procos ps --all lists them.'],
    ['Look: GET /v1/instances?process=order&state=RUNNING.', 'Look: npx procos ps --process order.'],
    ['Then: POST /v1/incidents/i-1/retry', 'Then: npx procos retry i-1'],
    ['or end it (DELETE /v1/instances/a:1), please', 'or end it (npx procos kill a:1), please'],
    [
      'To end them: DELETE /v1/process-definitions/größe?version=3&cascade=true. Or wait.',
      'To end them: npx procos delete größe --version 3 --cascade. Or wait.',
    ],
    ['DELETE /v1/deployments/d-1?cascade=true', 'npx procos delete --deployment d-1 --cascade'],
    ['POST /v1/process-definitions/order/resume lets it start again.', 'npx procos resume order lets it start again.'],
    [
      'POST /v1/process-definitions/order/resume {"instances":true} lets it go on',
      'npx procos resume order --instances lets it go on',
    ],
    [
      'GET /v1/process-definitions/order/start-form shows the form.',
      'npx procos run order (at a terminal) shows the form.',
    ],
    ['GET /v1/process-definitions/gr%C3%B6%C3%9Fe/start-form', 'npx procos run größe (at a terminal)'],
    ['DELETE /v1/instances/100%', 'npx procos kill 100%'],
    ['GET /v1/process-definitions/order lists its versions', 'npx procos processes lists its versions'],
    ['POST /v1/messages/replay tries all', 'npx procos messages replay --all tries all'],
    ['POST /v1/messages/m1/replay tries it', 'npx procos messages replay m1 tries it'],
  ])('%s', (remedy, shown) => {
    expect(inCommands(remedy)).toBe(shown);
  });

  it.each(['POST /v1/services registers it', 'GET /v1/process-definitions/order/xml', 'PATCH /v1/instances'])(
    'stays a call where no command does it: %s',
    (remedy) => expect(inCommands(remedy)).toBe(remedy),
  );

  it('is made of the operations that come with it, whatever its words', () => {
    const error = { code: 'X', remedy: 'See (A) or (B), not (A).', data: {} };
    const show = { call: '(A)', operationId: 'getInstance', path: { id: 'a' }, query: {} };

    expect(remedyInCommands({ ...error, operations: [show, { ...show, call: '(B)', path: { id: 'b' } }] })).toBe(
      'See npx procos show a or npx procos show b, not (A).',
    );
    expect(remedyInCommands({ ...error, operations: [{ ...show, operationId: 'toString' }] })).toBe(error.remedy);
    expect(remedyInCommands({ ...error, remedy: 'See GET /v1/instances/c', operations: undefined })).toBe(
      'See npx procos show c',
    );
  });

  it('is told by the code of the error where the command line has better words', () => {
    const error = { code: 'PROCOS_GATEWAY_SEVERAL_WAIT', remedy: 'POST /v1/messages', data: { receivers: 'a; b' } };

    expect(remedyInCommands(error)).toMatch(/^Say which one is meant with --instance.* They are: a; b\.$/);
  });

  it('is a command for each call that a remedy names', () => {
    expect(quoted.length).toBeGreaterThan(25);
    expect(quoted.filter((call) => !inCommands(call).startsWith('npx procos '))).toEqual([]);
  });
});
