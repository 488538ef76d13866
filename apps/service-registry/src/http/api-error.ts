import { DirectoryAwayError, DirectoryRefusedError } from '@procos/service-directory';
import { serviceRegistryErrors } from '../errors.ts';

/** What the directory has thrown, as this API reports it. */
export function apiError(thrown: unknown): unknown {
  if (thrown instanceof DirectoryAwayError) return serviceRegistryErrors.PROCOS_REGISTRY_AWAY({}, thrown);
  if (thrown instanceof DirectoryRefusedError)
    return serviceRegistryErrors.PROCOS_REGISTRY_REFUSED({ reason: thrown.message }, thrown);
  return thrown;
}
