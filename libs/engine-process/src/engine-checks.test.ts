import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@procos/config';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { engineChecks } from './engine-checks.ts';
import { engineSupervisionFields } from './engine-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-engine-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment\n'],
  ['NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx1g\nopenjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment\n'],
])('the version of Java is told, whatever stands above it: %j', (said) => {
  const java = join(folder, 'java');
  writeFileSync(java, `#!/bin/sh\ncat >&2 <<'END'\n${said}END\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'engine.json'), JSON.stringify({ java, args: [], product: 'operaton', version: '1' }));
  const settings = { PROCOS_ENGINE_HOME: folder, PROCOS_ENGINE_DATA_DIR: join(folder, 'data') };

  const [check] = engineChecks({
    ...readConfig(engineSupervisionFields(), settings),
    engineBaseUrl: 'http://127.0.0.1:9',
  });

  expect(check).toEqual({ name: 'Java Runtime', detail: 'openjdk version "17.0.15" 2025-04-15' });
});
