export interface CountingProxy {
  /** Where the client under measurement sends its requests. */
  readonly baseUrl: string;
  count(): number;
  close(): Promise<void>;
}

export function openCountingProxy(baseUrl: string): Promise<CountingProxy>;
