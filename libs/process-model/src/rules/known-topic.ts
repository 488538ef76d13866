import { extensionAttribute } from '../bpmn/engine-view.ts';
import { selfAndDescendants } from '../xml/xml-tree.ts';
import { nearestWord } from './nearest-word.ts';
import type { DocumentRule, Report } from './rule.ts';

export const knownTopic: DocumentRule = {
  id: 'known-topic',
  severity: 'error',
  what: 'A worker serves the topic of every external task, and the topic is written out.',
  why: 'A task of an unserved topic waits for ever, and the whole process with it.',
  remedy: 'Use the topic of a worker that runs here, or start a worker for this topic first.',
  fixable: false,
  *check({ root }, { knownTopics }): Iterable<Report> {
    if (knownTopics === undefined) return;
    for (const element of selfAndDescendants(root)) {
      const topic = extensionAttribute(element, 'topic')?.value.trim() ?? '';
      if (topic === '' || knownTopics.has(topic)) continue;
      if (/[$#]\{/.test(topic)) yield { element, message: `The topic ${topic.slice(0, 60)} is computed: nobody can tell who serves it` };
      else yield { element, message: `No worker serves the topic "${topic.slice(0, 60)}"`, ...suggestion(topic, knownTopics) };
    }
  },
};

function suggestion(topic: string, knownTopics: ReadonlySet<string>): { remedy?: string } {
  const nearest = nearestWord(topic, knownTopics);
  return nearest === undefined ? {} : { remedy: `Did you mean "${nearest}"? Otherwise start a worker for this topic first.` };
}
