/** Which engine: Operaton (default) or Camunda 7.24. Both serve the same REST API. */
export type EngineProductName = 'operaton' | 'camunda';

/** A step of the build, told as it begins and every few seconds while Maven works. */
export interface EngineBuildProgress {
  product: EngineProductName;
  step: 'wait' | 'package' | 'extract' | 'train' | 'done';
  message: string;
  /** Milliseconds since the build was asked for. */
  elapsedMs: number;
}

export interface EnsureEngineOptions {
  /** @default 'operaton' */
  product?: EngineProductName | undefined;
  /** @default `$PROCOS_CACHE_DIR`, else `$XDG_CACHE_HOME/procos`, else `~/.cache/procos` */
  cacheDir?: string | undefined;
  /** The JDK to build with and to run on. @default `$JAVA_HOME`, else the `java` on the path */
  javaHome?: string | undefined;
  onProgress?: ((progress: EngineBuildProgress) => void) | undefined;
}

/** A built engine: start it with `spawn(java, args, { cwd: home, env })`. The same data is in `<home>/engine.json`. */
export interface EngineHome {
  home: string;
  product: EngineProductName;
  /** Version of the engine product, such as `1.0.3`. */
  version: string;
  /** The Java executable it was built for. */
  java: string;
  /** All arguments for Java; relative paths in them are relative to `home`. */
  args: string[];
  /** Go before `args` when the engine is to live for minutes rather than days: no optimising compiler. */
  shortLifeArgs: string[];
  mainJar: string;
}
