import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findProgram } from './debian-package.ts';

let scratch: string;

/** An `apt-get` that refuses as the real one does when another one runs, and brings the program that the package is named after. */
function fakeApt(lines = ''): void {
  const script = `#!/bin/sh
echo "$@" >> ${scratch}/calls
${lines}
mkdir ${scratch}/busy 2>/dev/null || { echo 'E: Could not get lock /var/lib/dpkg/lock-frontend.' >&2; echo collision >> ${scratch}/collisions; exit 100; }
sleep 0.2
for last; do :; done
case "$*" in *install*) echo "#!/bin/sh" > "${scratch}/bin/$last";; esac
rmdir ${scratch}/busy
`;
  writeFileSync(join(scratch, 'bin/apt-get'), script);
  chmodSync(join(scratch, 'bin/apt-get'), 0o755);
}
const calls = () => readFileSync(join(scratch, 'calls'), 'utf8').trimEnd().split('\n');
const find = (program: string, said: string[] = []) =>
  findProgram({ service: program, program, places: () => [], debianPackage: program }, (message) => said.push(message));

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'procos-apt-'));
  mkdirSync(join(scratch, 'bin'));
  vi.stubEnv('PROCOS_CACHE_DIR', join(scratch, 'cache'));
  vi.stubEnv('PATH', `${join(scratch, 'bin')}:/usr/bin:/bin`);
  vi.spyOn(process, 'getuid').mockReturnValue(0);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(scratch, { recursive: true, force: true });
});

describe('a program of a package that is missing', () => {
  it('is installed, one at a time however many are looked for at once', async () => {
    fakeApt();

    const paths = await Promise.all([find('procos-server'), find('procos-broker'), find('procos-server')]);

    expect(paths).toEqual(
      ['procos-server', 'procos-broker', 'procos-server'].map((name) => join(scratch, 'bin', name)),
    );
    expect(existsSync(join(scratch, 'collisions'))).toBe(false);
    expect(calls().filter((line) => line.includes('procos-server'))).toEqual([
      expect.stringMatching(/^-o DPkg::Lock::Timeout=300 install -q -y /),
    ]);
  });

  it('waits for an apt-get of somebody else', async () => {
    fakeApt(
      `[ -f ${scratch}/waited ] || { touch ${scratch}/waited; echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (apt-get)'; exit 100; }`,
    );

    expect(await find('procos-server')).toBe(join(scratch, 'bin/procos-server'));
    expect(calls()).toHaveLength(3);
  });

  it('is refused with the reason when apt-get fails for any other one', async () => {
    fakeApt("echo 'E: Unable to locate package procos-server'; exit 100");

    await expect(find('procos-server')).rejects.toMatchObject({
      name: 'ServiceStartError',
      message: expect.stringMatching(/^apt-get update ended with exit code 100\.[\s\S]*Unable to locate/) as string,
    });
  });

  it('has to be installed by whoever is root', async () => {
    vi.mocked(process.getuid as () => number).mockReturnValue(1_000);

    await expect(find('procos-server')).rejects.toThrow(
      'There is no procos-server on this machine. Install it:\n  Debian, Ubuntu:  sudo apt-get install procos-server',
    );
  });
});
