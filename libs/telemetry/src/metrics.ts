import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of one app, kept apart so that several apps can live in one process. */
export interface Metrics {
  counter<Label extends string>(name: string, help: string, labels?: readonly Label[]): Counter<Label>;
  gauge<Label extends string>(name: string, help: string, labels?: readonly Label[]): Gauge<Label>;
  histogram<Label extends string>(
    name: string,
    help: string,
    labels: readonly Label[],
    buckets: readonly number[],
  ): Histogram<Label>;
  /** A gauge per name of a record, read each time the metrics are asked for. */
  observe(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void;
  /** Prometheus text format. */
  expose(): Promise<string>;
  readonly contentType: string;
}

/** An empty set of metrics. @param runtimeMetrics also memory, event loop and garbage collection of this thread. @default false */
export function createMetrics(runtimeMetrics = false): Metrics {
  const registry = new Registry();
  if (runtimeMetrics) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: [...labels], registers }),
    gauge: (name, help, labels = []) => new Gauge({ name, help, labelNames: [...labels], registers }),
    histogram: (name, help, labels, buckets) =>
      new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
    observe: (name, help, label, read) => {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          for (const [key, value] of Object.entries(read())) this.set({ [label]: key }, value);
        },
      });
    },
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
