import { describe, expect, it } from 'vitest';
import { fakeSystem, runTask } from '../testing/system-fakes.ts';
import { errorHandlingTask } from './error-handling.ts';
import { requestRoutingTask } from './request-routing.ts';

const definitions = ['ai_query_process', 'procos_file_operation', 'invoice'];
const route = (input: Record<string, unknown>) => runTask(requestRoutingTask(fakeSystem({ definitions }).tools), input);

describe('a request is routed', () => {
  it.each([
    ['to the process it names', { process_key: 'invoice' }, 'invoice'],
    ['by its type', { request_type: 'file' }, 'procos_file_operation'],
    ['to the AI query when it is a bare question', { user_query: 'Why?' }, 'ai_query_process'],
  ])('%s', async (_, input, expected) => {
    expect(await route(input)).toEqual({ process_to_execute: expected });
  });

  it.each([
    ['names a process that is not deployed', { process_key: 'nope' }, 'No process with key nope is deployed'],
    [
      'names a process that runs the system itself',
      { process_key: 'procos_system_shutdown' },
      'runs the system itself',
    ],
    [
      'says nothing of what it wants',
      {},
      'names neither a process nor a known type (known: question, file, service, interaction)',
    ],
  ])('to nowhere when it %s', async (_, input, message) => {
    await expect(route(input)).rejects.toMatchObject({
      name: 'BpmnError',
      code: 'REQUEST_NOT_ROUTABLE',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('a failed request', () => {
  it('is reported with advice, once per task', async () => {
    const { tools, events } = fakeSystem();

    const { error_report } = await runTask(errorHandlingTask(tools), {
      error_code: 'NO_PROVIDER',
      error_message: 'none',
      process_to_execute: 'ai_query_process',
    });

    expect(error_report).toMatchObject({
      code: 'NO_PROVIDER',
      process: 'ai_query_process',
      advice: expect.stringContaining('OPENAI_API_KEY') as string,
    });
    expect(events).toMatchObject([{ type: 'error.reported', id: 'p1:a1', subject: 'p1' }]);
  });
});
