import type { RequestView } from '@procos/api-client';
import { processKeys } from '@procos/contracts';
import { createGatewayClient } from '../gateway-client.ts';
import type { Io } from '../io.ts';
import { startRequest, waitForRequest } from '../user-request.ts';

export const defaultQuestion = 'What is a process-oriented operating system?';

/** How long the first answer may take, in seconds. */
const patience = 180;

/** Asks a question as any user would: through the public API. */
export async function askFirstQuestion(io: Io, gatewayUrl: string, question: string): Promise<RequestView> {
  const gateway = createGatewayClient({ url: gatewayUrl, origin: 'just booted' });
  const variables = { user_query: question, ai_provider: 'auto', max_tokens: 500, user_id: 'first-question' };
  const { requestId } = await startRequest(gateway, { process: processKeys.aiQuery, variables });
  return waitForRequest(io, gateway, requestId, { timeoutSeconds: patience });
}
