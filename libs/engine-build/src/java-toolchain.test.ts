import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MissingToolError, findJava, findMaven } from './java-toolchain.mjs';

// The fakes are shell scripts.
describe.skipIf(process.platform === 'win32')('the tools that the engine is built with', () => {
  let folder: string;

  /** An executable on the only folder of the path. */
  function fake(name: string, script: string): void {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
  const java = (version: string, home = folder) =>
    `printf '    java.home = ${home}\\n    java.runtime.version = ${version}.0.1+1\\n    java.vm.name = Test VM\\n    java.specification.version = ${version}\\n' >&2`;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-tools-'));
    vi.stubEnv('PATH', folder);
    vi.stubEnv('JAVA_HOME', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes the Java on the path, and tells it by its own words', () => {
    fake('java', java('21'));
    expect(findJava()).toEqual({
      executable: join(folder, 'bin', 'java'),
      home: folder,
      version: 'Test VM 21.0.1+1',
      major: 21,
    });
  });

  it('prefers JAVA_HOME', () => {
    fake('java', java('17'));
    fake('other/bin/java', java('25', join(folder, 'other')));
    vi.stubEnv('JAVA_HOME', join(folder, 'other'));
    expect(findJava().major).toBe(25);
  });

  it('says what to install when there is no Java', () => {
    expect(() => findJava()).toThrow(MissingToolError);
    expect(() => findJava()).toThrow(
      /no java is on the path\. Install one:[\s\S]*apt-get install openjdk-17-jdk[\s\S]*brew install openjdk[\s\S]*winget install/,
    );
  });

  it('says that Java is too old', () => {
    fake('java', java('11'));
    expect(() => findJava()).toThrow(/Java 11\.0\.1\+1 \(java\) is too old: 17 or newer is needed/);
  });

  it('says that JAVA_HOME points nowhere', () => {
    vi.stubEnv('JAVA_HOME', join(folder, 'gone'));
    expect(() => findJava()).toThrow(/JAVA_HOME is .*gone, but there is no .*java/);
  });

  it('says that a runtime without compiler is not enough', () => {
    expect(() => findMaven({ home: folder })).toThrow(/without compiler; the engine is built once and needs a JDK/);
  });

  it('says what to install when there is no Maven', () => {
    fake('bin/javac', '');
    expect(() => findMaven({ home: folder })).toThrow(
      /no mvn is on the path\. Install it:[\s\S]*apt-get install maven[\s\S]*brew install maven[\s\S]*winget install Apache\.Maven/,
    );
  });

  it('finds Maven and its version, colours or not', () => {
    fake('bin/javac', '');
    fake('mvn', "printf '\\033[1mApache Maven 3.9.9\\033[m\\n'");
    expect(findMaven({ home: folder })).toEqual({ command: 'mvn', version: '3.9.9' });
  });
});
