/**
 * What the reader of BPMN (moddle-xml 12) says in words alone: its warnings and errors have neither code nor class.
 * Nothing else reads such a sentence; the test of this file provokes each.
 */
const sentences = {
  nested: /nested error: (.*)/,
  noSubNodes: 'expected no sub nodes',
  unknownElement: /^(?:unrecognized element|unknown type) <(?:bpmn|bpmndi|dc|di):/,
} as const;

/** A sentence of the reader, in its parts. */
export interface ReaderSentence {
  /** What it says first. */
  readonly first: string;
  /** The reason, when it stands on a line of its own behind the place. */
  readonly reason: string | undefined;
  /** Whether the schema of BPMN forbids what it is about. */
  readonly breaksSchema: boolean;
}

export function readerSentence(message: string): ReaderSentence {
  const reason = sentences.nested.exec(message)?.[1];
  return {
    first: message.split('\n', 1)[0] ?? '',
    reason,
    breaksSchema: reason === sentences.noSubNodes || sentences.unknownElement.test(reason ?? ''),
  };
}
