import autocannon from 'autocannon';

export interface Load {
  requestsPerSecond: number;
  p99Ms: number;
}

export interface Target {
  url: string;
  headers?: Record<string, string>;
}

/** Requests over a fixed number of connections for a fixed time, after a warm-up that is not counted. Any answer but 2xx makes it no measurement. */
export async function load(target: Target, seconds: number, connections = 10): Promise<Load> {
  await autocannon({ ...target, connections, duration: 1 });
  const result = await autocannon({ ...target, connections, duration: seconds });
  if (result.non2xx + result.errors > 0) throw new Error(`${target.url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  return { requestsPerSecond: result.requests.average, p99Ms: result.latency.p99 };
}

/** How often an operation runs per second, with so many under way at once. */
export async function repeat(operation: (index: number) => Promise<unknown>, seconds: number, concurrency = 10): Promise<number> {
  const started = performance.now();
  let count = 0;
  const lane = async () => {
    while (performance.now() - started < seconds * 1000) await operation(count++);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return count / ((performance.now() - started) / 1000);
}
