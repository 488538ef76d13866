/**
 * What RabbitMQ 3.10 and amqplib 2.3 say in words alone. While a connection is opened, the package puts the broker's code
 * into its sentence; later, a channel is closed with one code for several faults. Nothing else reads such a sentence;
 * `own-servers.services.test.ts` of the CLI and `rabbitmq-limits.services.test.ts` provoke each with a real broker.
 */
const sentences = {
  userRefused: /ACCESS[_-]REFUSED|\b403\b/i,
  hostRefused: /vhost|NOT[_-]ALLOWED|\b530\b|got <ConnectionClose/i,
  tooLarge: /message size|max(imum)? size|too large/i,
  largest: /max(?:imum)? size:? (\d+)/i,
} as const;

/** Whom a broker does not let in; `undefined` when it says something else. */
export function refusedAtDoor(sentence: string): 'user' | 'virtual-host' | undefined {
  if (sentences.userRefused.test(sentence)) return 'user';
  return sentences.hostRefused.test(sentence) ? 'virtual-host' : undefined;
}

/** What it says of a message that is too large: how large one may be, in bytes, where it says so. */
export function sizeRefusal(sentence: string): { readonly limit: number | undefined } | undefined {
  if (!sentences.tooLarge.test(sentence)) return undefined;
  const limit = sentences.largest.exec(sentence)?.[1];
  return { limit: limit === undefined ? undefined : Number(limit) };
}
