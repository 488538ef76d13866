export const MINIMUM_JAVA: number;

export interface JavaRuntime {
  executable: string;
  home: string;
  version: string;
  major: number;
}

/** A tool is missing or too old; the message says what to install on each operating system. */
export class MissingToolError extends Error {}

/** JAVA_HOME first, then the path. @throws MissingToolError */
export function findJava(options?: { javaHome?: string | undefined }): JavaRuntime;

/** @throws MissingToolError when the compiler or Maven is missing */
export function findMaven(java: Pick<JavaRuntime, 'home'>): { command: string; version: string };
