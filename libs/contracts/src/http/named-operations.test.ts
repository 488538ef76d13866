import { describe, expect, it } from 'vitest';
import { gatewayRoutes } from './gateway.ts';
import { operationFinder } from './named-operations.ts';

const operationsIn = operationFinder(Object.values(gatewayRoutes));
const named = (call: string, operationId: string, more: object = {}) => ({
  call,
  operationId,
  path: {},
  query: {},
  ...more,
});

describe('the calls that a sentence names', () => {
  it.each([
    ['GET /v1/instances lists them.', [named('GET /v1/instances', 'listInstances')]],
    [
      'Look: GET /v1/instances?process=order&state=RUNNING. Or (DELETE /v1/instances/a:1), please',
      [
        named('GET /v1/instances?process=order&state=RUNNING', 'listInstances', {
          query: { process: 'order', state: 'RUNNING' },
        }),
        named('DELETE /v1/instances/a:1', 'endInstance', { path: { id: 'a:1' } }),
      ],
    ],
    [
      'POST /v1/process-definitions/gr%C3%B6%C3%9Fe/resume {"instances":true} lets it go on',
      [
        named('POST /v1/process-definitions/gr%C3%B6%C3%9Fe/resume {"instances":true}', 'resumeDefinition', {
          path: { key: 'größe' },
          body: { instances: true },
        }),
      ],
    ],
    ['DELETE /v1/instances/100%', [named('DELETE /v1/instances/100%', 'endInstance', { path: { id: '100%' } })]],
    ['POST /v1/messages/replay tries all', [named('POST /v1/messages/replay', 'replayMessages')]],
    ['POST /v1/services registers it; PATCH /v1/instances', []],
    ['Free some room.', []],
  ])('are operations of the API: %s', (sentence, operations) => {
    expect(operationsIn(sentence)).toEqual(operations);
  });
});
