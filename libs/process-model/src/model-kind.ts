/** What a file of a deployment is to the engine. */
export type ModelKind = 'bpmn' | 'dmn' | 'form';

const endings: readonly (readonly [ModelKind, RegExp])[] = [
  ['form', /\.form$/i],
  ['dmn', /\.dmn(?:11\.xml)?$/i],
  ['bpmn', /\.(?:bpmn2?|bpmn20\.xml)$/i],
];

/**
 * By the ending of its name; a file with another one, such as .xml alone, by its root element.
 *
 * @returns `undefined` when it is none of them
 */
export function modelKind(name: string, content: string): ModelKind | undefined {
  const byName = endings.find(([, ending]) => ending.test(name))?.[0];
  if (byName !== undefined) return byName;
  const root = /<(?:[\w.-]+:)?definitions\b[^>]*>/.exec(content)?.[0] ?? '';
  if (root.includes('/spec/BPMN/20100524/MODEL')) return 'bpmn';
  return root.includes('/spec/DMN/') ? 'dmn' : undefined;
}
