/**
 * The same model, made comparable before both judges see it: a process without historyTimeToLive gets one, because the
 * engine would stop there and say nothing about the rest, and a text that says it is ASCII says UTF-8, in which it is sent.
 * A copy of an XML text is changed, nothing is parsed.
 */
export function comparable(original: string): string {
  const xml = original.replace(/^(\uFEFF?<\?xml[^?>]*encoding=["'])us-ascii(?=["'])/i, '$1UTF-8');
  if (!/<(?:\w+:)?definitions[\s>]/.test(xml) || xml.includes('<!DOCTYPE')) return xml;
  const prefix = extensionPrefix(xml);
  const declared =
    prefix === undefined
      ? xml.replace(/<((?:\w+:)?definitions)(?=[\s>])/, '<$1 xmlns:camunda="http://camunda.org/schema/1.0/bpmn"')
      : xml;
  return declared.replaceAll(/<((?:\w+:)?process)((?:\s[^<>]*)?)>/g, (tag: string, name: string, attributes: string) =>
    /historyTimeToLive\s*=/.test(attributes)
      ? tag
      : `<${name} ${prefix ?? 'camunda'}:historyTimeToLive="P1D"${attributes}>`,
  );
}

/** A prefix of the one namespace of extensions that every engine reads; undefined when the model declares none. */
function extensionPrefix(xml: string): string | undefined {
  return /xmlns:([\w-]+)\s*=\s*["']http:\/\/(?:camunda\.org\/schema\/1\.0\/bpmn)["']/.exec(xml)?.[1];
}
