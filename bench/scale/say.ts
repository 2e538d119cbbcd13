import type { Say } from './fill.ts';

const everyMs = 1000;

/** Says on standard error what is being done, each line with the seconds since the start and at most once a second; standard output is for the figures. */
export function teller(): Say {
  const started = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  return (text) => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    process.stderr.write(`${((now - started) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
  };
}
