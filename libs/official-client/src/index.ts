/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { Client } from './official-client.ts';
export { BasicAuthInterceptor, File, logger, Variables } from './official-package.ts';
export type { OfficialHandler, OfficialOptions, OfficialTask, OfficialTaskService } from './official-package.ts';
