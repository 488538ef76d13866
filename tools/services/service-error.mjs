/** Thrown when a service cannot be had on this machine, or does not come up. The message says what was tried and what to do. */
export class ServiceStartError extends Error {
  name = 'ServiceStartError';
  /** @param {string} service @param {string} message @param {string[]} [lastLines] the end of what it said */
  constructor(service, message, lastLines = []) {
    super(
      lastLines.length > 0
        ? `${message}\nIts last lines:\n${lastLines.map((line) => `  ${line}`).join('\n')}`
        : message,
    );
    this.service = service;
    this.lastLines = lastLines;
  }
}
