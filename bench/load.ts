import autocannon from 'autocannon';

export interface Load {
  requestsPerSecond: number;
  p99Ms: number;
  /** Answers that were not 2xx: a row with any is no measurement. */
  failures: number;
}

export interface Target {
  url: string;
  headers?: Record<string, string>;
  method?: 'GET' | 'POST';
  body?: string;
}

/** Sends requests over a fixed number of connections for a fixed time, after a warm-up that is not counted. */
export async function load(target: Target, seconds: number, connections = 10): Promise<Load> {
  await autocannon({ ...target, connections, duration: Math.max(1, Math.floor(seconds / 3)) });
  const result = await autocannon({ ...target, connections, duration: seconds });
  return { requestsPerSecond: result.requests.average, p99Ms: result.latency.p99, failures: result.non2xx + result.errors };
}

/** How often an operation runs per second, with the given number under way at once. */
export async function repeat(operation: (index: number) => Promise<unknown>, seconds: number, concurrency = 8): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let count = 0;
  const lane = async () => {
    while (performance.now() < until) {
      await operation(count);
      count += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return count / ((performance.now() - started) / 1000);
}
