import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './dependencies.mjs';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script on a machine on which only these programs exist, with empty caches. */
function runOn(
  programs: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: bin, HOME: folder, PROCOS_CACHE_DIR: join(folder, 'cache') },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, ...said })));
}

function java(version: string, home: string): string {
  return `echo "    java.runtime.version = ${version}" >&2; echo "    java.specification.version = ${version}" >&2; echo "    java.home = ${home}" >&2`;
}

describe('npm start on a machine that lacks something', () => {
  it('names Java and Maven together, with the command that installs both, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await runOn({}, ['tools/start.mjs', '--json']);

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('2 things are missing on this machine');
    expect(stderr).toContain('A Java Development Kit 17 or newer is needed, but no java is on the path.');
    expect(stderr).toContain('Apache Maven is needed to build the engine once, but no mvn is on the path.');
    expect(stderr).toMatch(/Debian, Ubuntu: +sudo apt-get install openjdk-17-jdk-headless maven/);
    expect(stderr).toMatch(/macOS: +brew install openjdk@21 maven/);
    expect(stderr).toMatch(/Windows: +choco install temurin21 maven/);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  it('asks for a newer Java when the one there is too old', async () => {
    const { code, stderr } = await runOn({ java: java('11.0.2', folder), mvn: 'echo "Apache Maven 3.9.0"' }, [
      'tools/start.mjs',
    ]);

    expect(code).toBe(2);
    expect(stderr).toContain('Java 11.0.2 (java) is too old: 17 or newer is needed.');
    expect(stderr).not.toContain('Apache Maven is needed');
  });

  it('asks for the compiler when only a runtime is there', async () => {
    const { code, stderr } = await runOn({ java: java('17', folder), mvn: 'echo "Apache Maven 3.9.0"' }, [
      'tools/test.mjs',
    ]);

    expect(code).toBe(2);
    expect(stderr).toContain('is a Java runtime without compiler');
    expect(stderr).toContain('One thing is missing on this machine');
  });

  it('says which Node it needs when this one is too old', async () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.0' })";
    const { code, stderr } = await runOn({}, ['--import', pretend, 'tools/start.mjs']);

    expect(code).toBe(2);
    expect(stderr).toContain('Node 18.20.0 is too old: 20 or newer is needed');
  });
});

describe('npm test', () => {
  it('refuses a step that does not exist and lists those that do', async () => {
    const { code, stderr } = await runOn({}, ['tools/test.mjs', '--only', 'lnit']);

    expect(code).toBe(2);
    expect(stderr).toContain("There is no step 'lnit'.");
    expect(stderr).toMatch(/^ {4}lint {5}/m);
  });
});

describe('the packages', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/one': { version }, 'node_modules/two': { version: '1.0.0', optional: true } },
    });
  function checkout({ locked, installed }: { locked: string; installed?: string }): string {
    mkdirSync(join(folder, 'node_modules/node'), { recursive: true });
    writeFileSync(join(folder, 'package-lock.json'), lock(locked));
    if (installed !== undefined) writeFileSync(join(folder, 'node_modules/.package-lock.json'), lock(installed));
    return folder;
  }

  it('count as installed when npm left the same versions, and are recognised by content from then on', () => {
    expect(isInstalled(checkout({ locked: '1.0.0', installed: '1.0.0' }))).toBe(true);

    rmSync(join(folder, 'node_modules/.package-lock.json'));
    expect(isInstalled(folder)).toBe(true);
  });

  it('are installed anew when the lockfile has changed', () => {
    isInstalled(checkout({ locked: '1.0.0', installed: '1.0.0' }));
    writeFileSync(join(folder, 'package-lock.json'), lock('1.0.1'));

    expect(isInstalled(folder)).toBe(false);
  });

  it.each([
    ['another version is there', { locked: '1.0.1', installed: '1.0.0' }],
    ['an installation was cut off', { locked: '1.0.0' }],
  ])('are not there when %s', (_, versions) => {
    expect(isInstalled(checkout(versions))).toBe(false);
    expect(existsSync(join(folder, 'node_modules/.procos-installed'))).toBe(false);
  });
});

describe('a program under the pinned Node', () => {
  function runPinned(script: string) {
    const call = `import('${join(root, 'tools/setup/run-pinned.mjs')}').then(async ({ runPinned }) => process.exit(await runPinned(['-e', ${JSON.stringify(script)}])))`;
    return spawn(process.execPath, ['-e', call], { stdio: ['ignore', 'pipe', 'inherit'] });
  }
  const line = (child: ReturnType<typeof runPinned>) =>
    new Promise<string>((done) => child.stdout.once('data', (chunk: Buffer) => done(chunk.toString().trim())));
  const end = (child: ReturnType<typeof runPinned>) => new Promise<number | null>((done) => child.once('exit', done));

  it('hands its exit code on', async () => {
    expect(await end(runPinned('process.exit(7)'))).toBe(7);
  });

  it('is the version of package.json and knows who started it', async () => {
    const child = runPinned('console.log(process.versions.node, process.env.PROCOS_PARENT_PID)');
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: { node: string };
    };

    expect(await line(child)).toBe(`${devDependencies.node} ${child.pid}`);
    await end(child);
  });

  it('gets one signal for one Ctrl-C, which comes from the terminal and from npm', async () => {
    const child = runPinned(
      "let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => process.exit(10 + n), 300) }); setInterval(() => {}, 1000); console.log('up')",
    );
    await line(child);
    child.kill('SIGINT');
    child.kill('SIGINT');

    expect(await end(child)).toBe(11);
  });

  it('ends when npm is killed, whose shell lives on', async () => {
    const script = 'console.log(process.pid); setInterval(() => {}, 1000)';
    const call = `import('${join(root, 'tools/setup/run-pinned.mjs')}').then(({ runPinned }) => runPinned(['-e', ${JSON.stringify(script)}]))`;
    const npm = `require('node:child_process').spawn('sh', ['-c', '"$NODE" -e "$CALL"; true'], { stdio: 'inherit' })`;
    const env = { ...process.env, NODE: process.execPath, CALL: call, npm_lifecycle_event: 'start' };
    const child = spawn(process.execPath, ['-e', npm], { stdio: ['ignore', 'pipe', 'inherit'], env });
    const pid = Number(await line(child));

    child.kill('SIGKILL');

    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
