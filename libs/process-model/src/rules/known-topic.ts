import { nearestWord } from '@procos/errors';
import { extensionAttribute } from '../bpmn/engine-view.ts';
import { holdsExpression } from '../expressions/expression-value.ts';
import { selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, LintOptions, Report } from './rule.ts';
import { isAllowedTopic } from './topic-allowance.ts';

type Judgement = Omit<Report, 'element'>;

const longestShown = 60;

export const knownTopic: DocumentRule = {
  id: 'known-topic',
  severity: 'warning',
  what: 'The topic of every external task is one that a worker is known to serve. An error where the operator allows only some topics (`PROCOS_TOPICS`) and this is none of them.',
  why: 'A task of an unserved topic waits for ever, and the whole process with it.',
  remedy: 'See that a worker of yours serves this topic.',
  fixable: false,
  *check({ root }, options): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      const topic = extensionAttribute(element, 'topic')?.value.trim() ?? '';
      const judgement = topic === '' ? undefined : judge(topic, options);
      if (judgement !== undefined) yield { element, ...judgement };
    }
  },
};

function judge(topic: string, { knownTopics, allowedTopics }: LintOptions): Judgement | undefined {
  if (holdsExpression(topic)) return judgeComputed(topic, knownTopics !== undefined, allowedTopics !== undefined);
  if (allowedTopics !== undefined)
    return isAllowedTopic(topic, allowedTopics) ? undefined : refused(topic, allowedTopics, knownTopics);
  if (knownTopics === undefined || knownTopics.has(topic)) return undefined;
  const message = `There is no contract for the topic "${shown(topic)}": is there a worker for it?`;
  const nearest = nearestWord(topic, knownTopics);
  if (nearest === undefined) return { message };
  return { message, remedy: `Did you mean "${nearest}"? Otherwise see that a worker of yours serves this topic.` };
}

function judgeComputed(topic: string, isAsked: boolean, isListed: boolean): Judgement | undefined {
  const message = `The topic ${shown(topic)} is computed: nobody can tell who serves it`;
  if (isListed)
    return {
      message,
      severity: 'error',
      remedy: 'Write the topic out: only some topics are allowed here (PROCOS_TOPICS).',
    };
  return isAsked
    ? { message, remedy: 'Write the topic out, or see that a worker of yours serves whatever it becomes.' }
    : undefined;
}

function refused(topic: string, allowed: Iterable<string>, known: Iterable<string> = []): Judgement {
  const patterns = [...allowed];
  const candidates = [
    ...patterns.filter((pattern) => !pattern.includes('*')),
    ...[...known].filter((name) => isAllowedTopic(name, patterns)),
  ];
  return {
    message: `The topic "${shown(topic)}" is not allowed here`,
    severity: 'error',
    remedy: 'Use a topic that is allowed, or have the operator add this one to PROCOS_TOPICS.',
    ...suggestion(topic, candidates, 'Otherwise have the operator add this topic to PROCOS_TOPICS.'),
  };
}

function suggestion(topic: string, candidates: Iterable<string>, otherwise: string): { remedy?: string } {
  const nearest = nearestWord(topic, candidates);
  return nearest === undefined ? {} : { remedy: `Did you mean "${nearest}"? ${otherwise}` };
}

function shown(topic: string): string {
  return topic.slice(0, longestShown);
}
