export { exactNumber, InexactNumberError } from './exact-number.ts';
export { parseJson } from './parse-json.ts';
export { writeJson } from './write-json.ts';
