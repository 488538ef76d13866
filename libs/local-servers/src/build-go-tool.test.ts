import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildGoTool, GoToolError } from './build-go-tool.ts';

let scratch: string;

/** A `go` that answers `go version` and builds by running the given lines of shell; `$out` is where the program goes. */
function fakeGo(lines: string, version = '1.21.0'): void {
  const script = `#!/bin/sh\n[ "$1" = version ] && { echo "go version go${version} linux/amd64"; exit 0; }\n[ "$1" = list ] && { echo one; echo two; exit 0; }\necho "$@" >> ${scratch}/calls\nout=$(echo "$@" | sed 's/.* -o //; s/ .*//')\n${lines}\n`;
  writeFileSync(join(scratch, 'bin', 'go'), script);
  chmodSync(join(scratch, 'bin', 'go'), 0o755);
}
const calls = () => readFileSync(join(scratch, 'calls'), 'utf8').trimEnd().split('\n');

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'procos-go-'));
  mkdirSync(join(scratch, 'bin'));
  vi.stubEnv('PROCOS_CACHE_DIR', join(scratch, 'cache'));
  vi.stubEnv('PATH', `${join(scratch, 'bin')}:/usr/bin:/bin`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true, force: true });
});

describe('a tool that is published as a Go module', () => {
  it('is built once from its pins, however many ask for it at once', async () => {
    fakeGo('sleep 0.3; echo built > "$out"');
    const said: string[] = [];

    const paths = await Promise.all(
      [1, 2, 3].map(() => buildGoTool('temporal', { onProgress: (message) => said.push(message) })),
    );
    const later = await buildGoTool('temporal');

    expect(new Set([...paths, later]).size).toBe(1);
    expect(readFileSync(later, 'utf8')).toBe('built\n');
    expect(calls()).toEqual([
      expect.stringMatching(
        /^build -v -mod=readonly -trimpath -ldflags=-s -w -o \S+ github\.com\/temporalio\/cli\/cmd\/temporal$/,
      ),
    ]);
    expect(said.at(0)).toContain('building temporal once (2 to 12 minutes, more on a busy machine)');
  });

  it('says first how to do without the build, where that takes long', async () => {
    fakeGo('echo built > "$out"');
    const said: string[] = [];

    await buildGoTool('consul', { onProgress: (message) => said.push(message) });

    expect(said.slice(0, 2)).toEqual([
      expect.stringContaining('building consul once'),
      expect.stringMatching(/^without the build: set CONSUL_URL .*docker or podman.*package/),
    ]);
  });

  it('says why a build failed, and tries again next time', async () => {
    fakeGo('echo "no such module"; exit 3');
    const failed = await buildGoTool('temporal').catch((error: unknown) => error);

    fakeGo('echo built > "$out"');
    const path = await buildGoTool('temporal');

    expect(failed).toBeInstanceOf(GoToolError);
    expect((failed as Error).message).toMatch(/^Building temporal ended with exit code 3\.[\s\S]*no such module/);
    expect(readFileSync(path, 'utf8')).toBe('built\n');
  });

  it('says what to install where there is no Go', async () => {
    vi.stubEnv('PATH', join(scratch, 'bin'));

    const failed = await buildGoTool('temporal').catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(GoToolError);
    expect((failed as Error).message).toMatch(/no go is on the path\. Install it:/);
  });

  it('says that a Go is too old to know what our modules ask for', async () => {
    fakeGo('echo built > "$out"', '1.19.8');

    const failed = await buildGoTool('temporal').catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(GoToolError);
    expect((failed as Error).message).toMatch(
      /^Go 1\.21 or newer is needed to build temporal once, but this machine has 1\.19\.8\. Install it:/,
    );
  });

  it.each(['1.100', '2.0', 'devel'])('takes Go %s', async (version) => {
    fakeGo('echo built > "$out"', version);

    expect(readFileSync(await buildGoTool('temporal'), 'utf8')).toBe('built\n');
  });

  it('has to be one of the list', async () => {
    await expect(buildGoTool('nomad' as 'consul')).rejects.toThrow(
      "unknown tool 'nomad', it must be one of consul, jaeger, temporal, toxiproxy",
    );
  });
});
