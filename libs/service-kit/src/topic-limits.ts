import type { ConfigField } from '@procos/config';

export type TopicLimits = Readonly<Record<string, { readonly concurrency?: number; readonly ratePerSecond?: number }>>;

/** `topic=concurrency@perSecond`, either part may be left out: `ai_query=4,http_request=64@100,email_send=@5`. */
export function topicLimits(): ConfigField<TopicLimits> {
  return {
    env: 'WORKER_TOPIC_LIMITS',
    type: 'limits',
    doc: 'Limits of single topics: `topic=concurrency@perSecond`, comma-separated; either number may be left out, as in `ai_query=4,email_send=@5`.',
    defaultText: '',
    required: false,
    secret: false,
    parse: (value) =>
      Object.fromEntries(
        value
          .split(',')
          .filter((part) => part.trim() !== '')
          .map(parseLimit),
      ),
    fallback: {},
  };
}

function parseLimit(part: string): readonly [string, TopicLimits[string]] {
  const [, topic, concurrency, rate] = /^\s*([\w.-]+)=(\d*)(?:@(\d+(?:\.\d+)?))?\s*$/.exec(part) ?? [];
  if (topic === undefined || (!concurrency && !rate) || Number(concurrency || 1) < 1 || Number(rate || 1) <= 0)
    throw new Error(`"${part.trim()}" is no limit; write topic=concurrency@perSecond`);
  return [
    topic,
    { ...(concurrency ? { concurrency: Number(concurrency) } : {}), ...(rate ? { ratePerSecond: Number(rate) } : {}) },
  ];
}
