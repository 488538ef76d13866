// The two ways of starting an engine that the fast home is measured against, each as a plain `java -jar`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  defaultCacheDir,
  ENGINE_SOURCES,
  engineKey,
  findMaven,
  type JavaRuntime,
  packageProject,
} from '@procos/engine-build';

const STOCK = fileURLToPath(new URL('stock-engine/', import.meta.url));

type Say = (message: string) => void;

/** One way of starting an engine. */
export interface BootCandidate {
  readonly peer: string;
  /** Arguments of java. */
  readonly args: readonly string[];
  /** @default the data folder */
  readonly cwd?: string;
}

/** Packages both peers once and returns how to start them. */
export async function bootPeers(java: JavaRuntime, say: Say): Promise<readonly BootCandidate[]> {
  const own = await jarOf('same-jar', ENGINE_SOURCES, 'procos-engine.jar', engineKey('operaton', java), java, say);
  const pom = createHash('sha256')
    .update(readFileSync(join(STOCK, 'pom.xml')))
    .digest('hex')
    .slice(0, 16);
  const stock = await jarOf('stock', STOCK, 'stock-engine.jar', pom, java, say);
  return [
    { peer: 'java -jar of the same engine', args: ['-jar', own] },
    { peer: 'java -jar of a stock Operaton 1.0.3 application (Spring Boot starter)', args: ['-jar', stock] },
  ];
}

async function jarOf(
  name: string,
  sources: string,
  jarName: string,
  key: string,
  java: JavaRuntime,
  say: Say,
): Promise<string> {
  const folder = join(defaultCacheDir(), 'bench');
  const kept = join(folder, `${name}-${key}.jar`);
  if (existsSync(kept)) return kept;
  say(`packaging ${name} with Maven`);
  mkdirSync(folder, { recursive: true });
  const workDir = mkdtempSync(join(folder, `${name}-`));
  try {
    const jar = await packageProject({
      sources,
      workDir,
      profiles: [],
      jarName,
      java,
      maven: findMaven(java),
      logFile: join(folder, `${name}-${key}.log`),
      onTick: () => say('Maven is building'),
    });
    renameSync(jar, kept);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
  return kept;
}
