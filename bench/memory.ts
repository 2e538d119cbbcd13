import { execFileSync } from 'node:child_process';

const goalMegabytes = 300;

/** Looks twice a second how much memory a process holds, and gives how to stop and hear the most that was seen, in megabytes. */
export function watchMemory(processId: number): () => number {
  let most = 0;
  const look = () => {
    const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(processId)], { encoding: 'utf8' }));
    most = Math.max(most, kilobytes / 1024);
  };
  look();
  const looking = setInterval(look, 500);
  return () => {
    clearInterval(looking);
    look();
    return most;
  };
}

/** Says how much memory the school took under the load. */
export function printMemory(megabytes: number): void {
  const verdict = megabytes <= goalMegabytes ? 'meets' : 'above';
  process.stdout.write(
    `memory of the process that serves and works, at most: ${megabytes.toFixed(0)} MB resident, ${verdict} ${goalMegabytes}\n`,
  );
}
