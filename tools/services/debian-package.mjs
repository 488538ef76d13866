// Programs that Debian packages bring: found on this machine, or installed when that is allowed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ServiceStartError } from './service-error.mjs';

const PROGRESS_EVERY_MS = 10_000;

/**
 * Path of a program, its package installed first when it is missing and we are root on a Debian.
 * @param {object} wanted
 * @param {string} wanted.service
 * @param {string} wanted.program
 * @param {() => string[]} wanted.places where packages put it outside of PATH, the best first
 * @param {string} wanted.debianPackage
 * @param {(message: string) => void} onProgress
 * @returns {Promise<string>}
 * @throws {ServiceStartError}
 */
export async function findProgram(wanted, onProgress) {
  const found = find(wanted);
  if (found !== undefined) return found;
  const { service, program, debianPackage } = wanted;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new ServiceStartError(service, `There is no ${program} on this machine. Install it:\n  Debian, Ubuntu:  sudo apt-get install ${debianPackage}`);
  }
  await install(service, debianPackage, onProgress);
  const installed = find(wanted);
  if (installed === undefined) throw new ServiceStartError(service, `The package ${debianPackage} is installed, but brought no ${program}.`);
  return installed;
}

function find({ program, places }) {
  return places().find((file) => existsSync(file)) ?? onPath(program);
}

function onPath(program) {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program)).find((file) => existsSync(file));
}

async function install(service, debianPackage, onProgress) {
  onProgress(`installing the package ${debianPackage}`);
  const ticker = setInterval(() => onProgress(`installing the package ${debianPackage}, still`), PROGRESS_EVERY_MS);
  try {
    await apt(service, ['update', '-q']);
    await apt(service, ['install', '-q', '-y', '--no-install-recommends', debianPackage]);
  } finally {
    clearInterval(ticker);
  }
}

async function apt(service, args) {
  // The package would start a server of the system on its usual ports; runlevel 1 tells it not to.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const child = spawn('apt-get', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new ServiceStartError(service, `apt-get ${args[0]} ended with exit code ${code}.`, said.trimEnd().split('\n').slice(-10));
}
