import 'vitest';

/** How tests reach the engine that was started for the whole run. */
export interface EngineUnderTest {
  /** REST root, for example `http://127.0.0.1:8080/engine-rest`. */
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine of this test run: `inject('engine')`. */
    engine: EngineUnderTest;
  }
}
