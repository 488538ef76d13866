export interface WantedProgram {
  readonly service: string;
  readonly program: string;
  /** Where packages put it outside of PATH, the best first. */
  readonly places: () => readonly string[];
  readonly debianPackage: string;
}

/**
 * Path of a program, its package installed first when it is missing and we are root on a Debian.
 *
 * @throws ServiceStartError
 */
export function findProgram(wanted: WantedProgram, onProgress: (message: string) => void): Promise<string>;
