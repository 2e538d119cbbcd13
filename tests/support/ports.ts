import { createServer } from 'node:net';

const given = new Set<number>();

/**
 * A port for a server of a test: below those that the system hands out by itself, and only this worker's, so that nobody takes it between
 * now and when the server listens.
 */
export async function portForServer(): Promise<number> {
  const workers = 64;
  for (;;) {
    const port = 10_000 + workers * Math.floor(Math.random() * 340) + (Number(process.env.VITEST_POOL_ID ?? 0) % workers);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
