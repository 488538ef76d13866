// Finds the JDK and Maven on this machine, or says exactly what to install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const MINIMUM_JAVA = 17;

const WINDOWS = process.platform === 'win32';

/** Thrown when a tool is missing or too old. The message names the remedy for each operating system. */
export class MissingToolError extends Error {
  /** @override */
  name = 'MissingToolError';
}

const INSTALL_JAVA = [
  `  Debian, Ubuntu:  sudo apt-get install openjdk-${MINIMUM_JAVA}-jdk-headless`,
  '  Fedora:          sudo dnf install java-21-openjdk-headless',
  '  macOS:           brew install openjdk@21',
  '  Windows:         winget install EclipseAdoptium.Temurin.21.JDK',
  '  or set JAVA_HOME to an installed JDK.',
].join('\n');

const INSTALL_MAVEN = [
  '  Debian, Ubuntu:  sudo apt-get install maven',
  '  Fedora:          sudo dnf install maven',
  '  macOS:           brew install maven',
  '  Windows:         winget install Apache.Maven  (or choco install maven)',
].join('\n');

/** @typedef {{executable: string, home: string, version: string, major: number}} JavaRuntime */
/** @typedef {{command: string, version: string}} Maven */

/**
 * Finds a Java runtime: JAVA_HOME first, then the path.
 * @param {{javaHome?: string | undefined}} [options]
 * @returns {JavaRuntime}
 * @throws {MissingToolError} when there is none or it is older than 17
 */
export function findJava(options = {}) {
  const named = options.javaHome ?? process.env['JAVA_HOME'];
  const inHome = named ? join(named, 'bin', WINDOWS ? 'java.exe' : 'java') : undefined;
  if (inHome && !existsSync(inHome)) {
    throw new MissingToolError(
      `JAVA_HOME is ${named}, but there is no ${inHome}.\nPoint JAVA_HOME at a JDK ${MINIMUM_JAVA} or newer, or install one:\n${INSTALL_JAVA}`,
    );
  }
  const command = inHome ?? 'java';
  const asked = spawnSync(command, ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
  if (asked.error || asked.status !== 0) {
    const why =
      codeOf(asked.error) === 'ENOENT' ? 'no java is on the path' : (asked.error?.message ?? asked.stderr.trim());
    throw new MissingToolError(
      `A Java Development Kit ${MINIMUM_JAVA} or newer is needed, but ${why}. Install one:\n${INSTALL_JAVA}`,
    );
  }
  const property = (/** @type {string} */ name) =>
    new RegExp(`^\\s*${name.replaceAll('.', '\\.')} = (.*?)\\s*$`, 'm').exec(asked.stderr)?.[1] ?? '';
  const version = property('java.runtime.version') || property('java.version');
  const major = Number.parseInt(property('java.specification.version'), 10);
  if (!(major >= MINIMUM_JAVA)) {
    throw new MissingToolError(
      `Java ${version} (${command}) is too old: ${MINIMUM_JAVA} or newer is needed. Install one:\n${INSTALL_JAVA}`,
    );
  }
  const home = property('java.home');
  return {
    executable: join(home, 'bin', WINDOWS ? 'java.exe' : 'java'),
    home,
    version: `${property('java.vm.name')} ${version}`,
    major,
  };
}

/**
 * Makes sure that the runtime found is a whole JDK and that Maven answers with it.
 * @param {{home: string}} java
 * @returns {Maven}
 * @throws {MissingToolError} when the compiler or Maven is missing
 */
export function findMaven(java) {
  if (!existsSync(join(java.home, 'bin', WINDOWS ? 'javac.exe' : 'javac'))) {
    throw new MissingToolError(
      `${java.home} is a Java runtime without compiler; the engine is built once and needs a JDK. Install one:\n${INSTALL_JAVA}`,
    );
  }
  const command = WINDOWS ? 'mvn.cmd' : 'mvn';
  const asked = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    shell: WINDOWS,
    env: { ...process.env, JAVA_HOME: java.home },
  });
  if (asked.error || asked.status !== 0) {
    const why =
      codeOf(asked.error) === 'ENOENT' || WINDOWS
        ? 'no mvn is on the path'
        : (asked.error?.message ?? asked.stderr.trim());
    throw new MissingToolError(
      `Apache Maven is needed to build the engine once, but ${why}. Install it:\n${INSTALL_MAVEN}`,
    );
  }
  return { command, version: /Apache Maven ([\w.-]+)/.exec(asked.stdout)?.[1] ?? 'unknown' };
}

/** @param {Error | undefined} error of a child process */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException | undefined} */ (error)?.code;
}
