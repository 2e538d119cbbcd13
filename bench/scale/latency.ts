import type { MeasuredPage } from './pages.ts';

/** Milliseconds of half, of 95 and of 99 of 100 visits. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
}

export interface Measured extends Latency {
  what: string;
  goalMs?: number;
}

const atOnce = 2;

/** How long visits of a page take, two being under way at once, after as many again that are not counted. */
export async function latencyOf(page: MeasuredPage, visits: number): Promise<Measured> {
  await timesOf(page, Math.ceil(visits / 2), 0);
  const times = await timesOf(page, visits, visits);
  const { what, goalMs } = page;
  return { what, goalMs, ...percentiles(times) };
}

async function timesOf(page: MeasuredPage, visits: number, first: number): Promise<number[]> {
  const times: number[] = [];
  let next = first;
  const visitor = async () => {
    while (next < first + visits) {
      const number = next++;
      const started = performance.now();
      await page.visit(number);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, visitor));
  return times;
}

/** The percentiles of times, by the nearest rank. */
export function percentiles(times: readonly number[]): Latency {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
