import type { Measured } from './latency.ts';

/** One page in a school that grew: its latencies at each size, in the order of the sizes. */
export interface Growth {
  what: string;
  goalMs?: number;
  at: Measured[];
  /** Half of the visits at the largest size against half at the smallest. */
  ratio: number;
  isFlat: boolean;
  /** Undefined where quality names no number. */
  meetsGoal?: boolean;
}

/** Above this the median grew with the school, and not with what else the machine did. */
const flatRatio = 1.5;
/** Less than this is not measured apart from the machine. */
const leastMs = 1;

/** What became of each page while the school grew. */
export function growthOf(stages: readonly (readonly Measured[])[]): Growth[] {
  const [first = []] = stages;
  return first.map(({ what, goalMs }, row) => {
    const at = stages.map((stage) => stage[row]!);
    const [small, large] = [at[0]!, at.at(-1)!];
    const ratio = large.p50 / small.p50;
    const isFlat = ratio <= flatRatio || large.p50 - small.p50 < leastMs;
    return { what, goalMs, at, ratio, isFlat, meetsGoal: goalMs === undefined ? undefined : large.p95 < goalMs };
  });
}

/** The table that a person reads. */
export function tableOf(growth: readonly Growth[], sizes: readonly number[]): string {
  const shown = sizes.slice(0, growth[0]?.at.length ?? 0);
  const head = ['p50 / p95 / p99, ms', ...shown.map((size) => size.toLocaleString('en')), 'ratio', '', 'goal'];
  const lines = growth.map(({ what, at, ratio, isFlat, goalMs, meetsGoal }) => [
    what,
    ...at.map(({ p50, p95, p99 }) => [p50, p95, p99].map((value) => value.toFixed(1)).join(' / ')),
    at.length < 2 ? '' : ratio.toFixed(2),
    at.length < 2 ? '' : isFlat ? 'flat' : 'GROWS',
    goalMs === undefined ? '' : `p95 ${meetsGoal ? 'within' : 'BEYOND'} ${goalMs}`,
  ]);
  const table = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)));
  return table
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
