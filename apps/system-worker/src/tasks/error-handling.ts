import { errorHandling, makeEvent } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

const adviceFor: Readonly<Record<string, string>> = {
  REQUEST_NOT_ROUTABLE: 'Name a deployed process: GET /v1/process-definitions lists them.',
  INVALID_INPUT: 'Correct the fields named in validation_errors and ask again.',
  NO_PROVIDER: 'Configure an AI provider (OPENAI_API_KEY or OLLAMA_URL) and ask again.',
  AI_REFUSED: 'The provider refused the question; change it or choose another provider.',
  EMAIL_REFUSED: 'Correct recipients or content of the mail: the mail server will not take this one.',
  HTTP_REFUSED: 'Ask a public http or https address, or let the operator allow this one with PROCOS_HTTP_ALLOW.',
  INVALID_DATA: 'Correct the data at the place named.',
  SERVICE_FAILED: 'Look at status_code and response; correct the call, or try again when the service is well.',
  SERVICE_NOT_FOUND: 'Check the name: GET /v1/status lists the services.',
  FILE_NOT_FOUND: 'Check the path: it is relative to the file folder.',
  FILE_REFUSED: 'Use a path inside the file folder and stay within its limits.',
};

export function errorHandlingTask({ eventBus }: SystemTools): TaskDefinition {
  return defineTask(errorHandling, async (input, { processInstanceId, lease, logger, traceparent }) => {
    const { error_code = 'UNKNOWN', error_message = '', process_to_execute, process_key = '' } = input;
    const report = {
      code: error_code,
      message: error_message,
      process: process_to_execute ?? process_key,
      advice: adviceFor[error_code] ?? 'Correct what the message says, or catch the error in the process.',
      reported_at: new Date().toISOString(),
    };
    logger.warn('request_failed', { ...report });
    await eventBus.publish(
      makeEvent({
        id: lease.idempotencyKey,
        source: '/components/system-worker',
        type: 'error.reported',
        subject: processInstanceId,
        traceparent,
        data: report,
      }),
    );
    return { error_report: report };
  });
}
