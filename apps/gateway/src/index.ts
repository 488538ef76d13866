export { declaration } from './declaration.ts';
