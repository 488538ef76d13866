/** Thrown when a service cannot be had on this machine, or does not come up. The message says what was tried and what to do. */
export class ServiceStartError extends Error {
  override name = 'ServiceStartError';
  readonly service: string;
  /** The end of what it said. */
  readonly lastLines: readonly string[];

  constructor(service: string, message: string, lastLines: readonly string[] = []) {
    super(
      lastLines.length > 0
        ? `${message}\nIts last lines:\n${lastLines.map((line) => `  ${line}`).join('\n')}`
        : message,
    );
    this.service = service;
    this.lastLines = lastLines;
  }
}
