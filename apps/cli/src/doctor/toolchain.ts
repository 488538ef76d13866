/** The parts of `tools/engine` that say what the engine needs. They run on any Node, so they are plain JavaScript. */

export interface JavaFound {
  readonly executable: string;
  readonly home: string;
  readonly version: string;
}

export interface MavenFound {
  readonly command: string;
  readonly version: string;
}

interface JavaToolchain {
  findJava(options: { readonly javaHome?: string | undefined }): JavaFound;
  findMaven(java: Pick<JavaFound, 'home'>): MavenFound;
}

interface EngineCache {
  defaultCacheDir(): string;
  engineKey(product: 'operaton' | 'camunda', java: JavaFound): string;
}

const toolsFolder = new URL('../../../../tools/engine/', import.meta.url);

export async function javaToolchain(): Promise<JavaToolchain> {
  return (await import(new URL('java-toolchain.mjs', toolsFolder).href)) as JavaToolchain;
}

export async function engineCache(): Promise<EngineCache> {
  return (await import(new URL('engine-cache.mjs', toolsFolder).href)) as EngineCache;
}
