/**
 * What workers in other languages say in words alone: they report a message and a text, and no more is known of why a task
 * has failed. Nothing else reads such a sentence, and only where nobody has said more. The names are those of Node 26 and of the
 * C library below it, the words those of HTTP clients; the test of this file provokes what Node says.
 */
const passing =
  /ECONN|ETIMEDOUT|EAI_AGAIN|socket|timed? ?out|took longer|gave no answer|unavailable|overload|\b(429|502|503|504)\b/i;

/** Whether a message is about a network, a time that was up or a server that has too much to do. */
export function mayMessagePass(sentence: string): boolean {
  return passing.test(sentence);
}
