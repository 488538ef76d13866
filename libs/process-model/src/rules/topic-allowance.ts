/** Whether a topic is one of those that an operator allows: whole names, or patterns in which `*` stands for any letters. */
export function isAllowedTopic(topic: string, patterns: Iterable<string>): boolean {
  for (const pattern of patterns) if (matches(topic, pattern)) return true;
  return false;
}

/** By hand, not by a regular expression: several stars would let a long topic cost more than linear time. */
function matches(topic: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return topic === pattern;
  if (!topic.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = topic.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return topic.length - last.length >= at && topic.endsWith(last);
}
