import type { Metric, Registry } from 'prom-client';

/** Takes values of one set of labels. */
export interface Series {
  observe(value: number): void;
}

export interface QuickHistogram {
  /** Begins the series of `labels`, which had none before. */
  add(labels: Readonly<Record<string, string>>): Series;
}

export interface QuickHistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds, rising. */
  readonly buckets: readonly number[];
}

interface ReadSeries extends Series {
  read(): readonly { readonly metricName: string; readonly labels: object; readonly value: number }[];
}

const createSeries = (
  { name, buckets }: QuickHistogramOptions,
  labels: Readonly<Record<string, string>>,
): ReadSeries => {
  // Of each bucket alone; Prometheus is shown those below it with it.
  const counts = new Float64Array(buckets.length + 1);
  let sum = 0;
  return {
    observe(value) {
      let bucket = 0;
      while (bucket < buckets.length && value > (buckets[bucket] ?? 0)) bucket += 1;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      sum += value;
    },
    read() {
      let count = 0;
      const shown = [...buckets, '+Inf'].map((le, index) => {
        count += counts[index] ?? 0;
        return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
      });
      return [
        ...shown,
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: count },
      ];
    },
  };
};

/**
 * A histogram on `registry`, for paths that take microseconds. prom-client's own takes half a microsecond for one value, a
 * fiftieth of the time in which an answer out of the cache is sent; this takes a tenth of that, and is read the same.
 */
export const createQuickHistogram = (registry: Registry, options: QuickHistogramOptions): QuickHistogram => {
  let series: ReadSeries[] = [];
  const { name, help } = options;
  const get = async () => ({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: series.flatMap((one) => one.read()),
  });
  // A registry asks a metric for its values, whoever wrote it.
  registry.registerMetric({ name, get, reset: () => (series = []) } as unknown as Metric);
  return {
    add(labels) {
      const one = createSeries(options, labels);
      series.push(one);
      return one;
    },
  };
};
