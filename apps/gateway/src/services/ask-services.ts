import type { ServiceRecord, SystemStatus } from '@procos/contracts';
import { messageOf, rootCause } from '@procos/errors';
import { DirectoryAwayError, DirectoryRefusedError, type ServiceDirectory } from '@procos/service-directory';

export type ServiceStatus = SystemStatus['services'][number];

/** A service that takes longer than this to tell how it is counts as not ready, in milliseconds. */
const patienceMs = 1_500;
const longestAnswer = 100_000;

export interface AskedServices {
  readonly services: readonly ServiceStatus[];
  /** Why nobody could be asked: the directory is away, or does not let the gateway in. Undefined = it named all services. */
  readonly unlisted: string | undefined;
}

/** Asks every service of the directory how it is. A service that does not answer is an answer too, and so is a directory. */
export async function askServices(directory: ServiceDirectory): Promise<AskedServices> {
  try {
    const records = await directory.list();
    const byName = records.toSorted((a, b) => a.service_name.localeCompare(b.service_name));
    return { services: await Promise.all(byName.map(askService)), unlisted: undefined };
  } catch (thrown) {
    if (!(thrown instanceof DirectoryAwayError) && !(thrown instanceof DirectoryRefusedError)) throw thrown;
    return { services: [], unlisted: messageOf(thrown) };
  }
}

async function askService({
  service_name: name,
  endpoint: url,
  health_check_url: healthUrl,
}: ServiceRecord): Promise<ServiceStatus> {
  try {
    const response = await fetch(healthUrl, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
    return { name, url, ready: response.ok, details: readDetails(await response.text()) };
  } catch (thrown) {
    return { name, url, ready: false, details: { problem: reasonOf(thrown) } };
  }
}

function readDetails(text: string): Record<string, unknown> {
  if (text.length > longestAnswer) return { problem: 'its answer is too long to be a health report' };
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
  } catch {
    // A health check of another make may answer in plain text; ready or not is what counts.
    return {};
  }
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return `no answer within ${patienceMs} ms`;
  return messageOf(rootCause(thrown));
}
