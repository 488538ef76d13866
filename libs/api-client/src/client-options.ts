import type { Failure } from './failure.ts';

export interface ClientOptions {
  /** Address of the gateway, for example `http://localhost:8080`. */
  readonly url: string;
  /** Sent with every call, such as what a proxy before the gateway asks for. @default none */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long an answer may take, in milliseconds. @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** @default the `fetch` of the platform */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The error to throw for a failure. @default a GatewayRefusal, or one of the errors PROCOS_API_… */
  readonly errorOf?: ((failure: Failure) => Error) | undefined;
}
