import type { ServiceRecord } from '@procos/contracts';
import type { ServiceDirectory } from './service-directory.ts';

/** Directory of the embedded mode: the composition root knows every service it starts. */
export function createInMemoryServiceDirectory(records: readonly ServiceRecord[]): ServiceDirectory {
  const known = [...records];
  return {
    discover: async (serviceName) => known.filter((record) => record.service_name === serviceName),
    list: async () => [...known],
  };
}
