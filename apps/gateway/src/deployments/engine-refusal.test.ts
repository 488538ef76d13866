import { EngineRequestError } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { refusalFindings } from './engine-refusal.ts';

const file = { name: 'desk.bpmn', content: '<definitions/>' };
const findingsOf = (status: number, body: object) =>
  refusalFindings(new EngineRequestError({ method: 'POST', path: '/x' }, status, body), [file]);

describe('a deployment that an engine does not take', () => {
  it.each([
    ['a fault is told of a file', 400, { type: 'ParseException', message: 'ENGINE-09005' }],
    [
      'the file with the fault is told beside it, whatever its elements are called',
      500,
      {
        type: 'ParseException',
        message: 'ENGINE-09005 Could not parse BPMN process: element db_connection',
        details: { 'desk.bpmn': { errors: [{ message: 'no target', mainElementId: 'db_connection' }] } },
      },
    ],
    ['the engine fails at a model', 500, { type: 'NullPointerException', message: 'no class' }],
  ])('has findings when %s', (_, status, body) => {
    expect(findingsOf(status, body)).toHaveLength(1);
  });

  it.each([
    ['another transaction was first, by its number', 400, { type: 'InvalidRequestException', message: '', code: 1 }],
    [
      'another transaction was first, by its name',
      500,
      { type: 'OptimisticLockingException', message: '', code: null },
    ],
    ['the database is away', 500, { type: 'ProcessEngineException', message: 'could not get a JDBC connection' }],
    ['something in front of the engine answers', 500, {}],
    ['it may not be asked', 403, { type: 'AuthorizationException', message: '' }],
  ])('is no fault of the models when %s', (_, status, body) => {
    expect(findingsOf(status, body)).toBeUndefined();
  });
});
