import { BpmnError, messageOf, RetryableError } from '@procos/errors';
import type { ServiceRecord } from '@procos/contracts';
import type { ServiceDirectory } from '@procos/service-directory';

/** Finds the running copies of a service. */
export type FindService = (serviceName: string) => Promise<readonly ServiceRecord[]>;

/**
 * Looks services up by name. What the directory said last is kept: a directory that is away stops no call to a service
 * that was known before.
 *
 * @returns at least one record, in the same order for every caller
 */
export function createServiceFinder(directory: ServiceDirectory): FindService {
  const lastAnswers = new Map<string, readonly ServiceRecord[]>();
  return async (serviceName) => {
    const records = await ask(directory, serviceName, lastAnswers);
    if (records.length === 0)
      throw new BpmnError('SERVICE_NOT_FOUND', `No service is registered under the name "${serviceName}".`);
    return records;
  };
}

async function ask(
  directory: ServiceDirectory,
  serviceName: string,
  lastAnswers: Map<string, readonly ServiceRecord[]>,
): Promise<readonly ServiceRecord[]> {
  try {
    const records = [...(await directory.discover(serviceName))].sort((a, b) => (a.service_id < b.service_id ? -1 : 1));
    if (records.length > 0) lastAnswers.set(serviceName, records);
    return records;
  } catch (thrown) {
    const known = lastAnswers.get(serviceName);
    if (known !== undefined) return known;
    throw new RetryableError(`The service directory cannot be asked: ${messageOf(thrown)}`, { cause: thrown });
  }
}
