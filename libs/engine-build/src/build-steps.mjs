// The steps of building an engine home: Maven package, extraction of the jar.
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, renameSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** @import {EngineProductName} from './built-engine.ts' */
/** @import {JavaRuntime, Maven} from './java-toolchain.mjs' */

const WINDOWS = process.platform === 'win32';
const REPORT_EVERY_MS = 5_000;

/** Thrown when a step of the build fails. `logFile` holds the whole output. */
export class EngineBuildError extends Error {
  /** @override */
  name = 'EngineBuildError';
  /** @param {string} message @param {string} logFile */
  constructor(message, logFile) {
    super(message);
    this.logFile = logFile;
  }
}

/**
 * Compiles and packages the engine; resolves to the runnable jar.
 *
 * @param {{sources: string, workDir: string, product: EngineProductName, java: JavaRuntime, maven: Maven, logFile: string,
 *   report: (step: 'package', message: string) => void}} what
 */
export function packageEngine({ product, report, ...rest }) {
  const onTick = (/** @type {number} */ downloaded) =>
    report('package', downloaded ? `Maven is building, ${downloaded} files downloaded` : 'Maven is building');
  return packageProject({
    ...rest,
    profiles: product === 'camunda' ? ['camunda'] : [],
    jarName: 'procos-engine.jar',
    onTick,
  });
}

/**
 * Packages a Maven project in a copy of its sources, so that the tree stays clean and two builds never meet.
 *
 * @param {object} what
 * @param {string} what.sources folder with `pom.xml` and `src`
 * @param {string} what.workDir where the copy is made; the caller removes it
 * @param {readonly string[]} what.profiles of Maven
 * @param {string} what.jarName
 * @param {Pick<JavaRuntime, 'home'>} what.java
 * @param {Maven} what.maven
 * @param {string} what.logFile takes the whole output
 * @param {(downloaded: number) => void} what.onTick every few seconds, with the number of files downloaded so far
 * @returns {Promise<string>} path of the jar
 * @throws {EngineBuildError}
 */
export async function packageProject({ sources, workDir, profiles, jarName, java, maven, logFile, onTick }) {
  const project = join(workDir, 'maven');
  await mkdir(project, { recursive: true });
  await cp(join(sources, 'pom.xml'), join(project, 'pom.xml'));
  await cp(join(sources, 'src'), join(project, 'src'), { recursive: true });
  let downloaded = 0;
  await run(maven.command, ['--batch-mode', '-DskipTests', ...profiles.map((profile) => `-P${profile}`), 'package'], {
    cwd: project,
    env: { ...process.env, JAVA_HOME: java.home },
    shell: WINDOWS,
    logFile,
    what: `Maven (${maven.version})`,
    onLine: (line) => {
      if (line.includes('Downloaded from')) downloaded += 1;
    },
    onTick: () => onTick(downloaded),
  });
  return join(project, 'target', jarName);
}

/**
 * Unpacks the runnable jar into one with its libraries beside it, which loads faster and can be archived.
 *
 * @param {{jar: string, home: string, java: Pick<JavaRuntime, 'executable'>, logFile: string}} what
 */
export async function extractEngine({ jar, home, java, logFile }) {
  await run(java.executable, ['-Djarmode=tools', '-jar', jar, 'extract', '--destination', home, '--force'], {
    cwd: home,
    env: process.env,
    logFile,
    what: 'the extraction of the jar',
  });
}

/** Drops what only the build needed. @param {string} workDir */
export async function dropWorkFiles(workDir) {
  await rm(workDir, { recursive: true, force: true });
}

/**
 * Gives a finished folder its final name at once. False when somebody else has finished the same one meanwhile.
 *
 * @param {string} finished
 * @param {string} home
 */
export function publish(finished, home) {
  try {
    renameSync(finished, home);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? ''))
      return false;
    throw error;
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv, shell?: boolean, logFile: string, what: string, onLine?: (line: string) => void,
 *   onTick?: () => void}} options
 * @returns {Promise<void>}
 */
function run(command, args, { cwd, env, shell = false, logFile, what, onLine, onTick }) {
  return new Promise((resolve, reject) => {
    const log = createWriteStream(logFile, { flags: 'a' });
    log.write(`$ ${command} ${args.join(' ')}\n`);
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const tick = setInterval(() => onTick?.(), REPORT_EVERY_MS);
    let rest = '';
    const take = (/** @type {Buffer} */ chunk) => {
      log.write(chunk);
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine?.(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const finish = (/** @type {EngineBuildError | undefined} */ outcome) => {
      clearInterval(tick);
      log.end(() => (outcome === undefined ? resolve() : reject(outcome)));
    };
    child.once('error', (error) =>
      finish(new EngineBuildError(`${what} could not be started: ${error.message}`, logFile)),
    );
    child.once('close', (code, signal) => {
      if (code === 0) return finish(undefined);
      finish(
        new EngineBuildError(
          `${what} failed (${signal ?? `exit code ${code}`}).\n${lastErrors(logFile)}\nThe whole output: ${logFile}`,
          logFile,
        ),
      );
    });
  });
}

/** The lines of the log that say what went wrong, or its end. @param {string} logFile */
function lastErrors(logFile) {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
  const errors = lines.filter((line) => line.startsWith('[ERROR]') && line.length > '[ERROR] '.length);
  const shown = (errors.length ? errors.slice(0, 8) : lines.slice(-12)).map((line) => `  ${line}`).join('\n');
  const unreachable = /Could not transfer|Unknown host|Network is unreachable|in offline mode/.test(shown);
  return unreachable
    ? `${shown}\nThe first build downloads libraries: Maven Central, or the mirror named in ~/.m2/settings.xml, must be reachable.`
    : shown;
}
