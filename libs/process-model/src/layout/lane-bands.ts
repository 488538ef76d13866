import { attributeValue } from '../xml/xml-tree.ts';
import { laneByStep, lanesOf } from './lane-members.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Rows that belong together, from top to bottom: those of each lane, then those of the steps that are in none. */
export interface Bands {
  readonly bandOf: (step: XmlElement) => number;
  /** How many of them have a row even when no step lies in them. */
  readonly lanes: readonly XmlElement[];
}

export const noBands: Bands = { bandOf: () => 0, lanes: [] };

/** A band for each innermost lane, and one for a lane around others that has steps of its own: it stands above them. */
export function laneBands(scope: XmlElement): Bands {
  const owners = laneByStep(scope);
  const used = new Set(owners.values());
  const lanes = lanesWithin(scope).filter((lane) => lanesOf(lane).length === 0 || used.has(lane));
  const bands = new Map(lanes.map((lane, band) => [lane, band]));
  return {
    lanes,
    bandOf: (step) => {
      const lane = owners.get(attributeValue(step, 'id') ?? '');
      return (lane === undefined ? undefined : bands.get(lane)) ?? lanes.length;
    },
  };
}

/** Each lane before those inside of it. */
function lanesWithin(owner: XmlElement): XmlElement[] {
  return lanesOf(owner).flatMap((lane) => [lane, ...lanesWithin(lane)]);
}
