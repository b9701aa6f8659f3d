import type { Registry } from 'prom-client';
import { createQuickHistogram, type Series } from './quick-histogram.ts';

/** How long requests took. */
export interface RequestSeconds {
  /** The timer of `route` and `status`, in seconds: the same at every call. */
  timerOf(route: string, status: number): Series;
}

/** Durations of requests on `registry`. */
export const createRequestSeconds = (registry: Registry): RequestSeconds => {
  const histogram = createQuickHistogram(registry, {
    name: 'masthead_http_request_seconds',
    help: 'Time from request to last byte, by route and status.',
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  const series = new Map<string, Map<number, Series>>();
  return {
    timerOf(route, status) {
      let byStatus = series.get(route);
      if (byStatus === undefined) series.set(route, (byStatus = new Map()));
      let one = byStatus.get(status);
      if (one === undefined) byStatus.set(status, (one = histogram.add({ route, status: String(status) })));
      return one;
    },
  };
};
