// What this machine lacks, all of it at once, and the one command that installs it.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findJava, findMaven, MINIMUM_JAVA } from '../../libs/engine-build/src/java-toolchain.mjs';

/**
 * @typedef {'jdk' | 'maven'} Kind
 * @typedef {{kind: Kind, fault: string}} Missing fault: one sentence
 * @typedef {{system: string, command: (names: readonly string[]) => string} & Record<Kind, string>} Installation
 */

/** @type {readonly Installation[]} */
const INSTALL = [
  {
    system: 'Debian, Ubuntu',
    jdk: `openjdk-${MINIMUM_JAVA}-jdk-headless`,
    maven: 'maven',
    command: (names) => `sudo apt-get install ${names.join(' ')}`,
  },
  {
    system: 'Fedora',
    jdk: 'java-21-openjdk-devel',
    maven: 'maven',
    command: (names) => `sudo dnf install ${names.join(' ')}`,
  },
  { system: 'macOS', jdk: 'openjdk@21', maven: 'maven', command: (names) => `brew install ${names.join(' ')}` },
  { system: 'Windows', jdk: 'temurin21', maven: 'maven', command: (names) => `choco install ${names.join(' ')}` },
];

/** Thrown when something must be installed first. The message names all of it. */
export class MissingToolsError extends Error {
  /** @override */
  name = 'MissingToolsError';
}

/**
 * Looks for the tools that the engine needs.
 * @param {{toBuild: boolean}} options whether the engine has still to be built: running it needs neither compiler nor Maven
 * @returns {Missing[]}
 */
export function missingTools({ toBuild }) {
  const java = attempt(findJava);
  /** @type {Missing[]} */
  const missing = java.fault ? [{ kind: 'jdk', fault: java.fault }] : [];
  const { value } = java;
  if (toBuild && value) {
    const maven = attempt(() => findMaven(value));
    if (maven.fault) missing.push({ kind: maven.fault.includes('compiler') ? 'jdk' : 'maven', fault: maven.fault });
  }
  // Maven itself does not run without Java: all that can be said then is whether it is there.
  const mavenUnseen = toBuild && missing.some(({ kind }) => kind === 'jdk') && !onPath('mvn');
  if (mavenUnseen)
    missing.push({
      kind: 'maven',
      fault: 'Apache Maven is needed to build the engine once, but no mvn is on the path.',
    });
  return missing;
}

/** @param {{toBuild: boolean}} options @throws {MissingToolsError} when a tool is missing */
export function demandTools(options) {
  const missing = missingTools(options);
  if (missing.length === 0) return;
  const kinds = new Set(missing.map(({ kind }) => kind));
  const width = Math.max(...INSTALL.map(({ system }) => system.length)) + 1;
  const commands = INSTALL.map(
    (entry) => `  ${`${entry.system}:`.padEnd(width)}  ${entry.command([...kinds].map((kind) => entry[kind]))}`,
  );
  throw new MissingToolsError(
    [
      missing.length === 1
        ? 'One thing is missing on this machine:'
        : `${missing.length} things are missing on this machine:`,
      ...missing.map(({ fault }) => `  - ${fault}`),
      kinds.size === 1 ? 'Install it:' : 'Install them:',
      ...commands,
      'Then run the same command again. Nothing has been started or changed.',
    ].join('\n'),
  );
}

/**
 * @template Tool
 * @param {() => Tool} find
 * @returns {{value: Tool, fault?: undefined} | {value?: undefined, fault: string}}
 */
function attempt(find) {
  try {
    return { value: find() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MissingToolError') throw error;
    // Its first line says what is wrong; how to install it is said once for everything.
    return { fault: (error.message.split('\n')[0] ?? '').replace(/ Install (one|it):$/, '') };
  }
}

/** @param {string} command @returns {boolean} */
function onPath(command) {
  const names = process.platform === 'win32' ? [`${command}.cmd`, `${command}.exe`, `${command}.bat`] : [command];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => existsSync(join(folder, name))));
}
