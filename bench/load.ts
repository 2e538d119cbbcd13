import autocannon from 'autocannon';

export interface Load {
  requestsPerSecond: number;
  p99Ms: number;
}

export interface Target {
  url: string;
  headers?: Record<string, string>;
}

/** Requests over a fixed number of connections for a fixed time. Any answer but 2xx makes it no measurement. */
export async function load(target: Target, seconds: number, connections = 10): Promise<Load> {
  const result = await autocannon({ ...target, connections, duration: seconds });
  if (result.non2xx + result.errors > 0) throw new Error(`${target.url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  return { requestsPerSecond: result.requests.total / result.duration, p99Ms: result.latency.p99 };
}

/** Measures several things a second each, over and over, so that a busy moment of the machine falls on all; after a turn that is not counted. Gives the means. */
export async function inTurns<Name extends string>(
  seconds: number,
  measures: Record<Name, (seconds: number) => Promise<Load>>,
): Promise<Record<Name, Load>> {
  const names = Object.keys(measures) as Name[];
  const sums = Object.fromEntries(names.map((name) => [name, { requestsPerSecond: 0, p99Ms: 0 }])) as Record<Name, Load>;
  for (const name of names) await measures[name](1);
  const rounds = Math.max(1, Math.round(seconds));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const { requestsPerSecond, p99Ms } = await measures[name](1);
      sums[name].requestsPerSecond += requestsPerSecond / rounds;
      sums[name].p99Ms += p99Ms / rounds;
    }
  }
  return sums;
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
