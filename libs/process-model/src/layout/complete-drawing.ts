import { bpmnChildren, isBpmn } from '../bpmn/engine-view.ts';
import { referenced } from '../bpmn/references.ts';
import { flowNodeNames, subProcessNames } from '../bpmn/vocabulary.ts';
import { childElements } from '../xml/xml-tree.ts';
import { drawMissingEdges } from './draw-missing-edges.ts';
import { flowsOf } from './place-at-lines.ts';
import { placeMissingArtifacts } from './place-missing-artifacts.ts';
import { drawMissingLanes } from './draw-missing-lanes.ts';
import { isPoolOf } from './drawn-pool.ts';
import { drawMissingPools } from './draw-missing-pools.ts';
import { placeMissingBoundaries } from './place-missing-boundaries.ts';
import { placeMissingSteps } from './place-missing-steps.ts';
import type { Canvas } from './canvas.ts';
import type { XmlElement } from '../xml/xml-tree.ts';
import type { Incomplete } from './incomplete.ts';

/**
 * Adds to the planes what they lack; nothing that is drawn moves.
 *
 * @returns processes, collaborations and closed sub-processes that no plane shows: each needs a drawing of its own
 */
export function completeDrawing(incomplete: Incomplete): XmlElement[] {
  const { document } = incomplete;
  const collaborations = bpmnChildren(document.root, 'collaboration');
  const undrawn: XmlElement[] = [];
  const covered = new Set<XmlElement>();
  for (const collaboration of collaborations) {
    if (isUndrawn(collaboration, incomplete)) {
      undrawn.push(collaboration);
      for (const process of processesOf(collaboration, incomplete.index)) covered.add(process);
    } else drawMissingPools(collaboration, incomplete);
  }
  for (const process of bpmnChildren(document.root, 'process')) {
    if (!covered.has(process)) undrawn.push(...completeScope(process, incomplete));
  }
  for (const canvas of incomplete.canvases) completePlane(canvas, incomplete);
  return undrawn;
}

/** Adds boundary events, notes, data, lanes and lines, all of which need the steps to be there. */
export function completePlane(canvas: Canvas, incomplete: Incomplete): void {
  placeMissingBoundaries(canvas, incomplete);
  placeMissingArtifacts(canvas, incomplete);
  drawMissingLanes(canvas, incomplete);
  drawMissingEdges(canvas, incomplete);
}

function processesOf(collaboration: XmlElement, index: Incomplete['index']): XmlElement[] {
  return bpmnChildren(collaboration, 'participant').flatMap(
    (participant) => referenced(index, participant, 'processRef') ?? [],
  );
}

/** It has pools, none of them is drawn, and no plane is meant for it. */
function isUndrawn(collaboration: XmlElement, { canvases, missing }: Incomplete): boolean {
  const pools = bpmnChildren(collaboration, 'participant');
  if (pools.length === 0 || pools.some((pool) => !missing.has(pool))) return false;
  return canvases.every(({ subject }) => subject !== collaboration);
}

function completeScope(scope: XmlElement, incomplete: Incomplete): XmlElement[] {
  const steps = childElements(scope).filter((element) => isBpmn(element) && flowNodeNames.has(element.localName));
  if (steps.length === 0) return [];
  const canvas = canvasOf(scope, incomplete);
  if (canvas === undefined) return steps.some((step) => incomplete.missing.has(step)) ? [scope] : [];
  const fits = placeMissingSteps(scope, canvas, incomplete);
  const inner = steps
    .filter((step) => subProcessNames.has(step.localName))
    .flatMap((step) => completeScope(step, incomplete));
  return fits ? inner : [scope, ...inner];
}

/** The plane that shows the content of a process or sub-process: where its steps or lines are, else where they belong. */
function canvasOf(scope: XmlElement, { canvases, index, document }: Incomplete): Canvas | undefined {
  const steps = childElements(scope).filter((element) => isBpmn(element) && flowNodeNames.has(element.localName));
  const flows = flowsOf(scope);
  const shown = ({ shapes, edges }: Canvas): number =>
    steps.filter((step) => shapes.has(step)).length + flows.filter((flow) => edges.has(flow)).length;
  const [best] = canvases.toSorted((one, other) => shown(other) - shown(one));
  if (best !== undefined && shown(best) > 0) return best;
  const own = canvases.find(({ subject }) => subject === scope);
  if (own !== undefined) return own;
  if (scope.localName !== 'process')
    return canvases.find((canvas) => canvas.shapes.has(scope) && !canvas.collapsed.has(scope));
  const pool = bpmnChildren(document.root, 'collaboration')
    .flatMap((collaboration) => bpmnChildren(collaboration, 'participant'))
    .find((participant) => isPoolOf(participant, scope, index));
  return pool === undefined ? undefined : canvases.find((canvas) => canvas.shapes.has(pool));
}
