import { type NamespaceScope, splitQualifiedName } from '../xml/qualified-name.ts';
import { diagramNamespaces } from './namespaces.ts';

/** What a diagram is made of → where it stands (BPMN 2.0.2, chapter 12, and DD 1.0). */
const places: Readonly<Record<string, readonly string[]>> = {
  BPMNDiagram: ['definitions'],
  BPMNPlane: ['BPMNDiagram'],
  BPMNLabelStyle: ['BPMNDiagram'],
  Font: ['BPMNLabelStyle'],
  BPMNShape: ['BPMNPlane'],
  BPMNEdge: ['BPMNPlane'],
  BPMNLabel: ['BPMNShape', 'BPMNEdge'],
  Bounds: ['BPMNShape', 'BPMNLabel'],
  waypoint: ['BPMNEdge'],
};

/**
 * Whether an element belongs to the drawing: its size says nothing about that of the model. What stands elsewhere, or is
 * none of a drawing's parts, counts as the model's: each of it costs the reader a warning.
 */
export function isDrawn(
  name: string,
  scope: NamespaceScope,
  parent: { readonly localName: string } | undefined,
): boolean {
  const { prefix, localName } = splitQualifiedName(name);
  return (
    diagramNamespaces.has(scope.get(prefix) ?? '') &&
    parent !== undefined &&
    Object.hasOwn(places, localName) &&
    (places[localName] ?? []).includes(parent.localName)
  );
}
