/** Thrown when the directory cannot be asked, and nothing is remembered that could be said instead. Trying later may help. */
export class DirectoryAwayError extends Error {
  override readonly name = 'DirectoryAwayError';
  readonly code = 'PROCOS_DIRECTORY_AWAY';
}

/** Thrown when the directory does not allow what is asked: its token lacks the right, or the record is not one it can keep. */
export class DirectoryRefusedError extends Error {
  override readonly name = 'DirectoryRefusedError';
  readonly code = 'PROCOS_DIRECTORY_REFUSED';
}

/** Thrown when nobody is registered under an id: the directory may have been started anew. Registering again helps. */
export class UnknownServiceError extends Error {
  override readonly name = 'UnknownServiceError';
  readonly code = 'PROCOS_SERVICE_UNKNOWN';

  constructor(serviceId: string, options?: ErrorOptions) {
    super(`No service is registered under the id "${serviceId}".`, options);
  }
}
