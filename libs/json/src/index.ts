/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { exactNumber, InexactNumberError } from './exact-number.ts';
export { parseJson } from './parse-json.ts';
export { writeJson } from './write-json.ts';
