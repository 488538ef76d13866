import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../cases/', import.meta.url);

/** The folders of `libs/testing/cases`. */
export type CaseFolder = 'ai' | 'bpmn' | 'bus' | 'data' | 'http' | 'mail';

/** Names of the files in one folder of inputs that once failed, sorted. */
export function caseNames(of: CaseFolder): string[] {
  return readdirSync(new URL(`${of}/`, folder)).sort();
}

/** An input that once failed, byte for byte. */
export function caseFile(of: CaseFolder, name: string): Buffer {
  return readFileSync(new URL(`${of}/${name}`, folder));
}
