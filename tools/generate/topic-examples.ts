import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './find-modules.ts';

/** A task of a topic in one of the processes. */
export interface TopicExample {
  /** Key of the process. */
  readonly process: string;
  /** Its page, from the root. */
  readonly page: string;
  /** The element, as it is in the model. */
  readonly xml: string;
}

/** One task for each topic that a process uses: those of `processes/examples` before those of the system. */
export function findTopicExamples(): ReadonlyMap<string, TopicExample> {
  const files = ['examples', 'system'].flatMap((folder) =>
    globSync(`processes/${folder}/*/*.bpmn`, { cwd: root }).toSorted(),
  );
  const found = new Map<string, TopicExample>();
  for (const file of files.map((path) => path.replaceAll('\\', '/'))) {
    for (const [xml, topic = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /<serviceTask\b[^>]*\bcamunda:topic="([^"]+)"[\s\S]*?<\/serviceTask>/g,
    )) {
      if (found.has(topic)) continue;
      found.set(topic, {
        process: file.split('/').at(-2) ?? '',
        page: file.replace(/\.bpmn$/, '.md'),
        xml: withoutFlows(xml),
      });
    }
  }
  return found;
}

/** The element alone, from the margin. */
function withoutFlows(xml: string): string {
  const lines = xml.split('\n').filter((line) => !/^\s*<(incoming|outgoing)>/.test(line));
  const margin = /^ */.exec(lines.at(-1) ?? '')?.[0].length ?? 0;
  return lines.map((line, index) => (index === 0 ? line : line.slice(margin))).join('\n');
}
