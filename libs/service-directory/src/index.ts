export type { ServiceDirectory } from './service-directory.ts';
export { createInMemoryServiceDirectory } from './in-memory-service-directory.ts';
