import type { EngineHttp } from '../http.ts';
import { encodeVariables, type Variables } from '../variables.ts';

export interface MessageRequest {
  readonly messageName: string;
  readonly businessKey?: string | undefined;
  readonly processInstanceId?: string | undefined;
  /** Variables by whose values the one that waits is found. */
  readonly correlationKeys?: Variables | undefined;
  /** `null` = only what belongs to no tenant. @default whichever tenant waits for it */
  readonly tenantId?: string | null | undefined;
  readonly variables?: Variables | undefined;
}

export interface MessageResult {
  readonly resultType: 'ProcessDefinition' | 'Execution';
  /** Set when the message started an instance. */
  readonly processInstance: { readonly id: string; readonly definitionId: string } | null;
  readonly execution: { readonly processInstanceId: string } | null;
}

/** Somebody who waits for a message or a signal. Source: Camunda 7 REST API, EventSubscriptionDto (fields used here). */
export interface EventSubscription {
  readonly eventName: string | null;
  /** `null` for the start event of a process. */
  readonly processInstanceId: string | null;
  readonly activityId: string | null;
}

/** Messages and signals, and who waits for them. */
export function messages(http: EngineHttp) {
  const correlations = (message: MessageRequest, all: boolean): Promise<readonly MessageResult[]> =>
    http.request('POST', '/message', { json: { ...wireForm(message), ...(all ? { all } : {}), resultEnabled: true } });
  return {
    /** @throws EngineRequestError with status 400 when nothing waits for the message, or more than one thing does */
    correlate: async (message: MessageRequest): Promise<MessageResult> => {
      const [result] = await correlations(message, false);
      if (result === undefined) throw new TypeError(`The engine correlated ${message.messageName} and named no result`);
      return result;
    },
    /** The same to everybody who waits for it. @returns one result for each; none when nobody waits */
    correlateAll: (message: MessageRequest): Promise<readonly MessageResult[]> => correlations(message, true),
    /** How many executions such a message would reach. Keys have plain values: text, number, truth value or `null`. */
    countReceivers: async ({
      messageName,
      businessKey,
      processInstanceId,
      correlationKeys = {},
    }: MessageRequest): Promise<number> => {
      const { count } = await http.request<{ readonly count: number }>('POST', '/execution/count', {
        json: {
          messageEventSubscriptionName: messageName,
          businessKey,
          processInstanceId,
          processVariables: Object.entries(correlationKeys).map(([name, value]) => ({ name, operator: 'eq', value })),
        },
      });
      return count;
    },
    /** To everybody who waits for it; nobody waiting is no failure. */
    sendSignal: (name: string, variables: Variables = {}): Promise<void> =>
      http.request('POST', '/signal', { json: { name, variables: encodeVariables(variables) } }),
    /** Who waits for messages and signals, those of start events included. */
    eventSubscriptions: (query: {
      eventType: 'message' | 'signal';
      eventName?: string;
      processInstanceId?: string;
    }): Promise<readonly EventSubscription[]> =>
      http.request('GET', '/event-subscription', {
        query: { ...query, sortBy: 'created', sortOrder: 'asc', maxResults: 500 },
      }),
  };
}

function wireForm({
  messageName,
  businessKey,
  processInstanceId,
  correlationKeys,
  tenantId,
  variables = {},
}: MessageRequest) {
  return {
    messageName,
    ...(businessKey === undefined ? {} : { businessKey }),
    ...(processInstanceId === undefined ? {} : { processInstanceId }),
    ...(correlationKeys === undefined ? {} : { correlationKeys: encodeVariables(correlationKeys) }),
    ...(tenantId === undefined ? {} : tenantId === null ? { withoutTenantId: true } : { tenantId }),
    processVariables: encodeVariables(variables),
  };
}
