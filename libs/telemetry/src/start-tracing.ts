/** Ends tracing: what was recorded is sent first. */
export type StopTracing = () => Promise<void>;

/**
 * Starts the OpenTelemetry SDK for this process when an OTLP endpoint is given, and nothing otherwise: a laptop without
 * a collector pays no start-up time for it.
 *
 * @param endpoint OTLP/HTTP base URL, for example `http://127.0.0.1:4318`
 */
export async function startTracing(serviceName: string, endpoint: string | undefined): Promise<StopTracing> {
  if (endpoint === undefined) return async () => undefined;
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const sdk = new NodeSDK({ serviceName, traceExporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) });
  sdk.start();
  return () => sdk.shutdown();
}
